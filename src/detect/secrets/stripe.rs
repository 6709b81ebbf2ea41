//! Stripe. `pk_` keys are public and not rules.

use crate::{
    detect::rule::{Alphabet, Rule, Shape, Vendor},
    finding::{DataClass, Severity},
};

/// Live secret and restricted keys.
pub(in crate::detect) static LIVE_KEY: Rule = Rule {
    id: "stripe_live_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "STRIPE_KEY",
    vendor: Vendor::Named("stripe"),
    shape: Shape::Token { prefixes: &["sk_live_", "rk_live_"], body: Alphabet::Alphanumeric, min: 20, max: 250 },
    source: "Stripe Docs, API keys",
    positives: &["sk_live_{base62:24}", "rk_live_{base62:99}", "Authorization: Bearer sk_live_51{base62:97}"],
    negatives: &["pk_live_{base62:24}", "sk_live_{base62:10}", "task_live_{base62:24}"],
    check: super::by_shape,
}
.with_evidence();

/// Test-mode keys move no money: redacted, not denied.
pub(in crate::detect) static TEST_KEY: Rule = Rule {
    id: "stripe_test_key",
    class: DataClass::Secrets,
    severity: Severity::Low,
    label: "STRIPE_TEST_KEY",
    vendor: Vendor::Named("stripe"),
    shape: Shape::Token { prefixes: &["sk_test_", "rk_test_"], body: Alphabet::Alphanumeric, min: 20, max: 250 },
    source: "Stripe Docs, API keys",
    positives: &["sk_test_{base62:24}", "rk_test_{base62:99}", "stripe: sk_test_51{base62:97}"],
    negatives: &["pk_test_{base62:24}", "sk_test_{base62:10}", "sk_tests_{base62:24}"],
    check: super::by_shape,
}
.with_evidence();

/// Signing secrets of webhook endpoints.
pub(in crate::detect) static WEBHOOK_SECRET: Rule = Rule {
    id: "stripe_webhook_secret",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "STRIPE_WEBHOOK_SECRET",
    vendor: Vendor::None,
    shape: Shape::Token { prefixes: &["whsec_"], body: Alphabet::Base64, min: 32, max: 100 },
    source: "Stripe Docs, verify webhook signatures",
    positives: &["whsec_{base62:32}", "STRIPE_WEBHOOK_SECRET=whsec_{base62:38}", "\"whsec_{base64:44}\""],
    negatives: &["whsec_{base62:20}", "whsec-{base62:32}", "a_whsec_{base62:32}"],
    check: super::by_shape,
}
.with_evidence();
