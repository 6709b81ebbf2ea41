//! What names a number: whole words in the key or just before it.

use crate::{
    detect::{
        context::{Words, part_of_word},
        rule::{Candidate, Outcome},
    },
    finding::Confidence,
};

/// Whether the key, or else the text just before, has one of the phrases as whole words. Phrases are lower-case words with
/// single spaces; keys in camel, snake and kebab case read as words, and a plural is as good.
pub(super) fn near(candidate: &Candidate<'_>, phrases: &[&str]) -> bool {
    (candidate.key.is_some() && candidate.key_words().hold_any(phrases)) || candidate.words_before().hold_any(phrases)
}

/// Like [`near`], but the text counts only as far back as one short name reaches.
pub(super) fn close(candidate: &Candidate<'_>, phrases: &[&str]) -> bool {
    (candidate.key.is_some() && candidate.key_words().hold_any(phrases)) || candidate.words_close().hold_any(phrases)
}

/// The same with a `reach` in bytes.
pub(super) fn within(candidate: &Candidate<'_>, reach: usize, phrases: &[&str]) -> bool {
    (candidate.key.is_some() && candidate.key_words().hold_any(phrases))
        || !candidate.words_before().is_empty() && Words::before(candidate.before, reach).hold_any(phrases)
}

/// Names of fields that hold what people write.
const PROSE: &[&str] = &[
    "text",
    "content",
    "body",
    "note",
    "notes",
    "message",
    "msg",
    "input",
    "prompt",
    "comment",
    "comments",
    "description",
    "question",
    "answer",
    "reply",
    "memo",
    "remark",
    "remarks",
    "caption",
    "transcript",
];

/// Whether the value stands in what people write, not in a field for something else.
pub(super) fn in_prose(candidate: &Candidate<'_>) -> bool {
    candidate.key.is_none() || candidate.key_words().end_with_any(PROSE)
}

/// Whether somebody wrote this number, or this and more numbers, and nothing else: then the number is what it is about.
pub(in crate::detect) fn alone(candidate: &Candidate<'_>) -> bool {
    if let Some(name) = inner_name(candidate) {
        return field_is(name, PROSE);
    }
    codes_only(candidate.before) && codes_only(candidate.after) && in_prose(candidate)
}

/// The name of the field that the value is, in JSON inside a text.
fn inner_name<'a>(candidate: &Candidate<'a>) -> Option<&'a [u8]> {
    let sign = |b: &u8| b"\\\"' ".contains(b);
    let near = candidate.before.get(candidate.before.len().saturating_sub(40)..)?;
    let value = near.get(..=near.iter().rposition(|b| !sign(b))?)?;
    let name = value.strip_suffix(b":").filter(|_| near.len() > value.len() && candidate.after.first().is_some_and(sign))?;
    let name = name.get(..=name.iter().rposition(|b| !sign(b))?)?;
    let length = name.iter().rev().take_while(|b| part_of_word(**b) || **b == b'_').count();
    name.get(name.len() - length..)
}

fn codes_only(text: &[u8]) -> bool {
    let code = |word: &[u8]| word.is_empty() || word.iter().any(u8::is_ascii_digit) || matches!(word, b"and" | b"or");
    text.len() <= 64 && text.split(|b| !part_of_word(*b)).all(code)
}

/// Whether the name of a field is, or ends with, one of the names.
pub(in crate::detect) fn field_is(name: &[u8], names: &[&str]) -> bool {
    Words::of(name).end_with_any(names)
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

/// Valid as far as its form tells, and named by a word.
pub(super) fn only_named(candidate: &Candidate<'_>, valid: bool, phrases: &[&str]) -> Outcome {
    if valid && !monotonous(candidate.text) && near(candidate, phrases) {
        Outcome::Found(Confidence::High)
    } else {
        Outcome::Reject
    }
}

/// Valid by its check digit or its structure, and named by a word or all that somebody wrote. Mistyped, the number right
/// behind its proper name, the first phrase, is still what the name says.
pub(super) fn if_named(candidate: &Candidate<'_>, valid: bool, phrases: &[&str]) -> Outcome {
    match only_named(candidate, valid, phrases) {
        Outcome::Reject if monotonous(candidate.text) => Outcome::Reject,
        Outcome::Reject if (valid && alone(candidate)) || (!valid && mistyped(candidate, phrases)) => {
            Outcome::Found(Confidence::Low)
        }
        outcome => outcome,
    }
}

fn mistyped(candidate: &Candidate<'_>, phrases: &[&str]) -> bool {
    let digits = candidate.text.iter().filter(|b| b.is_ascii_digit()).count();
    digits >= 5 && close(candidate, phrases.get(..1).unwrap_or_default())
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

/// The same digit throughout: nobody has such a number. A check letter behind it was computed by somebody.
fn monotonous(text: &[u8]) -> bool {
    let mut digits = text.iter().filter(|b| b.is_ascii_alphanumeric());
    let first = digits.next();
    text.len() > 4 && first.is_some_and(u8::is_ascii_digit) && digits.all(|d| Some(d) == first)
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
        let around = Default::default();
        let (before, key) = (before.as_bytes(), key.map(str::as_bytes));
        near(&Candidate { text: b"1", before, after: b"", key, around: &around, judged: None }, &[phrase])
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
    fn numbers_alone() {
        let is = |before: &str, after: &str, key: Option<&str>| {
            let around = Default::default();
            let (before, after, key) = (before.as_bytes(), after.as_bytes(), key.map(str::as_bytes));
            alone(&Candidate { text: b"12345678903", before, after, key, around: &around, judged: None })
        };
        assert!(is("", "", None) && is("", "\n", Some("text")) && is("00000000000 and ", ", 9", Some("messageText")));
        assert!(!is("", "", Some("id")) && !is("order ", "", None) && !is("", " shipped", Some("text")));
        // JSON inside a text: the inner name counts.
        assert!(is("{\"note\": \"", "\"}", Some("input")) && !is("{\"id\": \"", "\"}", Some("input")));
        assert!(is("{\\\"body\\\":\\\"", "\\\"}", Some("input")));
        assert!(!is(&"9 ".repeat(40), "", None));
    }

    #[test]
    fn mistyped_numbers_need_their_proper_name() {
        let outcome = |before: &str| {
            let around = Default::default();
            let candidate = Candidate {
                text: b"4010232138",
                before: before.as_bytes(),
                after: b"",
                key: None,
                around: &around,
                judged: None,
            };
            if_named(&candidate, false, &["nhs", "health service number"])
        };
        assert_eq!(outcome("NHS no. "), Outcome::Found(Confidence::Low));
        assert_eq!(outcome("health service number "), Outcome::Reject);
        assert_eq!(outcome("NHS patients were called twice, so "), Outcome::Reject);
    }

    #[test]
    fn dates() {
        assert!(date(b"2000", b"02", b"29") && !date(b"1900", b"02", b"29") && !date(b"2001", b"13", b"01"));
        assert!(short_date(b"991231") && !short_date(b"990431"));
    }
}
