//! Health data: numbers of patients, prescribers and diagnoses.

use super::near::{Compact, by_itself, if_named, if_named_or_grouped, near, only_named};
use crate::{
    detect::{
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&US_NPI, &US_DEA, &US_MEDICARE, &MEDICAL_RECORD, &HEALTH_MEMBER, &ICD_10, &AU_MEDICARE, &DE_HEALTH];

/// National provider identifiers.
static US_NPI: Rule = Rule::phi("us_npi", "NPI", npi)
    .shaped(Shape::Forms(&["0000000000"]))
    .needs_name(&["npi", "national provider", "provider identifier"])
    .known_from("45 CFR 162.406; CMS, NPI check digit")
    .evidence(
        &["NPI {id:npi}", "provider_npi={id:npi}", "National Provider Identifier: {id:npi}"],
        &["x {bad:npi}", "x {id:npi}", "npi {id:npi}4"],
    );

fn npi(candidate: &Candidate<'_>) -> Outcome {
    let valid = matches!(candidate.text.first(), Some(b'1' | b'2')) && checksums::us_npi(candidate.text);
    if_named(candidate, valid, US_NPI.names)
}

/// Registration numbers of prescribers.
static US_DEA: Rule = Rule::phi("us_dea", "DEA_NUMBER", dea)
    .shaped(Shape::Forms(&["AX0000000"]))
    .needs_name(&["dea", "prescriber"])
    .known_from("21 CFR 1301; DEA Diversion Control, registration numbers")
    .evidence(&["DEA: {id:dea}", "dea_number={id:dea}", "DEA number {id:dea}"], &["x {bad:dea}", "x {id:dea}", "dea {id:dea}1"]);

fn dea(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let letter = compact.first().is_some_and(|b| b"ABCDEFGHJKLMPRSTUX".contains(b));
    if_named(candidate, letter && checksums::us_dea(compact.get(2..).unwrap_or_default()), US_DEA.names)
}

/// Medicare beneficiary identifiers.
static US_MEDICARE: Rule = Rule::phi("us_medicare", "MEDICARE_NUMBER", medicare)
    .shaped(Shape::Forms(&["0AX0AX0AA00", "0AX0-AX0-AA00"]))
    .needs_name_or_groups(&["mbi", "medicare", "beneficiary"])
    .known_from("CMS, Understanding the Medicare Beneficiary Identifier format")
    .evidence(
        &["MBI {id:mbi}", "Medicare number: {id:mbi:0000-000-0000}", "medicare_id={id:mbi}"],
        &["x {id:mbi}", "MBI 1SG4TE5MK7", "mbi {id:mbi}9"],
    );

fn medicare(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let letters = !compact.iter().any(|b| b"SLOIBZ".contains(b)) && !compact.starts_with(b"0");
    if candidate.text.len() > 11 {
        return by_itself(candidate, letters, &["mbi", "medicare"]);
    }
    if_named(candidate, letters, US_MEDICARE.names)
}

/// Numbers of medical records, where a word says so.
static MEDICAL_RECORD: Rule = Rule::phi("medical_record", "MEDICAL_RECORD", record)
    .shaped(Shape::Forms(&[
        "00000",
        "000000",
        "0000000",
        "00000000",
        "000000000",
        "0000000000",
        "00-00-00",
        "000-00-0000",
        "000-000-000",
        "A00000",
        "A000000",
        "A0000000",
        "A00000000",
        "AA000000",
        "AA0000000",
        "AAA000000",
        "AAA0000000",
        "MRN-000000",
        "MRN-0000000",
        "MRN-00000000",
        "MRN000000",
        "MRN0000000",
        "MRN00000000",
    ]))
    .needs_name(&["mrn", "medical record", "medical record number", "patient id", "patient number", "patient no", "chart number"])
    .known_from("45 CFR 164.514(b)(2)(i)(H)")
    .evidence(
        &["MRN: {digits:8}", "medical record number {digits:7}", "patient_id=A{digits:7}", "mrn MRN-{digits:6}"],
        &["{digits:8}", "record {digits:8}", "mrna {digits:7}"],
    );

fn record(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, true, MEDICAL_RECORD.names)
}

/// Numbers of members of a health plan.
static HEALTH_MEMBER: Rule = Rule::phi("health_plan_member", "HEALTH_PLAN_NUMBER", member)
    .shaped(Shape::Forms(&[
        "00000000",
        "000000000",
        "0000000000",
        "00000000000",
        "000000000000",
        "A00000000",
        "A000000000",
        "AA00000000",
        "AAA000000",
        "AAA0000000",
        "AAA00000000",
        "AAA000000000",
        "AAA000A00000",
    ]))
    .needs_name(&[
        "member id",
        "insurance id",
        "health plan",
        "subscriber id",
        "policy holder id",
        "insurance number",
        "beneficiary id",
    ])
    .known_from("45 CFR 164.514(b)(2)(i)(I)")
    .evidence(
        &["insurance id: XWA{digits:9}", "health plan number {digits:10}", "member_id={digits:9}"],
        &["{digits:9}", "members {word:3}", "insured for {digits:3}"],
    );

fn member(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, true, HEALTH_MEMBER.names)
}

/// Codes of diagnoses.
static ICD_10: Rule = Rule::phi("icd10_code", "DIAGNOSIS", icd)
    .shaped(Shape::Forms(&["A0X", "A0X.X", "A0X.XX", "A0X.XXX", "A0X.XXXX"]))
    .needs_name(&["icd", "icd 10", "icd10", "diagnosis", "diagnosis code", "diagnoses", "dx", "icd 10 cm", "icd code"])
    .known_from("WHO, ICD-10; CMS, ICD-10-CM")
    .evidence(
        &["ICD-10: E{two}.9", "diagnosis code J{two}.0", "dx=M{two}.5"],
        &["E{two}.9", "diagnosis pending 12", "room A{two}"],
    );

fn icd(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let third = text.get(2).is_some_and(|b| b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'A') || b.eq_ignore_ascii_case(&b'B'));
    let upper = text.first().is_some_and(u8::is_ascii_uppercase);
    if upper && third && near(candidate, ICD_10.names) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Australian Medicare cards.
static AU_MEDICARE: Rule = Rule::phi("au_medicare", "MEDICARE_NUMBER", au_medicare)
    .shaped(Shape::Forms(&["0000 00000 0", "0000-00000-0", "0000000000", "00000000000"]))
    .needs_name_or_groups(&["medicare"])
    .known_from("Services Australia, Medicare card number check digit")
    .evidence(
        &["Medicare {id:au_medicare}", "medicare card {id:au_medicare:0000 00000 0}", "medicare_no={id:au_medicare}"],
        &["x {id:au_medicare}", "x 9{digits:9}", "medicare {id:au_medicare:0000 00000 0}-x"],
    );

fn au_medicare(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = checksums::au_medicare(&compact);
    if compact.len() == 11 {
        return only_named(candidate, valid, AU_MEDICARE.names);
    }
    if_named_or_grouped(candidate, valid, AU_MEDICARE.names)
}

/// German health insurance numbers.
static DE_HEALTH: Rule = Rule::phi("de_health_insurance", "HEALTH_INSURANCE_NUMBER", de_health)
    .shaped(Shape::Forms(&["A000000000"]))
    .needs_name(&[
        "kvnr",
        "versichertennummer",
        "krankenversichertennummer",
        "krankenversicherungsnummer",
        "krankenversicherung",
        "krankenkasse",
        "egk",
    ])
    .known_from("SGB V section 290; GKV-Spitzenverband, Krankenversichertennummer")
    .evidence(
        &["KVNR {id:kvnr}", "Versichertennummer: {id:kvnr}", "krankenversicherungsnummer={id:kvnr}"],
        &["x {bad:kvnr}", "x {id:kvnr}", "kvnr {id:kvnr}1"],
    );

fn de_health(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::de_health(&Compact::of(candidate.text)), DE_HEALTH.names)
}
