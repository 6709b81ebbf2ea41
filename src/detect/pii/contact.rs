//! How to reach a person: telephone, post. Reported only.

use super::near::{Compact, close, near};
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&PHONE_INTERNATIONAL, &PHONE_US, &PHONE_NATIONAL, &STREET_ADDRESS, &ADDRESS_FIELD, &ZIP_CODE];

/// `+`, a country and a number.
static PHONE_INTERNATIONAL: Rule = Rule::pii("phone", "PHONE", international)
    .low()
    .shaped(Shape::Phone)
    .known_from("ITU-T E.164 and its list of country codes")
    .evidence(
        &["+44 20 7{digits:3} {digits:4}", "call +1 (415) 6{two}-{digits:4}", "tel:+4930{digits:7}"],
        &["+{digits:5}", "+999 {digits:9}", "a+{digits:10}"],
    );

fn international(candidate: &Candidate<'_>) -> Outcome {
    let digits = Compact::of(candidate.text);
    let country = match &*digits {
        [b'1', area, _, _, exchange, ..] => digits.len() == 11 && *area >= b'2' && *exchange >= b'2',
        [b'7', b'3'..=b'9', ..] => digits.len() == 11,
        [b'2', b'0' | b'7', ..] | [b'3', b'0'..=b'4' | b'6' | b'9', ..] | [b'4', b'0' | b'1' | b'3'..=b'9', ..] => true,
        [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => true,
        [b'2', b'1' | b'2' | b'3' | b'4' | b'5' | b'6' | b'9', ..] | [b'3', b'5' | b'7' | b'8', ..] | [b'4', b'2', ..] => true,
        [b'5', b'0' | b'9', ..] | [b'6', b'7'..=b'9', ..] | [b'8', b'0' | b'5' | b'7' | b'8', ..] | [b'9', b'6' | b'7', ..] => {
            true
        }
        [b'9', b'9', b'2'..=b'6' | b'8', ..] => true,
        _ => false,
    };
    if country { found(&digits) } else { Outcome::Reject }
}

/// `555-01XX` is kept free for fiction.
fn found(digits: &[u8]) -> Outcome {
    let national = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let fiction = national.get(3..8) == Some(b"55501") && (digits.len() == 10 || digits.starts_with(b"1"));
    if fiction { Outcome::Placeholder } else { Outcome::Found(Confidence::High) }
}

/// Numbers of the North American plan.
static PHONE_US: Rule = Rule::pii("phone_us", "PHONE", us)
    .low()
    .shaped(Shape::Forms(&[
        "(000) 000-0000",
        "(000)000-0000",
        "(000) 000 0000",
        "000-000-0000",
        "000.000.0000",
        "000 000 0000",
        "1-000-000-0000",
        "1 000 000 0000",
        "1 (000) 000-0000",
        "1.000.000.0000",
        "0000000000",
        "10000000000",
        "(000) 000.0000",
    ]))
    .known_from("North American Numbering Plan Administrator, NXX-NXX-XXXX")
    .evidence(
        &["(415) 6{two}-{digits:4}", "415-6{two}-{digits:4}", "phone 4156{two}{digits:4}"],
        &["4156{two}{digits:4}", "(115) 6{two}-{digits:4}", "415-0{two}-{digits:4}"],
    );

const WORDS: &[&str] = &[
    "phone",
    "phone number",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "fax",
    "whatsapp",
    "sms",
    "contact number",
    "contact no",
    "telefon",
    "handy",
    "mobil",
    "téléphone",
    "teléfono",
    "telefono",
    "celular",
    "portable",
    "call",
    "dial",
    "reach me at",
    "text me at",
    "hotline",
    "phone no",
    "msisdn",
    "gsm",
    "cep telefonu",
    "電話",
    "전화",
    "电话",
    "mobile number",
    "phonenumber",
    "telefone",
];

fn us(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let ten = compact.get(compact.len().saturating_sub(10)..).unwrap_or_default();
    let valid = matches!(ten, [b'2'..=b'9', _, second, b'2'..=b'9', ..] if *second != b'9' || ten.get(1) != Some(&b'9'));
    let grouped = candidate.text.len() != compact.len();
    // Spaces alone group any number.
    let telling = grouped && candidate.text.iter().any(|b| b"-.(".contains(b));
    if after_country(candidate.before) {
        return Outcome::Reject;
    }
    if valid && (telling || near(candidate, WORDS)) { found(&compact) } else { Outcome::Reject }
}

/// `+1 ` stands before: an international number, which has its own rule.
fn after_country(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(6)..).unwrap_or_default();
    let mut rest = near.iter().rev().skip_while(|b| b" -.(".contains(b)).skip_while(|b| b.is_ascii_digit());
    near.last().is_some_and(|b| b" -.(".contains(b)) && rest.next() == Some(&b'+')
}

/// Numbers of other national plans, where a word says so.
static PHONE_NATIONAL: Rule = Rule::pii("phone_national", "PHONE", national)
    .low()
    .shaped(Shape::Digits)
    .known_from("national numbering plans as deposited with the ITU")
    .evidence(
        &["mobile 07{digits:9}", "Telefon: 030 {digits:8}", "phone=06{digits:8}", "tel 98{digits:8}"],
        &["07{digits:9}", "phone {digits:4}", "version 07{digits:9}"],
    );

fn national(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = matches!(
        (&*compact, compact.len()),
        ([b'0', b'1'..=b'9', ..], 9..=12) | ([b'0', b'0', b'1'..=b'9', ..], 10..=15) | ([b'6'..=b'9', ..], 9 | 10)
    );
    if valid && near(candidate, WORDS) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

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
    if close(candidate, 24, &words) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
