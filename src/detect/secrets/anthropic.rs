//! Anthropic.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    shape::Alphabet,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&KEY];

/// API, admin, OAuth, refresh and session keys.
static KEY: Rule = Rule::secret("anthropic_key", "ANTHROPIC_KEY")
    .issued_by("anthropic")
    .token(
        &["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-", "sk-ant-sid01-"],
        &[Alphabet::Base64Url.between(60, 250)],
    )
    .checked(key)
    .known_from("Anthropic API reference, authentication")
    .evidence(
        &["sk-ant-api03-{base64url:93}AA", "x-api-key: sk-ant-admin01-{base64url:93}AA", "sk-ant-oat01-{base64url:93}AA"],
        &[
            "sk-ant-api03-...",
            "sk-ant-{base64url:20}",
            "sk-ant-api03-your-key-goes-here",
            "sk-ant-api03-abc123-{word:4}456def-ghijklmno789-pqrstuv1234-wxyz5678-abcdefgh",
        ],
    );

/// A whole key has 93 characters and `AA`. One that is cut or changed may still tell; letters in their order do not.
fn key(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.splitn(4, |b| *b == b'-').last().unwrap_or_default();
    let whole = body.len() == 95 && body.ends_with(b"AA");
    if !whole && checks::sequential(body) { Outcome::Reject } else { checks::by_shape(candidate) }
}
