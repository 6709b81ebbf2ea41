//! GitHub.

use crate::{
    detect::{
        checks::{self, crc32_base62_tail},
        rule::{Candidate, Outcome, Rule},
        shape::Alphabet,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&TOKEN, &REFRESH_TOKEN, &FINE_GRAINED_TOKEN];

/// Classic, OAuth, user-to-server, server-to-server and refresh tokens; the last six characters are a CRC-32.
static TOKEN: Rule = Rule::secret("github_token", "GITHUB_TOKEN")
    .issued_by("github")
    .token(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], &[Alphabet::Alphanumeric.exactly(36)])
    .checked(token)
    .known_from("GitHub Engineering, \"Behind GitHub's new authentication token formats\"")
    .evidence(
        &["ghp_{base62crc:36}", "token gho_{base62crc:36}", "https://x:ghs_{base62:36}@github.com/a/b"],
        &["ghp_{base62:35}", "ghp_{base62:37}", "ghx_{base62:36}"],
    );

fn token(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(4..).unwrap_or_default();
    if checks::repetitive(body) {
        return Outcome::Placeholder;
    }
    Outcome::Found(if crc32_base62_tail(body) { Confidence::High } else { Confidence::Medium })
}

/// Refresh tokens of GitHub Apps.
static REFRESH_TOKEN: Rule = Rule::secret("github_refresh_token", "GITHUB_TOKEN")
    .issued_by("github")
    .token(&["ghr_"], &[Alphabet::Alphanumeric.exactly(76)])
    .checked(token)
    .known_from("GitHub Docs, refreshing user access tokens; length as observed")
    .evidence(
        &["ghr_{base62:76}", "refresh_token=ghr_{base62:76}&scope=", "\"ghr_{base62:76}\""],
        &["ghr_{base62:75}", "ghr_{base62:77}", "aghr_{base62:76}"],
    );

/// Fine-grained personal access tokens.
static FINE_GRAINED_TOKEN: Rule = Rule::secret("github_fine_grained_token", "GITHUB_TOKEN")
    .issued_by("github")
    .token(&["github_pat_"], &[Alphabet::Word.exactly(82)])
    .known_from("GitHub Docs, managing personal access tokens")
    .evidence(
        &[
            "github_pat_{base62:22}_{base62:59}",
            "\"github_pat_{base62:22}_{base62:59}\"",
            "GITHUB_TOKEN=github_pat_{base62:22}_{base62:59}",
        ],
        &["github_pat_{base62:22}", "github_pat_{base62:22}_{base62:58}", "github_path_{base62:22}_{base62:59}"],
    );
