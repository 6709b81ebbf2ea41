//! Stripe. `pk_` keys are public and not rules.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    shape::Alphabet,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&LIVE_KEY, &TEST_KEY, &WEBHOOK_SECRET];

/// Live secret and restricted keys.
static LIVE_KEY: Rule = Rule::secret("stripe_live_key", "STRIPE_KEY")
    .issued_by("stripe")
    .token(&["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"], &[Alphabet::Alphanumeric.between(14, 250)])
    .checked(key)
    .known_from("Stripe Docs, API keys")
    .evidence(
        &["sk_live_{base62:24}", "rk_live_{base62:99}", "rk_prod_51{base62:97}", "Authorization: Bearer sk_live_51{base62:97}"],
        &["pk_live_{base62:24}", "sk_live_{base62:10}", "task_live_{base62:24}"],
    );

/// Test-mode keys move no money: redacted, not denied.
static TEST_KEY: Rule = Rule::secret("stripe_test_key", "STRIPE_TEST_KEY")
    .low()
    .issued_by("stripe")
    .token(&["sk_test_", "rk_test_"], &[Alphabet::Alphanumeric.between(20, 250)])
    .checked(key)
    .known_from("Stripe Docs, API keys")
    .evidence(
        &["sk_test_{base62:24}", "rk_test_{base62:99}", "stripe: sk_test_51{base62:97}"],
        &["pk_test_{base62:24}", "sk_test_{base62:10}", "sk_tests_{base62:24}"],
    );

/// Other vendors took over the prefix; their keys have other lengths and beginnings, and rules of their own.
fn key(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(8..).unwrap_or_default();
    let others = body.starts_with(b"a2V5") || ((38..=60).contains(&body.len()) && !body.starts_with(b"51"));
    if candidate.text.starts_with(b"sk_") && others { Outcome::Reject } else { checks::by_shape(candidate) }
}

/// Signing secrets of webhook endpoints.
static WEBHOOK_SECRET: Rule = Rule::secret("stripe_webhook_secret", "STRIPE_WEBHOOK_SECRET")
    .token(&["whsec_"], &[Alphabet::Base64.between(32, 100)])
    .known_from("Stripe Docs, verify webhook signatures")
    .evidence(
        &["whsec_{base62:32}", "STRIPE_WEBHOOK_SECRET=whsec_{base62:38}", "\"whsec_{base64:44}\""],
        &["whsec_{base62:20}", "whsec-{base62:32}", "a_whsec_{base62:32}"],
    );
