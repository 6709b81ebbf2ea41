//! Where to reach a person by post. Reported only.

use super::near::near;
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&STREET_ADDRESS, &ADDRESS_FIELD, &ZIP_CODE];

/// A house number, a name and a word for a street.
static STREET_ADDRESS: Rule = Rule::pii("street_address", "ADDRESS", street)
    .low()
    .shaped(Shape::Street)
    .known_from("USPS Publication 28, street suffixes; Royal Mail Postcode Address File")
    .evidence(
        &["{digits:3} Elm Street", "lives at {digits:4} North Oak Avenue.", "ship to {two} High Road, London"],
        &["{digits:3} elm streets", "{digits:3} Street", "{digits:3} People Walk"],
    );

fn street(_: &Candidate<'_>) -> Outcome {
    Outcome::Found(Confidence::Medium)
}

/// The values of fields for addresses.
static ADDRESS_FIELD: Rule = Rule::pii("address_field", "ADDRESS", address)
    .low()
    .shaped(Shape::Field {
        names: &[
            "street address",
            "address line 1",
            "address line1",
            "address line 2",
            "address1",
            "home address",
            "mailing address",
            "shipping address",
            "billing address",
            "postal address",
            "residential address",
            "street",
            "street1",
            "adresse",
            "anschrift",
            "dirección",
            "direccion",
            "indirizzo",
        ],
        line: true,
    })
    .known_from("schema.org PostalAddress")
    .evidence(
        &["street_address: {two} {word:6}weg", "shipping address: {word:8} {digits:3}", "home_address={two} {word:6}"],
        &["address: {two} {word:6}", "street_address: {word:6}", "ip address: {digits:3}"],
    );

fn address(candidate: &Candidate<'_>) -> Outcome {
    let digits = candidate.text.iter().any(u8::is_ascii_digit);
    let letters = candidate.text.iter().filter(|b| b.is_ascii_alphabetic() || !b.is_ascii()).count();
    let marked = candidate.text.iter().any(|b| b"[{<@$/=".contains(b));
    if digits && letters >= 3 && !marked { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// Postcodes, where a word says so.
static ZIP_CODE: Rule = Rule::pii("zip_code", "ZIP_CODE", zip)
    .low()
    .shaped(Shape::Forms(&[
        "00000",
        "00000-0000",
        "A0 0AA",
        "A00 0AA",
        "AA0 0AA",
        "AA00 0AA",
        "A0A 0AA",
        "AA0A 0AA",
        "A0A 0A0",
        "A0A0A0",
        "0000 AA",
        "0000",
        "000000",
        "00-000",
        "00000-000",
        "000-0000",
    ]))
    .known_from("Universal Postal Union, postal addressing systems")
    .evidence(
        &["zip 9{digits:4}", "postcode SW{one} {one}AA", "postal_code=K{one}A {one}B{one}"],
        &["9{digits:4}", "unzip 9{digits:4}", "zip file {digits:3}"],
    );

fn zip(candidate: &Candidate<'_>) -> Outcome {
    let words = [
        "zip",
        "zip code",
        "zipcode",
        "postcode",
        "postal code",
        "post code",
        "postalcode",
        "plz",
        "postleitzahl",
        "code postal",
        "cep",
        "código postal",
        "pincode",
        "pin code",
    ];
    let near_text =
        Candidate { before: candidate.before.get(candidate.before.len().saturating_sub(24)..).unwrap_or_default(), ..*candidate };
    if near(&near_text, &words) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
