//! Australia, the Middle East and Africa.

use super::near::{Compact, if_named, if_named_or_grouped, only_named, short_date};
use crate::detect::{
    checks::luhn,
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&AU_TFN, &AU_ABN, &AU_ACN, &IL_ID, &AE_ID, &SA_ID, &ZA_ID, &NG_NIN];

/// Australia: tax files.
static AU_TFN: Rule = Rule::pii("au_tfn", "AU_TFN", tfn)
    .shaped(Shape::Forms(&["000 000 000", "000-000-000", "000000000", "00000000", "00 000 000"]))
    .needs_name(&["tfn", "tax file"])
    .known_from("Australian Taxation Office, TFN validation")
    .evidence(
        &["TFN {id:tfn}", "tax file number: {id:tfn:000 000 000}", "tfn={id:tfn}"],
        &["x {bad:tfn}", "x {id:tfn:000 000 000}", "tfn {id:tfn}1"],
    );

fn tfn(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::au_tfn(&Compact::of(candidate.text)), AU_TFN.names)
}

/// Australia: businesses.
static AU_ABN: Rule = Rule::pii("au_abn", "AU_ABN", abn)
    .shaped(Shape::Forms(&["00 000 000 000", "00000000000"]))
    .needs_name_or_groups(&["abn", "australian business"])
    .known_from("Australian Business Register, format of the ABN")
    .evidence(
        &["ABN {id:abn}", "{id:abn:00 000 000 000}", "abn={id:abn:00 000 000 000}"],
        &["x {bad:abn}", "x {id:abn}", "abn {id:abn}1"],
    );

fn abn(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::au_abn(&Compact::of(candidate.text)), AU_ABN.names)
}

/// Australia: companies.
static AU_ACN: Rule = Rule::pii("au_acn", "AU_ACN", acn)
    .shaped(Shape::Forms(&["000 000 000", "000000000"]))
    .needs_name(&["acn", "australian company"])
    .known_from("ASIC, Australian Company Number digit check")
    .evidence(
        &["ACN {id:acn}", "acn={id:acn}", "Australian Company Number {id:acn:000 000 000}"],
        &["x {bad:acn}", "x {id:acn:000 000 000}", "can {id:acn}"],
    );

fn acn(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::au_acn(&Compact::of(candidate.text)), AU_ACN.names)
}

/// Israel: identity numbers.
static IL_ID: Rule = Rule::pii("il_identity", "IL_IDENTITY", israel)
    .shaped(Shape::Forms(&["000000000", "0-0000000-0", "00000000-0"]))
    .needs_name(&["teudat zehut", "zehut", "תעודת זהות", "ת ז", "israeli id", "israel id"])
    .known_from("Population and Immigration Authority, teudat zehut")
    .evidence(
        &["teudat zehut {luhn:3:9}", "תעודת זהות {luhn:2:9}", "israeli_id={luhn:0:9}"],
        &["x {luhn:3:9}", "teudat zehut {luhn:3:8}", "zehut {luhn:3:9}1"],
    );

fn israel(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, luhn(&Compact::of(candidate.text)), IL_ID.names)
}

/// United Arab Emirates: identity cards.
static AE_ID: Rule = Rule::pii("ae_emirates_id", "AE_EMIRATES_ID", emirates)
    .shaped(Shape::Forms(&["784-0000-0000000-0", "784000000000000", "784 0000 0000000 0"]))
    .needs_name_or_groups(&["emirates id", "eid", "uae id", "هوية"])
    .known_from("Federal Authority for Identity, Emirates ID")
    .evidence(
        &["{emirates}", "Emirates ID {luhn:7841990:15}", "emirates_id={emirates}"],
        &["x {luhn:7841990:15}", "784-19{two}-{digits:7}-12", "Emirates ID {luhn:785:15}"],
    );

fn emirates(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, luhn(&Compact::of(candidate.text)), AE_ID.names)
}

/// Saudi Arabia: citizens and residents.
static SA_ID: Rule = Rule::pii("sa_national_id", "SA_NATIONAL_ID", saudi)
    .shaped(Shape::Forms(&["0000000000"]))
    .needs_name(&["iqama", "saudi id", "national id", "absher", "هوية"])
    .known_from("Absher, national identity and iqama numbers")
    .evidence(
        &["iqama {luhn:2:10}", "Saudi ID: {luhn:1:10}", "national_id={luhn:1:10}"],
        &["x {luhn:1:10}", "iqama {luhn:3:10}", "iqama {luhn:1:11}"],
    );

fn saudi(candidate: &Candidate<'_>) -> Outcome {
    let kind = matches!(candidate.text.first(), Some(b'1' | b'2'));
    only_named(candidate, kind && luhn(candidate.text), SA_ID.names)
}

/// South Africa: identity numbers.
static ZA_ID: Rule = Rule::pii("za_identity", "ZA_IDENTITY", south_africa)
    .shaped(Shape::Forms(&["0000000000000", "000000 0000 000"]))
    .needs_name_or_groups(&["south african id", "sa id", "rsa id", "id number", "identity number", "id no"])
    .known_from("Department of Home Affairs, South African identity number")
    .evidence(
        &["South African ID {id:za}", "RSA ID: {id:za:000000 0000 000}", "id_number={id:za}"],
        &["x {bad:za}", "x {id:za}", "rsa id {id:za}1"],
    );

fn south_africa(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let born = short_date(compact.get(..6).unwrap_or_default());
    let status = matches!(compact.get(10), Some(b'0' | b'1' | b'2'));
    if_named_or_grouped(candidate, born && status && luhn(&compact), ZA_ID.names)
}

/// Nigeria: national identification numbers.
static NG_NIN: Rule = Rule::pii("ng_nin", "NG_NIN", nin)
    .shaped(Shape::Forms(&["00000000000"]))
    .needs_name(&["nin", "national identification number", "national identity number"])
    .known_from("NIMC Act 2007, National Identification Number")
    .evidence(
        &["NIN {digits:11}", "nin={digits:11}", "National Identification Number: {digits:11}"],
        &["{digits:11}", "NIN {digits:10}", "begin nine {digits:11}"],
    );

fn nin(candidate: &Candidate<'_>) -> Outcome {
    match only_named(candidate, true, NG_NIN.names) {
        Outcome::Reject => if_named(candidate, checksums::verhoeff(candidate.text), NG_NIN.names),
        outcome => outcome,
    }
}
