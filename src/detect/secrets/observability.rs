//! Logs, metrics, errors and alerts.

use crate::{
    detect::{
        checks::{self, base64, crc32},
        rule::{Candidate, Outcome, Rule},
        secrets::keyed,
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &DATADOG,
    &DATADOG_KEYED,
    &NEW_RELIC,
    &NEW_RELIC_BROWSER,
    &NEW_RELIC_LICENSE,
    &GRAFANA,
    &GRAFANA_CLOUD,
    &GRAFANA_LEGACY,
    &SENTRY_ORG,
    &SENTRY_USER,
    &SENTRY_DSN,
    &DYNATRACE,
    &POSTHOG,
    &HONEYCOMB,
];

/// Datadog application keys of the second generation.
static DATADOG: Rule = Rule::secret("datadog_app_key", "DATADOG_KEY")
    .issued_by("datadog")
    .token(&["ddapp_"], &[Alphabet::Alphanumeric.between(30, 50)])
    .checked(checks::distinctive)
    .known_from("Datadog documentation, API and application keys; length as observed")
    .evidence(
        &["ddapp_{base62:34}", "DD_APP_KEY=ddapp_{base62:34}", "DD-APPLICATION-KEY: ddapp_{base62:40}"],
        &["ddapp_{base62:10}", "ddapp_settings", "addapp_{base62:34}"],
    );

/// Datadog API keys (32) and application keys (40).
static DATADOG_KEYED: Rule = Rule::secret("datadog_key", "DATADOG_KEY")
    .issued_by("datadog")
    .shaped(Shape::Keyed {
        words: &[
            &["datadog", "key"],
            &["datadog", "token"],
            &["datadog", "secret"],
            &["ddapikey"],
            &["ddappkey"],
            &["ddapplicationkey"],
        ],
        body: Alphabet::Hex,
        least: 32,
        most: 40,
    })
    .checked(datadog)
    .known_from("Datadog documentation, API and application keys")
    .evidence(
        &["DD_API_KEY={hex:32}", "DD-APPLICATION-KEY: {hex:40}", "datadog key: {hex:32}"],
        &["{hex:32}", "datadog trace {hex:32}", "DD_API_KEY={hex:36}"],
    );

fn datadog(candidate: &Candidate<'_>) -> Outcome {
    if matches!(candidate.text.len(), 32 | 40) { keyed::random(candidate) } else { Outcome::Reject }
}

/// New Relic user, insights and REST keys.
static NEW_RELIC: Rule = Rule::secret("newrelic_key", "NEWRELIC_KEY")
    .issued_by("newrelic")
    .token(&["NRAK-", "NRII-", "NRIQ-", "NRRA-", "NRAA-"], &[Alphabet::Base64Url.between(24, 48)])
    .checked(checks::distinctive)
    .known_from("New Relic documentation, API keys")
    .evidence(
        &["NRAK-{upper:27}", "NEW_RELIC_API_KEY=NRII-{base64url:32}", "Api-Key: NRRA-{hex:42}"],
        &["NRAK-{upper:10}", "NRXX-{upper:27}", "ANRAK-{upper:27}"],
    );

/// New Relic browser keys: every page that is watched shows them.
static NEW_RELIC_BROWSER: Rule = Rule::secret("newrelic_browser_key", "NEWRELIC_BROWSER_KEY")
    .low()
    .issued_by("newrelic")
    .token(&["NRJS-"], &[Alphabet::Hex.exactly(19)])
    .checked(checks::distinctive)
    .known_from("New Relic documentation, API keys")
    .evidence(
        &["NRJS-{hex:19}", "licenseKey:\"NRJS-{hex:19}\"", "browser key NRJS-{hex:19}."],
        &["NRJS-{hex:18}", "NRJS-agent", "ANRJS-{hex:19}"],
    );

/// New Relic license keys: 40 characters whose end is what nothing else has; no word is needed.
static NEW_RELIC_LICENSE: Rule = Rule::secret("newrelic_license_key", "NEWRELIC_KEY")
    .issued_by("newrelic")
    .shaped(Shape::Keyed { words: &[&[]], body: Alphabet::Alphanumeric, least: 40, most: 40 })
    .checked(new_relic_license)
    .known_from("New Relic documentation, API keys, license key")
    .evidence(
        &["{hex:36}NRAL", "NEW_RELIC_LICENSE_KEY=eu01xx{hex:30}NRAL", "X-License-Key: {hex:36}NRAL"],
        &["{hex:40}", "{hex:35}NRAL", "{hex:36}NRALX"],
    );

fn new_relic_license(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.ends_with(b"NRAL") { keyed::random(candidate) } else { Outcome::Reject }
}

/// Grafana service account tokens; the tail is the CRC-32 of what stands before it, lowest byte first.
static GRAFANA: Rule = Rule::secret("grafana_token", "GRAFANA_TOKEN")
    .issued_by_anybody()
    .token(&["glsa_"], &[Alphabet::Alphanumeric.exactly(32), Part::Text("_"), Alphabet::AnyHex.exactly(8)])
    .checked(grafana)
    .known_from("Grafana documentation, service account tokens; Grafana source, token generator")
    .evidence(
        &["{glsa}", "Bearer {glsa}", "GRAFANA_TOKEN=glsa_{base62:32}_{hex:8}"],
        &["glsa_{base62:32}", "glsa_{base62:30}_{hex:8}", "aglsa_{base62:32}_{hex:8}"],
    );

fn grafana(candidate: &Candidate<'_>) -> Outcome {
    let (key, tail) = candidate.text.split_at(candidate.text.len().saturating_sub(9));
    let given = tail.get(1..).and_then(|hex| core::str::from_utf8(hex).ok()).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    if given == Some(crc32(key).swap_bytes()) {
        return Outcome::Found(Confidence::High);
    }
    checks::by_shape(candidate)
}

/// Grafana Cloud access policy tokens: base64 of a JSON object.
static GRAFANA_CLOUD: Rule = Rule::secret("grafana_cloud_token", "GRAFANA_TOKEN")
    .issued_by("grafana")
    .token(&["glc_"], &[Alphabet::Base64.between(32, 400)])
    .checked(grafana_cloud)
    .known_from("Grafana Cloud documentation, access policies; form as observed")
    .evidence(
        &["glc_{base64json:60}", "GRAFANA_CLOUD_TOKEN=glc_{base64json:90}", "Bearer glc_{base64:60}"],
        &["glc_{base64:10}", "glc_configuration", "aglc_{base64json:60}"],
    );

fn grafana_cloud(candidate: &Candidate<'_>) -> Outcome {
    if object(candidate.text.get(4..)) { Outcome::Found(Confidence::High) } else { keyed::random(candidate) }
}

/// Whether the text is the base64 of what begins as a JSON object.
fn object(text: Option<&[u8]>) -> bool {
    text.and_then(base64).is_some_and(|json| json.starts_with(b"{\""))
}

/// Grafana API keys, no longer issued: base64 of an object that begins with the key.
static GRAFANA_LEGACY: Rule = Rule::secret("grafana_legacy_key", "GRAFANA_KEY")
    .issued_by_anybody()
    .token(&["eyJrIjoi"], &[Alphabet::Base64.between(50, 400)])
    .checked(grafana_legacy)
    .known_from("Grafana documentation, API keys; form as observed")
    .evidence(
        &["{grafanalegacy}", "Bearer {grafanalegacy}", "GRAFANA_KEY={grafanalegacy}"],
        &["eyJrIjoi{base64:20}", "eyJrIjoi{base64:90}", "eyJhIjoi{base64:90}"],
    );

fn grafana_legacy(candidate: &Candidate<'_>) -> Outcome {
    let json = base64(candidate.text).unwrap_or_default();
    let holds = |field: &[u8]| json.windows(field.len()).any(|w| w == field);
    if json.starts_with(b"{\"k\":\"") && holds(b"\"n\":") && holds(b"\"id\":") {
        Outcome::Found(Confidence::High)
    } else {
        Outcome::Reject
    }
}

/// Sentry organisation tokens: base64 of a JSON object, then the secret.
static SENTRY_ORG: Rule = Rule::secret("sentry_org_token", "SENTRY_TOKEN")
    .issued_by_anybody()
    .token(&["sntrys_eyJ"], &[Alphabet::Base64.between(40, 500), Part::Text("_"), Alphabet::Base64.between(40, 44)])
    .checked(sentry_org)
    .known_from("Sentry RFC 0091, CI upload tokens")
    .evidence(
        &[
            "sntrys_{base64json:90}_{base64:43}",
            "SENTRY_AUTH_TOKEN=sntrys_{base64json:120}_{base64:43}",
            "Bearer sntrys_{base64json:90}_{base64:43}",
        ],
        &[
            "sntrys_{base64json:90}",
            "sntrys_{base62:20}_{base64:43}",
            "asntrys_{base64json:90}_{base64:43}",
            "sntrys_{base64json:90}_{base64:44}",
        ],
    );

fn sentry_org(candidate: &Candidate<'_>) -> Outcome {
    // 32 bytes have 43 characters, and the 44th can only be padding.
    let tail = candidate.text.rsplit(|b| *b == b'_').next().unwrap_or_default();
    if tail.len() > 43 && !tail.ends_with(b"=") { Outcome::Reject } else { checks::distinctive(candidate) }
}

/// Sentry user and integration tokens.
static SENTRY_USER: Rule = Rule::secret("sentry_token", "SENTRY_TOKEN")
    .issued_by_anybody()
    .token(&["sntryu_", "sntrya_", "sntryi_", "sntryr_"], &[Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("Sentry documentation, auth tokens; length as observed")
    .evidence(
        &["sntryu_{hex:64}", "SENTRY_AUTH_TOKEN=sntryu_{hex:64}", "Bearer sntryu_{hex:64}"],
        &["sntryu_{hex:63}", "sntryx_{hex:64}", "asntryu_{hex:64}"],
    );

/// Sentry DSNs: every program that reports errors shows its own.
static SENTRY_DSN: Rule = Rule::secret("sentry_dsn", "SENTRY_DSN")
    .low()
    .issued_by_anybody()
    .token(
        &["https://"],
        &[
            Alphabet::Hex.exactly(32),
            Part::Text("@"),
            Alphabet::Dotted.between(4, 100),
            Part::Text("/"),
            Alphabet::Digits.between(1, 20),
        ],
    )
    .checked(sentry_dsn)
    .known_from("Sentry documentation, DSN explainer")
    .evidence(
        &[
            "https://{hex:32}@o{digits:6}.ingest.sentry.io/{digits:7}",
            "SENTRY_DSN=https://{hex:32}@o{digits:6}.ingest.us.sentry.io/{digits:16}",
            "dsn: \"https://{hex:32}@sentry.example.org/{digits:2}\"",
        ],
        &["https://{hex:32}@example.org/{digits:2}", "https://sentry.io/{digits:7}", "https://{hex:30}@sentry.io/{digits:7}"],
    );

fn sentry_dsn(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.windows(6).any(|w| w == b"sentry") { checks::by_shape(candidate) } else { Outcome::Reject }
}

/// Dynatrace tokens: kind, public id, secret.
static DYNATRACE: Rule = Rule::secret("dynatrace_token", "DYNATRACE_TOKEN")
    .issued_by("dynatrace")
    .token(
        &["dt0c01.", "dt0s01.", "dt0s02.", "dt0s08.", "dt0s16."],
        &[Alphabet::Upper.between(8, 24), Part::Text("."), Alphabet::Upper.exactly(64)],
    )
    .checked(checks::distinctive)
    .known_from("Dynatrace documentation, access tokens, token format")
    .evidence(
        &["dt0c01.{upper:24}.{upper:64}", "Api-Token dt0s01.{upper:24}.{upper:64}", "DT_TOKEN=dt0s02.{upper:8}.{upper:64}"],
        &["dt0c01.{upper:24}", "dt0c01.{upper:24}.{upper:60}", "adt0c01.{upper:24}.{upper:64}"],
    );

/// PostHog personal keys; those that begin with `phc_` are public. It is often hosted by its users.
static POSTHOG: Rule = Rule::secret("posthog_key", "POSTHOG_KEY")
    .issued_by_anybody()
    .token(&["phx_"], &[Alphabet::Alphanumeric.between(40, 52)])
    .checked(checks::distinctive)
    .known_from("PostHog documentation, API overview; length as observed")
    .evidence(
        &["phx_{base62:43}", "POSTHOG_PERSONAL_API_KEY=phx_{base62:47}", "Bearer phx_{base62:49}"],
        &["phc_{base62:43}", "phx_{base62:20}", "aphx_{base62:43}"],
    );

/// Honeycomb ingest, configuration and management keys; the third letter is the key's region.
static HONEYCOMB: Rule = Rule::secret("honeycomb_key", "HONEYCOMB_KEY")
    .issued_by("honeycomb")
    .token(
        &[
            "hca", "hcb", "hcc", "hcd", "hce", "hcf", "hcg", "hch", "hci", "hcj", "hck", "hcl", "hcm", "hcn", "hco", "hcp",
            "hcq", "hcr", "hcs", "hct", "hcu", "hcv", "hcw", "hcx", "hcy", "hcz",
        ],
        &[Part::OneOf(&["ik_", "lk_", "mk_"]), Alphabet::Lower.between(50, 70)],
    )
    .checked(checks::distinctive)
    .known_from("Honeycomb documentation, API, API key format")
    .evidence(
        &["hcaik_{base36:58}", "X-Honeycomb-Team: hcbik_{base36:58}", "HONEYCOMB_API_KEY=hcxmk_{base36:58}"],
        &["hcaik_{base36:26}", "hcaxk_{base36:58}", "ahcaik_{base36:58}"],
    );
