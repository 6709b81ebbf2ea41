//! Amazon Web Services.

use crate::{
    detect::{
        checks::{self, base64, distinct},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

use super::{keyed, shared};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&ACCESS_KEY_ID, &SECRET_ACCESS_KEY, &SESSION_TOKEN, &BEDROCK_KEY, &BEDROCK_SHORT_TERM_KEY, &MWS_TOKEN, &PRESIGNED_URL];

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

/// Session tokens of temporary credentials: base64 of a record that names its origin.
static SESSION_TOKEN: Rule = Rule::secret("aws_session_token", "AWS_SESSION_TOKEN")
    .issued_by("aws")
    .token(&["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "FQoDYXdz"], &[Alphabet::Base64.between(100, 4096)])
    .checked(checks::distinctive)
    .known_from("AWS IAM User Guide, temporary security credentials (the record inside is not documented)")
    .evidence(
        &[
            "IQoJb3JpZ2lu{base64:300}",
            "AWS_SESSION_TOKEN=FwoGZXIvYXdz{base64:500}",
            "x-amz-security-token: FQoGZXIvYXdz{base64:340}==",
        ],
        &["IQoJb3JpZ2lu", "FwoGZXIvYXdz{base64:40}", "aIQoJb3JpZ2lu{base64:300}"],
    );

/// Long-term keys for Amazon Bedrock.
static BEDROCK_KEY: Rule = Rule::secret("aws_bedrock_key", "AWS_BEDROCK_KEY")
    .issued_by("aws")
    .token(&["ABSK"], &[Alphabet::Base64.between(100, 280)])
    .checked(bedrock_key)
    .known_from("Amazon Bedrock User Guide, API keys")
    .evidence(
        &[
            "ABSK{base64of:BedrockAPIKey-:128}",
            "AWS_BEARER_TOKEN_BEDROCK=ABSK{base64of:BedrockAPIKey-:128}",
            "\"ABSK{base64:120}=\"",
        ],
        &["ABSK{base64:40}", "xABSK{base64:128}", "absk{base64:128}"],
    );

fn bedrock_key(candidate: &Candidate<'_>) -> Outcome {
    let named = candidate.text.get(4..).and_then(base64).is_some_and(|text| text.starts_with(b"BedrockAPIKey-"));
    if named { checks::distinctive(candidate) } else { shared::mixed(candidate) }
}

/// Short-term keys for Amazon Bedrock: a presigned URL in base64.
static BEDROCK_SHORT_TERM_KEY: Rule = Rule::secret("aws_bedrock_short_term_key", "AWS_BEDROCK_KEY")
    .issued_by("aws")
    .token(&["bedrock-api-key-"], &[Alphabet::Base64.between(100, 8192)])
    .checked(checks::distinctive)
    .known_from("Amazon Bedrock User Guide, API keys")
    .evidence(
        &[
            "bedrock-api-key-{base64of:bedrock.amazonaws.com/?Action=CallWithBearerToken:600}",
            "Bearer bedrock-api-key-{base64:900}",
            "token=bedrock-api-key-{base64:700}==",
        ],
        &["bedrock-api-key-", "bedrock-api-key-rotation", "my_bedrock-api-key-{base64:300}_"],
    );

/// Tokens of the retired Marketplace Web Service.
static MWS_TOKEN: Rule = Rule::secret("aws_mws_token", "AWS_MWS_TOKEN")
    .issued_by("aws")
    .token(&["amzn.mws."], &keyed::UUID)
    .checked(checks::distinctive)
    .known_from("Amazon MWS Developer Guide, MWSAuthToken")
    .evidence(
        &["amzn.mws.{uuid}", "MWSAuthToken=amzn.mws.{uuid}", "\"amzn.mws.{uuid}\""],
        &["amzn.mws.", "amzn.mws.{hex:32}", "amzn.mws.{uuid}0"],
    );

/// Presigned URLs of S3 and its relatives: whoever holds the signature may do what it signs.
static PRESIGNED_URL: Rule = Rule::secret("aws_presigned_signature", "AWS_PRESIGNED_SIGNATURE")
    .issued_by("s3")
    .shaped(Shape::Keyed { words: &[&["xamzsignature"]], body: Alphabet::Hex, least: 64, most: 64 })
    .known_from("Amazon S3 API Reference, authenticating requests by query parameters")
    .evidence(
        &[
            "https://bucket.s3.amazonaws.com/a?X-Amz-Credential=x&X-Amz-Signature={hex:64}",
            "X-Amz-Signature={hex:64}",
            "see https://files.example/a?X-Amz-Date=20260101T000000Z&X-Amz-Signature={hex:64}&x-id=GetObject",
        ],
        &["X-Amz-Signature={hex:63}", "X-Amz-Content-Sha256: {hex:64}", "signature={hex:64}"],
    );
