//! Databases, streams and private networks.

use crate::detect::{
    checks,
    rule::{Candidate, Outcome, Rule},
    secrets::keyed,
    shape::{Alphabet, Part, Shape, parts_length},
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&DATABRICKS, &MONGODB_ATLAS, &CONFLUENT, &CLICKHOUSE, &DATASTAX, &TAILSCALE, &NGROK];

/// Databricks personal access tokens.
static DATABRICKS: Rule = Rule::secret("databricks_token", "DATABRICKS_TOKEN")
    .issued_by("databricks")
    .token(
        &["dapi"],
        &[Alphabet::Hex.exactly(32), Part::OneOf(&["-0", "-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9", ""])],
    )
    .checked(checks::distinctive)
    .known_from("Databricks documentation, personal access tokens")
    .evidence(
        &["dapi{hex:32}", "DATABRICKS_TOKEN=dapi{hex:32}-2", "Bearer dapi{hex:32}"],
        &["dapi{hex:31}", "dapi{hex:33}", "adapi{hex:32}"],
    );

/// Secrets of MongoDB Atlas service accounts.
static MONGODB_ATLAS: Rule = Rule::secret("mongodb_atlas_secret", "MONGODB_ATLAS_SECRET")
    .issued_by("mongodb")
    .token(&["mdb_sa_sk_"], &[Alphabet::Base64Url.between(36, 48)])
    .checked(checks::distinctive)
    .known_from("MongoDB Atlas documentation, service accounts; length as observed")
    .evidence(
        &["mdb_sa_sk_{base64url:40}", "MONGODB_SECRET=mdb_sa_sk_{base64url:40}", "(mdb_sa_sk_{base62:40})"],
        &["mdb_sa_id_{hex:24}", "mdb_sa_sk_{base62:20}", "amdb_sa_sk_{base64url:40}"],
    );

/// Confluent Cloud secrets. The key of 16 characters is the name that belongs to it.
static CONFLUENT: Rule = Rule::secret("confluent_secret", "CONFLUENT_SECRET")
    .issued_by("confluent")
    .shaped(Shape::Keyed {
        words: &[&["confluent", "secret"], &["confluent", "key"], &["confluent", "password"]],
        body: Alphabet::Base64,
        least: 64,
        most: 64,
    })
    .checked(keyed::random)
    .known_from("Confluent Cloud documentation, API keys; length as observed")
    .evidence(
        &["CONFLUENT_API_SECRET={base64:64}", "confluent secret: {base64:64}", "confluent.sasl.password '{base64:64}'"],
        &["{base64:64}", "confluent topic {base64:64}", "CONFLUENT_API_SECRET={base64:63}"],
    );

/// Secrets of ClickHouse Cloud API keys.
static CLICKHOUSE: Rule = Rule::secret("clickhouse_secret", "CLICKHOUSE_SECRET")
    .issued_by("clickhouse")
    .token(&["4b1d"], &[Alphabet::Alphanumeric.exactly(38)])
    .checked(clickhouse)
    .known_from("ClickHouse Cloud documentation, managing API keys; length as observed")
    .evidence(
        &["4b1d{base62:38}", "CLICKHOUSE_SECRET=4b1d{base62:38}", "curl --user id:4b1d{base62:38}"],
        &["4b1d{base62:37}", "4b1d{hex:38}", "a4b1d{base62:38}"],
    );

/// Hexadecimal digits alone are some hash that happens to begin so.
fn clickhouse(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.iter().all(u8::is_ascii_hexdigit) { Outcome::Reject } else { keyed::random(candidate) }
}

/// DataStax Astra application tokens: client, secret.
static DATASTAX: Rule = Rule::secret("datastax_token", "DATASTAX_TOKEN")
    .issued_by("datastax")
    .token(&["AstraCS:"], &[Alphabet::Alphanumeric.exactly(24), Part::Text(":"), Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("DataStax Astra documentation, application tokens")
    .evidence(
        &["AstraCS:{base62:24}:{hex:64}", "ASTRA_TOKEN=AstraCS:{base62:24}:{hex:64}", "Bearer AstraCS:{base62:24}:{hex:64}"],
        &["AstraCS:{base62:24}", "AstraCS:{base62:20}:{hex:64}", "XAstraCS:{base62:24}:{hex:64}"],
    );

/// Tailscale keys: kind, id, secret.
static TAILSCALE: Rule = Rule::secret("tailscale_key", "TAILSCALE_KEY")
    .issued_by("tailscale")
    .token(
        &["tskey-auth-", "tskey-api-", "tskey-client-", "tskey-webhook-", "tskey-scim-"],
        &[Alphabet::Alphanumeric.between(10, 20), Part::Text("-"), Alphabet::Alphanumeric.between(20, 40)],
    )
    .checked(checks::distinctive)
    .known_from("Tailscale documentation, key prefixes; lengths as observed")
    .evidence(
        &[
            "tskey-auth-{base62:12}CNTRL-{base62:32}",
            "TS_AUTHKEY=tskey-client-{base62:12}CNTRL-{base62:32}",
            "tskey-api-{base62:11}CNTRL-{base62:33}",
        ],
        &["tskey-auth-{base62:12}", "tskey-auth-{base62:12}CNTRL-{base62:10}", "atskey-auth-{base62:12}CNTRL-{base62:32}"],
    );

/// ngrok authtokens and API keys.
static NGROK: Rule = Rule::secret("ngrok_token", "NGROK_TOKEN")
    .issued_by("ngrok")
    .shaped(Shape::Keyed { words: &[&["ngrok"]], body: Alphabet::Word, least: 46, most: 52 })
    .checked(ngrok)
    .known_from("ngrok documentation, authtokens; form as observed")
    .evidence(
        &[
            "NGROK_AUTHTOKEN=2{base62:26}_{base62:21}",
            "ngrok config add-authtoken 2{base62:26}_{base62:21}",
            "ngrok: 2{base62:26}_{base62:21}",
        ],
        &["2{base62:26}_{base62:21}", "NGROK_AUTHTOKEN=2{base62:26}", "NGROK_TUNNEL={base62:49}"],
    );

fn ngrok(candidate: &Candidate<'_>) -> Outcome {
    let run = Alphabet::Alphanumeric;
    let parts = [Part::OneOf(&["1", "2", "3"]), run.between(24, 28), Part::Text("_"), run.between(18, 24)];
    if parts_length(&parts, candidate.text) != Some(candidate.text.len()) {
        return Outcome::Reject;
    }
    checks::by_shape(candidate)
}
