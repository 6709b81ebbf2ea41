//! Secrets, one vendor family a file.

pub(super) mod anthropic;
pub(super) mod aws;
pub(super) mod generic;
pub(super) mod github;
pub(super) mod google;
pub(super) mod openai;
pub(super) mod packages;
pub(super) mod slack;
pub(super) mod stripe;

use super::rule::{Candidate, Outcome};
use crate::finding::Confidence;

/// The prefix and the length are the evidence.
pub(super) fn by_shape(candidate: &Candidate<'_>) -> Outcome {
    if repetitive(candidate.text) { Outcome::Placeholder } else { Outcome::Found(Confidence::Medium) }
}

/// `xxxxxxxx`, `AAAA…`: what people write where a key would stand. Random tokens of 16 characters have 10 different ones;
/// the whole text counts, so that padding makes no placeholder of a token.
pub(super) fn repetitive(text: &[u8]) -> bool {
    let tail = text.get(text.len() / 2..).unwrap_or_default();
    super::checks::distinct(tail) * 4 <= tail.len().min(16) && super::checks::distinct(text) <= 12
}
