//! Persons in the fields of records, and the numbers of the records. Reported only.

use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PERSON_FIELD, &RECORD_NUMBER];

/// Two capitalised words or more in a field for a person.
static PERSON_FIELD: Rule = Rule::pii("person_field", "NAME", person)
    .low()
    .shaped(Shape::Field {
        names: &[
            "patient",
            "customer",
            "employee",
            "passenger",
            "applicant",
            "beneficiary",
            "recipient",
            "tenant",
            "policyholder",
            "insured",
            "attn",
            "signed",
            "signed by",
            "next of kin",
            "emergency contact",
            "guardian",
            "spouse",
            "physician",
        ],
        line: false,
    })
    .known_from("HL7 FHIR, resource types of persons")
    .evidence(
        &["Patient: Ana B{word:6}", "customer=Tom K{word:5}", "\"recipient\": \"Eva N{word:5}\""],
        &["patient: {word:6}", "customer: cus_{base62:14}", "customers: Tom K{word:5}"],
    );

fn person(candidate: &Candidate<'_>) -> Outcome {
    let mut words = candidate.text.split(|b| *b == b' ');
    let name = |word: &[u8]| {
        word.first().is_some_and(|b| b.is_ascii_uppercase() || !b.is_ascii())
            && word.iter().all(|b| b.is_ascii_alphabetic() || b".'-".contains(b) || !b.is_ascii())
    };
    let count = words.clone().count();
    if (2..=4).contains(&count) && words.all(name) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// Numbers under which schools, employers and insurers know a person.
static RECORD_NUMBER: Rule = Rule::pii("person_record_number", "RECORD_NUMBER", record)
    .low()
    .shaped(Shape::Field {
        names: &[
            "employee id",
            "employee number",
            "employee no",
            "staff id",
            "staff number",
            "personnel number",
            "student id",
            "student number",
            "policy number",
            "policy no",
            "claim number",
            "claim id",
            "case number",
            "membership number",
            "badge number",
            "customer number",
            "loyalty number",
            "frequent flyer number",
            "voter number",
            "permit number",
            "inmate number",
        ],
        line: false,
    })
    .known_from("45 CFR 164.514(b)(2)(i); NIST SP 800-122 section 2.1")
    .evidence(
        &["Employee ID: EMP-{digits:5}", "student_id={digits:8}", "\"policy_number\": \"POL{digits:7}\""],
        &["employee_id: {word:6}", "student id: {digits:2}", "employees: {digits:8}"],
    );

fn record(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let code = text.iter().all(|b| b.is_ascii_alphanumeric() || b"-/".contains(b));
    if code && digits >= 4 && text.len() <= 20 { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}
