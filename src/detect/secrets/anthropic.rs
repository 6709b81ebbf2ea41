//! Anthropic.

use crate::detect::{rule::Rule, shape::Alphabet};

pub(in crate::detect) static RULES: &[&Rule] = &[&KEY];

/// API, admin, OAuth, refresh and session keys.
static KEY: Rule = Rule::secret("anthropic_key", "ANTHROPIC_KEY")
    .issued_by("anthropic")
    .token(
        &["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-", "sk-ant-sid01-"],
        &[Alphabet::Base64Url.between(60, 250)],
    )
    .known_from("Anthropic API reference, authentication")
    .evidence(
        &["sk-ant-api03-{base64url:93}AA", "x-api-key: sk-ant-admin01-{base64url:93}AA", "sk-ant-oat01-{base64url:93}AA"],
        &["sk-ant-api03-...", "sk-ant-{base64url:20}", "sk-ant-api03-your-key-goes-here"],
    );
