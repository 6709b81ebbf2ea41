//! Atlassian and Bitbucket.

use super::shared::{self, credential_of};
use crate::{
    detect::{
        checks,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&API_TOKEN, &LEGACY_API_TOKEN, &ACCESS_TOKEN, &APP_PASSWORD];

/// API tokens of accounts; eight digits of a CRC-32 stand at the end.
static API_TOKEN: Rule = Rule::secret("atlassian_token", "ATLASSIAN_TOKEN")
    .issued_by("atlassian")
    .token(&["ATATT3xFfGF0"], &[Alphabet::Base64Url.between(120, 250), Part::Text("="), Alphabet::AnyHex.exactly(8)])
    .checked(checks::distinctive)
    .known_from("Atlassian Support, manage API tokens for your account (the form is observed)")
    .evidence(
        &[
            "ATATT3xFfGF0{base64url:171}={hex:8}",
            "JIRA_API_TOKEN=ATATT3xFfGF0{base64url:171}={hex:8}",
            "\"ATATT3xFfGF0{base64url:180}={hex:8}\"",
        ],
        &["ATATT3xFfGF0", "ATATT3xFfGF0{base64url:40}={hex:8}", "ATATT3xFfGF0{base64url:171}={hex:9}"],
    );

/// API tokens from before the prefix.
static LEGACY_API_TOKEN: Rule = Rule::secret("atlassian_legacy_token", "ATLASSIAN_TOKEN")
    .issued_by("atlassian")
    .shaped(Shape::Keyed {
        words: credential_of!("atlassian", "jira", "confluence"),
        body: Alphabet::Alphanumeric,
        least: 24,
        most: 24,
    })
    .checked(shared::mixed)
    .known_from("Atlassian Support, manage API tokens for your account (the form is observed)")
    .evidence(
        &["ATLASSIAN_API_TOKEN={base62:24}", "jira token: {base62:24}", "{\"confluence_password\":\"{base62:24}\"}"],
        &["{base62:24}", "jira issue {base62:24}", "JIRA_API_TOKEN={base62:23}"],
    );

/// Access tokens of repositories, projects, workspaces and organizations.
static ACCESS_TOKEN: Rule = Rule::secret("bitbucket_access_token", "BITBUCKET_TOKEN")
    .issued_by("atlassian")
    .token(&["ATCTT3xFfGN0"], &[Alphabet::Base64Url.between(120, 250), Part::Text("="), Alphabet::AnyHex.exactly(8)])
    .checked(checks::distinctive)
    .known_from("Bitbucket Cloud documentation, access tokens (the form is observed)")
    .evidence(
        &[
            "ATCTT3xFfGN0{base64url:171}={hex:8}",
            "https://x-token-auth:ATCTT3xFfGN0{base64url:171}={hex:8}@bitbucket.org/a/b.git",
            "Bearer ATCTT3xFfGN0{base64url:180}={hex:8}",
        ],
        &["ATCTT3xFfGN0", "ATCTT3xFfGN0{base64url:40}={hex:8}", "ATCTT3xFfGN0{base64url:171}={hex:7}"],
    );

/// App passwords; the last eight characters are a CRC-32.
static APP_PASSWORD: Rule = Rule::secret("bitbucket_app_password", "BITBUCKET_PASSWORD")
    .issued_by("atlassian")
    .token(&["ATBB"], &[Alphabet::Alphanumeric.exactly(32)])
    .checked(app_password)
    .known_from("Bitbucket Cloud documentation, app passwords (the form is observed)")
    .evidence(
        &[
            "ATBB{base62crchex:32}",
            "https://user:ATBB{base62:32}@bitbucket.org/a/b.git",
            "BITBUCKET_APP_PASSWORD=ATBB{base62crchex:32}",
        ],
        &["ATBB{base62:31}", "ATBB{base62:33}", "atbb{base62:32}"],
    );

fn app_password(candidate: &Candidate<'_>) -> Outcome {
    if shared::crc32_hex_tail(candidate.text, 4) { Outcome::Found(Confidence::High) } else { shared::mixed(candidate) }
}
