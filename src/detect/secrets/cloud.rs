//! Clouds and application platforms: Alibaba, DigitalOcean, Heroku, Fly.io, Railway, Yandex.

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
    &ALIBABA_KEY_ID,
    &ALIBABA_STS_KEY_ID,
    &ALIBABA_SECRET,
    &DIGITALOCEAN_TOKEN,
    &HEROKU_KEY,
    &HEROKU_LEGACY_KEY,
    &FLY_TOKEN,
    &RAILWAY_TOKEN,
    &YANDEX_API_KEY,
    &YANDEX_IAM_TOKEN,
    &YANDEX_STATIC_KEY,
];

/// Alibaba Cloud access key ids.
static ALIBABA_KEY_ID: Rule = Rule::secret("alibaba_access_key_id", "ALIBABA_ACCESS_KEY_ID")
    .issued_by("alibaba")
    .token(&["LTAI"], &[Alphabet::Alphanumeric.between(12, 21)])
    .checked(shared::mixed)
    .known_from("Alibaba Cloud documentation, create an AccessKey pair (the form is observed)")
    .evidence(
        &["LTAI5t{base62:18}", "ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI4{base62:19}", "{\"accessKeyId\":\"LTAI5t{base62:18}\"}"],
        &["LTAI{base62:8}", "LTAI{base62:30}", "ALTAI{base62:20}"],
    );

/// Alibaba Cloud access key ids of temporary credentials.
static ALIBABA_STS_KEY_ID: Rule = Rule::secret("alibaba_sts_key_id", "ALIBABA_ACCESS_KEY_ID")
    .issued_by("alibaba")
    .token(&["STS."], &[Alphabet::Alphanumeric.between(20, 32)])
    .checked(shared::mixed)
    .known_from("Alibaba Cloud documentation, AssumeRole")
    .evidence(
        &["STS.N{base62:23}", "accessKeyId: STS.{base62:22}7aB", "{\"AccessKeyId\":\"STS.N{base62:24}\"}"],
        &["STS.AssumeRoleWithWebIdentity", "STS.{base62:10}", "AWSSTS.{base62:24}"],
    );

/// Alibaba Cloud access key secrets.
static ALIBABA_SECRET: Rule = Rule::secret("alibaba_access_key_secret", "ALIBABA_ACCESS_KEY_SECRET")
    .issued_by("alibaba")
    .shaped(Shape::Keyed {
        words: &[&["alibaba", "secret"], &["aliyun", "secret"], &["alicloud", "secret"], &["accesskeysecret"]],
        body: Alphabet::Alphanumeric,
        least: 30,
        most: 30,
    })
    .checked(shared::mixed)
    .known_from("Alibaba Cloud documentation, create an AccessKey pair (the form is observed)")
    .evidence(
        &["ALIBABA_CLOUD_ACCESS_KEY_SECRET={base62:30}", "accessKeySecret: '{base62:30}'", "aliyun secret {base62:30}"],
        &["{base62:30}", "ALIBABA_CLOUD_ACCESS_KEY_SECRET={base62:29}", "aliyun region {base62:30}"],
    );

/// DigitalOcean personal, OAuth and refresh tokens.
static DIGITALOCEAN_TOKEN: Rule = Rule::secret("digitalocean_token", "DIGITALOCEAN_TOKEN")
    .issued_by("digitalocean")
    .token(&["dop_v1_", "doo_v1_", "dor_v1_"], &[Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("DigitalOcean documentation, token format")
    .evidence(
        &["dop_v1_{hex:64}", "DIGITALOCEAN_TOKEN=doo_v1_{hex:64}", "Bearer dor_v1_{hex:64}"],
        &["dop_v1_{hex:63}", "dop_v1_{hex:65}", "dox_v1_{hex:64}"],
    );

/// Heroku API keys.
static HEROKU_KEY: Rule = Rule::secret("heroku_key", "HEROKU_KEY")
    .issued_by("heroku")
    .token(&["HRKU-AA"], &[Alphabet::Base64Url.between(50, 70)])
    .checked(checks::distinctive)
    .known_from("Heroku Dev Center, authentication; Heroku changelog, token prefix")
    .evidence(
        &["HRKU-AA{base64url:58}", "HEROKU_API_KEY=HRKU-AA{base64url:58}", "Bearer HRKU-AA{base64url:60}"],
        &["HRKU-AA{base64url:20}", "HRKU-{base64url:20}", "hrku-aa{base64url:58}"],
    );

/// Heroku API keys from before the prefix: a UUID.
static HEROKU_LEGACY_KEY: Rule = Rule::secret("heroku_legacy_key", "HEROKU_KEY")
    .issued_by("heroku")
    .shaped(Shape::Keyed { words: credential_of!("heroku"), body: Alphabet::Dashed, least: 36, most: 36 })
    .checked(keyed::uuid)
    .known_from("Heroku Dev Center, authentication")
    .evidence(
        &["HEROKU_API_KEY={uuid}", "heroku auth token: {uuid}", "{\"heroku_api_key\":\"{uuid}\"}"],
        &["{uuid}", "heroku dyno {uuid}", "HEROKU_API_KEY={hex:32}"],
    );

/// Fly.io macaroons; several stand after `FlyV1`, with commas between them.
static FLY_TOKEN: Rule = Rule::secret("fly_token", "FLY_TOKEN")
    .issued_by("fly")
    .token(&["fm1_", "fm1r_", "fm1a_", "fm2_"], &[Alphabet::Base64.between(80, 4096)])
    .checked(checks::distinctive)
    .known_from("Fly.io documentation, access tokens")
    .evidence(
        &["FlyV1 fm2_{base64:200}", "FLY_API_TOKEN=FlyV1 fm1r_{base64:160},fm2_{base64:180}==", "Bearer fm1a_{base64:120}="],
        &["FlyV1 fm2_", "fm2_{base64:40}", "xfm2_{base64:200}"],
    );

/// Railway tokens: a UUID.
static RAILWAY_TOKEN: Rule = Rule::secret("railway_token", "RAILWAY_TOKEN")
    .issued_by("railway")
    .shaped(Shape::Keyed { words: credential_of!("railway"), body: Alphabet::Dashed, least: 36, most: 36 })
    .checked(keyed::uuid)
    .known_from("Railway documentation, public API")
    .evidence(
        &["RAILWAY_TOKEN={uuid}", "railway api token: {uuid}", "{\"RAILWAY_API_TOKEN\":\"{uuid}\"}"],
        &["{uuid}", "RAILWAY_PROJECT_ID={uuid}", "RAILWAY_TOKEN={hex:36}"],
    );

/// Yandex Cloud API keys.
static YANDEX_API_KEY: Rule = Rule::secret("yandex_api_key", "YANDEX_API_KEY")
    .issued_by("yandex")
    .token(&["AQVN"], &[Alphabet::Base64Url.between(34, 40)])
    .checked(shared::mixed)
    .known_from("Yandex Cloud documentation, API keys")
    .evidence(
        &["AQVN{base64url:36}", "Authorization: Api-Key AQVN{base64url:35}", "YANDEX_API_KEY=AQVN{base64url:38}"],
        &["AQVN{base64url:20}", "AQVN{base64url:41}", "xAQVN{base64url:36}"],
    );

/// Yandex Cloud IAM tokens.
static YANDEX_IAM_TOKEN: Rule = Rule::secret("yandex_iam_token", "YANDEX_IAM_TOKEN")
    .issued_by("yandex")
    .token(&["t1."], &[Alphabet::Base64Url.between(20, 2048), Part::OneOf(&["==.", "=.", "."]), Alphabet::Base64Url.exactly(86)])
    .checked(checks::distinctive)
    .known_from("Yandex Cloud documentation, IAM tokens")
    .evidence(
        &[
            "t1.{base64url:180}.{base64url:86}",
            "Bearer t1.9{base64url:120}=.{base64url:86}",
            "iam_token=t1.{base64url:200}.{base64url:86}",
        ],
        &["t1.{base64url:180}", "t1.{base64url:180}.{base64url:85}", "at1.{base64url:180}.{base64url:86}"],
    );

/// Ids of Yandex Cloud static keys and the secrets that stand with them.
static YANDEX_STATIC_KEY: Rule = Rule::secret("yandex_static_key", "YANDEX_STATIC_KEY")
    .issued_by("yandex")
    .token(&["YC"], &[Alphabet::Base64Url.exactly(38)])
    .checked(yandex_static_key)
    .known_from("Yandex Cloud documentation, static access keys")
    .evidence(
        &["YC{base64url:38}", "aws_secret_access_key=YC{base64url:38}", "secret: 'YC{base64url:38}'"],
        &["YC{base64url:37}", "YC{base64url:39}", "YC-combinator-and-a-slug-of-some-length"],
    );

fn yandex_static_key(candidate: &Candidate<'_>) -> Outcome {
    if checks::distinct(candidate.text) < 16 { Outcome::Reject } else { shared::mixed(candidate) }
}
