//! Search, flags, alerts and log collectors.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&ELASTIC, &LAUNCHDARKLY, &LAUNCHDARKLY_MOBILE, &SPLUNK, &PAGERDUTY, &PAGERDUTY_USER, &OPSGENIE, &SUMO_LOGIC];

/// Elastic Cloud.
static ELASTIC: Rule = Rule::secret("elastic_cloud_key", "ELASTIC_KEY")
    .issued_by_anybody()
    .token(&["essu_"], &[Alphabet::Base64.between(40, 300)])
    .checked(checks::distinctive)
    .known_from("Elastic Cloud documentation, API keys; length as observed")
    .evidence(
        &["essu_{base64:80}", "EC_API_KEY=essu_{base64:100}==", "ApiKey essu_{base64:90}="],
        &["essu_{base64:20}", "essu_key", "aessu_{base64:80}"],
    );

/// LaunchDarkly keys of servers and of the API. Other ids begin alike.
static LAUNCHDARKLY: Rule = Rule::secret("launchdarkly_key", "LAUNCHDARKLY_KEY")
    .issued_by("launchdarkly")
    .token(&["sdk-", "api-"], &keyed::UUID)
    .checked(launchdarkly)
    .known_from("LaunchDarkly documentation, keys; API access tokens")
    .evidence(
        &["sdk-{uuid}", "LAUNCHDARKLY_ACCESS_TOKEN=api-{uuid}", "LD_SDK_KEY=sdk-{uuid}"],
        &["sdk-{hex:32}", "mob-{uuid}", "apisdk-{hex:8}"],
    );

fn launchdarkly(candidate: &Candidate<'_>) -> Outcome {
    keyed::certain_beside(candidate, &[&["launchdarkly"], &["ldsdkkey"], &["ldaccesstoken"], &["ldapikey"], &["ldapitoken"]])
}

/// LaunchDarkly keys that are built into mobile programs.
static LAUNCHDARKLY_MOBILE: Rule = Rule::secret("launchdarkly_mobile_key", "LAUNCHDARKLY_MOBILE_KEY")
    .low()
    .issued_by("launchdarkly")
    .token(&["mob-"], &keyed::UUID)
    .known_from("LaunchDarkly documentation, keys")
    .evidence(
        &["mob-{uuid}", "LD_MOBILE_KEY=mob-{uuid}", "mobile key 'mob-{uuid}'"],
        &["mob-{hex:32}", "sdk-{uuid}", "amob-{uuid}"],
    );

/// Splunk HTTP event collector tokens.
static SPLUNK: Rule = Rule::secret("splunk_hec_token", "SPLUNK_TOKEN")
    .issued_by_anybody()
    .shaped(Shape::Keyed {
        words: &[&["splunk", "token"], &["splunk", "key"], &["splunk", "secret"], &["splunk", "authorization"], &["hectoken"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("Splunk documentation, HTTP Event Collector")
    .evidence(
        &["SPLUNK_HEC_TOKEN={uuid}", "Authorization: Splunk {uuid}", "hec_token = '{uuid}'"],
        &["{uuid}", "splunk search {uuid}", "SPLUNK_HEC_TOKEN={hex:36}"],
    );

const PAGERDUTY_WORDS: &[&[&str]] = &[&["pagerduty", "key"], &["pagerduty", "token"], &["pagerduty", "secret"], &["pdapikey"]];

/// PagerDuty account keys.
static PAGERDUTY: Rule = Rule::secret("pagerduty_key", "PAGERDUTY_KEY")
    .issued_by("pagerduty")
    .shaped(Shape::Keyed { words: PAGERDUTY_WORDS, body: Alphabet::Base64Url, least: 20, most: 20 })
    .checked(pagerduty)
    .known_from("PagerDuty developer documentation, authentication; length as observed")
    .evidence(
        &["PAGERDUTY_API_KEY=y_{base62:18}", "pagerduty token: {base62:20}", "pagerduty.key = '{base62:20}'"],
        &["{base62:20}", "pagerduty incident {base62:20}", "PAGERDUTY_API_KEY={base62:19}"],
    );

fn pagerduty(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.starts_with(b"y_") { checks::by_shape(candidate) } else { keyed::random(candidate) }
}

/// PagerDuty keys of a user.
static PAGERDUTY_USER: Rule = Rule::secret("pagerduty_user_key", "PAGERDUTY_KEY")
    .issued_by("pagerduty")
    .token(&["u+"], &[Alphabet::Base64Url.exactly(18)])
    .checked(pagerduty_user)
    .known_from("PagerDuty developer documentation, authentication; length as observed")
    .evidence(
        &["PAGERDUTY_API_KEY=u+{base62:18}", "pagerduty token: u+{base62:18}", "PD_API_KEY=u+{base62:18}"],
        &["u+{base62:18}", "pagerduty incident u+{base62:18}", "PAGERDUTY_API_KEY=u+{base62:17}"],
    );

fn pagerduty_user(candidate: &Candidate<'_>) -> Outcome {
    if candidate.named_any(PAGERDUTY_WORDS) { keyed::random(candidate) } else { Outcome::Reject }
}

/// Opsgenie.
static OPSGENIE: Rule = Rule::secret("opsgenie_key", "OPSGENIE_KEY")
    .issued_by("opsgenie")
    .shaped(Shape::Keyed {
        words: &[&["opsgenie", "key"], &["opsgenie", "token"], &["opsgenie", "secret"], &["geniekey"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("Opsgenie documentation, authentication")
    .evidence(
        &["OPSGENIE_API_KEY={uuid}", "Authorization: GenieKey {uuid}", "opsgenie token: {uuid}"],
        &["{uuid}", "opsgenie alert {uuid}", "OPSGENIE_API_KEY={hex:36}"],
    );

/// Sumo Logic access keys. The access id alone opens nothing.
static SUMO_LOGIC: Rule = Rule::secret("sumologic_key", "SUMOLOGIC_KEY")
    .issued_by("sumologic")
    .shaped(Shape::Keyed {
        words: &[&["sumologic", "key"], &["sumologic", "token"], &["sumologic", "secret"], &["sumoaccesskey"]],
        body: Alphabet::Alphanumeric,
        least: 64,
        most: 64,
    })
    .checked(keyed::random)
    .known_from("Sumo Logic documentation, access keys; length as observed")
    .evidence(
        &["SUMOLOGIC_ACCESSKEY={base62:64}", "sumo logic secret: {base62:64}", "SUMO_ACCESS_KEY={base62:64}"],
        &["{base62:64}", "sumologic search {base62:64}", "SUMOLOGIC_ACCESSKEY={base62:63}"],
    );
