//! Tokens with a prefix, of services that have one or two kinds of them.

use crate::detect::{
    rule::Rule,
    secrets::shared,
    shape::{Alphabet, Part},
};

/// A rule whose prefix nothing else has.
macro_rules! token {
    ($(#[$meaning:meta])* $name:ident, $id:literal, $label:literal, $prefixes:expr, $parts:expr, $source:literal, $good:expr, $bad:expr) => {
        $(#[$meaning])*
        static $name: Rule = Rule::secret($id, $label)
            .issued_by_anybody()
            .token(&$prefixes, &$parts)
            .checked(shared::lettered)
            .known_from($source)
            .evidence(&$good, &$bad);
    };
}

pub(in crate::detect) static RULES: &[&Rule] = &[
    &FACEBOOK,
    &README,
    &PREFECT,
    &DEPENDENCY_TRACK,
    &TELNYX,
    &PAGARME,
    &OPENSHIFT,
    &JINA,
    &ADAFRUIT,
    &UBIDOTS,
    &DEFINED,
    &FRAMEIO,
    &SCALINGO,
    &OCTOPUS,
    &LICHESS,
    &SETTLEMINT,
    &APIFY,
    &RUNPOD,
    &ONESIGNAL,
    &STYTCH,
    &AXIOM,
    &DENO,
    &LOGFIRE,
    &WAKATIME,
    &E2B,
    &TWITCH_STREAM,
    &HARNESS,
    &BROWSERBASE,
    &CAL,
    &TRIGGER,
    &UNKEY,
];

token!(
    /// Access tokens of Facebook.
    FACEBOOK,
    "facebook_token",
    "FACEBOOK_TOKEN",
    ["EAAC", "EAAM", "EAAG", "EAAB", "EAAE", "EAAI", "EAAK"],
    [Alphabet::Alphanumeric.between(80, 350)],
    "Meta for Developers, access tokens; prefix as observed",
    ["EAAM{base62:180}", "FB_TOKEN=EAACEdEose0cBA{base62:90}", "\"EAAG{base62:200}\""],
    ["EAAM{base62:40}", "XEAAM{base62:180}", "EAAZ{base62:180}"]
);
token!(
    /// API keys of ReadMe.
    README,
    "readme_key",
    "README_KEY",
    ["rdme_"],
    [Alphabet::Lower.between(60, 80)],
    "ReadMe documentation, API keys",
    ["rdme_xn8s9h{hex:64}", "README_API_KEY=rdme_{base36:70}", "key: rdme_{base36:70}"],
    ["rdme_{base36:30}", "rdme-{base36:70}", "xrdme_{base36:70}"]
);
token!(
    /// API keys of Prefect.
    PREFECT,
    "prefect_key",
    "PREFECT_KEY",
    ["pnu_", "pnb_"],
    [Alphabet::Alphanumeric.exactly(36)],
    "Prefect documentation, API keys",
    ["pnu_{base62:36}", "PREFECT_API_KEY=pnb_{base62:36}", "\"pnu_{base62:36}\""],
    ["pnu_{base62:30}", "pnx_{base62:36}", "pnu_{base62:40}"]
);
token!(
    /// API keys of Dependency-Track.
    DEPENDENCY_TRACK,
    "dependency_track_key",
    "DEPENDENCY_TRACK_KEY",
    ["odt_"],
    [Alphabet::Word.between(32, 44)],
    "Dependency-Track documentation, API keys",
    ["odt_{base62:32}", "X-Api-Key: odt_{base62:32}", "odt_{base62:8}_{base62:32}"],
    ["odt_{base62:20}", "xodt_{base62:32}", "odt_{base62:60}"]
);
token!(
    /// API keys of Telnyx.
    TELNYX,
    "telnyx_key",
    "TELNYX_KEY",
    ["KEY0"],
    [Alphabet::Base64Url.between(50, 56)],
    "Telnyx documentation, authentication",
    ["KEY0{base62:54}", "TELNYX_API_KEY=KEY0{base62:53}", "Bearer KEY0{base62:54}"],
    ["KEY0{base62:20}", "KEY_{base62:54}", "MONKEY0{base62:54}"]
);
token!(
    /// API keys of Pagar.me.
    PAGARME,
    "pagarme_key",
    "PAGARME_KEY",
    ["ak_live_", "ak_test_"],
    [Alphabet::Alphanumeric.between(28, 34)],
    "Pagar.me documentation, API keys",
    ["ak_live_{base62:30}", "PAGARME=ak_test_{base62:30}", "\"ak_live_{base62:30}\""],
    ["ak_live_{base62:10}", "pk_live_{base62:30}", "ak_prod_{base62:30}"]
);
token!(
    /// Access tokens of OpenShift.
    OPENSHIFT,
    "openshift_token",
    "OPENSHIFT_TOKEN",
    ["sha256~"],
    [Alphabet::Base64Url.exactly(43)],
    "OpenShift documentation, OAuth access tokens",
    ["sha256~{base64url:43}", "oc login --token=sha256~{base64url:43}", "Bearer sha256~{base64url:43}"],
    ["sha256~{base64url:20}", "sha256:{hex:64}", "sha256~{base64url:60}"]
);
token!(
    /// API keys of Jina AI.
    JINA,
    "jina_key",
    "JINA_KEY",
    ["jina_"],
    [Alphabet::Alphanumeric.between(56, 64)],
    "Jina AI documentation; form as observed",
    ["jina_{hex:32}{base62:28}", "JINA_KEY=jina_{base62:60}", "Bearer jina_{base62:60}"],
    ["jina_{base62:20}", "jina_embeddings_v3", "xjina_{base62:60}"]
);
token!(
    /// API keys of Adafruit.
    ADAFRUIT,
    "adafruit_key",
    "ADAFRUIT_KEY",
    ["aio_"],
    [Alphabet::Alphanumeric.exactly(28)],
    "Adafruit IO documentation, keys",
    ["aio_{base62:28}", "IO_KEY=\"aio_{base62:28}\"", "X-AIO-Key: aio_{base62:28}"],
    ["aio_{base62:12}", "xaio_{base62:28}", "aio_{base62:40}"]
);
token!(
    /// Access tokens of Ubidots.
    UBIDOTS,
    "ubidots_token",
    "UBIDOTS_TOKEN",
    ["BBFF-", "BBUS-"],
    [Alphabet::Alphanumeric.between(30, 36)],
    "Ubidots documentation, authentication; form as observed",
    ["BBFF-{base62:30}", "X-Auth-Token: BBUS-{base62:34}", "\"BBFF-{base62:30}\""],
    ["BBFF-{base62:10}", "BBXX-{base62:30}", "BBFF_{base62:30}"]
);
token!(
    /// API keys of Defined Networking.
    DEFINED,
    "defined_key",
    "DEFINED_KEY",
    ["dnkey-"],
    [Alphabet::Base64Url.between(70, 84)],
    "Defined Networking documentation, API keys",
    ["dnkey-{base62:26}-{base62:52}", "DN=dnkey-{base36:26}-{base36:52}", "Bearer dnkey-{base62:26}-{base62:52}"],
    ["dnkey-{base62:26}", "xdnkey-{base62:26}-{base62:52}", "dnkey_{base62:70}"]
);
token!(
    /// Access tokens of Frame.io.
    FRAMEIO,
    "frameio_token",
    "FRAMEIO_TOKEN",
    ["fio-u-"],
    [Alphabet::Base64Url.between(60, 70)],
    "Frame.io developer documentation, tokens",
    ["fio-u-{base64url:64}", "FRAMEIO=fio-u-{base62:64}", "Bearer fio-u-{base62:64}"],
    ["fio-u-{base62:20}", "fio-x-{base62:64}", "xfio-u-{base62:64}"]
);
token!(
    /// Access tokens of Scalingo.
    SCALINGO,
    "scalingo_token",
    "SCALINGO_TOKEN",
    ["tk-us-"],
    [Alphabet::Base64Url.between(44, 52)],
    "Scalingo documentation, tokens",
    ["tk-us-{base64url:48}", "SCALINGO_API_TOKEN=tk-us-{base62:48}", "\"tk-us-{base62:48}\""],
    ["tk-us-{base62:20}", "tk-eu-{base62:48}", "xtk-us-{base62:48}"]
);
token!(
    /// API keys of Octopus Deploy.
    OCTOPUS,
    "octopus_key",
    "OCTOPUS_KEY",
    ["API-"],
    [Alphabet::Upper.between(25, 27)],
    "Octopus Deploy documentation, API keys",
    ["API-{upper:26}", "X-Octopus-ApiKey: API-{upper:26}", "OCTOPUS=API-{upper:27}"],
    ["API-{upper:10}", "API_{upper:26}", "REST-API-VERSION-2"]
);
token!(
    /// Access tokens of Lichess.
    LICHESS,
    "lichess_token",
    "LICHESS_TOKEN",
    ["lip_", "lio_"],
    [Alphabet::Alphanumeric.between(20, 32)],
    "Lichess API documentation",
    ["lip_{base62:20}", "Bearer lio_{base62:32}", "LICHESS=lip_{base62:20}"],
    ["lip_{base62:8}", "xlip_{base62:20}", "lip_{word:20}"]
);
token!(
    /// Access tokens of SettleMint.
    SETTLEMINT,
    "settlemint_token",
    "SETTLEMINT_TOKEN",
    ["sm_aat_", "sm_pat_", "sm_sat_"],
    [Alphabet::Alphanumeric.exactly(16)],
    "SettleMint documentation, access tokens",
    ["sm_aat_{base62:16}", "TOKEN=sm_pat_{base36:15}7", "\"sm_sat_{base62:16}\""],
    ["sm_aat_{base62:10}", "sm_xat_{base62:16}", "sm_pat_{base62:20}"]
);
token!(
    /// Access tokens of Apify.
    APIFY,
    "apify_token",
    "APIFY_TOKEN",
    ["apify_api_", "apify_proxy_"],
    [Alphabet::Alphanumeric.between(30, 42)],
    "Apify documentation, integrations",
    ["apify_api_{base62:36}", "APIFY_TOKEN=apify_api_{base62:36}", "apify_proxy_{base62:36}"],
    ["apify_api_{base62:10}", "apify_{base62:36}", "xapify_api_{base62:36}"]
);
token!(
    /// API keys of RunPod.
    RUNPOD,
    "runpod_key",
    "RUNPOD_KEY",
    ["rpa_"],
    [Alphabet::Alphanumeric.between(40, 48)],
    "RunPod documentation, API keys",
    ["rpa_{upper:42}", "RUNPOD_API_KEY=rpa_{base62:46}", "Bearer rpa_{base62:46}"],
    ["rpa_{base62:20}", "xrpa_{base62:46}", "rpb_{base62:46}"]
);
token!(
    /// API keys of OneSignal.
    ONESIGNAL,
    "onesignal_key",
    "ONESIGNAL_KEY",
    ["os_v2_app_", "os_v2_org_"],
    [Alphabet::Lower.between(90, 110)],
    "OneSignal documentation, keys and ids",
    ["os_v2_app_{base32lower:104}", "KEY=os_v2_org_{base32lower:104}", "\"os_v2_app_{base32lower:100}\""],
    ["os_v2_app_{base32lower:20}", "os_v1_app_{base32lower:104}", "xos_v2_app_{base32lower:104}"]
);
token!(
    /// API keys of Stytch.
    STYTCH,
    "stytch_secret",
    "STYTCH_SECRET",
    ["secret-live-", "secret-test-"],
    [Alphabet::Base64Url.between(32, 40)],
    "Stytch documentation, project keys",
    ["secret-live-{base62:36}", "STYTCH=secret-test-{base62:36}", "\"secret-live-{base64url:36}\""],
    ["secret-live-{base62:8}", "public-live-{base62:36}", "secret-test-drive"]
);
token!(
    /// Access tokens of Axiom.
    AXIOM,
    "axiom_token",
    "AXIOM_TOKEN",
    ["xaat-", "xapt-"],
    [Alphabet::Dashed.exactly(36)],
    "Axiom documentation, tokens",
    ["xaat-{uuid}", "AXIOM_TOKEN=xapt-{uuid}", "Bearer xaat-{uuid}"],
    ["xaat-{hex:20}", "xabt-{uuid}", "xaat_{uuid}"]
);
token!(
    /// Access tokens of Deno Deploy.
    DENO,
    "deno_token",
    "DENO_TOKEN",
    ["ddp_", "ddw_", "ddo_"],
    [Alphabet::Alphanumeric.between(36, 40)],
    "Deno Deploy documentation, access tokens",
    ["ddp_{base62:36}", "DENO_DEPLOY_TOKEN=ddw_{base62:36}", "Bearer ddo_{base62:36}"],
    ["ddp_{base62:20}", "ddx_{base62:36}", "ddp_{base62:60}"]
);
token!(
    /// Access tokens of Pydantic Logfire.
    LOGFIRE,
    "logfire_token",
    "LOGFIRE_TOKEN",
    ["pylf_v1_us_", "pylf_v1_eu_"],
    [Alphabet::Alphanumeric.between(40, 48)],
    "Pydantic Logfire documentation, write tokens",
    ["pylf_v1_us_{base62:44}", "LOGFIRE_TOKEN=pylf_v1_eu_{base62:44}", "\"pylf_v1_us_{base62:43}\""],
    ["pylf_v1_us_{base62:10}", "pylf_v2_us_{base62:44}", "pylf_{base62:44}"]
);
token!(
    /// API keys of WakaTime.
    WAKATIME,
    "wakatime_key",
    "WAKATIME_KEY",
    ["waka_"],
    [Alphabet::Dashed.exactly(36)],
    "WakaTime documentation, API keys",
    ["waka_{uuid}", "WAKATIME_API_KEY=waka_{uuid}", "api_key = waka_{uuid}"],
    ["waka_{hex:20}", "xwaka_{uuid}", "waka-{uuid}"]
);
token!(
    /// API keys of E2B.
    E2B,
    "e2b_key",
    "E2B_KEY",
    ["e2b_"],
    [Alphabet::Hex.exactly(40)],
    "E2B documentation, API key",
    ["e2b_{hex:40}", "E2B_API_KEY=e2b_{hex:40}", "\"e2b_{hex:40}\""],
    ["e2b_{hex:20}", "e2b_{hex:41}", "xe2b_{hex:40}"]
);
token!(
    /// Stream keys of Twitch.
    TWITCH_STREAM,
    "twitch_stream_key",
    "TWITCH_STREAM_KEY",
    ["live_"],
    [Alphabet::Digits.between(7, 10), Part::Text("_"), Alphabet::Alphanumeric.between(28, 32)],
    "Twitch help, stream key; form as observed",
    ["live_{digits:9}_{base62:30}", "key: live_{digits:8}_{base62:30}", "\"live_{digits:9}_{base62:30}\""],
    ["live_{digits:9}", "live_{digits:9}_{base62:8}", "live_x_{base62:30}"]
);
token!(
    /// Access tokens of Harness.
    HARNESS,
    "harness_token",
    "HARNESS_TOKEN",
    ["pat.", "sat."],
    [
        Alphabet::Base64Url.exactly(22),
        Part::Text("."),
        Alphabet::Hex.exactly(24),
        Part::Text("."),
        Alphabet::Alphanumeric.exactly(20)
    ],
    "Harness documentation, API keys",
    [
        "pat.{base62:22}.{hex:24}.{base62:20}",
        "x-api-key: sat.{base62:22}.{hex:24}.{base62:20}",
        "HARNESS=pat.{base62:22}.{hex:24}.{base62:20}"
    ],
    ["pat.{base62:22}.{hex:24}", "bat.{base62:22}.{hex:24}.{base62:20}", "pat.{base62:10}.{hex:24}.{base62:20}"]
);
token!(
    /// API keys of Browserbase.
    BROWSERBASE,
    "browserbase_key",
    "BROWSERBASE_KEY",
    ["bb_live_"],
    [Alphabet::Base64Url.between(24, 32)],
    "Browserbase documentation, API keys",
    ["bb_live_{base62:27}", "BROWSERBASE_API_KEY=bb_live_{base62:27}", "\"bb_live_{base62:27}\""],
    ["bb_live_{base62:10}", "bb_{base62:27}", "xbb_live_{base62:27}"]
);
token!(
    /// API keys of Cal.com.
    CAL,
    "cal_key",
    "CAL_KEY",
    ["cal_live_"],
    [Alphabet::Lower.exactly(32)],
    "Cal.com documentation, API keys",
    ["cal_live_{hex:32}", "CAL_API_KEY=cal_live_{hex:32}", "apiKey=cal_live_{hex:32}"],
    ["cal_live_{hex:12}", "cal_{hex:32}", "cal_live_{hex:33}"]
);
token!(
    /// API keys of Trigger.dev.
    TRIGGER,
    "trigger_key",
    "TRIGGER_KEY",
    ["tr_dev_", "tr_prod_", "tr_stg_"],
    [Alphabet::Alphanumeric.between(20, 24)],
    "Trigger.dev documentation, API keys",
    ["tr_prod_{base62:20}", "TRIGGER_SECRET_KEY=tr_dev_{base62:20}", "Bearer tr_stg_{base62:24}"],
    ["tr_prod_{base62:8}", "str_prod_{base62:20}", "tr_prod_{word:20}"]
);
token!(
    /// API keys of Unkey.
    UNKEY,
    "unkey_root_key",
    "UNKEY_KEY",
    ["unkey_"],
    [Alphabet::Alphanumeric.between(20, 32)],
    "Unkey documentation, root keys",
    ["unkey_{base62:24}", "UNKEY_ROOT_KEY=unkey_{base62:24}", "Bearer unkey_{base62:24}"],
    ["unkey_{base62:8}", "unkey_ratelimit_namespace", "monkey_{base62:24}"]
);
