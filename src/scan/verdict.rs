//! The terminal verdict. A [`Forward`] can only be made here, by the machine.

use alloc::string::String;

use crate::{decision::ReasonCode, report::Report, request::Request};

/// How a scan ends.
#[derive(Debug)]
pub enum Verdict {
    /// May be sent: exactly these bytes.
    Forward(Forward),
    /// Must not be sent.
    Block(Block),
}

impl Verdict {
    /// Everything about it but the payload.
    pub fn report(&self) -> &Report {
        match self {
            Self::Forward(forward) => forward.report(),
            Self::Block(block) => block.report(),
        }
    }
}

/// Permission to send one request.
// INVARIANT(I2): bytes forwarded are the bytes scanned, or their redaction. The fields are private: only `scan` makes one.
#[derive(Debug)]
pub struct Forward {
    request: Request,
    redacted: bool,
    report: Report,
    approval_id: Option<String>,
    trace_id: Option<String>,
}

impl Forward {
    pub(super) fn new(request: Request, redacted: bool, report: Report, ids: Ids) -> Self {
        Self { request, redacted, report, approval_id: ids.approval_id, trace_id: ids.trace_id }
    }

    /// What may be sent.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What may be sent, to keep.
    pub fn into_request(self) -> Request {
        self.request
    }

    /// Whether it differs from what was scanned.
    pub fn is_redacted(&self) -> bool {
        self.redacted
    }

    /// Everything about the verdict but the payload.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The approval that was consumed, if it took one.
    pub fn approval_id(&self) -> Option<&str> {
        self.approval_id.as_deref()
    }

    /// The gateway's trace id, if a gateway was asked.
    pub fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }
}

/// A refusal.
#[derive(Debug)]
pub struct Block {
    report: Report,
    cause: Option<ReasonCode>,
    ids: Ids,
    preview: Option<Request>,
}

impl Block {
    pub(super) fn new(report: Report, cause: Option<ReasonCode>, ids: Ids, preview: Option<Request>) -> Self {
        Self { report, cause, ids, preview }
    }

    /// Everything about the verdict. Its decision is `REQUIRE_APPROVAL` when a person could still release the call.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What went wrong on the way, beyond the decision itself: an unreachable gateway, an approval denied or expired.
    pub fn cause(&self) -> Option<ReasonCode> {
        self.cause
    }

    /// The approval that was waited for, or that the gateway opened.
    pub fn approval_id(&self) -> Option<&str> {
        self.ids.approval_id.as_deref()
    }

    /// The digest that the approval was asked for with: what [`Resume`](crate::Resume) needs.
    pub fn asked_digest(&self) -> Option<&str> {
        self.ids.asked_digest.as_deref()
    }

    /// The gateway's trace id, if a gateway was asked.
    pub fn trace_id(&self) -> Option<&str> {
        self.ids.trace_id.as_deref()
    }

    /// What would be sent after approval: for a person to look at, present only under `REQUIRE_APPROVAL`.
    pub fn preview(&self) -> Option<&Request> {
        self.preview.as_ref()
    }
}

/// Ids that the gateway gave, and what it knows the approval by.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    pub(super) approval_id: Option<String>,
    pub(super) trace_id: Option<String>,
    pub(super) asked_digest: Option<String>,
}
