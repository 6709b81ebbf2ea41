//! Decisions and how they combine.

use alloc::collections::BTreeSet;

use crate::finding::DataClass;

/// What stands between the call and the network. The strictest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Gate {
    /// Nothing.
    #[default]
    Allow,
    /// A person.
    RequireApproval,
    /// It is not sent.
    Deny,
}

impl Gate {
    /// The wire decision of the gate over a call that something is redacted in, or nothing.
    pub(crate) const fn decision(self, redacts: bool) -> Decision {
        match self {
            Self::Deny => Decision::Deny,
            Self::RequireApproval => Decision::RequireApproval,
            Self::Allow if redacts => Decision::Sanitize,
            Self::Allow => Decision::Allow,
        }
    }
}

/// A gate and what must be redacted first. Both can hold at once: what a person approves is the redacted call.
///
/// Effects form a semilattice: [`combine`](Effect::combine) is associative, commutative and idempotent, and never loosens.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Effect {
    /// The gate.
    pub gate: Gate,
    /// Indexes of findings to redact.
    pub redactions: BTreeSet<usize>,
}

impl Effect {
    /// The strictest gate and the union of the redactions.
    #[must_use]
    pub fn combine(mut self, other: &Self) -> Self {
        self.gate = self.gate.max(other.gate);
        self.redactions.extend(&other.redactions);
        self
    }

    /// The wire decision that the effect amounts to.
    pub fn decision(&self) -> Decision {
        self.gate.decision(!self.redactions.is_empty())
    }
}

/// The decision on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Sent as it is.
    Allow,
    /// Sent redacted.
    Sanitize,
    /// Held until a person decides.
    RequireApproval,
    /// Not sent.
    Deny,
}

impl Decision {
    /// The exact string on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Sanitize => "SANITIZE",
            Self::RequireApproval => "REQUIRE_APPROVAL",
            Self::Deny => "DENY",
        }
    }

    /// Reads exactly the four strings: other case, padding or look-alikes are not decisions.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Allow, Self::Sanitize, Self::RequireApproval, Self::Deny].into_iter().find(|d| d.as_str() == text)
    }
}

macro_rules! reason_codes {
    ($($variant:ident = $text:literal, $doc:literal;)*) => {
        /// Why a verdict is what it is: one table of the built-in codes; policies add their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ReasonCode { $(#[doc = $doc] $variant,)* }

        impl ReasonCode {
            /// The exact string on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

reason_codes! {
    SecretDetected = "SECRET_DETECTED", "A credential was found outside its own place.";
    PiiDetected = "PII_DETECTED", "Personal data was found.";
    PhiDetected = "PHI_DETECTED", "Health data was found.";
    InternalDetected = "INTERNAL_DETECTED", "A marker of internal material was found.";
    InjectionDetected = "INJECTION_DETECTED", "Text that gives orders to an agent was found.";
    CredentialMisdirected = "CREDENTIAL_MISDIRECTED", "A credential is on its way to a host that is not its vendor's.";
    UnknownHostCredential = "UNKNOWN_HOST_CREDENTIAL", "A header credential goes to a host that no table knows.";
    PrivateDestination = "PRIVATE_DESTINATION", "The call leads to a private, loopback, link-local, metadata or reserved address.";
    PolicyMatch = "POLICY_MATCH", "A policy rule without a code of its own matched.";
    RecentApprovalGrant = "RECENT_APPROVAL_GRANT", "A person has approved exactly this call.";
    RecentDenial = "RECENT_DENIAL", "A person has denied exactly this call.";
    ReadThenWrite = "READ_THEN_WRITE", "The call carries text of a sensitive response that was read before.";
    Uninspectable = "UNINSPECTABLE", "Part of the request could not be inspected, so it is not sent.";
    InvalidRequest = "INVALID_REQUEST", "The request itself is malformed.";
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", "The body is larger than the limit.";
    RedactionFailed = "REDACTION_FAILED", "The redacted request still held what had to be removed.";
    RemoteDecision = "REMOTE_DECISION", "The gateway decided more strictly than the local engine.";
    GatewayUnreachable = "GATEWAY_UNREACHABLE", "The gateway did not answer, or answered with an error.";
    GatewayUnauthorized = "GATEWAY_UNAUTHORIZED", "The gateway did not accept the key.";
    GatewayRefused = "GATEWAY_REFUSED", "The gateway refused to scan: bad key, unknown route, invalid request.";
    GatewayAnswerInvalid = "GATEWAY_ANSWER_INVALID", "The gateway's answer was not one that the protocol knows.";
    ApprovalUnavailable = "APPROVAL_UNAVAILABLE", "An approval is needed and nobody is configured to give it.";
    ApprovalDenied = "APPROVAL_DENIED", "A person denied the call.";
    ApprovalExpired = "APPROVAL_EXPIRED", "Nobody decided in time.";
    ApprovalTimeout = "APPROVAL_TIMEOUT", "The caller stopped waiting for the approval.";
    ApprovalMismatch = "APPROVAL_MISMATCH", "The approval is for another call.";
    ApprovalUsed = "APPROVAL_USED", "The approval was used already, and a second use would send the call a second time.";
}

impl ReasonCode {
    /// The code for a data class.
    pub const fn of_class(class: DataClass) -> Self {
        match class {
            DataClass::Secrets => Self::SecretDetected,
            DataClass::Pii => Self::PiiDetected,
            DataClass::Phi => Self::PhiDetected,
            DataClass::Internal => Self::InternalDetected,
            DataClass::Injection => Self::InjectionDetected,
        }
    }
}
