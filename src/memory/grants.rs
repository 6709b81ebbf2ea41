//! What people decided about exactly one call: grants, each used once, and refusals.

use super::{Memory, entries::Entry};

/// A person approved this call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) until_ms: u64,
    pub(super) call: u64,
    pub(super) used: bool,
}

/// A person denied this call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) until_ms: u64,
    pub(super) call: u64,
}

impl Entry for Grant {
    type Key = (u64, u64);

    /// Those that hold longest are kept.
    fn key(&self) -> Self::Key {
        (u64::MAX - self.until_ms, self.call)
    }

    fn join(&mut self, other: &Self) {
        self.used |= other.used;
    }
}

impl Entry for Refusal {
    type Key = (u64, u64);

    fn key(&self) -> Self::Key {
        (u64::MAX - self.until_ms, self.call)
    }

    fn join(&mut self, _other: &Self) {}
}

impl Grant {
    pub(super) fn holds_at(&self, time_ms: u64) -> bool {
        time_ms < self.until_ms
    }
}

impl Refusal {
    pub(super) fn holds_at(&self, time_ms: u64) -> bool {
        time_ms < self.until_ms
    }
}

/// What a grant is bound to: the digest of what will be sent, and the agent.
fn call(memory: &Memory, digest: &str, agent: &str) -> u64 {
    memory.key.fingerprint("call", [digest, " ", agent].concat().as_bytes())
}

pub(super) fn grant(memory: &mut Memory, digest: &str, agent: &str, until_ms: u64) {
    let call = call(memory, digest, agent);
    memory.grants.entry(Grant { until_ms, call, used: false });
}

pub(super) fn refuse(memory: &mut Memory, digest: &str, agent: &str, until_ms: u64) {
    let call = call(memory, digest, agent);
    memory.refusals.entry(Refusal { until_ms, call });
}

pub(super) fn is_granted(memory: &Memory, digest: &str, agent: &str, time_ms: u64) -> bool {
    let call = call(memory, digest, agent);
    memory.grants.iter().any(|grant| grant.call == call && !grant.used && grant.holds_at(time_ms))
}

/// Uses up every grant of the call: a person who approved it twice meant one call.
pub(super) fn consume(memory: &mut Memory, digest: &str, agent: &str, time_ms: u64) -> bool {
    let granted = is_granted(memory, digest, agent, time_ms);
    let call = call(memory, digest, agent);
    memory.grants.for_each(|grant| grant.used |= grant.call == call);
    granted
}

pub(super) fn is_refused(memory: &Memory, digest: &str, agent: &str, time_ms: u64) -> bool {
    let call = call(memory, digest, agent);
    memory.refusals.iter().any(|refusal| refusal.call == call && refusal.holds_at(time_ms))
}
