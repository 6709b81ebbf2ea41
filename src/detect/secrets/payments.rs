//! Payments and banking. Stripe's keys have their own file.

use crate::{
    detect::{
        checks,
        rule::{Candidate, Outcome, Rule},
        secrets::keyed,
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &STRIPE_CLIENT_SECRET,
    &SQUARE,
    &SQUARE_ACCESS,
    &BRAINTREE,
    &BRAINTREE_SANDBOX,
    &PLAID,
    &PLAID_SANDBOX,
    &PLAID_SECRET,
    &ADYEN,
    &RAZORPAY_ID,
    &RAZORPAY_SECRET,
    &FLUTTERWAVE,
    &FLUTTERWAVE_TEST,
    &PAYSTACK,
    &PAYSTACK_TEST,
    &COINBASE,
    &GOCARDLESS,
    &MERCURY,
    &MERCURY_SANDBOX,
];

/// Secrets of one payment or set-up: made for the payer's browser, but not for anybody else.
static STRIPE_CLIENT_SECRET: Rule = Rule::secret("stripe_client_secret", "STRIPE_CLIENT_SECRET")
    .low()
    .issued_by("stripe")
    .token(
        &["pi_", "seti_"],
        &[Alphabet::Alphanumeric.between(14, 40), Part::Text("_secret_"), Alphabet::Alphanumeric.between(20, 40)],
    )
    .checked(checks::distinctive)
    .known_from("Stripe API reference, the PaymentIntent object, client_secret")
    .evidence(
        &[
            "pi_{base62:24}_secret_{base62:25}",
            "seti_{base62:24}_secret_{base62:25}",
            "client_secret=pi_{base62:27}_secret_{base62:25}",
        ],
        &["pi_{base62:24}", "pi_{base62:24}_secret_{base62:5}", "api_{base62:24}_secret_{base62:25}"],
    );

/// Square tokens and application secrets.
static SQUARE: Rule = Rule::secret("square_secret", "SQUARE_SECRET")
    .issued_by("square")
    .token(&["sq0atp-", "sq0csp-"], &[Alphabet::Base64Url.between(22, 43)])
    .checked(checks::distinctive)
    .known_from("Square developer documentation, access tokens; lengths as observed")
    .evidence(
        &["sq0atp-{base64url:22}", "sq0csp-{base64url:43}", "SQUARE_ACCESS_TOKEN=sq0atp-{base64url:22}"],
        &["sq0idp-{base64url:22}", "sq0atp-{base62:10}", "asq0atp-{base64url:22}"],
    );

/// Square access tokens of the second generation.
static SQUARE_ACCESS: Rule = Rule::secret("square_access_token", "SQUARE_TOKEN")
    .issued_by("square")
    .token(&["EAAA"], &[Alphabet::Base64Url.exactly(60)])
    .checked(keyed::random)
    .known_from("Square developer documentation, access tokens; length as observed")
    .evidence(
        &["EAAA{base64url:60}", "SQUARE_ACCESS_TOKEN=EAAA{base64url:60}", "Bearer EAAA{base64url:60}"],
        &["EAAA{base64url:59}", "EAAA{base64url:70}", "XEAAA{base64url:60}"],
    );

const BRAINTREE_TAIL: [Part; 3] = [Alphabet::Lower.exactly(16), Part::Text("$"), Alphabet::Hex.exactly(32)];

/// Braintree (PayPal) access tokens.
static BRAINTREE: Rule = Rule::secret("braintree_token", "BRAINTREE_TOKEN")
    .issued_by("braintree")
    .token(&["access_token$production$"], &BRAINTREE_TAIL)
    .checked(checks::distinctive)
    .known_from("Braintree developer documentation, access tokens")
    .evidence(
        &[
            "access_token$production${base36:16}${hex:32}",
            "token: access_token$production${base36:16}${hex:32}",
            "'access_token$production${base36:16}${hex:32}'",
        ],
        &[
            "access_token$production$",
            "access_token$production${base36:10}${hex:32}",
            "access_token$sandbox${base36:16}${hex:32}",
        ],
    );

/// Braintree access tokens that move no money.
static BRAINTREE_SANDBOX: Rule = Rule::secret("braintree_sandbox_token", "BRAINTREE_TEST_TOKEN")
    .low()
    .issued_by("braintree")
    .token(&["access_token$sandbox$"], &BRAINTREE_TAIL)
    .checked(checks::distinctive)
    .known_from("Braintree developer documentation, access tokens")
    .evidence(
        &[
            "access_token$sandbox${base36:16}${hex:32}",
            "token: access_token$sandbox${base36:16}${hex:32}",
            "'access_token$sandbox${base36:16}${hex:32}'",
        ],
        &["access_token$sandbox$", "access_token$sandbox${base36:10}${hex:32}", "access_token$production${base36:16}${hex:32}"],
    );

/// Plaid access tokens: one account at one bank.
static PLAID: Rule = Rule::secret("plaid_access_token", "PLAID_TOKEN")
    .issued_by("plaid")
    .token(&["access-production-", "access-development-"], &keyed::UUID)
    .checked(checks::distinctive)
    .known_from("Plaid documentation, tokens")
    .evidence(
        &["access-production-{uuid}", "PLAID_ACCESS_TOKEN=access-development-{uuid}", "(access-production-{uuid})"],
        &["access-production-{hex:32}", "access-sandbox-{uuid}", "laccess-production-{uuid}"],
    );

/// Plaid access tokens of the sandbox.
static PLAID_SANDBOX: Rule = Rule::secret("plaid_sandbox_token", "PLAID_TEST_TOKEN")
    .low()
    .issued_by("plaid")
    .token(&["access-sandbox-"], &keyed::UUID)
    .checked(checks::distinctive)
    .known_from("Plaid documentation, tokens")
    .evidence(
        &["access-sandbox-{uuid}", "PLAID_ACCESS_TOKEN=access-sandbox-{uuid}", "(access-sandbox-{uuid})"],
        &["access-sandbox-{hex:32}", "access-production-{uuid}", "laccess-sandbox-{uuid}"],
    );

/// Plaid's secret of a client.
static PLAID_SECRET: Rule = Rule::secret("plaid_secret", "PLAID_SECRET")
    .issued_by("plaid")
    .shaped(Shape::Keyed { words: &[&["plaid", "secret"], &["plaid", "key"]], body: Alphabet::Hex, least: 30, most: 30 })
    .checked(keyed::random)
    .known_from("Plaid documentation, API overview; length as observed")
    .evidence(
        &["PLAID_SECRET={hex:30}", "plaid secret: {hex:30}", "plaid.key = '{hex:30}'"],
        &["{hex:30}", "plaid item {hex:30}", "PLAID_SECRET={hex:29}"],
    );

/// Adyen API keys. Other ciphertexts begin alike, so that the name is needed.
static ADYEN: Rule = Rule::secret("adyen_key", "ADYEN_KEY")
    .issued_by("adyen")
    .token(&["AQE"], &[Alphabet::Base64.between(80, 400)])
    .checked(adyen)
    .known_from("Adyen documentation, API credentials; length as observed")
    .evidence(
        &["ADYEN_API_KEY=AQE{base64:120}", "adyen key: AQE{base64:150}", "adyen 'AQE{base64:100}=-{base64:44}='"],
        &["AQE{base64:120}", "ADYEN_API_KEY=AQE{base64:20}", "ADYEN_API_KEY=XAQE{base64:120}"],
    );

fn adyen(candidate: &Candidate<'_>) -> Outcome {
    if candidate.named(&["adyen"]) { keyed::random(candidate) } else { Outcome::Reject }
}

/// Razorpay key ids: every check-out page shows them.
static RAZORPAY_ID: Rule = Rule::secret("razorpay_key_id", "RAZORPAY_KEY_ID")
    .low()
    .issued_by("razorpay")
    .token(&["rzp_live_", "rzp_test_"], &[Alphabet::Alphanumeric.exactly(14)])
    .checked(checks::distinctive)
    .known_from("Razorpay documentation, API keys")
    .evidence(
        &["rzp_live_{base62:14}", "RAZORPAY_KEY_ID=rzp_test_{base62:14}", "curl -u rzp_live_{base62:14}:secret"],
        &["rzp_live_{base62:13}", "rzp_prod_{base62:14}", "arzp_live_{base62:14}"],
    );

/// Razorpay key secrets.
static RAZORPAY_SECRET: Rule = Rule::secret("razorpay_secret", "RAZORPAY_SECRET")
    .issued_by("razorpay")
    .shaped(Shape::Keyed { words: &[&["razorpay", "secret"]], body: Alphabet::Alphanumeric, least: 24, most: 24 })
    .checked(keyed::random)
    .known_from("Razorpay documentation, API keys; length as observed")
    .evidence(
        &["RAZORPAY_KEY_SECRET={base62:24}", "razorpay secret: {base62:24}", "razorpay.keySecret = '{base62:24}'"],
        &["{base62:24}", "razorpay order {base62:24}", "RAZORPAY_KEY_SECRET={base62:23}"],
    );

/// Flutterwave secret keys.
static FLUTTERWAVE: Rule = Rule::secret("flutterwave_key", "FLUTTERWAVE_KEY")
    .issued_by("flutterwave")
    .token(&["FLWSECK-"], &[Alphabet::Lower.between(12, 40), Part::Text("-X")])
    .checked(checks::distinctive)
    .known_from("Flutterwave documentation, authentication; length as observed")
    .evidence(
        &["FLWSECK-{hex:32}-X", "FLW_SECRET_KEY=FLWSECK-{hex:32}-X", "Bearer FLWSECK-{hex:32}-X"],
        &["FLWPUBK-{hex:32}-X", "FLWSECK-{hex:32}", "FLWSECK_TEST-{hex:32}-X"],
    );

/// Flutterwave test keys.
static FLUTTERWAVE_TEST: Rule = Rule::secret("flutterwave_test_key", "FLUTTERWAVE_TEST_KEY")
    .low()
    .issued_by("flutterwave")
    .token(&["FLWSECK_TEST-"], &[Alphabet::Lower.between(12, 40), Part::OneOf(&["-X", ""])])
    .checked(checks::distinctive)
    .known_from("Flutterwave documentation, authentication; length as observed")
    .evidence(
        &["FLWSECK_TEST-{hex:32}-X", "FLW_SECRET_KEY=FLWSECK_TEST-{hex:12}", "Bearer FLWSECK_TEST-{hex:32}-X"],
        &["FLWPUBK_TEST-{hex:32}-X", "FLWSECK_TEST-", "AFLWSECK_TEST-{hex:32}-X"],
    );

/// Paystack live keys: Stripe's prefix, and 40 hexadecimal digits.
static PAYSTACK: Rule = Rule::secret("paystack_key", "PAYSTACK_KEY")
    .issued_by("paystack")
    .token(&["sk_live_"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Paystack documentation, authentication")
    .evidence(
        &["sk_live_{hex:40}", "PAYSTACK_SECRET_KEY=sk_live_{hex:40}", "Bearer sk_live_{hex:40}"],
        &["pk_live_{hex:40}", "sk_live_{base62:40}", "sk_live_{hex:39}"],
    );

/// Paystack test keys.
static PAYSTACK_TEST: Rule = Rule::secret("paystack_test_key", "PAYSTACK_TEST_KEY")
    .low()
    .issued_by("paystack")
    .token(&["sk_test_"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Paystack documentation, authentication")
    .evidence(
        &["sk_test_{hex:40}", "PAYSTACK_SECRET_KEY=sk_test_{hex:40}", "Bearer sk_test_{hex:40}"],
        &["pk_test_{hex:40}", "sk_test_{base62:40}", "sk_test_{hex:39}"],
    );

/// Coinbase secrets of the first generation. Today's are PEM keys.
static COINBASE: Rule = Rule::secret("coinbase_secret", "COINBASE_SECRET")
    .issued_by("coinbase")
    .shaped(Shape::Keyed {
        words: &[&["coinbase", "secret"], &["coinbase", "key"], &["coinbase", "token"]],
        body: Alphabet::Base64Url,
        least: 64,
        most: 64,
    })
    .checked(keyed::random)
    .known_from("Coinbase developer documentation, API key authentication; length as observed")
    .evidence(
        &["COINBASE_API_SECRET={base64url:64}", "coinbase key: {base64url:64}", "coinbase.token = '{base64url:64}'"],
        &["{base64url:64}", "coinbase transaction {hex:64}", "COINBASE_API_SECRET={base64url:63}"],
    );

/// GoCardless live tokens. Lob's have the same prefix, so that the name is needed.
static GOCARDLESS: Rule = Rule::secret("gocardless_token", "GOCARDLESS_TOKEN")
    .issued_by("gocardless")
    .token(&["live_"], &[Alphabet::Base64Url.between(38, 44)])
    .checked(gocardless)
    .known_from("GoCardless developer documentation, authentication; length as observed")
    .evidence(
        &["GOCARDLESS_TOKEN=live_{base64url:40}", "gocardless: live_{base64url:40}", "GoCardless 'live_{base64url:40}'"],
        &["live_{base64url:40}", "GOCARDLESS_TOKEN=live_{base64url:20}", "GOCARDLESS_TOKEN=alive_{base64url:40}"],
    );

fn gocardless(candidate: &Candidate<'_>) -> Outcome {
    if candidate.named(&["gocardless"]) { keyed::random(candidate) } else { Outcome::Reject }
}

/// Mercury; the token ends with the bank's name backwards.
static MERCURY: Rule = Rule::secret("mercury_token", "MERCURY_TOKEN")
    .issued_by("mercury")
    .token(&["mercury_production_"], &[Alphabet::Word.between(24, 160)])
    .checked(mercury)
    .known_from("Mercury API documentation, getting started; form as observed")
    .evidence(
        &[
            "mercury_production_rma_{base62:40}_yrucrem",
            "secret-token:mercury_production_wma_{base62:44}_yrucrem",
            "MERCURY=mercury_production_{base62:40}",
        ],
        &["mercury_production_{base62:8}", "mercury_staging_{base62:40}_yrucrem", "amercury_production_{base62:40}_yrucrem"],
    );

/// Mercury's sandbox.
static MERCURY_SANDBOX: Rule = Rule::secret("mercury_sandbox_token", "MERCURY_TEST_TOKEN")
    .low()
    .issued_by("mercury")
    .token(&["mercury_sandbox_"], &[Alphabet::Word.between(24, 160)])
    .checked(mercury)
    .known_from("Mercury API documentation, getting started; form as observed")
    .evidence(
        &[
            "mercury_sandbox_rma_{base62:40}_yrucrem",
            "secret-token:mercury_sandbox_wma_{base62:44}_yrucrem",
            "MERCURY=mercury_sandbox_{base62:40}",
        ],
        &["mercury_sandbox_{base62:8}", "mercury_production_{base62:40}_yrucrem", "amercury_sandbox_{base62:40}_yrucrem"],
    );

fn mercury(candidate: &Candidate<'_>) -> Outcome {
    match keyed::random(candidate) {
        Outcome::Found(_) if candidate.text.ends_with(b"yrucrem") => Outcome::Found(Confidence::High),
        other => other,
    }
}
