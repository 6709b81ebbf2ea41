//! Google.

use crate::detect::{rule::Rule, shape::Alphabet};

pub(in crate::detect) static RULES: &[&Rule] = &[&API_KEY];

/// API keys.
static API_KEY: Rule = Rule::secret("google_api_key", "GOOGLE_API_KEY")
    .issued_by("google")
    .token(&["AIza"], &[Alphabet::Base64Url.exactly(35)])
    .known_from("Google Cloud documentation, API keys")
    .evidence(
        &["AIza{base64url:35}", "https://maps.example/api?key=AIza{base64url:35}", "'AIza{base64url:35}'"],
        &["AIza{base64url:34}", "AIza{base64url:36}", "BAIza{base64url:35}"],
    );
