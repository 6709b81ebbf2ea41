//! International bank account numbers.

use alloc::vec::Vec;

use crate::{
    detect::{
        checks::mod97,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// A registered country, its length, and the two check digits.
pub(super) static IBAN: Rule =
    Rule::pii("iban", "IBAN", iban).shaped(Shape::Iban).known_from("ISO 13616-1; SWIFT IBAN registry").evidence(
        &["{iban:DE:18}", "pay {iban:NL:14} today", "{ibanspaced:FR:23}"],
        &["DE00{digits:18}", "{iban:DE:18}1", "XX82{digits:18}"],
    );

fn iban(candidate: &Candidate<'_>) -> Outcome {
    let characters: Vec<u8> = candidate.text.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    // Check digits run from 02 to 98; 00, 01 and 99 would pass mod 97 without being issued.
    let issued = !matches!(characters.get(2..4), Some(b"00" | b"01" | b"99"));
    if issued && mod97(&characters) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Length of an IBAN by its country letters.
pub(in crate::detect) fn length(head: &[u8]) -> Option<usize> {
    let country = head.get(..2)?;
    LENGTHS.iter().find(|(_, codes)| codes.as_bytes().chunks(2).any(|code| code == country)).map(|(length, _)| *length)
}

/// Countries by length.
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DKFOFIGLNLSD"),
    (19, "MKSI"),
    (20, "ATBAEEKZLTLUXKMN"),
    (21, "CHHRLILV"),
    (22, "BGBHCRDEGBGEIEMERSVA"),
    (23, "AEGIILIQOMTLSO"),
    (24, "ADCZESMDPKROSASESKTNVG"),
    (25, "LYPTST"),
    (26, "ISTR"),
    (27, "BIDJFRGRITMCMRSM"),
    (28, "ALAZBYCYDOGTHUHNLBNIPLSV"),
    (29, "BREGPSQAUA"),
    (30, "JOKWMUYE"),
    (31, "MTSC"),
    (32, "LC"),
    (33, "RU"),
];
