//! Every bound in one place. What is past a bound is never called clean.

/// Bounds of one scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest body in bytes; a larger one is DENY `PAYLOAD_TOO_LARGE`. Default 1 MiB, at most 64 MiB.
    pub max_body_bytes: usize,
    /// Deepest JSON nesting; deeper is DENY `UNINSPECTABLE`. Default 256.
    pub max_depth: usize,
    /// Most nodes (keys, leaves, fields) in a body; more is DENY `UNINSPECTABLE`. Default 1,000,000.
    pub max_nodes: usize,
    /// Most findings in one request; more is DENY `UNINSPECTABLE`. Default 10,000.
    pub max_findings: usize,
}

impl Limits {
    /// The hard ceiling of `max_body_bytes`: 64 MiB.
    pub const BODY_CEILING: usize = 64 * 1024 * 1024;
    /// Longest URL that is read, in bytes: 64 KiB.
    pub const URL_BYTES: usize = 64 * 1024;
    /// All header names and values together, in bytes: 256 KiB.
    pub const HEADER_BYTES: usize = 256 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_body_bytes: 1024 * 1024, max_depth: 256, max_nodes: 1_000_000, max_findings: 10_000 }
    }
}
