//! GitLab. Other hosts than gitlab.com are options of the engine.

use super::keyed;
use crate::{
    detect::{
        checks::{self, crc32},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&TOKEN, &ROUTABLE_TOKEN, &TRIGGER_TOKEN, &JOB_TOKEN, &FORMER_JOB_TOKEN, &SERVICE_TOKEN, &LEGACY_RUNNER_TOKEN, &SESSION];

/// Personal, deploy, runner, feed, SCIM and feature flag tokens.
static TOKEN: Rule = Rule::secret("gitlab_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(
        &["glpat-", "gldt-", "glrt-", "glrt-t1_", "glrt-t2_", "glrt-t3_", "glft-", "glsoat-", "glffct-", "glrtr-", "glwt-"],
        &[Alphabet::Base64Url.exactly(20)],
    )
    .checked(checks::distinctive)
    .known_from("GitLab documentation, token prefixes")
    .evidence(
        &[
            "glpat-{base64url:20}",
            "https://oauth2:glpat-{base64url:20}@gitlab.com/a/b.git",
            "PRIVATE-TOKEN: gldt-{base64url:20}",
            "token = \"glrt-t1_{base64url:20}\"",
        ],
        &["glpat-{base62:19}", "glpat-{base62:21}", "glxx-{base62:20}"],
    );

/// Tokens that name their cell: a payload, its length and a CRC-32 in base 36.
static ROUTABLE_TOKEN: Rule = Rule::secret("gitlab_routable_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(
        &[
            "glpat-", "gldt-", "glrt-", "glft-", "glptt-", "glcbt-", "glimt-", "glagent-", "gloas-", "glsoat-", "glffct-",
            "glrtr-", "glwt-",
        ],
        &[Alphabet::Base64Url.between(27, 320), Part::Text("."), Alphabet::Dotted.between(9, 14)],
    )
    .checked(routable_token)
    .known_from("GitLab architecture documents, routable tokens")
    .evidence(
        &[
            "{gitlabcrc:glpat-:40}",
            "{gitlabcrc:glrt-:60}",
            "PRIVATE-TOKEN: glpat-{base62:40}.01.{base36:9}",
            "gldt-{base62:50}.{base36:9}.",
        ],
        &["glpat-{base62:40}", "glpat-{base62:40}.{base36:4}", "glpat-{base62:40}.UPPERCASE"],
    );

fn routable_token(candidate: &Candidate<'_>) -> Outcome {
    // The full stop of a sentence may stand at the end.
    let end = candidate.text.iter().rposition(|b| *b != b'.').map_or(0, |at| at + 1);
    let text = candidate.text.get(..end).unwrap_or_default();
    let Some((rest, tail)) = text.split_last_chunk::<9>() else { return Outcome::Reject };
    if !rest.ends_with(b".") || !tail.iter().all(|b| Alphabet::Lower.contains(*b)) {
        return Outcome::Reject;
    }
    let Some((signed, checksum)) = text.split_last_chunk::<7>() else { return Outcome::Reject };
    let checksum = core::str::from_utf8(checksum).ok().and_then(|text| u64::from_str_radix(text, 36).ok());
    if checksum == Some(u64::from(crc32(signed))) { Outcome::Found(Confidence::High) } else { checks::by_shape(candidate) }
}

/// Pipeline trigger tokens.
static TRIGGER_TOKEN: Rule = Rule::secret("gitlab_trigger_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(&["glptt-"], &[Alphabet::Base64Url.exactly(40)])
    .checked(checks::distinctive)
    .known_from("GitLab documentation, token prefixes")
    .evidence(
        &["glptt-{hex:40}", "token=glptt-{hex:40}", "\"glptt-{hex:40}\"", "glptt-{base64url:40}"],
        &["glptt-{hex:39}", "glptt-{hex:41}", "aglptt-{hex:40}"],
    );

/// CI job tokens.
static JOB_TOKEN: Rule = Rule::secret("gitlab_job_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(&["glcbt-"], &[Alphabet::Lower.between(1, 5), Part::Text("_"), Alphabet::Base64Url.exactly(20)])
    .checked(checks::distinctive)
    .known_from("GitLab documentation, CI/CD job token")
    .evidence(
        &[
            "glcbt-64_{base64url:20}",
            "JOB-TOKEN: glcbt-1a_{base64url:20}",
            "https://gitlab-ci-token:glcbt-6f_{base64url:20}@gitlab.com/a",
        ],
        &["glcbt-64_{base62:19}", "glcbt-{base62:8}", "glcbt-64_{base62:21}"],
    );

/// CI job tokens from before they named their partition.
static FORMER_JOB_TOKEN: Rule = Rule::secret("gitlab_former_job_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(&["glcbt-"], &[Alphabet::Base64Url.exactly(20)])
    .checked(keyed::random)
    .known_from("GitLab documentation, CI/CD job token")
    .evidence(
        &["glcbt-{base62:18}1x", "JOB-TOKEN: glcbt-{base62:18}1x", "token=\"glcbt-{base62:18}1x\""],
        &["glcbt-{base62:8}", "glcbt-{word:20}", "glcbt-{base62:21}"],
    );

/// Incoming mail tokens, agent tokens and secrets of OAuth applications.
static SERVICE_TOKEN: Rule = Rule::secret("gitlab_service_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(&["glimt-", "glagent-", "gloas-"], &[Alphabet::Base64Url.between(25, 64)])
    .checked(checks::distinctive)
    .known_from("GitLab documentation, token prefixes")
    .evidence(
        &["glimt-{base36:25}", "token: glagent-{base64url:50}", "client_secret=gloas-{hex:64}"],
        &["glimt-{base62:20}", "glagent-for-kubernetes", "gloas-{hex:70}", "gloas-Words-alone_are-No-token_of-any-kind"],
    );

/// Registration tokens of runners from before `glrt-`.
static LEGACY_RUNNER_TOKEN: Rule = Rule::secret("gitlab_runner_registration_token", "GITLAB_TOKEN")
    .issued_by("gitlab")
    .token(&["GR1348941"], &[Alphabet::Base64Url.exactly(20)])
    .checked(checks::distinctive)
    .known_from("GitLab documentation, token prefixes")
    .evidence(
        &["GR1348941{base64url:20}", "--registration-token GR1348941{base64url:20}", "RUNNER_TOKEN=GR1348941{base64url:20}"],
        &["GR1348941", "GR1348941{base62:19}", "GR1348941{base62:21}"],
    );

/// Cookies of signed-in sessions.
static SESSION: Rule = Rule::secret("gitlab_session", "GITLAB_SESSION")
    .issued_by("gitlab")
    .token(&["_gitlab_session="], &[Alphabet::Lower.exactly(32)])
    .checked(keyed::random)
    .known_from("GitLab documentation, cookies used for sign-in")
    .evidence(
        &["_gitlab_session={hex:32}", "Cookie: a=b; _gitlab_session={hex:32}; c=d", "curl -b _gitlab_session={hex:32}"],
        &["_gitlab_session={hex:31}", "gitlab_session={hex:32}", "_gitlab_session={hex:33}"],
    );
