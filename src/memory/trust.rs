//! Trust in an agent: 0.50 at first; 0.02 more for each call that a person approved, up to 0.30 in all; 0.10 less for each
//! that a person denied; 0.25 less for each call to an address on a threat list.

use super::{Memory, entries::Entry, events::Judgement};

pub(super) const AT_FIRST: u32 = 50;
const APPROVED: u32 = 2;
const MOST_APPROVED: u32 = 30;
const DENIED: u32 = 10;
const THREAT: u32 = 25;

/// How often an agent was judged in one way, as one replica counted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) agent: u64,
    pub(super) judgement: Judgement,
    pub(super) replica: u64,
    pub(super) times: u32,
}

impl Entry for Judged {
    type Key = (u64, Judgement, u64);

    fn key(&self) -> Self::Key {
        (self.agent, self.judgement, self.replica)
    }

    fn join(&mut self, other: &Self) {
        self.times = self.times.max(other.times);
    }
}

pub(super) fn judge(memory: &mut Memory, agent: &str, judgement: Judgement) {
    let agent = memory.key.fingerprint("agent", agent.as_bytes());
    if let Some(judged) = memory.judged.entry(Judged { agent, judgement, replica: memory.replica, times: 0 }) {
        judged.times = judged.times.saturating_add(1);
    }
}

/// `agent` is a fingerprint.
pub(super) fn of(memory: &Memory, agent: u64) -> u32 {
    let times = |judgement| {
        let same = |judged: &&Judged| judged.judgement == judgement;
        let all = memory.judged.range(|judged| judged.agent < agent, |judged| judged.agent == agent);
        all.filter(same).map(|judged| judged.times).fold(0, u32::saturating_add)
    };
    let more = times(Judgement::Approved).saturating_mul(APPROVED).min(MOST_APPROVED);
    let less = times(Judgement::Denied).saturating_mul(DENIED).saturating_add(times(Judgement::Threat).saturating_mul(THREAT));
    (AT_FIRST + more).saturating_sub(less)
}
