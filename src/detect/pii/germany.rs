//! Germany: numbers of the tax office, of registers and of physicians.

use super::near::{by_itself, if_named, only_named};
use crate::{
    detect::{
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&DE_TAX_NUMBER, &DE_PHYSICIAN, &DE_PRACTICE, &DE_REGISTER];

/// Tax numbers of the offices of the states; the nationwide form has a nought in fifth place.
static DE_TAX_NUMBER: Rule = Rule::pii("de_tax_number", "DE_TAX_NUMBER", tax_number)
    .shaped(Shape::Forms(&[
        "000/000/00000",
        "00/000/00000",
        "000/0000/0000",
        "00/0000/0000",
        "00 000 00000",
        "000 000 00000",
        "000 0000 0000",
        "0000000000",
        "00000000000",
        "0000000000000",
    ]))
    .needs_name_or_groups(&["steuernummer", "steuer nr", "st nr", "stnr", "finanzamt", "tax number"])
    .known_from("ELSTER, Aufbau der Steuernummer")
    .evidence(
        &["{digits:3}/{digits:3}/{digits:5}", "Steuernummer {two} {digits:3} {digits:5}", "St.-Nr.: 91810{digits:8}"],
        &["{digits:3} {digits:3} {digits:5}", "x 91810{digits:8}", "Steuernummer {digits:8}"],
    );

fn tax_number(candidate: &Candidate<'_>) -> Outcome {
    let national = candidate.text.len() == 13 && (candidate.text.get(4) == Some(&b'0') || candidate.text.starts_with(b"0"));
    if candidate.text.contains(&b'/') {
        return by_itself(candidate, true, DE_TAX_NUMBER.names);
    }
    // The first two digits are those of the state: 10 to 32, or 40, 41, 91, 92.
    let state = matches!(
        candidate.text.get(..2),
        Some([b'0', b'1'..=b'9'] | [b'1' | b'2', _] | [b'3', b'0'..=b'2'] | b"40" | b"41" | b"91" | b"92")
    );
    if national && state {
        if_named(candidate, true, DE_TAX_NUMBER.names)
    } else {
        only_named(candidate, candidate.text.len() != 13, DE_TAX_NUMBER.names)
    }
}

/// Physicians: six digits, their check digit, and two for the field.
static DE_PHYSICIAN: Rule = Rule::phi("de_lanr", "DE_LANR", physician)
    .shaped(Shape::Forms(&["000000000"]))
    .needs_name(&["lanr", "arztnummer", "arztnr", "arzt nr"])
    .known_from("KBV, Arzt- und Betriebsstättennummern, SGB V section 75")
    .evidence(&["LANR 123456601", "Arztnummer: 999999901", "lanr=123456634"], &["x 123457601", "x 123456601", "planr 123456601"]);

fn physician(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::de_lanr(candidate.text), DE_PHYSICIAN.names)
}

/// Practices.
static DE_PRACTICE: Rule = Rule::phi("de_bsnr", "DE_BSNR", practice)
    .shaped(Shape::Forms(&["000000000"]))
    .needs_name(&["bsnr", "betriebsstättennummer", "betriebsstätte", "betriebsnummer"])
    .known_from("KBV, Arzt- und Betriebsstättennummern, SGB V section 75")
    .evidence(
        &["BSNR {digits:9}", "Betriebsstättennummer: {digits:9}", "bsnr={digits:9}"],
        &["BSNR {digits:8}", "x {digits:9}", "absnr {digits:9}"],
    );

fn practice(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, true, DE_PRACTICE.names)
}

/// Entries of the register of companies, which is public.
static DE_REGISTER: Rule = Rule::pii("de_handelsregister", "DE_HANDELSREGISTER", register)
    .low()
    .shaped(Shape::Forms(&["HRA 000", "HRA 0000", "HRA 00000", "HRA 000000", "HRA00000", "HRA000000"]))
    .known_from("Handelsregisterverordnung section 3")
    .evidence(
        &["HRB {digits:5}", "Amtsgericht Berlin, HRA {digits:6}", "hrb {digits:4}"],
        &["x HR {digits:5}", "HRC {digits:5}", "THRB {digits:5}"],
    );

fn register(candidate: &Candidate<'_>) -> Outcome {
    // Of merchants and of companies; in the form any letter fits.
    let part = candidate.text.get(2).is_some_and(|b| b"ABab".contains(b));
    if part { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
