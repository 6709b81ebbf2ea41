//! Number plates of vehicles. Reported only.

use super::near::{alone, near};
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PLATE];

const FORMS: &[&str] = &[
    "AA00 AAA",
    "AA00AAA",
    "00 A 0000",
    "00 A 00000",
    "00 AA 000",
    "00 AA 0000",
    "00 AAA 00",
    "00 AAA 000",
    "00 AAA 0000",
    "AAA-000AA",
    "AAA 000AA",
    "AAA-000 AA",
    "AA-000-AA",
    "AA 000 AA",
    "AA000AA",
    "AA00 AA 0000",
    "AA-00-AA-0000",
    "AA 00 AA 0000",
    "AA00AA0000",
    "A AA 000",
    "A AA 0000",
    "A-AA 0000",
    "A-AA 000",
    "AA AA 0000",
    "AA AA 000",
    "AA-AA 0000",
    "AA-AA 000",
    "AAA AA 000",
    "AAA-AA 000",
    "0AAA000",
    "AAA 0000",
    "AAA-0000",
    "0000 AAA",
];

/// Where a word says so; of the forms that little else has, also where they are all that somebody wrote.
static PLATE: Rule = Rule::pii("license_plate", "LICENSE_PLATE", plate)
    .low()
    .shaped(Shape::Forms(FORMS))
    .needs_name(&[
        "license plate",
        "licence plate",
        "plate",
        "number plate",
        "plate number",
        "vehicle registration",
        "registration number",
        "reg no",
        "kennzeichen",
        "plaka",
        "plaque",
        "immatriculation",
        "matrícula",
        "targa",
        "kfz",
        "vehicle number",
        "vehicle no",
        "car",
        "vehicle",
        "kenteken",
    ])
    .known_from("the registration authorities of the states; Vienna Convention on Road Traffic, annex 2")
    .evidence(
        &["Kennzeichen B AB {digits:4}", "license plate 7ABC{digits:3}", "plaka: 34 ABC {digits:3}", "AB5{one} XYZ"],
        &["B AB {digits:4}", "see AB5{one} XYZ", "kennzeichen B AB {digits:5}"],
    );

fn plate(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.iter().any(u8::is_ascii_digit) && near(candidate, PLATE.names) {
        return Outcome::Found(Confidence::Medium);
    }
    let telling = match candidate.text {
        // United Kingdom since 2001, Türkiye, Nigeria.
        [a, b, c, _, b' ', ..] if c.is_ascii_digit() => ![a, b].iter().any(|l| b"IiQqZz".contains(l)),
        [b'0'..=b'8', _, b' ', ..] => !candidate.text.starts_with(b"00"),
        // India.
        [_, _, b'0'..=b'9', b'0'..=b'9', c, d, ..] => {
            candidate.text.len() == 10 && c.is_ascii_uppercase() && d.is_ascii_uppercase()
        }
        [_, _, c, b'-' | b' ', .., y, z] if c.is_ascii_alphabetic() => {
            candidate.text.len() == 9 && y.is_ascii_alphabetic() && z.is_ascii_alphabetic()
        }
        _ => false,
    };
    if telling && alone(candidate) { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}
