//! The digest that an approval is bound to.

use alloc::{string::String, vec::Vec};
use core::fmt;

use sha2::{Digest as _, Sha256};

use crate::request::Request;

/// SHA-256 over the canonical form of a request that will be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

/// Headers that differ between two attempts at the same call.
const PER_ATTEMPT: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "baggage",
    "connection",
    "content-length",
    "date",
    "idempotency-key",
    "sec-fetch-mode",
    "traceparent",
    "tracestate",
    "user-agent",
    "x-request-id",
    "x-stainless-retry-count",
];

/// Credentials rotate while a person decides: of these only the name and the scheme count.
const CREDENTIALS: &[&str] = &["authorization", "cookie", "proxy-authorization", "x-api-key"];

impl Digest {
    /// Canonical form: each field with its length before it, so that no two requests read alike. Method, URL, the
    /// remaining headers sorted by lower-case name, body, agent and policy version.
    // INVARIANT(I3): an approval is bound to the digest of what will be sent.
    pub(crate) fn of(request: &Request, agent: &str, policy_version: &str) -> Self {
        let mut hash = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(bytes);
        };
        field(b"interven request v1");
        field(request.method.as_bytes());
        field(request.url.expose().as_bytes());
        let mut headers: Vec<(String, &str)> =
            request.headers.iter().map(|h| (h.name.to_ascii_lowercase(), h.value.expose().as_str())).collect();
        headers.retain(|(name, _)| !PER_ATTEMPT.contains(&name.as_str()) && !name.starts_with("x-interven-"));
        for (name, value) in &mut headers {
            if CREDENTIALS.contains(&name.as_str()) {
                *value = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            }
        }
        headers.sort();
        for (name, value) in &headers {
            field(name.as_bytes());
            field(value.as_bytes());
        }
        field(b"body");
        field(request.body.expose());
        field(agent.as_bytes());
        field(policy_version.as_bytes());
        Self(hash.finalize().into())
    }

    /// SHA-256 of some bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_counts_and_attempts_do_not() {
        let request = || Request::new("POST", "https://a.example/").header("content-type", "text/plain").body("x");
        let digest = |r: Request| Digest::of(&r, "agent", "v1");
        let same = digest(request());
        assert_eq!(digest(request().header("User-Agent", "y")), same);
        let signed = |value| digest(request().header("Authorization", value));
        assert_eq!(signed("Bearer a"), signed("Bearer b"));
        assert_ne!(signed("Bearer a"), signed("Basic a"));
        assert_ne!(signed("Bearer a"), same);
        assert_ne!(digest(request().header("x-account-key", "alice")), digest(request().header("x-account-key", "bob")));
        assert_ne!(digest(request().body("y")), same);
        assert_ne!(digest(request().header("x-mode", "1")), same);
        assert_ne!(Digest::of(&request(), "other", "v1"), same);
        assert_ne!(Digest::of(&request(), "agent", "v2"), same);
        assert_ne!(digest(Request::new("PUT", "https://a.example/").header("content-type", "text/plain").body("x")), same);
    }
}
