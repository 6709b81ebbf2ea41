//! Where to reach a person by post. Reported only.

use super::near::{alone, close, in_prose};
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
        "AA 00000",
        "AA 00000-0000",
    ]))
    .known_from("Universal Postal Union, postal addressing systems")
    .evidence(
        &["zip 9{digits:4}", "postcode SW{one} {one}AA", "postal_code=K{one}A {one}B{one}"],
        &["x 9{digits:4}", "unzip 9{digits:4}", "zip file {digits:3}"],
    );

/// Letters of the areas of the Royal Mail.
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// United States: states, the district and the territories.
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI";

/// Codes that are like nothing else: of the United Kingdom, and of the United States behind a state.
fn telling(text: &[u8]) -> bool {
    let letters = text.iter().take(2).take_while(|b| b.is_ascii_uppercase()).count();
    let listed = |list: &str| list.as_bytes().split(|b| *b == b' ').any(|area| Some(area) == text.get(..letters));
    match text {
        [_, _, b' ', rest @ ..] if rest.len() >= 5 => listed(STATES),
        [.., b' ', inward, a, b] => {
            inward.is_ascii_digit() && listed(AREAS) && ![a, b].iter().any(|l| b"CIKMOV".contains(l) || !l.is_ascii_uppercase())
        }
        _ => false,
    }
}

fn zip(candidate: &Candidate<'_>) -> Outcome {
    let first = candidate.text.first().is_some_and(|b| (b'1'..=b'9').contains(b));
    let code = first && matches!(candidate.text.len(), 5 | 10) && !candidate.text.contains(&b'.');
    if in_prose(candidate) && (telling(candidate.text) || (code && alone(candidate))) {
        return Outcome::Found(Confidence::Low);
    }
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
    if close(candidate, &words) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
