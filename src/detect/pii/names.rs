//! Names of persons, by the words that lead to them. Reported only.

use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&FULL_NAME, &NAME, &PERSON_FIELD, &RECORD_NUMBER];

const LEADS: &[&str] = &[
    "Mr. ",
    "Mr ",
    "Mrs. ",
    "Mrs ",
    "Ms. ",
    "Ms ",
    "Dr. ",
    "Prof. ",
    "Herr ",
    "Frau ",
    "Monsieur ",
    "Madame ",
    "Dear ",
    "my name is ",
    "My name is ",
    "Name: ",
    "Regards,\n",
    "regards,\n",
    "Sincerely,\n",
    "sincerely,\n",
    "Cheers,\n",
];

const WORD: Part = Alphabet::Letters.between(2, 20);

/// Two capitalised words behind a title or a salutation.
static FULL_NAME: Rule = Rule::pii("person_full_name", "NAME", led)
    .low()
    .token(LEADS, &[WORD, Part::Text(" "), WORD])
    .known_from("forms of address in letters")
    .evidence(
        &["Mr. Ana B{word:6}", "my name is Tom K{word:5}.", "Kind regards,\nEva N{word:5}"],
        &["Mr. ana {word:6}", "Dear Hiring Manager", "my name is unknown here"],
    );

/// One capitalised word behind a title or a salutation.
static NAME: Rule =
    Rule::pii("person_led_name", "NAME", led).low().token(LEADS, &[WORD]).known_from("forms of address in letters").evidence(
        &["Mrs. B{word:6}", "my name is T{word:5}.", "Dear K{word:6}, hello"],
        &["Mr. {word:6}", "Dear Customer", "my name is not X{one}"],
    );

fn led(candidate: &Candidate<'_>) -> Outcome {
    // Salutations to nobody in particular.
    const NOBODY: &[&str] = &[
        "Sir",
        "Madam",
        "All",
        "Team",
        "Customer",
        "Hiring",
        "User",
        "Friend",
        "Friends",
        "Colleague",
        "Colleagues",
        "Support",
        "The",
        "Your",
        "Members",
        "Valued",
        "Everyone",
        "Editor",
        "Damen",
        "Diary",
        "God",
        "Lord",
        "Client",
        "Guest",
        "Reader",
        "Community",
    ];
    let name = |word: &[u8]| {
        matches!(word, [first, rest @ ..] if first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase))
            && !NOBODY.iter().any(|n| n.as_bytes() == word)
    };
    let lead = LEADS.iter().find(|lead| candidate.text.starts_with(lead.as_bytes())).map_or(0, |lead| lead.len());
    let named = candidate.text.get(lead..).unwrap_or_default();
    if named.split(|b| *b == b' ').all(name) { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}

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
