//! Identity providers.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[&OKTA, &AUTH0, &CLERK, &CLERK_TEST, &WORKOS, &WORKOS_TEST];

/// Okta API tokens.
static OKTA: Rule = Rule::secret("okta_token", "OKTA_TOKEN")
    .issued_by("okta")
    .shaped(Shape::Keyed { words: &[&["okta"], &["ssws"]], body: Alphabet::Base64Url, least: 42, most: 42 })
    .checked(okta)
    .known_from("Okta developer documentation, create an API token; length as observed")
    .evidence(
        &["OKTA_API_TOKEN=00{base64url:40}", "Authorization: SSWS 00{base64url:40}", "okta token 00{base64url:40}"],
        &[
            "00{base64url:40}",
            "okta user 11{base64url:40}",
            "OKTA_API_TOKEN=00{base64url:39}",
            "okta token 00000000000000000000000000000000000{word:7}",
            "okta token 00{base62:8}-ABCDEFGHIJKL-{base62:18}",
        ],
    );

fn okta(candidate: &Candidate<'_>) -> Outcome {
    // Of forty random characters more than twenty are different.
    let varied = checks::distinct(candidate.text) >= 16;
    if candidate.text.starts_with(b"00") && varied && !checks::holds_alphabet(candidate.text) {
        keyed::random(candidate)
    } else {
        Outcome::Reject
    }
}

/// Auth0 client secrets. Its management tokens are JWTs.
static AUTH0: Rule = Rule::secret("auth0_client_secret", "AUTH0_CLIENT_SECRET")
    .issued_by("auth0")
    .shaped(Shape::Keyed { words: &[&["auth0", "secret"]], body: Alphabet::Base64Url, least: 64, most: 64 })
    .checked(keyed::random)
    .known_from("Auth0 documentation, application settings; length as observed")
    .evidence(
        &["AUTH0_CLIENT_SECRET={base64url:64}", "auth0 client secret: {base64url:64}", "auth0.secret = \"{base64url:64}\""],
        &["{base64url:64}", "auth0 state {base64url:64}", "AUTH0_CLIENT_SECRET={base64url:63}"],
    );

/// Clerk live keys. They have Stripe's prefix; Stripe's own are shorter, or longer and begin with `51`.
static CLERK: Rule = Rule::secret("clerk_key", "CLERK_KEY")
    .issued_by("clerk")
    .token(&["sk_live_"], &[Alphabet::Alphanumeric.between(38, 60)])
    .checked(clerk)
    .known_from("Clerk documentation, Clerk environment variables; length as observed")
    .evidence(
        &["sk_live_A{base62:41}", "CLERK_SECRET_KEY=sk_live_B{base62:41}", "Bearer sk_live_c{base62:39}"],
        &["sk_live_{base62:24}", "sk_live_51{base62:40}", "sk_live_{hex:40}", "sk_live_a2V5{base62:50}"],
    );

/// Clerk keys of development instances.
static CLERK_TEST: Rule = Rule::secret("clerk_test_key", "CLERK_TEST_KEY")
    .low()
    .issued_by("clerk")
    .token(&["sk_test_"], &[Alphabet::Alphanumeric.between(38, 60)])
    .checked(clerk)
    .known_from("Clerk documentation, Clerk environment variables; length as observed")
    .evidence(
        &["sk_test_A{base62:41}", "CLERK_SECRET_KEY=sk_test_B{base62:41}", "Bearer sk_test_c{base62:39}"],
        &["sk_test_{base62:24}", "sk_test_51{base62:40}", "sk_test_{hex:40}", "sk_test_a2V5{base62:50}"],
    );

fn clerk(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(8..).unwrap_or_default();
    // 40 hexadecimal digits are Paystack's, `key_` in base64 is WorkOS's.
    let others = body.starts_with(b"51") || body.starts_with(b"a2V5") || body.iter().all(|b| Alphabet::Hex.contains(*b));
    if others { Outcome::Reject } else { checks::by_shape(candidate) }
}

/// WorkOS keys of production: base64 of a text that begins with `key_`.
static WORKOS: Rule = Rule::secret("workos_key", "WORKOS_KEY")
    .issued_by("workos")
    .token(&["sk_live_a2V5"], &[Alphabet::Base64.between(30, 120)])
    .checked(checks::distinctive)
    .known_from("WorkOS documentation, API keys; form as observed")
    .evidence(
        &["sk_live_a2V5{base62:60}", "WORKOS_API_KEY=sk_live_a2V5{base62:48}", "Bearer sk_live_a2V5{base62:80}"],
        &["sk_live_a2V5", "sk_live_{base62:40}", "ask_live_a2V5{base62:60}"],
    );

/// WorkOS keys of staging.
static WORKOS_TEST: Rule = Rule::secret("workos_test_key", "WORKOS_TEST_KEY")
    .low()
    .issued_by("workos")
    .token(&["sk_test_a2V5"], &[Alphabet::Base64.between(30, 120)])
    .checked(checks::distinctive)
    .known_from("WorkOS documentation, API keys; form as observed")
    .evidence(
        &["sk_test_a2V5{base62:60}", "WORKOS_API_KEY=sk_test_a2V5{base62:48}", "Bearer sk_test_a2V5{base62:80}"],
        &["sk_test_a2V5", "sk_test_{base62:40}", "ask_test_a2V5{base62:60}"],
    );
