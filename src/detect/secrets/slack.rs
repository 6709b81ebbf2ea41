//! Slack.

use super::shared;
use crate::{
    detect::{
        checks,
        rule::{Candidate, Outcome, Rule},
        shape::Alphabet,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&TOKEN, &APP_TOKEN, &WEBHOOK];

/// Bot, user, app-config, refresh and session tokens.
static TOKEN: Rule = Rule::secret("slack_token", "SLACK_TOKEN")
    .issued_by("slack")
    .token(
        &["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxc-", "xoxe-", "xoxe.xoxp-", "xoxe.xoxb-"],
        &[Alphabet::Dashed.between(24, 250)],
    )
    .checked(token)
    .known_from("Slack API, token types")
    .evidence(
        &[
            "xoxb-{digits:12}-{digits:13}-{base62:24}",
            "xoxp-{digits:11}-{digits:11}-{digits:13}-{hex:32}",
            "Bearer xoxe.xoxp-1-{base62:166}",
        ],
        &["xoxb-your-token", "xoxz-{digits:12}-{digits:13}-{base62:24}", "xoxb-not-a-real-slack-token-here"],
    );

fn token(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.iter().filter(|b| b.is_ascii_digit()).count() < 8 {
        return Outcome::Reject;
    }
    checks::by_shape(candidate)
}

/// App-level tokens.
static APP_TOKEN: Rule = Rule::secret("slack_app_token", "SLACK_TOKEN")
    .issued_by("slack")
    .token(&["xapp-"], &[Alphabet::Dashed.between(40, 200)])
    .checked(token)
    .known_from("Slack API, token types")
    .evidence(
        &[
            "xapp-1-A{base32:10}-{digits:13}-{hex:64}",
            "token=xapp-1-A{base32:10}-{digits:13}-{hex:64}",
            "'xapp-1-A{base32:10}-{digits:12}-{hex:64}'",
        ],
        &[
            "xapp-1-A{base32:10}",
            "xapp-settings-page-for-the-application-configuration",
            "myxapp-1-A{base32:10}-{digits:13}-{hex:64}x_",
        ],
    );

/// Shortest id of a channel, an app or a trigger.
const ID_LEAST: usize = 8;

/// Incoming webhooks: the URL is the credential.
static WEBHOOK: Rule = Rule::secret("slack_webhook", "SLACK_WEBHOOK")
    .issued_by("slack")
    .token(
        &[
            "https://hooks.slack.com/services/",
            "https://hooks.slack.com/workflows/",
            "https://hooks.slack.com/triggers/",
            "hooks.slack.com/services/",
            "hooks.slack.com/workflows/",
            "hooks.slack.com/triggers/",
            "services/T",
        ],
        &[Alphabet::Path.between(30, 120)],
    )
    .checked(webhook)
    .known_from("Slack API, sending messages using incoming webhooks")
    .evidence(
        &[
            "https://hooks.slack.com/services/T{base32:8}/B{base32:10}/{base62:24}",
            "post to hooks.slack.com/services/T{base32:10}/B{base32:8}/{base62:24} please",
            "\"https://hooks.slack.com/workflows/T{base32:8}/A{base32:10}/{digits:18}/{base62:24}\"",
            "hooks.slack.com/triggers/{base62:52}",
            "URL_https://hooks.slack.com/services/T{base32:8}/B{base32:10}/{base62:24}",
        ],
        &[
            "https://hooks.slack.com/services/",
            "https://hooks.slack.com/services/T0000/B0000",
            "https://slack.com/services/{base62:12}",
            "https://hooks.slack.com/services/T1/B1/{hex:64}",
        ],
    );

fn webhook(candidate: &Candidate<'_>) -> Outcome {
    let path = candidate.text.strip_prefix(b"https://").unwrap_or(candidate.text);
    let mut segments = path.rsplit(|b| *b == b'/');
    let (secret, id) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    // Without its host it counts only as the whole path of a URL.
    let bare = path.starts_with(b"services/") && candidate.before != b"/";
    // The ids of workspace and channel stand before the secret; workflows may have none.
    let known = match segments.count() {
        0 => false,
        1 => secret.len() >= 40 && id != b"services",
        _ => secret.len() >= 16 && id.len() >= ID_LEAST,
    };
    if bare || !known || shared::is_inside_url(candidate, &[b"https://"]) {
        return Outcome::Reject;
    }
    if checks::repetitive(secret) { Outcome::Placeholder } else { Outcome::Found(Confidence::High) }
}
