//! Chat: Discord, Telegram, Microsoft Teams. Slack has its own file.

use super::shared;
use crate::{
    detect::{
        checks::{self, base64},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&DISCORD_BOT, &DISCORD_WEBHOOK, &TELEGRAM_BOT, &TEAMS_WEBHOOK, &POWER_AUTOMATE];

/// What base64 makes of the first two digits of a number that has at least three.
macro_rules! digits_in_base64 {
    ($($head:literal)*) => {
        &[$(
            concat!($head, "A"), concat!($head, "E"), concat!($head, "I"), concat!($head, "M"), concat!($head, "Q"),
            concat!($head, "U"), concat!($head, "Y"), concat!($head, "c"), concat!($head, "g"), concat!($head, "k"),
        )*]
    };
}

/// Bot tokens: the bot's number in base64, a time stamp, a MAC.
static DISCORD_BOT: Rule = Rule::secret("discord_bot_token", "DISCORD_TOKEN")
    .issued_by("discord")
    .token(
        digits_in_base64!("MT" "Mj" "Mz" "ND" "NT" "Nj" "Nz" "OD" "OT"),
        &[
            Alphabet::Base64Url.between(19, 25),
            Part::Text("."),
            Alphabet::Base64Url.exactly(6),
            Part::Text("."),
            Alphabet::Base64Url.between(27, 40),
        ],
    )
    .checked(discord_bot)
    .known_from("Discord developer documentation, API reference, authentication; structure as observed")
    .evidence(
        &[
            "{base64digits:18}.{base64url:6}.{base64url:38}",
            "DISCORD_TOKEN={base64digits:18}.{base64url:6}.{base64url:27}",
            "Authorization: Bot {base64digits:19}.{base64url:6}.{base64url:38}",
            "MTAy{base62:18}xY7.{base64url:6}.{base62:24}xY7",
        ],
        &[
            "{base64digits:18}.{base64url:6}",
            "{base64digits:18}.{base64url:6}.{base64url:20}",
            "MTA{word:21}.{base64url:6}.{base64url:38}",
        ],
    );

fn discord_bot(candidate: &Candidate<'_>) -> Outcome {
    let number = candidate.text.split(|b| *b == b'.').next().and_then(base64).unwrap_or_default();
    let snowflake = (17..=20).contains(&number.len()) && number.iter().all(u8::is_ascii_digit);
    if snowflake {
        return checks::distinctive(candidate);
    }
    // A digit may have been changed.
    let mixed = candidate.text.split(|b| *b == b'.').step_by(2).all(shared::is_mixed);
    if mixed { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}

/// Webhooks: the URL is the credential. Found by its path, which is all that a request's own URL shows of it.
static DISCORD_WEBHOOK: Rule = Rule::secret("discord_webhook", "DISCORD_WEBHOOK")
    .issued_by("discord")
    .token(&["webhooks/"], &[Alphabet::Digits.between(17, 20), Part::Text("/"), Alphabet::Base64Url.between(60, 80)])
    .checked(checks::distinctive)
    .known_from("Discord developer documentation, webhook resource; length as observed")
    .evidence(
        &[
            "https://discord.com/api/webhooks/{digits:18}/{base64url:68}",
            "https://discordapp.com/api/webhooks/{digits:19}/{base64url:68}",
            "post to \"https://discord.com/api/v10/webhooks/{digits:17}/{base64url:60}\"",
        ],
        &[
            "https://discord.com/api/webhooks/{digits:18}",
            "https://discord.com/api/webhooks/{digits:10}/{base64url:68}",
            "https://example.com/webhooks/list/{base64url:68}",
        ],
    );

/// Bot tokens: the bot's number, a colon, the secret. The secret is what is found.
static TELEGRAM_BOT: Rule = Rule::secret("telegram_bot_token", "TELEGRAM_TOKEN")
    .issued_by("telegram")
    .token(&["AA"], &[Alphabet::Base64Url.exactly(33)])
    .checked(telegram)
    .known_from("Telegram Bot API, authorizing your bot; length as observed")
    .evidence(
        &[
            "{digits:10}:AA{base64url:33}",
            "https://api.telegram.org/bot{digits:9}:AA{base64url:33}/sendMessage",
            "TELEGRAM_BOT_TOKEN={digits:8}:AA{base64url:33}",
        ],
        &["AA{base64url:33}", "{digits:4}:AA{base64url:33}", "{digits:10}:AA{base64url:32}", "key:AA{base64url:33}"],
    );

fn telegram(candidate: &Candidate<'_>) -> Outcome {
    let Some(before) = candidate.before.strip_suffix(b":") else { return Outcome::Reject };
    let digits = before.iter().rev().take(12).take_while(|b| b.is_ascii_digit()).count();
    let lead = before.get(..before.len() - digits).unwrap_or_default();
    let start = lead.ends_with(b"bot") || !lead.last().is_some_and(|b| b.is_ascii_alphanumeric());
    if !(8..=11).contains(&digits) || !start {
        return Outcome::Reject;
    }
    checks::distinctive(candidate)
}

/// Incoming webhooks of connectors: the URL is the credential.
static TEAMS_WEBHOOK: Rule = Rule::secret("teams_webhook", "TEAMS_WEBHOOK")
    .issued_by("teams")
    .token(
        &["webhookb2/", "webhook/", "https://outlook.office.com/webhook/", "https://outlook.office365.com/webhook/"],
        &[
            Alphabet::Dashed.exactly(36),
            Part::OneOf(&["@", "%40"]),
            Alphabet::Dashed.exactly(36),
            Part::Text("/IncomingWebhook/"),
            Alphabet::Lower.exactly(32),
            Part::Text("/"),
            Alphabet::Dashed.exactly(36),
        ],
    )
    .checked(teams)
    .known_from("Microsoft Learn, create incoming webhooks in Teams")
    .evidence(
        &[
            "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}",
            "TEAMS_URL=https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{base36:32}/{uuid}",
            "<https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}>",
            "https://outlook.office.com/webhook/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}",
        ],
        &[
            "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}",
            "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:20}/{uuid}",
            "https://acme.webhook.office.com/webhookb2/",
        ],
    );

fn teams(candidate: &Candidate<'_>) -> Outcome {
    let hosts: [&[u8]; 2] = [b"https://outlook.office.com/", b"https://outlook.office365.com/"];
    if shared::is_inside_url(candidate, &hosts) { Outcome::Reject } else { checks::distinctive(candidate) }
}

/// Signatures in the URLs of Power Automate flows, which took the place of connectors.
static POWER_AUTOMATE: Rule = Rule::secret("power_automate_signature", "POWER_AUTOMATE_SIGNATURE")
    .issued_by("power_automate")
    .shaped(Shape::Keyed { words: &[&["triggers", "manual", "sig"]], body: Alphabet::Base64Url, least: 43, most: 43 })
    .checked(power_automate)
    .known_from("Microsoft Learn, Azure Logic Apps, call workflows over HTTPS")
    .evidence(
        &[
            "/triggers/manual/paths/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={base64url:43}",
            "?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={base64url:43}",
            "sp=/triggers/manual/run&sv=1.0&sig={base64url:43} is the flow",
        ],
        &["sig={base64url:43}", "sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={base64url:20}", "/triggers/manual/run {base64url:43}"],
    );

fn power_automate(candidate: &Candidate<'_>) -> Outcome {
    let named = candidate.before.ends_with(b"sig=");
    match checks::by_shape(candidate) {
        Outcome::Found(_) if named => Outcome::Found(Confidence::High),
        Outcome::Found(_) => Outcome::Reject,
        other => other,
    }
}
