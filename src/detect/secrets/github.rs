//! GitHub.

use crate::{
    detect::{
        checks::crc32_base62_tail,
        rule::{Alphabet, Candidate, Outcome, Rule, Shape, Vendor},
    },
    finding::{Confidence, DataClass, Severity},
};

/// Classic, OAuth, user-to-server, server-to-server and refresh tokens; the last six characters are a CRC-32.
pub(in crate::detect) static TOKEN: Rule = Rule {
    id: "github_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "GITHUB_TOKEN",
    vendor: Vendor::Named("github"),
    shape: Shape::Token { prefixes: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], body: Alphabet::Alphanumeric, min: 36, max: 36 },
    source: "GitHub Engineering, \"Behind GitHub's new authentication token formats\"",
    positives: &["ghp_{base62crc:36}", "token gho_{base62crc:36}", "https://x:ghs_{base62:36}@github.com/a/b"],
    negatives: &["ghp_{base62:35}", "ghp_{base62:37}", "ghx_{base62:36}"],
    check: token,
}
.with_evidence();

fn token(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(4..).unwrap_or_default();
    if super::repetitive(body) {
        return Outcome::Placeholder;
    }
    Outcome::Found(if crc32_base62_tail(body) { Confidence::High } else { Confidence::Medium })
}

/// Fine-grained personal access tokens.
pub(in crate::detect) static FINE_GRAINED_TOKEN: Rule = Rule {
    id: "github_fine_grained_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "GITHUB_TOKEN",
    vendor: Vendor::Named("github"),
    shape: Shape::Token { prefixes: &["github_pat_"], body: Alphabet::Word, min: 82, max: 82 },
    source: "GitHub Docs, managing personal access tokens",
    positives: &[
        "github_pat_{base62:22}_{base62:59}",
        "\"github_pat_{base62:22}_{base62:59}\"",
        "GITHUB_TOKEN=github_pat_{base62:22}_{base62:59}",
    ],
    negatives: &["github_pat_{base62:22}", "github_pat_{base62:22}_{base62:58}", "github_path_{base62:22}_{base62:59}"],
    check: super::by_shape,
}
.with_evidence();
