//! Slack.

use crate::{
    detect::rule::{Alphabet, Candidate, Outcome, Rule, Shape, Vendor},
    finding::{Confidence, DataClass, Severity},
};

/// Bot, user, app-config, refresh and session tokens.
pub(in crate::detect) static TOKEN: Rule = Rule {
    id: "slack_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "SLACK_TOKEN",
    vendor: Vendor::Named("slack"),
    shape: Shape::Token {
        prefixes: &["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxc-", "xoxe-", "xoxe.xoxp-", "xoxe.xoxb-"],
        body: Alphabet::Dashed,
        min: 24,
        max: 250,
    },
    source: "Slack API, token types",
    positives: &[
        "xoxb-{digits:12}-{digits:13}-{base62:24}",
        "xoxp-{digits:11}-{digits:11}-{digits:13}-{hex:32}",
        "Bearer xoxe.xoxp-1-{base62:166}",
    ],
    negatives: &["xoxb-your-token", "xoxz-{digits:12}-{digits:13}-{base62:24}", "xoxb-not-a-real-slack-token-here"],
    check: token,
}
.with_evidence();

fn token(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.iter().filter(|b| b.is_ascii_digit()).count() < 8 {
        return Outcome::Reject;
    }
    super::by_shape(candidate)
}

/// App-level tokens.
pub(in crate::detect) static APP_TOKEN: Rule = Rule {
    id: "slack_app_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "SLACK_TOKEN",
    vendor: Vendor::Named("slack"),
    shape: Shape::Token { prefixes: &["xapp-"], body: Alphabet::Dashed, min: 40, max: 200 },
    source: "Slack API, token types",
    positives: &[
        "xapp-1-A{base32:10}-{digits:13}-{hex:64}",
        "token=xapp-1-A{base32:10}-{digits:13}-{hex:64}",
        "'xapp-1-A{base32:10}-{digits:12}-{hex:64}'",
    ],
    negatives: &[
        "xapp-1-A{base32:10}",
        "xapp-settings-page-for-the-application-configuration",
        "myxapp-1-A{base32:10}-{digits:13}-{hex:64}x_",
    ],
    check: token,
}
.with_evidence();

/// Incoming webhooks: the URL is the credential.
pub(in crate::detect) static WEBHOOK: Rule = Rule {
    id: "slack_webhook",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "SLACK_WEBHOOK",
    vendor: Vendor::Named("slack"),
    shape: Shape::Token {
        prefixes: &["hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/", "services/T"],
        body: Alphabet::Path,
        min: 30,
        max: 120,
    },
    source: "Slack API, sending messages using incoming webhooks",
    positives: &[
        "https://hooks.slack.com/services/T{base32:8}/B{base32:10}/{base62:24}",
        "post to hooks.slack.com/services/T{base32:10}/B{base32:8}/{base62:24} please",
        "\"https://hooks.slack.com/workflows/T{base32:8}/A{base32:10}/{digits:18}/{base62:24}\"",
    ],
    negatives: &[
        "https://hooks.slack.com/services/",
        "https://hooks.slack.com/services/T0000/B0000",
        "https://slack.com/services/{base62:12}",
    ],
    check: webhook,
}
.with_evidence();

fn webhook(candidate: &Candidate<'_>) -> Outcome {
    let segments: alloc::vec::Vec<&[u8]> = candidate.text.split(|b| *b == b'/').collect();
    let secret = segments.last().copied().unwrap_or_default();
    // Without its host it counts only as the whole path of a URL.
    let bare = candidate.text.starts_with(b"services/") && candidate.before != b"/";
    if bare || segments.len() < 4 || secret.len() < 16 {
        return Outcome::Reject;
    }
    if super::repetitive(secret) { Outcome::Placeholder } else { Outcome::Found(Confidence::High) }
}
