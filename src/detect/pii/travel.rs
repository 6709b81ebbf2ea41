//! Passports and driving licences.

use super::near::{Compact, alone, by_itself, if_named, near, only_named};
use crate::{
    detect::{
        checksums::icao,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PASSPORT_MRZ, &PASSPORT, &UK_DRIVER, &DRIVER_LICENCE];

/// Machine-readable zones: the check digits of number, birth and expiry.
static PASSPORT_MRZ: Rule = Rule::pii("passport_mrz", "PASSPORT_MRZ", mrz)
    .shaped(Shape::Mrz)
    .known_from("ICAO 9303 parts 3, 4 and 5")
    .evidence(&["{mrz:2}", "scan: {mrz:1}", "{mrz:3}"], &["{base32:44}", "{badmrz}", "{mrz:1}A"]);

fn mrz(candidate: &Candidate<'_>) -> Outcome {
    let lines = candidate.text.split(|b| matches!(b, b'\r' | b'\n')).filter(|line| !line.is_empty());
    let valid = |number: Option<&[u8]>, birth: Option<&[u8]>, expiry: Option<&[u8]>| {
        [number, birth, expiry].into_iter().all(|field| {
            field.and_then(<[u8]>::split_last).is_some_and(|(check, body)| icao(body, *check) && body.iter().any(|b| *b != b'<'))
        })
    };
    let two = |line: &[u8]| line.len() >= 36 && valid(line.get(..10), line.get(13..20), line.get(21..28));
    let three = |first: &[u8], second: &[u8]| valid(first.get(5..15), second.get(..7), second.get(8..15));
    let found = lines.clone().any(two)
        || lines.clone().zip(lines.clone().skip(1)).any(|(first, second)| first.len() == 30 && three(first, second));
    if found { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Passport numbers, where a word says so.
static PASSPORT: Rule = Rule::pii("passport", "PASSPORT", passport)
    .shaped(Shape::Forms(&[
        "000000000",
        "A00000000",
        "A0000000",
        "AA0000000",
        "AA000000",
        "00AA00000",
        "AXXXXXXXX",
        "AXXXXXXXX0",
        "AAA000000",
        "A000000AA",
        "A000A0000",
    ]))
    .needs_name(&[
        "passport",
        "passport number",
        "passport no",
        "reisepass",
        "reisepassnummer",
        "passeport",
        "pasaporte",
        "passaporto",
        "passportnumber",
    ])
    .known_from("ICAO 9303 part 4; national passport number formats")
    .evidence(
        &["passport {digits:9}", "Passport No: A{digits:8}", "passport_number=AB{digits:7}", "Reisepass {id:ausweis}"],
        &["{digits:9}", "passport {word:9}", "passport {digits:12}"],
    );

fn passport(candidate: &Candidate<'_>) -> Outcome {
    let digits = candidate.text.iter().filter(|b| b.is_ascii_digit()).count();
    // Korea.
    let telling = matches!(candidate.text, [b'M' | b'S' | b'R' | b'O' | b'D' | b'G', _, _, _, b'A'..=b'Z', ..] if digits == 7);
    if telling { if_named(candidate, true, PASSPORT.names) } else { only_named(candidate, digits >= 3, PASSPORT.names) }
}

/// United Kingdom: five letters of the name, the date of birth, initials and checks.
static UK_DRIVER: Rule = Rule::pii("uk_driver_licence", "DRIVER_LICENCE", uk_driver)
    .shaped(Shape::Forms(&["AXXXX000000XXXAA", "AXXXX 000000 XXXAA", "AXXXX 000000 XXX AA"]))
    .known_from("DVLA, driver number")
    .evidence(
        &["driving licence {uklicence}", "driver number: {uklicence}", "licence_number={uklicence}"],
        &["a{uklicence}", "driving licence {uklicence}1", "driving licence MORGA999999AB1CD"],
    );

fn uk_driver(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let [_, _, _, _, _, _, m1, m2, d1, d2, ..] = &*compact else { return Outcome::Reject };
    // Five is added to the first digit of the month for women.
    let month = matches!((m1, m2), (b'0' | b'5', b'1'..=b'9') | (b'1' | b'6', b'0'..=b'2'));
    let day = matches!((d1, d2), (b'0', b'1'..=b'9') | (b'1' | b'2', _) | (b'3', b'0' | b'1'));
    // Short names are filled up with nines.
    let name = compact.get(..5).unwrap_or_default();
    let name = name.iter().skip_while(|b| b.is_ascii_uppercase()).all(|b| *b == b'9');
    by_itself(candidate, name && month && day, LICENCE)
}

const LICENCE: &[&str] = &[
    "driver license",
    "driver licence",
    "drivers license",
    "drivers licence",
    "driver s license",
    "driver s licence",
    "driving license",
    "driving licence",
    "driver number",
    "licence number",
    "license number",
    "dl number",
    "dl no",
    "dl",
    "dln",
    "führerschein",
    "führerscheinnummer",
    "fahrerlaubnis",
    "운전면허",
    "permis de conduire",
    "permiso de conducir",
    "patente",
    "rijbewijs",
];

/// Formats of the states and of other countries, where a word says so.
static DRIVER_LICENCE: Rule = Rule::pii("driver_licence", "DRIVER_LICENCE", licence)
    .shaped(Shape::Forms(&[
        "0000000",
        "00000000",
        "000000000",
        "0000000000",
        "000000000000",
        "A0000",
        "A00000",
        "A000000",
        "A0000000",
        "A00000000",
        "A000000000",
        "A000000000000",
        "A0000000000000",
        "A00000000000000",
        "AA000000",
        "AA000000A",
        "AA0000000",
        "A000-0000-0000",
        "A000-000-00-000-0",
        "A0000-00000-00000",
        "00AAA00000",
        "000-00-0000",
        "00-000-0000",
        "AAA00AA000A",
        "AA00 00000000000",
        "AA00000000X",
        "AA0000000A",
        "U1XXXXXXXA",
        "00-00-000000-00",
        "AA0000000000000",
        "X00XXX00X00",
        "AAAAA000AA0A",
        "AAAA000A0A0A",
        "000AA0000",
        "0000000A",
        "000 000 000",
    ]))
    .needs_name_or_groups(LICENCE)
    .known_from("AAMVA DL/ID Card Design Standard; formats that the states publish")
    .evidence(
        &["driver license A{digits:7}", "Driver's License No: {digits:8}", "drivers_license=A{digits:12}"],
        &["A{digits:7}", "license {digits:8}", "driver {digits:8}"],
    );

fn licence(candidate: &Candidate<'_>) -> Outcome {
    let digits = candidate.text.iter().filter(|b| b.is_ascii_digit()).count();
    if digits >= 4 && near(candidate, LICENCE) {
        return Outcome::Found(Confidence::Medium);
    }
    let telling = match candidate.text {
        // Korea: the region that issued it.
        [b'1', b'1'..=b'9', b'-', ..] | [b'2', b'0'..=b'8', b'-', ..] if candidate.text.len() == 15 => {
            return Outcome::Found(Confidence::Low);
        }
        // Italy and Germany.
        [b'U', b'1', ..] => candidate.text.len() == 10,
        [a, b, ..] => a.is_ascii_uppercase() && b.is_ascii_uppercase() && matches!(candidate.text.len(), 10 | 11) && digits >= 7,
        _ => false,
    };
    if telling && alone(candidate) { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}
