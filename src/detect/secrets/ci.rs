//! Continuous integration and code analysis. What people run on their own hosts is issued by anybody.

use super::{
    keyed,
    shared::{self, credential_of},
};
use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    shape::{Alphabet, Part, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &CIRCLECI_TOKEN,
    &BUILDKITE_TOKEN,
    &BUILDKITE_AGENT_TOKEN,
    &TRAVIS_TOKEN,
    &DRONE_TOKEN,
    &JENKINS_TOKEN,
    &TEAMCITY_TOKEN,
    &CODECOV_TOKEN,
    &SONAR_TOKEN,
    &SNYK_TOKEN,
    &SNYK_LEGACY_TOKEN,
    &SOURCEGRAPH_TOKEN,
    &CODE_CLIMATE,
];

/// CircleCI personal and project tokens.
static CIRCLECI_TOKEN: Rule = Rule::secret("circleci_token", "CIRCLECI_TOKEN")
    .issued_by("circleci")
    .token(&["CCIPAT_", "CCIPRJ_"], &[Alphabet::Alphanumeric.between(20, 24), Part::Text("_"), Alphabet::Lower.exactly(40)])
    .checked(checks::distinctive)
    .known_from("CircleCI documentation, managing API tokens")
    .evidence(
        &["CCIPAT_{base62:22}_{hex:40}", "Circle-Token: CCIPRJ_{base62:22}_{hex:40}", "CIRCLE_TOKEN=CCIPAT_{base62:22}_{hex:40}"],
        &["CCIPAT_{base62:22}", "CCIPAT_{base62:22}_{hex:39}", "CCIXXX_{base62:22}_{hex:40}"],
    );

/// Buildkite API access tokens.
static BUILDKITE_TOKEN: Rule = Rule::secret("buildkite_token", "BUILDKITE_TOKEN")
    .issued_by("buildkite")
    .token(&["bkua_"], &[Alphabet::Hex.between(40, 64)])
    .checked(checks::distinctive)
    .known_from("Buildkite documentation, managing API access tokens")
    .evidence(
        &["bkua_{hex:40}", "Authorization: Bearer bkua_{hex:40}", "BUILDKITE_API_TOKEN=bkua_{hex:53}"],
        &["bkua_{hex:20}", "bkua_{hex:65}", "xbkua_{hex:40}"],
    );

/// Buildkite agent, cluster and packages tokens.
static BUILDKITE_AGENT_TOKEN: Rule = Rule::secret("buildkite_agent_token", "BUILDKITE_TOKEN")
    .issued_by("buildkite")
    .token(&["bkat_", "bkct_", "bkpt_"], &[Alphabet::Word.between(32, 120)])
    .checked(keyed::random)
    .known_from("Buildkite documentation, agent tokens (the form is observed)")
    .evidence(
        &["bkct_{hex:64}", "BUILDKITE_AGENT_TOKEN=bkat_{base62:50}", "token=\"bkpt_{hex:40}\""],
        &["bkct_{hex:20}", "bkat_agent", "bkxt_{hex:64}"],
    );

/// Travis CI API tokens.
static TRAVIS_TOKEN: Rule = Rule::secret("travis_token", "TRAVIS_TOKEN")
    .issued_by("travis")
    .shaped(Shape::Keyed { words: credential_of!("travis"), body: Alphabet::Base64Url, least: 20, most: 22 })
    .checked(shared::mixed)
    .known_from("Travis CI documentation, API authentication (the form is observed)")
    .evidence(
        &["TRAVIS_API_TOKEN={base62:22}", "travis token: {base62:20}", "TRAVIS_TOKEN='{base62:21}'"],
        &["{base62:22}", "travis build {base62:22}", "TRAVIS_TOKEN={base62:16}"],
    );

/// Drone user tokens.
static DRONE_TOKEN: Rule = Rule::secret("drone_token", "DRONE_TOKEN")
    .issued_by_anybody()
    .shaped(Shape::Keyed { words: credential_of!("drone"), body: Alphabet::Alphanumeric, least: 32, most: 32 })
    .checked(keyed::random)
    .known_from("Drone documentation, user tokens (the form is observed)")
    .evidence(
        &["DRONE_TOKEN={base62:32}", "drone rpc secret {hex:32}", "{\"drone_token\":\"{base62:32}\"}"],
        &["{base62:32}", "drone build {base62:32}", "DRONE_TOKEN={base62:31}"],
    );

/// Jenkins API tokens: `11`, then 32 hexadecimal digits.
static JENKINS_TOKEN: Rule = Rule::secret("jenkins_token", "JENKINS_TOKEN")
    .issued_by_anybody()
    .shaped(Shape::Keyed { words: &[&["jenkins"], &["apitoken"]], body: Alphabet::Hex, least: 34, most: 34 })
    .checked(jenkins_token)
    .known_from("Jenkins documentation, authenticating scripted clients; ApiTokenStore (open source)")
    .evidence(
        &["JENKINS_API_TOKEN=11{hex:32}", "jenkins: admin:11{hex:32}", "api_token = \"11{hex:32}\""],
        &["11{hex:32}", "JENKINS_API_TOKEN=22{hex:32}", "JENKINS_API_TOKEN=11{hex:31}"],
    );

fn jenkins_token(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.starts_with(b"11") { keyed::random(candidate) } else { Outcome::Reject }
}

/// TeamCity access tokens: the first segment is the JSON header `typ: TCV2`.
static TEAMCITY_TOKEN: Rule = Rule::secret("teamcity_token", "TEAMCITY_TOKEN")
    .issued_by_anybody()
    .token(
        &["eyJ0eXAiOiAiVENWMiJ9."],
        &[Alphabet::Base64Url.between(20, 100), Part::Text("."), Alphabet::Base64Url.between(30, 140)],
    )
    .checked(checks::distinctive)
    .known_from("TeamCity documentation, access tokens")
    .evidence(
        &[
            "eyJ0eXAiOiAiVENWMiJ9.{base62:36}.{base64url:48}",
            "Authorization: Bearer eyJ0eXAiOiAiVENWMiJ9.{base62:36}.{base64url:48}",
            "TEAMCITY_TOKEN=eyJ0eXAiOiAiVENWMiJ9.{base62:36}.{base64url:48}",
        ],
        &["eyJ0eXAiOiAiVENWMiJ9", "eyJ0eXAiOiAiVENWMiJ9.{base62:36}", "eyJ0eXAiOiAiVENWMiJ9.{base62:10}.{base62:48}"],
    );

/// Codecov upload tokens: a UUID.
static CODECOV_TOKEN: Rule = Rule::secret("codecov_token", "CODECOV_TOKEN")
    .issued_by("codecov")
    .shaped(Shape::Keyed { words: credential_of!("codecov"), body: Alphabet::Dashed, least: 36, most: 36 })
    .checked(keyed::uuid)
    .known_from("Codecov documentation, adding the Codecov token")
    .evidence(
        &["CODECOV_TOKEN={uuid}", "codecov --token {uuid}", "codecov:\n  token: {uuid}"],
        &["{uuid}", "codecov flag {uuid}", "CODECOV_TOKEN={hex:32}"],
    );

/// SonarQube user, project and global analysis tokens.
static SONAR_TOKEN: Rule = Rule::secret("sonar_token", "SONAR_TOKEN")
    .issued_by_anybody()
    .token(&["squ_", "sqp_", "sqa_"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("SonarQube documentation, managing your tokens")
    .evidence(
        &["squ_{hex:40}", "-Dsonar.token=sqp_{hex:40}", "SONAR_TOKEN: sqa_{hex:40}"],
        &["squ_{hex:39}", "sqx_{hex:40}", "squ_{hex:41}"],
    );

/// Snyk personal and service account tokens.
static SNYK_TOKEN: Rule = Rule::secret("snyk_token", "SNYK_TOKEN")
    .issued_by("snyk")
    .token(&["snyk_uat.", "snyk_sat."], &[Alphabet::Dotted.between(40, 2048)])
    .checked(checks::distinctive)
    .known_from("Snyk documentation, personal access tokens")
    .evidence(
        &[
            "snyk_uat.{hex:8}.{base64url:200}",
            "SNYK_TOKEN=snyk_uat.{hex:8}.{base64url:120}.{base64url:43}",
            "token snyk_sat.{hex:8}.{base64url:90}",
        ],
        &["snyk_uat.", "snyk_uat.{hex:8}", "xsnyk_uat.{hex:8}.{base64url:200}"],
    );

/// Snyk API tokens from before the prefix: a UUID.
static SNYK_LEGACY_TOKEN: Rule = Rule::secret("snyk_legacy_token", "SNYK_TOKEN")
    .issued_by("snyk")
    .shaped(Shape::Keyed { words: credential_of!("snyk"), body: Alphabet::Dashed, least: 36, most: 36 })
    .checked(keyed::uuid)
    .known_from("Snyk documentation, authentication for the API")
    .evidence(
        &["SNYK_TOKEN={uuid}", "snyk auth token {uuid}", "{\"snyk_api_key\":\"{uuid}\"}"],
        &["{uuid}", "snyk org {uuid}", "SNYK_TOKEN={hex:32}"],
    );

/// Sourcegraph access tokens: with the instance they are for, or without.
static SOURCEGRAPH_TOKEN: Rule = Rule::secret("sourcegraph_token", "SOURCEGRAPH_TOKEN")
    .issued_by_anybody()
    .token(&["sgp_"], &[Alphabet::Word.between(40, 57)])
    .checked(sourcegraph_token)
    .known_from("Sourcegraph documentation, access tokens; dotcomuser and accesstoken packages (open source)")
    .evidence(
        &["sgp_{hex:16}_{hex:40}", "Authorization: token sgp_local_{hex:40}", "SRC_ACCESS_TOKEN=sgp_{hex:40}"],
        &["sgp_{hex:30}", "sgp_{hex:16}_{hex:39}", "sgp_remote_{hex:40}"],
    );

fn sourcegraph_token(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(4..).unwrap_or_default();
    let Some((instance, secret)) = body.split_last_chunk::<40>() else { return Outcome::Reject };
    let hex = |text: &[u8]| text.iter().all(|b| Alphabet::AnyHex.contains(*b));
    let known = match instance.strip_suffix(b"_") {
        Some(b"local") => true,
        Some(id) => id.len() == 16 && hex(id),
        None => instance.is_empty(),
    };
    if known && hex(secret) { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// The id that lets a build report coverage to Code Climate; whoever has it can report.
static CODE_CLIMATE: Rule = Rule::secret("codeclimate_reporter_id", "CODECLIMATE_ID")
    .issued_by_anybody()
    .low()
    .shaped(Shape::Keyed { words: &[&["testreporterid"], &["codeclimate"]], body: Alphabet::Hex, least: 64, most: 64 })
    .checked(keyed::random)
    .known_from("Code Climate documentation, configuring test coverage")
    .evidence(
        &["CC_TEST_REPORTER_ID={hex:64}", "CC_TEST_REPORTER_ID: {hex:64}", "codeclimate id {hex:64}"],
        &["reporter {hex:64}", "CC_TEST_REPORTER_ID={hex:63}", "{hex:64}"],
    );
