//! How a gateway is asked.

use alloc::string::String;

use crate::{memory::MemoryKey, secret::Sensitive};

/// What happens when the gateway cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FailMode {
    /// The call is refused: the default.
    #[default]
    Closed,
    /// The local decision holds, never less, and only for transport faults, 429 and 5xx.
    Open,
}

/// What a gateway may see of what was found. What is redacted for the destination, and how the call authenticates, it never
/// sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Disclose {
    /// No secret and no personal data: the default.
    #[default]
    Nothing,
    /// Personal data, and no secret.
    Pii,
    /// All of it.
    Everything,
}

/// How to ask a gateway. All times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Failure mode. Default closed.
    pub fail_mode: FailMode,
    /// What it may see. Default nothing that was found.
    pub disclose: Disclose,
    /// The key of the fingerprints that stand for hidden values; without one there are none.
    pub fingerprint_key: Option<MemoryKey>,
    /// The key of the digest by which the gateway knows a call that it does not see in full: with a plain SHA-256 it could try
    /// out what is hidden. Never something that the gateway knows, and the same wherever the call is taken up. Without one such
    /// a call has no digest, and nobody can approve it.
    pub digest_key: Option<Sensitive<[u8; 32]>>,
    /// Deadline for an answer to the scan, retries included. Default 30,000.
    pub timeout_ms: u64,
    /// Retries after the first try. Default 2.
    pub max_retries: u32,
    /// Any number, another one for each scan: pauses differ by it, so that clients do not come back all at once.
    pub jitter: u64,
    /// Whether to wait for a person. Default true; otherwise `REQUIRE_APPROVAL` ends the scan at once.
    pub wait: bool,
    /// Deadline for the person. Default 3,600,000 (one hour).
    pub approval_timeout_ms: u64,
    /// Between two questions about an approval. Default 5,000, at least 2,500.
    pub poll_interval_ms: u64,
    /// An approval that was asked for before, by a process that has ended: it is waited for, and no other is asked for.
    pub resume: Option<Resume>,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            fail_mode: FailMode::Closed,
            disclose: Disclose::Nothing,
            fingerprint_key: None,
            digest_key: None,
            timeout_ms: 30_000,
            max_retries: 2,
            jitter: 0,
            wait: true,
            approval_timeout_ms: 3_600_000,
            poll_interval_ms: 5_000,
            resume: None,
        }
    }
}

/// An approval that is waited for once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// The id that the gateway gave.
    pub approval_id: String,
    /// The digest that it was asked with, hexadecimal. Any other call is refused.
    pub digest: String,
}

/// Why a call had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Connection, name resolution, reset, timeout.
    Transport,
    /// The answer was a redirect or otherwise not usable; never retried, never open.
    Protocol,
}
