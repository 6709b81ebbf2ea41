//! OpenAI.

use crate::{
    detect::{
        checks,
        rule::{Candidate, Outcome, Rule},
        shape::Alphabet,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PROJECT_KEY, &LEGACY_KEY];

/// What base64 makes of "OpenAI"; it stands in the middle of every key.
const SIGNATURE: &[u8] = b"T3BlbkFJ";

/// A longer text without the signature is no key; a shorter one may have been cut.
const WITHOUT: usize = 110;

/// Project, service account and admin keys.
static PROJECT_KEY: Rule = Rule::secret("openai_key", "OPENAI_KEY")
    .issued_by("openai")
    .token(&["sk-proj-", "sk-svcacct-", "sk-admin-"], &[Alphabet::Base64Url.between(40, 250)])
    .checked(key)
    .known_from("OpenAI API reference, authentication")
    .evidence(
        &[
            "sk-proj-{base64url:74}T3BlbkFJ{base64url:74}",
            "sk-svcacct-{base64url:58}T3BlbkFJ{base64url:58}",
            "OPENAI_API_KEY=sk-admin-{base64url:58}T3BlbkFJ{base64url:58}",
        ],
        &["sk-proj-your-key-here", "sk-proj-{base62:20}", "task-proj-{base62:60}", "sk-proj-{base64url:150}"],
    );

/// Keys from before projects.
static LEGACY_KEY: Rule = Rule::secret("openai_legacy_key", "OPENAI_KEY")
    .issued_by("openai")
    .token(&["sk-", "sk-None-"], &[Alphabet::Alphanumeric.exactly(48)])
    .checked(legacy_key)
    .known_from("OpenAI API reference, authentication")
    .evidence(
        &[
            "sk-{base62:20}T3BlbkFJ{base62:20}",
            "Bearer sk-{base62:20}T3BlbkFJ{base62:20}",
            "(sk-{base62:20}T3BlbkFJ{base62:20})",
            "sk-None-{base62:20}T3BlbkFJ{base62:20}",
        ],
        &["sk-{base62:48}", "sk-{base62:20}T3BlbkFJ{base62:19}", "desk-{base62:20}T3BlbkFJ{base62:21}"],
    );

fn signed(candidate: &Candidate<'_>) -> bool {
    candidate.text.windows(SIGNATURE.len()).any(|w| w == SIGNATURE)
}

fn key(candidate: &Candidate<'_>) -> Outcome {
    if signed(candidate) {
        Outcome::Found(Confidence::High)
    } else if candidate.text.len() > WITHOUT {
        Outcome::Reject
    } else {
        checks::by_shape(candidate)
    }
}

fn legacy_key(candidate: &Candidate<'_>) -> Outcome {
    if signed(candidate) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
