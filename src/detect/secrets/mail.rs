//! Mail and messages to phones.

use super::shared;
use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Part, Shape, parts_length},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &TWILIO_KEY,
    &TWILIO_SECRET,
    &SENDGRID,
    &MAILGUN,
    &MAILGUN_SIGNING,
    &MAILCHIMP,
    &MAILJET,
    &BREVO,
    &POSTMARK,
    &RESEND,
    &MAILERSEND,
    &KLAVIYO,
];

/// The prefixes of Twilio's key ids with the first digit after them.
macro_rules! before_hex {
    ($head:literal) => {
        &[
            concat!($head, "0"),
            concat!($head, "1"),
            concat!($head, "2"),
            concat!($head, "3"),
            concat!($head, "4"),
            concat!($head, "5"),
            concat!($head, "6"),
            concat!($head, "7"),
            concat!($head, "8"),
            concat!($head, "9"),
            concat!($head, "a"),
            concat!($head, "b"),
            concat!($head, "c"),
            concat!($head, "d"),
            concat!($head, "e"),
            concat!($head, "f"),
        ]
    };
}

/// Ids of Twilio API keys. Account ids (`AC…`) are no secrets: they stand in the path of every call.
static TWILIO_KEY: Rule = Rule::secret("twilio_api_key", "TWILIO_KEY")
    .issued_by("twilio")
    .token(before_hex!("SK"), &[Alphabet::Hex.exactly(31)])
    .known_from("Twilio Docs, API keys overview")
    .evidence(
        &["SK{hex:32}", "TWILIO_API_KEY=SK{hex:32}", "curl -u SK{hex:32}:secret"],
        &["SK{hex:31}", "AC{hex:32}", "TASK{hex:32}"],
    );

/// Auth tokens and the secrets of API keys.
static TWILIO_SECRET: Rule = Rule::secret("twilio_secret", "TWILIO_SECRET")
    .issued_by("twilio")
    .shaped(Shape::Keyed {
        words: &[&["twilio", "token"], &["twilio", "secret"], &["twilio", "password"]],
        body: Alphabet::Alphanumeric,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("Twilio Docs, auth tokens and how to change them; API keys overview")
    .evidence(
        &["TWILIO_AUTH_TOKEN={hex:32}", "twilio api secret: {base62:32}", "twilio.authToken = \"{hex:32}\""],
        &["{hex:32}", "twilio message {hex:32}", "TWILIO_AUTH_TOKEN={hex:31}"],
    );

/// SendGrid.
static SENDGRID: Rule = Rule::secret("sendgrid_key", "SENDGRID_KEY")
    .issued_by("sendgrid")
    .token(&["SG."], &[Alphabet::Base64Url.exactly(22), Part::Text("."), Alphabet::Base64Url.exactly(43)])
    .checked(checks::distinctive)
    .known_from("Twilio SendGrid documentation, API keys")
    .evidence(
        &[
            "SG.{base64url:22}.{base64url:43}",
            "SENDGRID_API_KEY=SG.{base64url:22}.{base64url:43}",
            "Bearer SG.{base64url:22}.{base64url:43}",
        ],
        &["SG.{base64url:22}", "SG.{base64url:20}.{base64url:43}", "MSG.{base64url:22}.{base64url:43}"],
    );

/// Mailgun keys of the first generation.
static MAILGUN: Rule = Rule::secret("mailgun_key", "MAILGUN_KEY")
    .issued_by("mailgun")
    .token(&["key-"], &[Alphabet::Hex.exactly(32)])
    .known_from("Mailgun documentation, API authentication")
    .evidence(
        &["key-{hex:32}", "curl -u 'api:key-{hex:32}'", "MAILGUN_API_KEY=key-{hex:32}"],
        &["key-{hex:31}", "key-{hex:33}", "monkey-{hex:32}"],
    );

/// Mailgun keys of the second generation, and signing keys.
static MAILGUN_SIGNING: Rule = Rule::secret("mailgun_signing_key", "MAILGUN_KEY")
    .issued_by("mailgun")
    .shaped(Shape::Keyed { words: &[&["mailgun"]], body: Alphabet::Dashed, least: 50, most: 50 })
    .checked(mailgun_signing)
    .known_from("Mailgun documentation, API authentication; form as observed")
    .evidence(
        &[
            "MAILGUN_KEY={hex:32}-{hex:8}-{hex:8}",
            "mailgun signing key: {hex:32}-{hex:8}-{hex:8}",
            "mailgun = '{hex:32}-{hex:8}-{hex:8}'",
        ],
        &["{hex:32}-{hex:8}-{hex:8}", "MAILGUN_KEY={hex:32}-{hex:17}", "mailgun message {hex:32}-{hex:8}"],
    );

fn mailgun_signing(candidate: &Candidate<'_>) -> Outcome {
    let group = Alphabet::Hex.exactly(8);
    let parts = [Alphabet::Hex.exactly(32), Part::Text("-"), group, Part::Text("-"), group];
    if parts_length(&parts, candidate.text).is_none() {
        return Outcome::Reject;
    }
    checks::by_shape(candidate)
}

/// Mailchimp. The end of the key, its data centre, is what nothing else has; no word is needed.
static MAILCHIMP: Rule = Rule::secret("mailchimp_key", "MAILCHIMP_KEY")
    .issued_by("mailchimp")
    .shaped(Shape::Keyed { words: &[&[]], body: Alphabet::Dashed, least: 36, most: 37 })
    .checked(mailchimp)
    .known_from("Mailchimp Marketing API documentation, quick start")
    .evidence(
        &["{hex:32}-us1", "MAILCHIMP_KEY={hex:32}-us21", "apikey {hex:32}-us14"],
        &["{hex:31}-us1", "{hex:32}-eu1", "{hex:32}-usa", "MailchimpSDK.initialize(token: {hex:32}-us18)"],
    );

fn mailchimp(candidate: &Candidate<'_>) -> Outcome {
    let parts = [Alphabet::Hex.exactly(32), Part::Text("-us"), Alphabet::Digits.between(1, 2)];
    // What apps are built with is the key of the SDK, which everybody may see.
    let built_in = shared::follows(candidate, 40, &["MailchimpSDK.initialize(", "sdkKey", "sdk_key"]);
    if built_in || parts_length(&parts, candidate.text) != Some(candidate.text.len()) {
        return Outcome::Reject;
    }
    checks::distinctive(&Candidate { text: candidate.text.get(..32).unwrap_or_default(), ..*candidate })
}

/// Mailjet: a key and a secret of the same form.
static MAILJET: Rule = Rule::secret("mailjet_key", "MAILJET_KEY")
    .issued_by("mailjet")
    .shaped(Shape::Keyed {
        words: &[&["mailjet", "key"], &["mailjet", "secret"], &["mailjet", "token"], &["mjapikey"]],
        body: Alphabet::Hex,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("Mailjet developer documentation, authentication")
    .evidence(
        &["MJ_APIKEY_PRIVATE={hex:32}", "mailjet secret: {hex:32}", "MAILJET_API_KEY={hex:32}"],
        &["{hex:32}", "mailjet message {hex:32}", "MAILJET_API_KEY={hex:31}"],
    );

/// Brevo, once Sendinblue: keys of the API and of SMTP.
static BREVO: Rule = Rule::secret("brevo_key", "BREVO_KEY")
    .issued_by("brevo")
    .token(&["xkeysib-", "xsmtpsib-"], &[Alphabet::Hex.exactly(64), Part::Text("-"), Alphabet::Alphanumeric.exactly(16)])
    .checked(checks::distinctive)
    .known_from("Brevo developer documentation, authentication")
    .evidence(
        &["xkeysib-{hex:64}-{base62:16}", "BREVO_API_KEY=xkeysib-{hex:64}-{base62:16}", "password xsmtpsib-{hex:64}-{base62:16}"],
        &["xkeysib-{hex:64}", "xkeysib-{hex:60}-{base62:16}", "axkeysib-{hex:64}-{base62:16}"],
    );

/// Postmark server and account tokens.
static POSTMARK: Rule = Rule::secret("postmark_token", "POSTMARK_TOKEN")
    .issued_by("postmark")
    .shaped(Shape::Keyed {
        words: &[&["postmark", "token"], &["postmark", "key"], &["postmark", "secret"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("Postmark developer documentation, API overview, authentication")
    .evidence(
        &["X-Postmark-Server-Token: {uuid}", "POSTMARK_API_KEY={uuid}", "postmark token {uuid}"],
        &["{uuid}", "postmark message {uuid}", "POSTMARK_API_KEY={hex:36}"],
    );

/// Resend.
static RESEND: Rule = Rule::secret("resend_key", "RESEND_KEY")
    .issued_by("resend")
    .token(&["re_"], &[Alphabet::Alphanumeric.exactly(8), Part::Text("_"), Alphabet::Alphanumeric.between(20, 32)])
    .checked(keyed::random)
    .known_from("Resend documentation, API keys; length as observed")
    .evidence(
        &["re_{base62:8}_{base62:24}", "RESEND_API_KEY=re_{base62:8}_{base62:24}", "Bearer re_{base62:8}_{base62:24}"],
        &["re_{base62:8}", "re_{word:8}_{word:24}", "are_{base62:8}_{base62:24}"],
    );

/// MailerSend.
static MAILERSEND: Rule = Rule::secret("mailersend_token", "MAILERSEND_TOKEN")
    .issued_by("mailersend")
    .token(&["mlsn."], &[Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("MailerSend developer documentation, authentication; length as observed")
    .evidence(
        &["mlsn.{hex:64}", "MAILERSEND_API_KEY=mlsn.{hex:64}", "Bearer mlsn.{hex:64}"],
        &["mlsn.{hex:63}", "mlsn.com", "amlsn.{hex:64}"],
    );

/// Klaviyo private keys; despite their prefix they are no public keys.
static KLAVIYO: Rule = Rule::secret("klaviyo_key", "KLAVIYO_KEY")
    .issued_by("klaviyo")
    .token(&["pk_"], &[Alphabet::Lower.exactly(34)])
    .checked(keyed::random)
    .known_from("Klaviyo developer documentation, authenticate API requests")
    .evidence(
        &["pk_{hex:34}", "Authorization: Klaviyo-API-Key pk_{base36:34}", "KLAVIYO_KEY=pk_{hex:34}"],
        &["pk_{hex:33}", "pk_live_{base62:34}", "pk_{word:34}"],
    );
