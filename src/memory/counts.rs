//! Destinations and numbers of calls, by minute.

use super::{Memory, Minute, entries::Entry, events::Ids};

/// How many calls in how long a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) of: Counted,
    pub(crate) per: Per,
    /// Minutes; 1 to 1,440.
    pub(crate) window_minutes: u32,
    pub(crate) limit: u32,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Calls,
    Writes,
    Denials,
}

/// For whom it is counted, always for one agent at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Per {
    Agent,
    Tool,
    Destination,
}

/// How long a destination that is not written to stays known: 30 days.
const SEEN_DAYS: u32 = 30;
/// The longest window of a count: a day.
const LONGEST_WINDOW: Minute = 24 * 60;
/// Minutes of a burst, how many times the usual number it is, and the fewest calls that can be one.
const BURST: (Minute, u32, u32) = (10, 5, 20);

/// That an agent wrote to a destination on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) day: u32,
    pub(super) agent: u64,
    pub(super) destination: u64,
}

impl Entry for Seen {
    type Key = (u32, u64, u64);

    /// Newest first.
    fn key(&self) -> Self::Key {
        (u32::MAX - self.day, self.agent, self.destination)
    }

    fn join(&mut self, _other: &Self) {}
}

impl Seen {
    pub(super) fn is_recent(&self, now: Minute) -> bool {
        self.day.saturating_add(SEEN_DAYS) >= now / LONGEST_WINDOW
    }
}

/// How many calls an agent made in one minute to one destination of one tool, as one replica counted them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    pub(super) minute: Minute,
    pub(super) agent: u64,
    pub(super) tool: u64,
    pub(super) destination: u64,
    pub(super) replica: u64,
    pub(super) calls: u32,
    pub(super) writes: u32,
    pub(super) denials: u32,
}

impl Entry for Bucket {
    type Key = (Minute, u64, u64, u64, u64);

    /// Newest first.
    fn key(&self) -> Self::Key {
        (Minute::MAX - self.minute, self.agent, self.tool, self.destination, self.replica)
    }

    /// Only its own replica counts in a bucket, so the larger number is the later one.
    fn join(&mut self, other: &Self) {
        self.calls = self.calls.max(other.calls);
        self.writes = self.writes.max(other.writes);
        self.denials = self.denials.max(other.denials);
    }
}

impl Bucket {
    pub(super) fn is_recent(&self, now: Minute) -> bool {
        self.minute.saturating_add(LONGEST_WINDOW) >= now
    }
}

/// The buckets of an agent, from the newest to those of `window` minutes ago.
fn recent(memory: &Memory, agent: u64, now: Minute, window: Minute) -> impl Iterator<Item = &Bucket> {
    let oldest = now.saturating_sub(window.saturating_sub(1));
    memory
        .counts
        .range(move |bucket| bucket.minute > now, move |bucket| bucket.minute >= oldest)
        .filter(move |b| b.agent == agent)
}

pub(super) fn count(memory: &Memory, ids: &Ids, count: &Count, now: Minute) -> u32 {
    let of = |bucket: &Bucket| match count.of {
        Counted::Calls => bucket.calls,
        Counted::Writes => bucket.writes,
        Counted::Denials => bucket.denials,
    };
    let same = |bucket: &&Bucket| match count.per {
        Per::Agent => true,
        Per::Tool => bucket.tool == ids.tool,
        Per::Destination => bucket.destination == ids.destination,
    };
    recent(memory, ids.agent, now, count.window_minutes).filter(same).map(of).fold(0, u32::saturating_add)
}

/// Whether the calls of the last ten minutes are five times what is usual: the mean of the ten minutes before, over a day.
pub(super) fn is_burst(memory: &Memory, agent: u64, now: Minute) -> bool {
    let (window, times, fewest) = BURST;
    let sum = |window| recent(memory, agent, now, window).map(|bucket| bucket.calls).fold(0, u32::saturating_add);
    let last = sum(window);
    let before = sum(LONGEST_WINDOW).saturating_sub(last);
    // The first call that is remembered tells how long the time before is.
    let oldest = recent(memory, agent, now, LONGEST_WINDOW).last().map_or(now, |bucket| bucket.minute);
    let windows = (now - oldest.min(now)) / window;
    windows > 0 && last >= fewest && u64::from(last) * u64::from(windows) > u64::from(times) * u64::from(before)
}

/// Calls of an agent in the last 24 hours.
pub(super) fn of_a_day(memory: &Memory, agent: u64, now: Minute) -> u32 {
    recent(memory, agent, now, LONGEST_WINDOW).map(|bucket| bucket.calls).fold(0, u32::saturating_add)
}
