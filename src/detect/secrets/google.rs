//! Google.

use crate::{
    detect::rule::{Alphabet, Rule, Shape, Vendor},
    finding::{DataClass, Severity},
};

/// API keys.
pub(in crate::detect) static API_KEY: Rule = Rule {
    id: "google_api_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "GOOGLE_API_KEY",
    vendor: Vendor::Named("google"),
    shape: Shape::Token { prefixes: &["AIza"], body: Alphabet::Base64Url, min: 35, max: 35 },
    source: "Google Cloud documentation, API keys",
    positives: &["AIza{base64url:35}", "https://maps.example/api?key=AIza{base64url:35}", "'AIza{base64url:35}'"],
    negatives: &["AIza{base64url:34}", "AIza{base64url:36}", "BAIza{base64url:35}"],
    check: super::by_shape,
}
.with_evidence();
