//! Amazon Web Services.

use crate::{
    detect::{
        checks::{self, distinct},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&ACCESS_KEY_ID, &SECRET_ACCESS_KEY];

/// Access key id: a four-letter type, then sixteen characters that hold the account number in base 32.
static ACCESS_KEY_ID: Rule = Rule::secret("aws_access_key_id", "AWS_ACCESS_KEY_ID")
    .issued_by("aws")
    .token(&["AKIA", "ASIA", "ABIA", "ACCA"], &[Alphabet::Base32.exactly(16)])
    .checked(access_key_id)
    .known_from("AWS IAM User Guide, unique identifiers")
    .evidence(
        &["AKIA{base32:16}", "key=ASIA{base32:16};", "the id is ABIA{base32:16}."],
        &["AKIA{base32:15}", "AKIA{base32:17}", "xAKIA{base32:16}", "akia{base32:16}"],
    );

fn access_key_id(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.ends_with(b"EXAMPLE") || checks::repetitive(candidate.text) {
        return Outcome::Placeholder;
    }
    Outcome::Found(Confidence::High)
}

/// Secret access key: 40 characters that only their name gives away.
static SECRET_ACCESS_KEY: Rule = Rule::secret("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY")
    .shaped(Shape::Keyed { words: &[&["secret", "key"]], body: Alphabet::Base64, least: 40, most: 40 })
    .checked(secret_access_key)
    .known_from("AWS IAM User Guide, access keys")
    .evidence(
        &["aws_secret_access_key = {base64:40}", "SecretAccessKey: {base64:40}", "export AWS_SECRET_ACCESS_KEY={base64:40}"],
        &["{base64:40}", "aws_secret_access_key = {hex:40}", "aws_secret_access_key = {base64:39}"],
    );

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
