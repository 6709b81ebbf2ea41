//! One scan, as a state machine without I/O.
//!
//! The host calls [`Scan::poll_output`] and does what it says: performs a [`Call`] and hands back the answer, waits and
//! says so, or takes the verdict. `handle_*` returns nothing, so an error cannot be forgotten: every failure becomes a
//! verdict. After each `handle_*` the host drains `poll_output` again (I5).

mod answer;
mod config;
mod gateway;
mod pause;
mod question;
mod restore;
mod shape;
mod verdict;

use alloc::{format, string::String, sync::Arc, vec::Vec};

pub use answer::{ApprovalStatus, read_approval};
pub use config::{Disclose, FailMode, Failure, Gateway, Resume};
pub use verdict::{Block, Forward, Verdict};

use crate::{
    decision::{Gate, ReasonCode},
    digest::Digest,
    engine::{Engine, Local},
    finding::DataClass,
    memory::Memory,
    policy::McpSignals,
    request::Request,
};
use gateway::Session;
use verdict::Ids;

/// A point on the host's monotonic clock, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Clock(pub u64);

/// What a scan knows beside the request.
#[derive(Clone, Debug, Default)]
pub struct ScanContext {
    /// The agent that makes the call; empty for none.
    pub agent: String,
    /// Its name, for people.
    pub agent_name: Option<String>,
    /// Digest of an approval that the host has just consumed, in hexadecimal. It counts only for exactly this call.
    pub grant: Option<String>,
    /// Classes that a client found and redacted before it asked: they can only tighten.
    pub claimed: Vec<DataClass>,
    /// The least strict gate that may come out.
    pub floor: Gate,
    /// The time of day in milliseconds since 1970, for entries of the allowlist that expire. Without it they do not hold.
    pub time_ms: Option<u64>,
    /// What the agent is built with: `langchain`, `mcp`, `custom`, …; empty for not known.
    pub runtime: String,
    /// Minutes east of UTC, now, of the time zones that policies name ([`Engine::time_zones`]). Where one is missing, a rule
    /// about it holds.
    pub zone_offsets: Vec<(String, i32)>,
    /// What the host noticed about the MCP server that is called.
    pub mcp: McpSignals,
    /// What is remembered of earlier calls. It counts only where the time is known; the host notes what became of this one
    /// ([`Report::event`](crate::Report::event)).
    pub memory: Option<Arc<Memory>>,
    /// Have [`Report::facts`](crate::Report::facts) say what [`Engine::replay`] needs.
    pub facts: bool,
    /// Ask a gateway as well; the stricter decision holds.
    pub gateway: Option<Gateway>,
}

impl ScanContext {
    /// Whether somebody may have said something about exactly this call. Otherwise its digest, which takes longer than all else
    /// for a small call, says nothing to anybody.
    pub(crate) fn binds(&self) -> bool {
        let remembered = self.memory.as_deref().is_some_and(Memory::has_decisions);
        self.gateway.is_some() || self.grant.is_some() || remembered
    }
}

/// What the host must do next.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and it is taken apart at once")]
pub enum Output {
    /// Perform an HTTP call to the gateway and hand back the answer. Redirects are not followed.
    Call(Call),
    /// Call [`Scan::handle_timeout`] after this many milliseconds.
    Wait(u64),
    /// The end.
    Done(Verdict),
    /// `Done` was given already.
    Finished,
}

/// What a call to the gateway is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// Have the request decided.
    Scan,
    /// Ask for the state of an approval.
    Poll,
    /// Use an approval up, right before the request is sent.
    Consume,
}

impl CallKind {
    /// The name that hosts know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Poll => "poll",
            Self::Consume => "consume",
        }
    }
}

/// A call to the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it is for.
    pub kind: CallKind,
    /// HTTP method.
    pub method: &'static str,
    /// Path below the gateway's URL.
    pub path: String,
    /// JSON body. It holds no secret and no personal data. To that of `Consume` a host adds `holder`, a random text of its own
    /// that stays the same for the one use of an approval: the gateway then tells it from the use of somebody else.
    pub body: Option<String>,
    /// Give up after this many milliseconds.
    pub timeout_ms: u64,
}

/// An approval that a scan waits for, or is about to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending<'s> {
    /// The id that the gateway gave.
    pub approval_id: &'s str,
    /// What it was asked for with: what [`Resume`] needs.
    pub asked_digest: &'s str,
    /// Of what will be sent as things stand: another one where the gateway, or a person, has changed the body.
    pub digest: Digest,
}

/// The machine.
#[derive(Debug)]
pub struct Scan {
    pending: Option<Output>,
    session: Option<Session>,
}

impl Scan {
    /// Begins a scan. The local decision is made here; nothing is sent before `poll_output` says so.
    pub fn new(engine: &Engine, request: Request, context: ScanContext, now: Clock) -> Self {
        let decided = |local| Self { pending: Some(Output::Done(conclude(local, &context))), session: None };
        if context.gateway.is_none() {
            return decided(engine.evaluate_owned(request, &context));
        }
        let mut local = engine.evaluate(&request, &context);
        if !cfg!(feature = "full") {
            // This build has nobody who could ask.
            local.deny(ReasonCode::GatewayUnreachable);
        }
        if !cfg!(feature = "full") || local.effect.gate == Gate::Deny {
            return decided(local);
        }
        let (session, first) = Session::begin(request, local, context, now);
        Self { pending: Some(first), session: Some(session) }
    }

    /// What to do next.
    // INVARIANT(I1): exactly one `Done`: it is taken out here, and after it there is only `Finished`.
    pub fn poll_output(&mut self) -> Output {
        self.pending.take().unwrap_or(Output::Finished)
    }

    /// The answer to the last call. `retry_after_ms` is the Retry-After header, if it could be read.
    pub fn handle_response(&mut self, engine: &Engine, status: u16, body: &[u8], retry_after_ms: Option<u64>, now: Clock) {
        self.step(|session| session.response(engine, status, body, retry_after_ms, now));
    }

    /// The last call had no answer.
    pub fn handle_failure(&mut self, failure: Failure, now: Clock) {
        self.step(|session| session.failure(failure, now));
    }

    /// The host's own budget of retries is spent: there is no further one.
    pub fn handle_exhausted(&mut self) {
        self.step(Session::exhausted);
    }

    /// The wait is over.
    pub fn handle_timeout(&mut self, now: Clock) {
        self.step(|session| session.timeout(now));
    }

    /// The caller gives up: the scan ends in a refusal.
    pub fn handle_cancel(&mut self) {
        self.step(Session::cancel);
    }

    /// The approval that is being waited for, or about to be used.
    pub fn pending_approval(&self) -> Option<Pending<'_>> {
        self.session.as_ref().and_then(Session::pending_approval)
    }

    fn step(&mut self, next: impl FnOnce(&mut Session) -> Output) {
        let Some(session) = &mut self.session else { return };
        let output = next(session);
        if matches!(output, Output::Done(_)) {
            self.session = None;
        }
        self.pending = Some(output);
    }
}

/// The verdict when nobody else is asked.
fn conclude(local: Local, context: &ScanContext) -> Verdict {
    let Local { effect, mut report, outgoing } = local;
    match effect.gate {
        Gate::Deny => Verdict::Block(Block::new(report, None, Ids::default(), None)),
        Gate::Allow => Verdict::Forward(Forward::new(outgoing, !effect.redactions.is_empty(), report, Ids::default())),
        Gate::RequireApproval => {
            let digest = report.digest.map(|d| format!("{d}"));
            let remembered = |digest: &String| {
                let known = context.memory.as_deref().zip(context.time_ms);
                known.is_some_and(|(memory, time_ms)| memory.has_grant(digest, &context.agent, time_ms))
            };
            if digest.is_some() && digest == context.grant || digest.as_ref().is_some_and(remembered) {
                report.add_reason(ReasonCode::RecentApprovalGrant.as_str());
                report.decision = crate::decision::Effect { gate: Gate::Allow, redactions: effect.redactions.clone() }.decision();
                return Verdict::Forward(Forward::new(outgoing, !effect.redactions.is_empty(), report, Ids::default()));
            }
            Verdict::Block(Block::new(report, Some(ReasonCode::ApprovalUnavailable), Ids::default(), Some(outgoing)))
        }
    }
}
