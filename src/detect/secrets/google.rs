//! Google.

use super::shared;
use crate::detect::{
    checks,
    rule::Rule,
    shape::{Alphabet, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&API_KEY, &AUTH_KEY, &CLIENT_SECRET, &ACCESS_TOKEN, &REFRESH_TOKEN, &PRIVATE_KEY_ID];

/// API keys.
static API_KEY: Rule = Rule::secret("google_api_key", "GOOGLE_API_KEY")
    .issued_by("google")
    .token(&["AIza"], &[Alphabet::Base64Url.exactly(35)])
    .known_from("Google Cloud documentation, API keys")
    .evidence(
        &["AIza{base64url:35}", "https://maps.example/api?key=AIza{base64url:35}", "'AIza{base64url:35}'"],
        &["AIza{base64url:34}", "AIza{base64url:36}", "BAIza{base64url:35}"],
    );

/// API keys that stand for a service account, as AI Studio makes them.
static AUTH_KEY: Rule = Rule::secret("google_auth_key", "GOOGLE_API_KEY")
    .issued_by("google")
    .token(&["AQ.Ab8RN6"], &[Alphabet::Base64Url.between(30, 70)])
    .checked(checks::distinctive)
    .known_from("Gemini API documentation, using API keys (the form is observed)")
    .evidence(
        &["AQ.Ab8RN6{base64url:44}", "GEMINI_API_KEY=AQ.Ab8RN6{base64url:44}", "x-goog-api-key: AQ.Ab8RN6{base64url:44}"],
        &["AQ.Ab8RN6{base62:12}", "AQ.{base64url:44}", "FAQ.Ab8RN6{base64url:44}"],
    );

/// Secrets of OAuth clients.
static CLIENT_SECRET: Rule = Rule::secret("google_client_secret", "GOOGLE_CLIENT_SECRET")
    .issued_by("google")
    .token(&["GOCSPX-"], &[Alphabet::Base64Url.exactly(28)])
    .checked(checks::distinctive)
    .known_from("Google Identity documentation, OAuth client credentials")
    .evidence(
        &["GOCSPX-{base64url:28}", "client_secret=GOCSPX-{base64url:28}", "{\"client_secret\":\"GOCSPX-{base64url:28}\"}"],
        &["GOCSPX-{base64url:27}", "GOCSPX-{base64url:29}", "gocspx-{base64url:28}"],
    );

/// OAuth access tokens.
static ACCESS_TOKEN: Rule = Rule::secret("google_access_token", "GOOGLE_ACCESS_TOKEN")
    .issued_by("google")
    .token(&["ya29."], &[Alphabet::Dotted.between(20, 2048)])
    .checked(checks::distinctive)
    .known_from("Google Identity documentation, using OAuth 2.0 to access Google APIs")
    .evidence(
        &[
            "ya29.{base64url:60}",
            "Authorization: Bearer ya29.a0{base64url:210}",
            "access_token=ya29.c.{base64url:120}&scope=email",
        ],
        &["ya29.", "ya29.{base62:12}", "maya29.{base64url:60}"],
    );

/// OAuth refresh tokens, those of application default credentials among them.
static REFRESH_TOKEN: Rule = Rule::secret("google_refresh_token", "GOOGLE_REFRESH_TOKEN")
    .issued_by("google")
    .token(&["1//"], &[Alphabet::Alphanumeric.exactly(2), Alphabet::Base64Url.between(38, 250)])
    .checked(shared::mixed)
    .known_from("Google Identity documentation, using OAuth 2.0 to access Google APIs")
    .evidence(
        &[
            "1//0g{base64url:60}",
            "refresh_token=1//03{base64url:100}",
            "{\"type\":\"authorized_user\",\"refresh_token\":\"1//0e{base64url:97}\"}",
        ],
        &["1//0g{base62:20}", "1//an-ordinary-path-with-a-great-many-words-in-it", "11//0g{base64url:60}"],
    );

/// The id of a service account's private key. The key itself is `private_key`.
static PRIVATE_KEY_ID: Rule = Rule::secret("google_private_key_id", "GOOGLE_PRIVATE_KEY_ID")
    .low()
    .shaped(Shape::Keyed { words: &[&["privatekeyid"]], body: Alphabet::Hex, least: 40, most: 40 })
    .known_from("Google Cloud IAM documentation, service account keys")
    .evidence(
        &[
            "private_key_id={hex:40}",
            "{\"type\":\"service_account\",\"private_key_id\":\"{hex:40}\"}",
            "private_key_id: '{hex:40}'",
        ],
        &["{hex:40}", "private_key_id={hex:39}", "commit_id: {hex:40}"],
    );
