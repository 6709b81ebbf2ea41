//! Amazon Web Services.

use crate::{
    detect::{
        checks::distinct,
        rule::{Alphabet, Candidate, Outcome, Rule, Shape, Vendor},
    },
    finding::{Confidence, DataClass, Severity},
};

/// Access key id: a four-letter type, then sixteen characters that hold the account number in base 32.
pub(in crate::detect) static ACCESS_KEY_ID: Rule = Rule {
    id: "aws_access_key_id",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "AWS_ACCESS_KEY_ID",
    vendor: Vendor::Named("aws"),
    shape: Shape::Token { prefixes: &["AKIA", "ASIA", "ABIA", "ACCA"], body: Alphabet::Base32, min: 16, max: 16 },
    source: "AWS IAM User Guide, unique identifiers",
    positives: &["AKIA{base32:16}", "key=ASIA{base32:16};", "the id is ABIA{base32:16}."],
    negatives: &["AKIA{base32:15}", "AKIA{base32:17}", "xAKIA{base32:16}", "akia{base32:16}"],
    check: access_key_id,
}
.with_evidence();

fn access_key_id(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.ends_with(b"EXAMPLE") || super::repetitive(candidate.text) {
        return Outcome::Placeholder;
    }
    Outcome::Found(Confidence::High)
}

/// Secret access key: 40 characters that only their name gives away.
pub(in crate::detect) static SECRET_ACCESS_KEY: Rule = Rule {
    id: "aws_secret_access_key",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "AWS_SECRET_ACCESS_KEY",
    vendor: Vendor::None,
    shape: Shape::Keyed { words: &["secret", "key"], body: Alphabet::Base64, length: 40 },
    source: "AWS IAM User Guide, access keys",
    positives: &[
        "aws_secret_access_key = {base64:40}",
        "SecretAccessKey: {base64:40}",
        "export AWS_SECRET_ACCESS_KEY={base64:40}",
    ],
    negatives: &["{base64:40}", "aws_secret_access_key = {hex:40}", "aws_secret_access_key = {base64:39}"],
    check: secret_access_key,
}
.with_evidence();

fn secret_access_key(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let has = |class: fn(&u8) -> bool| text.iter().any(class);
    let mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    if !mixed || distinct(text) < 16 {
        return Outcome::Reject;
    }
    if text.ends_with(b"EXAMPLEKEY") {
        return Outcome::Placeholder;
    }
    Outcome::Found(Confidence::Medium)
}
