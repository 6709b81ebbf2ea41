//! What names a number: whole words in the key or just before it.

use crate::{
    detect::rule::{Candidate, Outcome},
    finding::Confidence,
};

/// How far back a word still names a value, and how much of a key is read.
const REACH: usize = 56;

/// Whether the key, or else the text just before, has one of the phrases as whole words. Phrases are lower-case words with
/// single spaces; keys in camel, snake and kebab case read as words, and a plural is as good.
pub(super) fn near(candidate: &Candidate<'_>, phrases: &[&str]) -> bool {
    let from = candidate.before.len().saturating_sub(REACH);
    let mut text = candidate.before.get(from..).unwrap_or_default();
    // The first word may have lost its beginning.
    if from > 0 {
        let cut = text.iter().take_while(|b| part_of_word(**b)).count();
        text = text.get(cut..).unwrap_or_default();
    }
    candidate.key.is_some_and(|key| holds(key.get(..REACH.min(key.len())).unwrap_or_default(), phrases)) || holds(text, phrases)
}

fn part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn holds(text: &[u8], phrases: &[&str]) -> bool {
    let words = Words::of(text);
    phrases.iter().any(|phrase| words.has(phrase.as_bytes()))
}

/// Whether the name of a field is, or ends with, one of the names.
pub(in crate::detect) fn field_is(name: &[u8], names: &[&str]) -> bool {
    let words = Words::of(name.get(name.len().saturating_sub(REACH)..).unwrap_or_default());
    let text = words.bytes.get(..words.length).unwrap_or_default();
    let text = text.strip_suffix(b" ").unwrap_or(text);
    names.iter().any(|n| text.strip_suffix(n.as_bytes()).is_some_and(|rest| rest.ends_with(b" ")))
}

/// Lower-case words, each with a space before and behind it.
struct Words {
    bytes: [u8; 2 * REACH + 2],
    length: usize,
}

impl Words {
    fn of(text: &[u8]) -> Self {
        let mut words = Self { bytes: [b' '; 2 * REACH + 2], length: 1 };
        let mut previous = b' ';
        for (at, byte) in text.iter().copied().enumerate() {
            let next = |n: usize| text.get(at + n).is_some_and(u8::is_ascii_lowercase);
            let hump = byte.is_ascii_uppercase()
                && (previous.is_ascii_lowercase() || (previous.is_ascii_uppercase() && next(1) && next(2)));
            if hump {
                words.space();
            }
            if part_of_word(byte) {
                words.push(byte.to_ascii_lowercase())
            } else {
                words.space()
            }
            previous = byte;
        }
        words.space();
        words
    }

    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.length) {
            *slot = byte;
            self.length += 1;
        }
    }

    fn space(&mut self) {
        if self.bytes.get(self.length.saturating_sub(1)) != Some(&b' ') {
            self.push(b' ');
        }
    }

    fn has(&self, phrase: &[u8]) -> bool {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        let whole = |at: usize| {
            let rest = text.get(at + 1 + phrase.len()..).unwrap_or_default();
            text.get(at) == Some(&b' ') && matches!(rest, [b' ', ..] | [b's', b' ', ..] | [])
        };
        text.windows(phrase.len() + 1).enumerate().any(|(at, w)| w.get(1..) == Some(phrase) && whole(at))
    }
}

/// Letters and digits only, in upper case.
pub(super) struct Compact {
    bytes: [u8; 48],
    length: usize,
}

impl Compact {
    pub(super) fn of(text: &[u8]) -> Self {
        let mut compact = Self { bytes: [0; 48], length: 0 };
        for (slot, byte) in compact.bytes.iter_mut().zip(text.iter().filter(|b| b.is_ascii_alphanumeric())) {
            *slot = byte.to_ascii_uppercase();
            compact.length += 1;
        }
        compact
    }
}

impl core::ops::Deref for Compact {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Valid, and named by a word.
pub(super) fn if_named(candidate: &Candidate<'_>, valid: bool, phrases: &[&str]) -> Outcome {
    if valid && !monotonous(candidate.text) && near(candidate, phrases) {
        Outcome::Found(Confidence::High)
    } else {
        Outcome::Reject
    }
}

/// Valid, and named by a word or written in the groups that only this number has.
pub(super) fn if_named_or_grouped(candidate: &Candidate<'_>, valid: bool, phrases: &[&str]) -> Outcome {
    let grouped = candidate.text.iter().any(|b| !b.is_ascii_alphanumeric());
    match if_named(candidate, valid, phrases) {
        Outcome::Reject if valid && grouped && !monotonous(candidate.text) && !small(candidate.text) => {
            Outcome::Found(Confidence::Medium)
        }
        outcome => outcome,
    }
}

/// Valid, and so unlike anything else that no word is needed; one makes it certain.
pub(super) fn by_itself(candidate: &Candidate<'_>, valid: bool, phrases: &[&str]) -> Outcome {
    match if_named(candidate, valid, phrases) {
        Outcome::Reject if valid && !monotonous(candidate.text) && !small(candidate.text) => Outcome::Found(Confidence::Medium),
        outcome => outcome,
    }
}

/// Codes are printed in capitals; random text is mixed.
fn small(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_lowercase)
}

/// The same digit throughout: nobody has such a number.
fn monotonous(text: &[u8]) -> bool {
    let mut digits = text.iter().filter(|b| b.is_ascii_digit());
    let first = digits.next();
    first.is_some() && text.iter().filter(|b| b.is_ascii_digit()).count() > 4 && digits.all(|d| Some(d) == first)
}

/// Whether year (two or four digits), month and day can be a date.
pub(super) fn date(year: &[u8], month: &[u8], day: &[u8]) -> bool {
    let number = |text: &[u8]| text.iter().fold(0u32, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0')));
    let (year_number, month, day) = (number(year), number(month), number(day));
    let leap = year_number.is_multiple_of(4) && (!year_number.is_multiple_of(100) || year_number.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap || year.len() == 2 && year_number.is_multiple_of(4) => 29,
        2 => 28,
        _ => return false,
    };
    let digits = [year, &[]].iter().all(|text| text.iter().all(u8::is_ascii_digit));
    digits && (1..=days).contains(&day) && (year.len() == 2 || (1890..=2100).contains(&year_number))
}

/// The date in six digits `YYMMDD`.
pub(super) fn short_date(text: &[u8]) -> bool {
    let part = |from: usize| text.get(from..from + 2).unwrap_or_default();
    text.len() == 6 && text.iter().all(u8::is_ascii_digit) && date(part(0), part(2), part(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(before: &str, key: Option<&str>, phrase: &str) -> bool {
        near(&Candidate { text: b"1", before: before.as_bytes(), after: b"", key: key.map(str::as_bytes) }, &[phrase])
    }

    #[test]
    fn words_are_whole() {
        assert!(beside("my SIN: ", None, "sin") && !beside("using ", None, "sin") && !beside("single ", None, "sin"));
        assert!(beside("", Some("customerDateOfBirth"), "date of birth"));
        assert!(beside("", Some("SSNNumber"), "ssn") && beside("", Some("tax-ids"), "tax id"));
        let long = ["x".repeat(100).as_str(), "sin "].concat();
        assert!(!beside(&long, None, "sin"));
    }

    #[test]
    fn dates() {
        assert!(date(b"2000", b"02", b"29") && !date(b"1900", b"02", b"29") && !date(b"2001", b"13", b"01"));
        assert!(short_date(b"991231") && !short_date(b"990431"));
    }
}
