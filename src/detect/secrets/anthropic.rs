//! Anthropic.

use crate::{
    detect::rule::{Alphabet, Rule, Shape, Vendor},
    finding::{DataClass, Severity},
};

/// API, admin, OAuth, refresh and session keys.
pub(in crate::detect) static KEY: Rule = Rule {
    id: "anthropic_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "ANTHROPIC_KEY",
    vendor: Vendor::Named("anthropic"),
    shape: Shape::Token {
        prefixes: &["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-", "sk-ant-sid01-"],
        body: Alphabet::Base64Url,
        min: 60,
        max: 250,
    },
    source: "Anthropic API reference, authentication",
    positives: &["sk-ant-api03-{base64url:93}AA", "x-api-key: sk-ant-admin01-{base64url:93}AA", "sk-ant-oat01-{base64url:93}AA"],
    negatives: &["sk-ant-api03-...", "sk-ant-{base64url:20}", "sk-ant-api03-your-key-goes-here"],
    check: super::by_shape,
}
.with_evidence();
