//! What is remembered between calls: a value that goes in and comes out changed.
//!
//! It holds keyed fingerprints, counts and times, and never payload. Two memories of one key merge to the same whatever the
//! order, so that isolates and machines can each keep one and exchange them. Every list is bounded; the newest is kept.

mod counts;
mod entries;
mod events;
mod grants;
mod key;
mod taint;
mod trust;
mod wire;

use alloc::string::String;

pub(crate) use counts::{Count, Counted, Per};
pub(crate) use events::Recalled;
pub use events::{Event, Judgement};
pub use key::MemoryKey;
pub(crate) use taint::{Fingerprints, Source};

use counts::{Bucket, Seen};
use entries::Entries;
use grants::{Grant, Refusal};
use taint::Mark;
use trust::Judged;

use crate::error::ConfigError;

/// Minutes since 1970.
type Minute = u32;

/// The minute of a time in milliseconds.
fn minute(time_ms: u64) -> Minute {
    Minute::try_from(time_ms / 60_000).unwrap_or(Minute::MAX)
}

/// What an agent's calls leave behind. See [`Memory::note`] for what changes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Memory {
    key: MemoryKey,
    /// Tells this memory's own counts from those that are merged into it.
    replica: u64,
    seen: Entries<Seen>,
    counts: Entries<Bucket>,
    judged: Entries<Judged>,
    grants: Entries<Grant>,
    refusals: Entries<Refusal>,
    taint: Entries<Mark>,
}

impl core::fmt::Debug for Memory {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Memory")
    }
}

impl Memory {
    /// Destinations that are remembered: 4,096.
    pub const MOST_DESTINATIONS: usize = 4096;
    /// Counts that are remembered, one for each minute, agent, tool and destination: 4,096.
    pub const MOST_COUNTS: usize = 4096;
    /// Fingerprints of sensitive text that are remembered: 16,384.
    pub const MOST_FINGERPRINTS: usize = 16_384;
    /// Grants, and as many refusals: 1,024.
    pub const MOST_GRANTS: usize = 1024;

    /// An empty memory. The key must be secret and the same wherever memories are merged; `replica` is a random number of
    /// this memory alone.
    pub fn new(key: MemoryKey, replica: u64) -> Self {
        Self {
            key,
            replica,
            seen: Entries::new(Self::MOST_DESTINATIONS),
            counts: Entries::new(Self::MOST_COUNTS),
            judged: Entries::new(Self::MOST_COUNTS),
            grants: Entries::new(Self::MOST_GRANTS),
            refusals: Entries::new(Self::MOST_GRANTS),
            taint: Entries::new(Self::MOST_FINGERPRINTS),
        }
    }

    /// The memory as JSON text, without its key.
    pub fn to_json(&self) -> String {
        wire::write(self)
    }

    /// Reads what [`to_json`](Self::to_json) wrote. The replica is the new memory's own.
    ///
    /// # Errors
    /// [`ConfigError`] when the text is not such a memory.
    pub fn from_json(text: &str, key: MemoryKey, replica: u64) -> Result<Self, ConfigError> {
        wire::read(text, Self::new(key, replica))
    }

    /// Takes over what another memory of the same key knows. Associative, commutative and idempotent.
    pub fn merge(&mut self, other: &Self) {
        self.seen.merge(&other.seen);
        self.counts.merge(&other.counts);
        self.judged.merge(&other.judged);
        self.grants.merge(&other.grants);
        self.refusals.merge(&other.refusals);
        self.taint.merge(&other.taint);
    }

    /// Forgets what no rule can ask about any more.
    pub fn forget(&mut self, time_ms: u64) {
        let now = minute(time_ms);
        self.seen.retain(|seen| seen.is_recent(now));
        self.counts.retain(|bucket| bucket.is_recent(now));
        self.grants.retain(|grant| grant.holds_at(time_ms));
        self.refusals.retain(|refusal| refusal.holds_at(time_ms));
        self.taint.retain(|mark| mark.holds_at(now));
    }

    /// Remembers what became of a call.
    pub fn note(&mut self, event: &Event, time_ms: u64) {
        events::note(self, event, time_ms);
    }

    /// Remembers what a person, or a threat list, said about an agent. It moves the trust in the agent.
    pub fn judge(&mut self, agent: &str, judgement: Judgement) {
        trust::judge(self, agent, judgement);
    }

    /// The trust in an agent, in hundredths: 50 at first, between 0 and 100.
    pub fn trust(&self, agent: &str) -> u32 {
        trust::of(self, self.key.fingerprint("agent", agent.as_bytes()))
    }

    /// Remembers that a person has approved exactly one call, until a time. It is used once.
    pub fn grant(&mut self, digest: &str, agent: &str, until_ms: u64) {
        grants::grant(self, digest, agent, until_ms);
    }

    /// Remembers that a person has denied exactly this call, until a time: it is denied again without asking.
    pub fn refuse(&mut self, digest: &str, agent: &str, until_ms: u64) {
        grants::refuse(self, digest, agent, until_ms);
    }

    /// Uses up a grant; whether there was one.
    pub fn consume_grant(&mut self, digest: &str, agent: &str, time_ms: u64) -> bool {
        grants::consume(self, digest, agent, time_ms)
    }

    /// Whether people's decisions about single calls are remembered.
    pub(crate) fn has_decisions(&self) -> bool {
        !self.grants.is_empty() || !self.refusals.is_empty()
    }

    /// Whether a grant for exactly this call waits to be used.
    pub(crate) fn has_grant(&self, digest: &str, agent: &str, time_ms: u64) -> bool {
        grants::is_granted(self, digest, agent, time_ms)
    }

    /// Whether a person has denied exactly this call.
    pub(crate) fn is_refused(&self, digest: &str, agent: &str, time_ms: u64) -> bool {
        grants::is_refused(self, digest, agent, time_ms)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
