//! OpenAI.

use crate::{
    detect::rule::{Alphabet, Candidate, Outcome, Rule, Shape, Vendor},
    finding::{Confidence, DataClass, Severity},
};

/// What base64 makes of "OpenAI"; it stands in the middle of every key.
const SIGNATURE: &[u8] = b"T3BlbkFJ";

/// Project, service account and admin keys.
pub(in crate::detect) static PROJECT_KEY: Rule = Rule {
    id: "openai_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "OPENAI_KEY",
    vendor: Vendor::Named("openai"),
    shape: Shape::Token { prefixes: &["sk-proj-", "sk-svcacct-", "sk-admin-"], body: Alphabet::Base64Url, min: 40, max: 250 },
    source: "OpenAI API reference, authentication",
    positives: &[
        "sk-proj-{base64url:74}T3BlbkFJ{base64url:74}",
        "sk-svcacct-{base64url:58}T3BlbkFJ{base64url:58}",
        "OPENAI_API_KEY=sk-admin-{base64url:58}T3BlbkFJ{base64url:58}",
    ],
    negatives: &["sk-proj-your-key-here", "sk-proj-{base62:20}", "task-proj-{base62:60}"],
    check: key,
}
.with_evidence();

/// Keys from before projects.
pub(in crate::detect) static LEGACY_KEY: Rule = Rule {
    id: "openai_legacy_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "OPENAI_KEY",
    vendor: Vendor::Named("openai"),
    shape: Shape::Token { prefixes: &["sk-"], body: Alphabet::Alphanumeric, min: 48, max: 48 },
    source: "OpenAI API reference, authentication",
    positives: &[
        "sk-{base62:20}T3BlbkFJ{base62:20}",
        "Bearer sk-{base62:20}T3BlbkFJ{base62:20}",
        "(sk-{base62:20}T3BlbkFJ{base62:20})",
    ],
    negatives: &["sk-{base62:48}", "sk-{base62:20}T3BlbkFJ{base62:19}", "desk-{base62:20}T3BlbkFJ{base62:21}"],
    check: legacy_key,
}
.with_evidence();

fn signed(candidate: &Candidate<'_>) -> bool {
    candidate.text.windows(SIGNATURE.len()).any(|w| w == SIGNATURE)
}

fn key(candidate: &Candidate<'_>) -> Outcome {
    if signed(candidate) { Outcome::Found(Confidence::High) } else { super::by_shape(candidate) }
}

fn legacy_key(candidate: &Candidate<'_>) -> Outcome {
    if signed(candidate) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
