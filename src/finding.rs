//! What the detector found, without the text that it found.

use alloc::{string::String, sync::Arc};
use core::ops::Range;

use crate::{detect::RuleRef, replacement::Replacement};

/// Category of sensitive data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataClass {
    /// Credentials: keys, tokens, passwords, private keys.
    Secrets,
    /// Personal data.
    Pii,
    /// Health data: numbers of patients, prescribers and diagnoses.
    Phi,
    /// Markers of internal material, such as "internal only".
    Internal,
    /// Text that gives orders to an agent: prompt injection.
    Injection,
}

impl DataClass {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 5] = [Self::Secrets, Self::Pii, Self::Phi, Self::Internal, Self::Injection];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secrets => "SECRETS",
            Self::Pii => "PII",
            Self::Phi => "PHI",
            Self::Internal => "INTERNAL",
            Self::Injection => "INJECTION",
        }
    }

    /// Reads the name on the wire, without case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str().eq_ignore_ascii_case(name))
    }
}

/// How bad it is if the value leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Test-mode keys, e-mail addresses: worth hiding at most.
    Low,
    /// Live credentials; government, tax, card and bank numbers.
    High,
}

impl Severity {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// How sure the detector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The shape alone, or a shape whose checksum fails.
    Low,
    /// A vendor's own prefix and length.
    Medium,
    /// A checksum or structure confirms it.
    High,
}

impl Confidence {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The part of the request that a span counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The URL; offsets in its bytes.
    Url,
    /// The value of the header at this index.
    Header(usize),
    /// The name of the header at this index, where no placeholder can stand.
    HeaderName(usize),
    /// The body.
    Body,
}

impl Part {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Header(_) => "header",
            Self::HeaderName(_) => "header_name",
            Self::Body => "body",
        }
    }
}

/// One thing that a rule found: where, and how sure, never the text itself.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: RuleRef,
    /// How sure.
    pub confidence: Confidence,
    /// Where: the part.
    pub part: Part,
    /// Where: bytes of that part as they were on the wire, encoded form included.
    pub span: Range<usize>,
    /// JSON pointer (RFC 6901) or field name, where the body has structure.
    pub pointer: Option<String>,
    /// A credential in its own place: the call's own way to authenticate, not a leak.
    pub in_place: bool,
    /// A documentation placeholder: reported, never acted on.
    pub placeholder: bool,
    /// The reason of the entry of the allowlist that expects it: reported, never acted on.
    pub allowed: Option<Arc<str>>,
    /// Equal for equal text within one scan.
    pub(crate) identity: u64,
    /// How the text is written on the wire, so that the placeholder is written the same way.
    pub(crate) writing: Writing,
    /// What stands in its place when it is redacted.
    pub(crate) replacement: Replacement,
}

impl Finding {
    /// Whether it counts: neither in its own place, nor a sample, nor expected, nor a field that holds anything at all.
    pub fn is_active(&self) -> bool {
        !self.in_place && !self.placeholder && self.allowed.is_none() && !self.rule.is_fields()
    }
}

/// How a placeholder must be written so that the part around it stays well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// As it is: plain text, JSON strings, header values.
    Plain,
    /// Percent-encoded: URLs and form bodies.
    Percent,
    /// Between quotes: a JSON number becomes a string, inside so many JSON strings.
    Quoted(u8),
    /// The same, percent-encoded.
    PercentQuoted(u8),
    /// Not at all: the text came out of bytes in which no placeholder can stand, such as compressed ones.
    Fixed,
}

/// FNV-1a: tells values apart for numbering, nothing else rests on it.
pub(crate) fn identity(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
