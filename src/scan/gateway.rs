//! The part of a scan that asks a gateway: retries, approvals, deadlines, failure mode.

use alloc::string::{String, ToString};

use super::{
    Call, CallKind, Clock, FailMode, Failure, Gateway, Output, Pending, Resume, ScanContext,
    answer::{self, ApprovalStatus, Consumed, Edited, ScanAnswer},
    pause,
    question::{Question, question},
    restore::restored,
    verdict::{Block, Forward, Ids, Verdict},
};
use crate::{
    decision::{Decision, Effect, Gate, ReasonCode},
    digest::Digest,
    engine::{Engine, Local},
    json,
    request::Request,
    secret::Sensitive,
};

/// How far the clocks of client and gateway may be apart.
const MAX_SKEW_MS: u64 = 300_000;

#[derive(Debug)]
enum Step {
    Asking { tries: u32 },
    Approval { id: String, until: Clock, asked: u64, consuming: bool },
}

#[derive(Debug)]
pub(super) struct Session {
    request: Request,
    local: Local,
    gateway: Gateway,
    began: Clock,
    deadline: Clock,
    scan_body: String,
    ids: Ids,
    context: ScanContext,
    /// The gateway's name of the body that a person has made of ours.
    edited_version: Option<String>,
    /// Whether a use of the approval may be this call's: it was asked for, or whoever is taken up here may have.
    may_have_used: bool,
    step: Step,
}

impl Session {
    pub(super) fn begin(request: Request, local: Local, mut context: ScanContext, now: Clock) -> (Self, Output) {
        let mut gateway = context.gateway.take().unwrap_or_default();
        let resume = gateway.resume.take();
        let Question { body: scan_body, digest: asked_digest } = question(&request, &local, &context, &gateway);
        let mut session = Self {
            request,
            local,
            began: now,
            deadline: Clock(now.0.saturating_add(gateway.timeout_ms)),
            gateway,
            scan_body,
            ids: Ids { asked_digest, ..Ids::default() },
            context,
            edited_version: None,
            may_have_used: false,
            step: Step::Asking { tries: 0 },
        };
        let first = match resume {
            Some(resume) => session.resume(resume, now),
            None => session.ask(now),
        };
        (session, first)
    }

    /// Waits once more for an approval that was asked for before, if it was asked for exactly this call.
    // INVARIANT(I3): whatever differs after the question is refused.
    fn resume(&mut self, resume: Resume, now: Clock) -> Output {
        let Some(id) = answer::valid_id(&resume.approval_id).filter(|_| Some(&resume.digest) == self.ids.asked_digest.as_ref())
        else {
            return self.block(ReasonCode::ApprovalMismatch);
        };
        self.ids.approval_id = Some(id.clone());
        self.may_have_used = true;
        self.local.effect.gate = Gate::RequireApproval;
        self.local.report.decision = self.local.effect.decision();
        let until = Clock(now.0.saturating_add(self.gateway.approval_timeout_ms));
        let first = self.poll(&id, until, now);
        self.step = Step::Approval { id, until, asked: 0, consuming: false };
        first
    }

    fn ask(&self, now: Clock) -> Output {
        let timeout_ms = self.deadline.0.saturating_sub(now.0).max(1);
        let body = Some(self.scan_body.clone());
        Output::Call(Call { kind: CallKind::Scan, method: "POST", path: "/v1/scan".to_string(), body, timeout_ms })
    }

    fn poll(&self, id: &str, until: Clock, now: Clock) -> Output {
        let timeout_ms = self.gateway.timeout_ms.min(until.0.saturating_sub(now.0)).max(1);
        let path = answer::approval_path(id, "status");
        Output::Call(Call { kind: CallKind::Poll, method: "GET", path, body: None, timeout_ms })
    }

    /// Consuming is bound to the digest of what the approval was asked for, and to what a person has made of it. A host that
    /// names the holder of the use adds that.
    fn consume(&self, id: &str) -> Output {
        let mut body = String::new();
        let mut fields = json::Object::begin(&mut body);
        fields.text("request_digest", self.ids.asked_digest.as_deref().unwrap_or_default());
        if let Some(version) = &self.edited_version {
            fields.text("edited_version", version);
        }
        fields.end();
        let path = answer::approval_path(id, "consume");
        let timeout_ms = self.gateway.timeout_ms;
        Output::Call(Call { kind: CallKind::Consume, method: "POST", path, body: Some(body), timeout_ms })
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
            Step::Approval { .. } if transient => self.ask_again(retry_after_ms, now),
            Step::Approval { id, consuming: true, .. } => match answer::consumed(status, body, id) {
                Consumed::Ours => self.approved(),
                Consumed::Before => self.block(ReasonCode::ApprovalUsed),
                Consumed::Late => self.block(ReasonCode::ApprovalExpired),
                Consumed::Refused => self.block(ReasonCode::ApprovalMismatch),
            },
            Step::Approval { id, .. } => {
                let id = id.clone();
                self.polled(engine, status, body, &id, now)
            }
        }
    }

    pub(super) fn failure(&mut self, failure: Failure, now: Clock) -> Output {
        match (&self.step, failure) {
            (_, Failure::Protocol) => self.block(ReasonCode::GatewayAnswerInvalid),
            (Step::Asking { .. }, Failure::Transport) => self.retry(None, now),
            (Step::Approval { .. }, Failure::Transport) => self.ask_again(None, now),
        }
    }

    /// The host has no more retries to spend.
    pub(super) fn exhausted(&mut self) -> Output {
        match &self.step {
            Step::Asking { .. } => self.unreachable(),
            Step::Approval { .. } => self.block(ReasonCode::GatewayUnreachable),
        }
    }

    /// Whether an approval was used when the answer to that was lost is unknown: its state tells, and only whose use it was
    /// may go on.
    fn ask_again(&mut self, retry_after_ms: Option<u64>, now: Clock) -> Output {
        if let Step::Approval { consuming, .. } = &mut self.step {
            *consuming = false;
        }
        self.pause(retry_after_ms, now)
    }

    pub(super) fn timeout(&mut self, now: Clock) -> Output {
        match &self.step {
            Step::Asking { .. } if now >= self.deadline => self.unreachable(),
            Step::Asking { .. } => self.ask(now),
            Step::Approval { until, .. } if now >= *until => self.block(ReasonCode::ApprovalTimeout),
            Step::Approval { id, until, .. } => self.poll(id, *until, now),
        }
    }

    pub(super) fn pending_approval(&self) -> Option<Pending<'_>> {
        let Step::Approval { id, .. } = &self.step else { return None };
        let asked_digest = self.ids.asked_digest.as_deref()?;
        Some(Pending { approval_id: id, asked_digest, digest: self.local.report.digest? })
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
        let Some(answer) = answer::scan_answer(body, &self.scan_body) else {
            return self.block(ReasonCode::GatewayAnswerInvalid);
        };
        (self.ids.approval_id, self.ids.trace_id) = (answer.approval_id.clone(), answer.trace_id.clone());
        if !self.take(engine, answer) {
            return self.block(ReasonCode::GatewayAnswerInvalid);
        }
        match (self.local.effect.gate, self.ids.approval_id.clone()) {
            (Gate::Deny, _) => self.end(None),
            (Gate::Allow, _) => self.released(),
            // Nothing binds the approval to this call.
            (Gate::RequireApproval, _) if self.ids.asked_digest.is_none() => self.block(ReasonCode::ApprovalUnavailable),
            (Gate::RequireApproval, None) => self.block(ReasonCode::ApprovalUnavailable),
            (Gate::RequireApproval, Some(_)) if !self.gateway.wait => self.end(None),
            (Gate::RequireApproval, Some(id)) => {
                let until = Clock(now.0.saturating_add(self.gateway.approval_timeout_ms));
                self.step = Step::Approval { id, until, asked: 0, consuming: false };
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
            Some(body) if answer.decision != Decision::Deny => self.replace_body(engine, Sensitive::new(body)),
            _ => true,
        }
    }

    /// A person has changed what was shown: that is another call, with its own digest, and our policies look at it as well.
    fn edited(&mut self, engine: &Engine, edited: Edited) -> bool {
        let was_json = json::parse(self.request.body.expose(), "body").is_ok();
        let body = restored(edited.body.into_inner(), &self.request, &self.local, self.gateway.disclose);
        self.edited_version = Some(edited.version);
        (!was_json || json::parse(&body, "body").is_ok()) && self.replace_body(engine, Sensitive::new(body))
    }

    /// What the gateway redacted, and showed to a person, is what is sent: in the shape that ours had, and only after our own
    /// rules and policies have had their say on it once more. Nothing of ours is undone.
    fn replace_body(&mut self, engine: &Engine, body: Sensitive<alloc::vec::Vec<u8>>) -> bool {
        let mut request = self.local.outgoing.clone();
        request.body = body;
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

    fn polled(&mut self, engine: &Engine, status: u16, body: &[u8], id: &str, now: Clock) -> Output {
        match status {
            200 => {}
            401 => return self.block(ReasonCode::GatewayUnauthorized),
            _ => return self.block(ReasonCode::GatewayRefused),
        }
        let Some(answer) = answer::approval_answer(body, id, Some(&self.scan_body)) else {
            return self.block(ReasonCode::GatewayAnswerInvalid);
        };
        match answer.status {
            ApprovalStatus::Pending => self.pause(None, now),
            ApprovalStatus::Approved if self.is_long_over(answer.expires_at, now) => self.block(ReasonCode::ApprovalExpired),
            // Somebody else has used it: sending now would be a second time.
            ApprovalStatus::Executed if !self.may_have_used => self.block(ReasonCode::ApprovalUsed),
            // Whose use it was the gateway tells by the holder in `consume`.
            ApprovalStatus::Approved | ApprovalStatus::Executed => {
                let as_before = answer.edited.as_ref().map(|edited| &edited.version) == self.edited_version.as_ref();
                if let Some(edited) = answer.edited.filter(|_| !as_before)
                    && !self.edited(engine, edited)
                {
                    return self.block(ReasonCode::ApprovalMismatch);
                }
                if let Step::Approval { consuming, .. } = &mut self.step {
                    *consuming = true;
                }
                self.may_have_used = true;
                self.consume(id)
            }
            ApprovalStatus::Denied => self.block(ReasonCode::ApprovalDenied),
            ApprovalStatus::Expired => self.block(ReasonCode::ApprovalExpired),
        }
    }

    /// Whether that time has passed here too. Clocks differ, so the gateway has the word on the last minutes.
    fn is_long_over(&self, expires_at: Option<u64>, now: Clock) -> bool {
        let Some((expires_at, began_ms)) = expires_at.zip(self.context.time_ms) else { return false };
        let now_ms = began_ms.saturating_add(now.0.saturating_sub(self.began.0));
        expires_at.saturating_add(MAX_SKEW_MS) < now_ms
    }

    fn pause(&mut self, retry_after_ms: Option<u64>, now: Clock) -> Output {
        let Step::Approval { until, asked, .. } = &mut self.step else { return self.block(ReasonCode::GatewayAnswerInvalid) };
        let until = *until;
        if !self.gateway.wait {
            return self.end(None);
        }
        if now >= until {
            return self.block(ReasonCode::ApprovalTimeout);
        }
        *asked += 1;
        let pause = pause::poll(self.gateway.poll_interval_ms, *asked, retry_after_ms, self.gateway.jitter);
        Output::Wait(pause.min(until.0.saturating_sub(now.0)))
    }

    fn retry(&mut self, retry_after_ms: Option<u64>, now: Clock) -> Output {
        let Step::Asking { tries } = &mut self.step else { return self.unreachable() };
        *tries += 1;
        let pause = pause::backoff(*tries, retry_after_ms, self.gateway.jitter);
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
