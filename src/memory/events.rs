//! What became of a call, and what that says about the next one.

use alloc::string::String;

use super::{
    Memory, Minute,
    counts::{self, Bucket, Count, Seen},
    key::MemoryKey,
    minute, trust,
};
use crate::{decision::Decision, secret::Sensitive, target::Verb};

/// A call that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The agent.
    pub agent: String,
    /// The tool.
    pub tool: String,
    /// Host, and what the call touches there: a channel, a repository.
    pub destination: Sensitive<String>,
    /// What it does.
    pub verb: Verb,
    /// What was decided, in the end.
    pub decision: Decision,
}

/// What moves the trust in an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// A person approved a call.
    Approved,
    /// A person denied a call.
    Denied,
    /// A call went to an address on a threat list.
    Threat,
}

/// Fingerprints of what an event names.
pub(super) struct Ids {
    pub(super) agent: u64,
    pub(super) tool: u64,
    pub(super) destination: u64,
}

impl Event {
    pub(super) fn ids(&self, key: &MemoryKey) -> Ids {
        Ids {
            agent: key.fingerprint("agent", self.agent.as_bytes()),
            tool: key.fingerprint("tool", self.tool.as_bytes()),
            destination: key.fingerprint("destination", self.destination.expose().as_bytes()),
        }
    }
}

/// What is remembered that bears on a call.
pub(crate) struct Recalled<'m> {
    /// The memory, the call in its terms, and the time.
    known: Option<(&'m Memory, Ids, Minute)>,
    pub(crate) new_destination: bool,
    pub(crate) volume_burst: bool,
    pub(crate) budget_exceeded: bool,
    /// The trust in the agent, in hundredths, where it is remembered.
    pub(crate) trust: Option<u32>,
}

impl<'m> Recalled<'m> {
    /// Without a memory every destination is new, and nothing else is known.
    pub(crate) const NOTHING: Self =
        Self { known: None, new_destination: true, volume_burst: false, budget_exceeded: false, trust: None };

    /// What was known of a call when it was recorded; how often something happened is not.
    #[cfg(feature = "full")]
    pub(crate) const fn recorded(new_destination: bool, volume_burst: bool, budget_exceeded: bool, trust: u32) -> Self {
        Self { known: None, new_destination, volume_burst, budget_exceeded, trust: Some(trust) }
    }

    /// What a memory says of a call.
    pub(crate) fn of(memory: &'m Memory, event: &Event, time_ms: u64, daily_budget: Option<u32>) -> Self {
        let ids = event.ids(&memory.key);
        let now = minute(time_ms);
        let known = |seen: &Seen| seen.agent == ids.agent && seen.destination == ids.destination && seen.is_recent(now);
        Self {
            new_destination: !memory.seen.iter().any(known),
            volume_burst: counts::is_burst(memory, ids.agent, now),
            budget_exceeded: daily_budget.is_some_and(|most| counts::of_a_day(memory, ids.agent, now) >= most),
            trust: Some(trust::of(memory, ids.agent)),
            known: Some((memory, ids, now)),
        }
    }

    /// How often something happened within a window that ends now.
    pub(crate) fn count(&self, count: &Count) -> u32 {
        self.known.as_ref().map_or(0, |(memory, ids, now)| counts::count(memory, ids, count, *now))
    }

    /// The trust in the agent, in hundredths: that of a new one where nothing is remembered.
    pub(crate) fn trust_hundredths(&self) -> u32 {
        self.trust.unwrap_or(trust::AT_FIRST)
    }
}

pub(super) fn note(memory: &mut Memory, event: &Event, time_ms: u64) {
    let ids = event.ids(&memory.key);
    let now = minute(time_ms);
    let sent = matches!(event.decision, Decision::Allow | Decision::Sanitize);
    if sent && event.verb != Verb::Read {
        memory.seen.entry(Seen { day: now / (24 * 60), agent: ids.agent, destination: ids.destination });
    }
    let empty = Bucket {
        minute: now,
        agent: ids.agent,
        tool: ids.tool,
        destination: ids.destination,
        replica: memory.replica,
        calls: 0,
        writes: 0,
        denials: 0,
    };
    if let Some(bucket) = memory.counts.entry(empty) {
        bucket.calls = bucket.calls.saturating_add(1);
        bucket.writes = bucket.writes.saturating_add(u32::from(event.verb != Verb::Read));
        bucket.denials = bucket.denials.saturating_add(u32::from(event.decision == Decision::Deny));
    }
}
