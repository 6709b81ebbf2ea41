//! Checks of values that only a vendor's name gives away, shared by the families.

use crate::{
    detect::{
        checks,
        rule::{Candidate, Outcome},
        shape::{Alphabet, Part, parts_length},
    },
    finding::Confidence,
};

/// A UUID in lower or upper case.
pub(super) const UUID: [Part; 9] = [
    Alphabet::AnyHex.exactly(8),
    Part::Text("-"),
    Alphabet::AnyHex.exactly(4),
    Part::Text("-"),
    Alphabet::AnyHex.exactly(4),
    Part::Text("-"),
    Alphabet::AnyHex.exactly(4),
    Part::Text("-"),
    Alphabet::AnyHex.exactly(12),
];

/// Letters and digits, neither repeated nor spelled out.
pub(super) fn random(candidate: &Candidate<'_>) -> Outcome {
    let has = |class: fn(&u8) -> bool| candidate.text.iter().any(class);
    if !has(u8::is_ascii_digit) || !has(u8::is_ascii_alphabetic) {
        return Outcome::Reject;
    }
    checks::by_shape(candidate)
}

/// The run is a UUID.
pub(super) fn uuid(candidate: &Candidate<'_>) -> Outcome {
    if parts_length(&UUID, candidate.text) != Some(candidate.text.len()) {
        return Outcome::Reject;
    }
    checks::by_shape(candidate)
}

/// A prefix that other things have too: certain beside one of the words, else only a suspicion.
pub(super) fn certain_beside(candidate: &Candidate<'_>, words: &[&[&str]]) -> Outcome {
    match random(candidate) {
        Outcome::Found(_) if candidate.named_any(words) => Outcome::Found(Confidence::Medium),
        Outcome::Found(_) => Outcome::Found(Confidence::Low),
        other => other,
    }
}
