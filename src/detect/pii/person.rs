//! Who and when and where: names, dates of birth, positions. Reported only.

use super::near::{date, near};
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PERSON_NAME, &USER_NAME, &BIRTH_DATE, &GPS_LOCATION];

/// The values of fields for names.
static PERSON_NAME: Rule = Rule::pii("person_name", "NAME", name)
    .low()
    .shaped(Shape::Field {
        names: &[
            "first name",
            "last name",
            "full name",
            "middle name",
            "given name",
            "family name",
            "surname",
            "maiden name",
            "firstname",
            "lastname",
            "fullname",
            "customer name",
            "patient name",
            "cardholder name",
            "cardholder",
            "account holder",
            "employee name",
            "contact name",
            "recipient name",
            "legal name",
            "vorname",
            "nachname",
            "prénom",
            "nombre",
            "apellido",
            "cognome",
            "mother s maiden name",
        ],
        line: false,
    })
    .known_from("schema.org Person; vCard, RFC 6350 section 6.2")
    .evidence(
        &["first_name: {word:7}", "last_name={word:8}", "full_name: \"Ana {word:6}\""],
        &["file_name: {word:7}", "first_name: null", "first_name: {digits:4}"],
    );

fn name(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let letters = text.iter().all(|b| b.is_ascii_alphabetic() || b" .'-".contains(b) || !b.is_ascii());
    let starts = text.first().is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    if letters && starts && (2..=64).contains(&text.len()) && !is_type(text) {
        Outcome::Found(Confidence::Medium)
    } else {
        Outcome::Reject
    }
}

/// Words that stand in schemas and empty records.
fn is_type(text: &[u8]) -> bool {
    let words = [
        "null",
        "none",
        "undefined",
        "true",
        "false",
        "string",
        "str",
        "text",
        "varchar",
        "required",
        "optional",
        "unknown",
        "nil",
        "self",
        "this",
        "value",
        "name",
        "object",
        "number",
        "is",
        "and",
        "or",
        "the",
        "a",
    ];
    words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes())) || text.windows(2).any(|w| w == b"..")
}

/// The values of fields for handles.
static USER_NAME: Rule = Rule::pii("user_name", "USERNAME", user_name)
    .low()
    .shaped(Shape::Field {
        names: &[
            "username",
            "user name",
            "screen name",
            "screenname",
            "twitter handle",
            "instagram handle",
            "twitter",
            "instagram",
            "login name",
            "nickname",
        ],
        line: false,
    })
    .known_from("schema.org alternateName; SCIM, RFC 7643 section 4.1.1")
    .evidence(
        &["username: {word:7}", "user_name={word:6}{two}", "\"screen_name\": \"{word:8}\""],
        &["username: null", "username: ${USER}", "usernames {word:6}"],
    );

fn user_name(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let plain = text.iter().all(|b| b.is_ascii_alphanumeric() || b"_.-@".contains(b) || !b.is_ascii());
    let starts = text.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'@' || !b.is_ascii());
    let whole = text.iter().filter(|b| **b == b'@').count() <= 1 && (2..=48).contains(&text.len());
    if plain && starts && whole && !is_type(text) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// A date beside a word for birth.
static BIRTH_DATE: Rule = Rule::pii("birth_date", "DATE_OF_BIRTH", birth)
    .low()
    .shaped(Shape::Forms(&[
        "0000-00-00",
        "0000/00/00",
        "0000.00.00",
        "00/00/0000",
        "00-00-0000",
        "00.00.0000",
        "0/00/0000",
        "00/0/0000",
        "0/0/0000",
        "00/00/00",
        "00-00-00",
        "00.00.00",
        "00000000",
        "00 AAA 0000",
        "0 AAA 0000",
        "00-AAA-0000",
        "00 AAAA 0000",
        "0 AAAA 0000",
        "00 AAAAA 0000",
        "0 AAAAA 0000",
        "00 AAAAAA 0000",
        "0 AAAAAA 0000",
        "00 AAAAAAA 0000",
        "0 AAAAAAA 0000",
        "00 AAAAAAAA 0000",
        "0 AAAAAAAA 0000",
        "00 AAAAAAAAA 0000",
        "0 AAAAAAAAA 0000",
        "AAA 0, 0000",
        "AAA 00, 0000",
        "AAAA 0, 0000",
        "AAAA 00, 0000",
        "AAAAA 0, 0000",
        "AAAAA 00, 0000",
        "AAAAAA 0, 0000",
        "AAAAAA 00, 0000",
        "AAAAAAA 0, 0000",
        "AAAAAAA 00, 0000",
        "AAAAAAAA 0, 0000",
        "AAAAAAAA 00, 0000",
        "AAAAAAAAA 0, 0000",
        "AAAAAAAAA 00, 0000",
    ]))
    .needs_name(&[
        "dob",
        "d o b",
        "date of birth",
        "birth date",
        "birthdate",
        "birthday",
        "born",
        "born on",
        "birth",
        "dateofbirth",
        "geboren",
        "geburtsdatum",
        "né le",
        "fecha de nacimiento",
        "data di nascita",
    ])
    .known_from("ISO 8601; HL7 FHIR Patient.birthDate")
    .evidence(
        &[
            "DOB: 19{born:-}",
            "born 0{one}/1{one}/19{two}",
            "date_of_birth=0{one}.0{one}.19{two}",
            "born on 1{one} March 19{two}",
            "Date of birth: April 1{one}, 19{two}",
        ],
        &["19{born:-}", "DOB: 1985-13-45", "reborn 19{born:-}"],
    );

fn birth(candidate: &Candidate<'_>) -> Outcome {
    if is_date(candidate.text) && near(candidate, BIRTH_DATE.names) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

fn is_date(text: &[u8]) -> bool {
    let mut parts = text.split(|b| !b.is_ascii_alphanumeric());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if year.len() == 4 => date(year, month, day),
        (Some(day), Some(month), Some(year)) if month.first().is_some_and(u8::is_ascii_alphabetic) => {
            let months = [&b"jan"[..], b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
            let head = month.get(..3).unwrap_or_default().to_ascii_lowercase();
            months.contains(&&*head) && date(year, b"01", day)
        }
        // `March 3, 1990`; the comma and the space part once.
        (Some(month), Some(day), Some(b"")) if month.first().is_some_and(u8::is_ascii_alphabetic) => {
            parts.next().is_some_and(|year| date(year, b"01", day))
        }
        (Some(first), Some(second), Some(year)) => date(year, second, first) || date(year, first, second),
        (Some(compact), None, None) => {
            let part = |from: usize, to: usize| compact.get(from..to).unwrap_or_default();
            date(part(0, 4), part(4, 6), part(6, 8)) || date(part(4, 8), part(2, 4), part(0, 2))
        }
        _ => false,
    }
}

/// A latitude or longitude of four places or more, beside a word for it.
static GPS_LOCATION: Rule =
    Rule::pii("gps_location", "GPS_LOCATION", gps).low().shaped(Shape::Decimal).known_from("ISO 6709").evidence(
        &["lat: 52.{digits:5}", "latitude={two}.{digits:6}", "gps 48.{digits:4}, 11.{digits:4}"],
        &["52.{digits:5}", "flat 52.{digits:5}", "lat: 52.{digits:3}"],
    );

fn gps(candidate: &Candidate<'_>) -> Outcome {
    let whole = candidate.text.iter().take_while(|b| **b != b'.').fold(0u32, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0')));
    let words = ["lat", "lon", "lng", "long", "latitude", "longitude", "gps", "latlng"];
    if whole <= 180 && near(candidate, &words) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
