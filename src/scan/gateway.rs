//! The part of a scan that asks a gateway: retries, approvals, deadlines, failure mode.

use alloc::string::{String, ToString};

use super::{
    Call, Clock, Output, ScanContext,
    verdict::{Block, Forward, Ids, Verdict},
    wire::{self, ApprovalStatus, ScanAnswer},
};
use crate::{
    decision::{Decision, Effect, Gate, ReasonCode},
    digest::Digest,
    engine::{Engine, Local},
    request::Request,
    secret::Sensitive,
};

/// What happens when the gateway cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FailMode {
    /// The call is refused: the default.
    #[default]
    Closed,
    /// The local decision holds, never less, and only for transport faults, 429 and 5xx.
    Open,
}

/// How to ask a gateway. All times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Failure mode. Default closed.
    pub fail_mode: FailMode,
    /// Deadline for an answer to the scan, retries included. Default 30,000.
    pub timeout_ms: u64,
    /// Retries after the first try. Default 2.
    pub max_retries: u32,
    /// Whether to wait for a person. Default true; otherwise `REQUIRE_APPROVAL` ends the scan at once.
    pub wait: bool,
    /// Deadline for the person. Default 3,600,000 (one hour).
    pub approval_timeout_ms: u64,
    /// Between two questions about an approval. Default 5,000, at least 2,500.
    pub poll_interval_ms: u64,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            fail_mode: FailMode::Closed,
            timeout_ms: 30_000,
            max_retries: 2,
            wait: true,
            approval_timeout_ms: 3_600_000,
            poll_interval_ms: 5_000,
        }
    }
}

/// Why a call had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Connection, name resolution, reset, timeout.
    Transport,
    /// The answer was a redirect or otherwise not usable; never retried, never open.
    Protocol,
}

/// Fastest that an approval may be asked about: the protocol allows one question per 2 s.
const MIN_POLL_MS: u64 = 2_500;
/// Longest single pause between retries, whatever Retry-After says.
const MAX_BACKOFF_MS: u64 = 20_000;

#[derive(Debug)]
enum Step {
    Asking { tries: u32 },
    Approval { id: String, until: Clock, consuming: bool },
}

#[derive(Debug)]
pub(super) struct Session {
    request: Request,
    local: Local,
    gateway: Gateway,
    deadline: Clock,
    scan_body: String,
    ids: Ids,
    context: ScanContext,
    /// What the gateway knows this call by: the digest that the scan named.
    asked_digest: String,
    step: Step,
}

impl Session {
    pub(super) fn begin(request: Request, local: Local, mut context: ScanContext, now: Clock) -> (Self, Output) {
        let gateway = context.gateway.take().unwrap_or_default();
        let asked_digest = local.report.digest.map(|d| d.to_string()).unwrap_or_default();
        let scan_body = wire::scan_body(&request, &local, &context);
        let session = Self {
            request,
            local,
            gateway,
            deadline: Clock(now.0.saturating_add(gateway.timeout_ms)),
            scan_body,
            ids: Ids::default(),
            context,
            asked_digest,
            step: Step::Asking { tries: 0 },
        };
        let first = session.ask(now);
        (session, first)
    }

    fn ask(&self, now: Clock) -> Output {
        let timeout_ms = self.deadline.0.saturating_sub(now.0).max(1);
        Output::Call(Call { method: "POST", path: "/v1/scan".to_string(), body: Some(self.scan_body.clone()), timeout_ms })
    }

    fn poll(&self, id: &str, until: Clock, now: Clock) -> Output {
        let timeout_ms = self.gateway.timeout_ms.min(until.0.saturating_sub(now.0)).max(1);
        Output::Call(Call { method: "GET", path: wire::approval_path(id, "status"), body: None, timeout_ms })
    }

    /// Consuming is bound to the digest of what will be sent.
    fn consume(&self, id: &str) -> Output {
        let body = alloc::format!("{{\"request_digest\":\"{}\"}}", self.asked_digest);
        Output::Call(Call {
            method: "POST",
            path: wire::approval_path(id, "consume"),
            body: Some(body),
            timeout_ms: self.gateway.timeout_ms,
        })
    }

    pub(super) fn response(
        &mut self,
        engine: &Engine,
        status: u16,
        body: &[u8],
        retry_after_ms: Option<u64>,
        now: Clock,
    ) -> Output {
        let transient = matches!(status, 408 | 429 | 500..=599);
        match &self.step {
            Step::Asking { .. } if transient => self.retry(retry_after_ms, now),
            Step::Asking { .. } => self.scanned(engine, status, body, now),
            Step::Approval { consuming: false, .. } if transient => self.pause(retry_after_ms, now),
            Step::Approval { id, consuming: true, .. } => {
                let id = id.clone();
                if status == 200 && wire::consumed(body, &id) {
                    self.approved()
                } else {
                    self.block(ReasonCode::ApprovalMismatch)
                }
            }
            Step::Approval { id, .. } => {
                let id = id.clone();
                self.polled(status, body, &id, now)
            }
        }
    }

    pub(super) fn failure(&mut self, failure: Failure, now: Clock) -> Output {
        match (&self.step, failure) {
            (_, Failure::Protocol) => self.block(ReasonCode::GatewayAnswerInvalid),
            (Step::Asking { .. }, Failure::Transport) => self.retry(None, now),
            // Whether the approval was consumed is unknown: it must not be used twice.
            (Step::Approval { consuming: true, .. }, _) => self.block(ReasonCode::GatewayUnreachable),
            (Step::Approval { .. }, Failure::Transport) => self.pause(None, now),
        }
    }

    pub(super) fn timeout(&mut self, now: Clock) -> Output {
        match &self.step {
            Step::Asking { .. } if now >= self.deadline => self.unreachable(),
            Step::Asking { .. } => self.ask(now),
            Step::Approval { until, .. } if now >= *until => self.block(ReasonCode::ApprovalTimeout),
            Step::Approval { id, until, .. } => self.poll(id, *until, now),
        }
    }

    pub(super) fn pending_approval(&self) -> Option<&str> {
        match &self.step {
            Step::Approval { id, .. } => Some(id),
            Step::Asking { .. } => None,
        }
    }

    pub(super) fn cancel(&mut self) -> Output {
        self.block(ReasonCode::ApprovalTimeout)
    }

    fn scanned(&mut self, engine: &Engine, status: u16, body: &[u8], now: Clock) -> Output {
        match status {
            200 => {}
            401 => return self.block(ReasonCode::GatewayUnauthorized),
            413 => return self.block(ReasonCode::PayloadTooLarge),
            _ => return self.block(ReasonCode::GatewayRefused),
        }
        let Some(answer) = wire::scan_answer(body, &self.scan_body) else {
            return self.block(ReasonCode::GatewayAnswerInvalid);
        };
        self.ids = Ids { approval_id: answer.approval_id.clone(), trace_id: answer.trace_id.clone() };
        if !self.take(engine, answer) {
            return self.block(ReasonCode::GatewayAnswerInvalid);
        }
        match (self.local.effect.gate, self.ids.approval_id.clone()) {
            (Gate::Deny, _) => self.end(None),
            (Gate::Allow, _) => self.released(),
            (Gate::RequireApproval, None) => self.block(ReasonCode::ApprovalUnavailable),
            (Gate::RequireApproval, Some(_)) if !self.gateway.wait => self.end(None),
            (Gate::RequireApproval, Some(id)) => {
                let until = Clock(now.0.saturating_add(self.gateway.approval_timeout_ms));
                self.step = Step::Approval { id, until, consuming: false };
                self.pause(None, now)
            }
        }
    }

    /// Combines the remote decision with the local one: the strictest gate, and the remote's redactions on top of ours.
    fn take(&mut self, engine: &Engine, answer: ScanAnswer) -> bool {
        for code in &answer.reason_codes {
            self.local.report.add_reason(code);
        }
        let remote_gate = match answer.decision {
            Decision::Allow | Decision::Sanitize => Gate::Allow,
            Decision::RequireApproval => Gate::RequireApproval,
            Decision::Deny => Gate::Deny,
        };
        if remote_gate > self.local.effect.gate {
            self.local.report.add_reason(ReasonCode::RemoteDecision.as_str());
        }
        let combined = self.local.effect.clone().combine(&Effect { gate: remote_gate, ..Effect::default() });
        self.local.effect = combined;
        self.local.report.decision = self.local.effect.decision();
        match answer.sanitized_body {
            Some(body) if answer.decision != Decision::Deny => self.replace_body(engine, body),
            _ => true,
        }
    }

    /// What the gateway redacted, and showed to a person, is what is sent: in the shape that ours had, and only after our own
    /// rules and policies have had their say on it once more. Nothing of ours is undone.
    fn replace_body(&mut self, engine: &Engine, body: alloc::vec::Vec<u8>) -> bool {
        let mut request = self.local.outgoing.clone();
        request.body = Sensitive::new(body);
        let again = engine.evaluate(&request, &self.context);
        if again.effect.gate == Gate::Deny {
            return false;
        }
        self.local.effect = self.local.effect.clone().combine(&Effect { gate: again.effect.gate, ..Effect::default() });
        self.local.outgoing = again.outgoing;
        let digest = Digest::of(&self.local.outgoing, &self.context.agent, engine.policy_version());
        self.local.report.digest = (self.local.effect.gate != Gate::Deny).then_some(digest);
        self.local.report.decision = match self.local.effect.decision() {
            Decision::Allow => Decision::Sanitize,
            other => other,
        };
        true
    }

    fn polled(&mut self, status: u16, body: &[u8], id: &str, now: Clock) -> Output {
        match status {
            200 => {}
            401 => return self.block(ReasonCode::GatewayUnauthorized),
            _ => return self.block(ReasonCode::GatewayRefused),
        }
        match wire::approval_answer(body, id) {
            Some(ApprovalStatus::Pending) => self.pause(None, now),
            Some(ApprovalStatus::Approved) => {
                if let Step::Approval { consuming, .. } = &mut self.step {
                    *consuming = true;
                }
                self.consume(id)
            }
            Some(ApprovalStatus::Denied) => self.block(ReasonCode::ApprovalDenied),
            Some(ApprovalStatus::Expired) => self.block(ReasonCode::ApprovalExpired),
            // Somebody has used it: sending now would be a second time.
            Some(ApprovalStatus::Executed) => self.block(ReasonCode::ApprovalMismatch),
            None => self.block(ReasonCode::GatewayAnswerInvalid),
        }
    }

    fn pause(&mut self, retry_after_ms: Option<u64>, now: Clock) -> Output {
        let Step::Approval { until, .. } = &self.step else { return self.block(ReasonCode::GatewayAnswerInvalid) };
        if now >= *until {
            return self.block(ReasonCode::ApprovalTimeout);
        }
        let interval = self.gateway.poll_interval_ms.max(MIN_POLL_MS).max(retry_after_ms.unwrap_or(0).min(60_000));
        Output::Wait(interval.min(until.0.saturating_sub(now.0)))
    }

    fn retry(&mut self, retry_after_ms: Option<u64>, now: Clock) -> Output {
        let Step::Asking { tries } = &mut self.step else { return self.unreachable() };
        *tries += 1;
        let backoff = 250u64.saturating_mul(1 << (*tries - 1).min(6));
        let pause = retry_after_ms.unwrap_or(backoff).max(backoff).min(MAX_BACKOFF_MS);
        let late = now.0.saturating_add(pause) >= self.deadline.0;
        if *tries > self.gateway.max_retries || late { self.unreachable() } else { Output::Wait(pause) }
    }

    /// The gateway cannot be asked: the failure mode decides, and it never opens more than the local decision.
    fn unreachable(&mut self) -> Output {
        self.local.report.add_reason(ReasonCode::GatewayUnreachable.as_str());
        match (self.gateway.fail_mode, self.local.effect.gate) {
            (FailMode::Open, Gate::Allow) => self.released(),
            (FailMode::Open, Gate::RequireApproval) => self.block(ReasonCode::ApprovalUnavailable),
            _ => self.block(ReasonCode::GatewayUnreachable),
        }
    }

    /// A person released the call, and this scan holds the only use of that.
    fn approved(&mut self) -> Output {
        self.local.effect.gate = Gate::Allow;
        self.local.report.decision = self.local.effect.decision();
        self.local.report.add_reason(ReasonCode::RecentApprovalGrant.as_str());
        self.released()
    }

    /// The one place where a gateway scan ends in a `Forward`.
    fn released(&mut self) -> Output {
        let local = self.local.clone();
        let redacted = local.outgoing != self.request;
        Output::Done(Verdict::Forward(Forward::new(local.outgoing, redacted, local.report, self.ids.clone())))
    }

    fn end(&mut self, cause: Option<ReasonCode>) -> Output {
        let local = self.local.clone();
        let preview = (local.report.decision == Decision::RequireApproval).then_some(local.outgoing);
        Output::Done(Verdict::Block(Block::new(local.report, cause, self.ids.clone(), preview)))
    }

    /// A refusal with a cause. Only an approval that is still open stays `REQUIRE_APPROVAL`; everything else is `DENY`.
    fn block(&mut self, cause: ReasonCode) -> Output {
        if matches!(cause, ReasonCode::ApprovalUnavailable | ReasonCode::ApprovalTimeout) {
            self.local.report.add_reason(cause.as_str());
        } else {
            self.local.deny(cause);
        }
        self.end(Some(cause))
    }
}
