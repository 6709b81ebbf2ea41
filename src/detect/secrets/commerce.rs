//! Shops, subscriptions, shipping and travel.

use crate::detect::{
    checks,
    rule::Rule,
    shape::{Alphabet, Part},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &SHOPIFY,
    &SHIPPO,
    &SHIPPO_TEST,
    &EASYPOST,
    &EASYPOST_TEST,
    &DUFFEL,
    &DUFFEL_TEST,
    &PADDLE,
    &PADDLE_SANDBOX,
    &POLAR,
    &LOB,
    &LOB_TEST,
];

/// Shopify access tokens and shared secrets of apps.
static SHOPIFY: Rule = Rule::secret("shopify_token", "SHOPIFY_TOKEN")
    .issued_by("shopify")
    .token(&["shpat_", "shpca_", "shppa_", "shpss_", "shpua_", "shprt_"], &[Alphabet::AnyHex.between(32, 64)])
    .checked(checks::distinctive)
    .known_from("Shopify.dev, authentication and access tokens")
    .evidence(
        &["shpat_{hex:32}", "X-Shopify-Access-Token: shpca_{hex:32}", "SHOPIFY_API_SECRET=shpss_{hex:32}"],
        &["shpat_{hex:31}", "shpxx_{hex:32}", "ashpat_{hex:32}"],
    );

const PADDLE_TAIL: [Part; 5] = [
    Alphabet::Lower.exactly(26),
    Part::Text("_"),
    Alphabet::Alphanumeric.exactly(22),
    Part::Text("_"),
    Alphabet::Alphanumeric.exactly(3),
];

/// Shippo.
static SHIPPO: Rule = Rule::secret("shippo_token", "SHIPPO_TOKEN")
    .issued_by("shippo")
    .token(&["shippo_live_"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Shippo documentation, authentication")
    .evidence(
        &["shippo_live_{hex:40}", "SHIPPO_TOKEN=shippo_live_{hex:40}", "ShippoToken shippo_live_{hex:40}"],
        &["shippo_live_{hex:39}", "shippo_test_{hex:40}", "ashippo_live_{hex:40}"],
    );

/// Shippo's test mode.
static SHIPPO_TEST: Rule = Rule::secret("shippo_test_token", "SHIPPO_TEST_TOKEN")
    .low()
    .issued_by("shippo")
    .token(&["shippo_test_"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Shippo documentation, authentication")
    .evidence(
        &["shippo_test_{hex:40}", "SHIPPO_TOKEN=shippo_test_{hex:40}", "ShippoToken shippo_test_{hex:40}"],
        &["shippo_test_{hex:39}", "shippo_live_{hex:40}", "ashippo_test_{hex:40}"],
    );

/// EasyPost.
static EASYPOST: Rule = Rule::secret("easypost_key", "EASYPOST_KEY")
    .issued_by("easypost")
    .token(&["EZAK"], &[Alphabet::Alphanumeric.exactly(54)])
    .checked(checks::distinctive)
    .known_from("EasyPost documentation, authentication; length as observed")
    .evidence(
        &["EZAK{base62:54}", "EASYPOST_API_KEY=EZAK{base62:54}", "curl -u EZAK{base62:54}:"],
        &["EZAK{base62:53}", "EZTK{base62:54}", "AEZAK{base62:54}"],
    );

/// EasyPost's test mode.
static EASYPOST_TEST: Rule = Rule::secret("easypost_test_key", "EASYPOST_TEST_KEY")
    .low()
    .issued_by("easypost")
    .token(&["EZTK"], &[Alphabet::Alphanumeric.exactly(54)])
    .checked(checks::distinctive)
    .known_from("EasyPost documentation, authentication; length as observed")
    .evidence(
        &["EZTK{base62:54}", "EASYPOST_API_KEY=EZTK{base62:54}", "curl -u EZTK{base62:54}:"],
        &["EZTK{base62:53}", "EZAK{base62:54}", "AEZTK{base62:54}"],
    );

/// Duffel.
static DUFFEL: Rule = Rule::secret("duffel_token", "DUFFEL_TOKEN")
    .issued_by("duffel")
    .token(&["duffel_live_"], &[Alphabet::Base64Url.exactly(43)])
    .checked(checks::distinctive)
    .known_from("Duffel documentation, making requests; length as observed")
    .evidence(
        &["duffel_live_{base64url:43}", "DUFFEL_TOKEN=duffel_live_{base64url:43}", "Bearer duffel_live_{base64url:43}"],
        &["duffel_live_{base64url:42}", "duffel_test_{base64url:43}", "aduffel_live_{base64url:43}"],
    );

/// Duffel's test mode.
static DUFFEL_TEST: Rule = Rule::secret("duffel_test_token", "DUFFEL_TEST_TOKEN")
    .low()
    .issued_by("duffel")
    .token(&["duffel_test_"], &[Alphabet::Base64Url.exactly(43)])
    .checked(checks::distinctive)
    .known_from("Duffel documentation, making requests; length as observed")
    .evidence(
        &["duffel_test_{base64url:43}", "DUFFEL_TOKEN=duffel_test_{base64url:43}", "Bearer duffel_test_{base64url:43}"],
        &["duffel_test_{base64url:42}", "duffel_live_{base64url:43}", "aduffel_test_{base64url:43}"],
    );

/// Paddle Billing.
static PADDLE: Rule = Rule::secret("paddle_key", "PADDLE_KEY")
    .issued_by("paddle")
    .token(&["pdl_live_apikey_"], &PADDLE_TAIL)
    .checked(checks::distinctive)
    .known_from("Paddle developer documentation, API keys")
    .evidence(
        &[
            "pdl_live_apikey_{base36:26}_{base62:22}_{base62:3}",
            "PADDLE_API_KEY=pdl_live_apikey_{base36:26}_{base62:22}_{base62:3}",
            "Bearer pdl_live_apikey_{base36:26}_{base62:22}_{base62:3}",
        ],
        &[
            "pdl_live_apikey_{base36:26}",
            "pdl_live_apikey_{base36:26}_{base62:22}",
            "pdl_sdbx_apikey_{base36:26}_{base62:22}_{base62:3}",
        ],
    );

/// Paddle's sandbox.
static PADDLE_SANDBOX: Rule = Rule::secret("paddle_sandbox_key", "PADDLE_TEST_KEY")
    .low()
    .issued_by("paddle")
    .token(&["pdl_sdbx_apikey_"], &PADDLE_TAIL)
    .checked(checks::distinctive)
    .known_from("Paddle developer documentation, API keys")
    .evidence(
        &[
            "pdl_sdbx_apikey_{base36:26}_{base62:22}_{base62:3}",
            "PADDLE_API_KEY=pdl_sdbx_apikey_{base36:26}_{base62:22}_{base62:3}",
            "Bearer pdl_sdbx_apikey_{base36:26}_{base62:22}_{base62:3}",
        ],
        &[
            "pdl_sdbx_apikey_{base36:26}",
            "pdl_sdbx_apikey_{base36:26}_{base62:22}",
            "pdl_live_apikey_{base36:26}_{base62:22}_{base62:3}",
        ],
    );

/// Polar organisation, personal and other access tokens.
static POLAR: Rule = Rule::secret("polar_token", "POLAR_TOKEN")
    .issued_by("polar")
    .token(&["polar_oat_", "polar_pat_", "polar_at_", "polar_rt_", "polar_cs_"], &[Alphabet::Word.between(30, 80)])
    .checked(checks::distinctive)
    .known_from("Polar documentation, organization access tokens; length as observed")
    .evidence(
        &["polar_oat_{base62:43}", "POLAR_ACCESS_TOKEN=polar_pat_{base62:43}", "Bearer polar_at_u_{base62:43}"],
        &["polar_oat_{base62:10}", "polar_coordinates", "apolar_oat_{base62:43}"],
    );

/// Lob.
static LOB: Rule = Rule::secret("lob_key", "LOB_KEY")
    .issued_by("lob")
    .token(&["live_"], &[Alphabet::Hex.exactly(35)])
    .known_from("Lob documentation, authentication; length as observed")
    .evidence(
        &["live_{hex:35}", "LOB_API_KEY=live_{hex:35}", "curl -u live_{hex:35}:"],
        &["live_{hex:34}", "live_pub_{hex:31}", "sk_live_{hex:35}"],
    );

/// Lob's test mode.
static LOB_TEST: Rule = Rule::secret("lob_test_key", "LOB_TEST_KEY")
    .low()
    .issued_by("lob")
    .token(&["test_"], &[Alphabet::Hex.exactly(35)])
    .known_from("Lob documentation, authentication; length as observed")
    .evidence(
        &["test_{hex:35}", "LOB_API_KEY=test_{hex:35}", "curl -u test_{hex:35}:"],
        &["test_{hex:34}", "test_pub_{hex:31}", "sk_test_{hex:35}"],
    );
