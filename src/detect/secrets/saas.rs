//! Office and customer services.

use crate::{
    detect::{
        checks::{self, base64},
        rule::{Candidate, Outcome, Rule},
        secrets::keyed,
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &NOTION,
    &NOTION_LEGACY,
    &LINEAR,
    &LINEAR_OAUTH,
    &ASANA,
    &CLICKUP,
    &AIRTABLE,
    &AIRTABLE_LEGACY,
    &FIGMA,
    &TRELLO,
    &TRELLO_LEGACY,
    &HUBSPOT,
    &HUBSPOT_LEGACY,
    &SALESFORCE,
    &ZENDESK,
    &INTERCOM,
    &INTERVEN,
    &INTERVEN_HMAC,
    &INTERVEN_ADMIN,
];

/// Notion integrations.
static NOTION: Rule = Rule::secret("notion_token", "NOTION_TOKEN")
    .issued_by("notion")
    .token(&["ntn_"], &[Alphabet::Digits.exactly(11), Alphabet::Alphanumeric.exactly(35)])
    .checked(checks::distinctive)
    .known_from("Notion developer documentation, authorization; length as observed")
    .evidence(
        &["ntn_{digits:11}{base62:35}", "NOTION_TOKEN=ntn_{digits:11}{base62:35}", "Bearer ntn_{digits:11}{base62:35}"],
        &["ntn_{digits:11}", "ntn_{digits:11}{base62:34}", "antn_{digits:11}{base62:35}"],
    );

/// Notion integrations of the first generation.
static NOTION_LEGACY: Rule = Rule::secret("notion_legacy_token", "NOTION_TOKEN")
    .issued_by("notion")
    .token(&["secret_"], &[Alphabet::Alphanumeric.exactly(43)])
    .checked(keyed::random)
    .known_from("Notion developer documentation, authorization")
    .evidence(
        &["secret_{base62:43}", "NOTION_KEY=secret_{base62:43}", "Bearer secret_{base62:43}"],
        &["secret_{base62:42}", "secret_key_of_the_account", "client_secret_{base62:43}"],
    );

/// Linear.
static LINEAR: Rule = Rule::secret("linear_key", "LINEAR_KEY")
    .issued_by("linear")
    .token(&["lin_api_"], &[Alphabet::Alphanumeric.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Linear developer documentation, authentication")
    .evidence(
        &["lin_api_{base62:40}", "LINEAR_API_KEY=lin_api_{base62:40}", "Authorization: lin_api_{base62:40}"],
        &["lin_api_{base62:39}", "lin_api_key", "alin_api_{base62:40}"],
    );

/// Linear OAuth access tokens.
static LINEAR_OAUTH: Rule = Rule::secret("linear_oauth_token", "LINEAR_TOKEN")
    .issued_by("linear")
    .token(&["lin_oauth_"], &[Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("Linear developer documentation, OAuth 2.0 authentication; length as observed")
    .evidence(
        &["lin_oauth_{hex:64}", "token=lin_oauth_{hex:64}", "Bearer lin_oauth_{hex:64}"],
        &["lin_oauth_{hex:63}", "lin_oauth_application", "alin_oauth_{hex:64}"],
    );

/// Asana personal access tokens: version, user, sometimes the token's number, secret.
static ASANA: Rule = Rule::secret("asana_token", "ASANA_TOKEN")
    .issued_by("asana")
    .token(
        &[
            "1/1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9", "2/1", "2/2", "2/3", "2/4", "2/5", "2/6", "2/7",
            "2/8", "2/9",
        ],
        &[
            Alphabet::Digits.between(11, 15),
            Part::OneOf(&["/", ""]),
            Alphabet::Digits.between(0, 16),
            Part::Text(":"),
            Alphabet::Hex.exactly(32),
        ],
    )
    .checked(checks::distinctive)
    .known_from("Asana developer documentation, personal access tokens; form as observed")
    .evidence(
        &["1/{digits:16}:{hex:32}", "2/{digits:16}/{digits:16}:{hex:32}", "ASANA_TOKEN=1/{digits:16}:{hex:32}"],
        &["1/{digits:16}", "1/{digits:4}:{hex:32}", "3/{digits:16}:{hex:32}"],
    );

/// ClickUp personal tokens; despite their prefix they are no public keys.
static CLICKUP: Rule = Rule::secret("clickup_token", "CLICKUP_TOKEN")
    .issued_by("clickup")
    .token(&["pk_"], &[Alphabet::Digits.between(5, 12), Part::Text("_"), Alphabet::Upper.exactly(32)])
    .checked(checks::distinctive)
    .known_from("ClickUp developer documentation, authentication")
    .evidence(
        &["pk_{digits:8}_{upper:32}", "CLICKUP_TOKEN=pk_{digits:7}_{upper:32}", "Authorization: pk_{digits:9}_{upper:32}"],
        &["pk_{digits:8}", "pk_{digits:8}_{base36:32}", "pk_test_{upper:32}"],
    );

/// Airtable personal access tokens: an id, a dot, the secret.
static AIRTABLE: Rule = Rule::secret("airtable_token", "AIRTABLE_TOKEN")
    .issued_by("airtable")
    .token(&["pat"], &[Alphabet::Alphanumeric.exactly(14), Part::Text("."), Alphabet::Hex.exactly(64)])
    .checked(checks::distinctive)
    .known_from("Airtable developer documentation, personal access tokens")
    .evidence(
        &["pat{base62:14}.{hex:64}", "AIRTABLE_TOKEN=pat{base62:14}.{hex:64}", "Bearer pat{base62:14}.{hex:64}"],
        &["pat{base62:14}", "pat{base62:13}.{hex:64}", "pat{base62:14}.{hex:60}"],
    );

/// Airtable API keys, no longer issued.
static AIRTABLE_LEGACY: Rule = Rule::secret("airtable_legacy_key", "AIRTABLE_KEY")
    .issued_by("airtable")
    .shaped(Shape::Keyed { words: &[&["airtable"]], body: Alphabet::Alphanumeric, least: 17, most: 17 })
    .checked(airtable_legacy)
    .known_from("Airtable support, API keys deprecation; length as observed")
    .evidence(
        &["AIRTABLE_API_KEY=key{base62:14}", "airtable: key{base62:14}", "airtable = \"key{base62:14}\""],
        &["key{base62:14}", "AIRTABLE_BASE=app{base62:14}", "AIRTABLE_API_KEY=key{base62:13}"],
    );

fn airtable_legacy(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.starts_with(b"key") { keyed::random(candidate) } else { Outcome::Reject }
}

/// Figma personal, OAuth and other tokens.
static FIGMA: Rule = Rule::secret("figma_token", "FIGMA_TOKEN")
    .issued_by("figma")
    .token(&["figd_", "figu_", "figo_", "figur_", "figoh_", "figor_"], &[Alphabet::Base64Url.between(36, 64)])
    .checked(checks::distinctive)
    .known_from("Figma developer documentation, access tokens; length as observed")
    .evidence(
        &["figd_{base64url:40}", "X-Figma-Token: figd_{base64url:42}", "FIGMA_TOKEN=figu_{base64url:40}"],
        &["figd_{base62:20}", "figures_{base64url:40}", "afigd_{base64url:40}"],
    );

/// Trello tokens of Atlassian's form.
static TRELLO: Rule = Rule::secret("trello_token", "TRELLO_TOKEN")
    .issued_by("trello")
    .token(&["ATTA"], &[Alphabet::AnyHex.between(64, 80)])
    .checked(checks::distinctive)
    .known_from("Atlassian developer documentation, Trello REST API, authorization; length as observed")
    .evidence(
        &["ATTA{hex:64}", "TRELLO_TOKEN=ATTA{hex:72}", "https://api.trello.com/1/boards?token=ATTA{hex:64}"],
        &["ATTA{hex:40}", "ATTACHMENT", "BATTA{hex:64}"],
    );

/// Trello keys and tokens of the first generation.
static TRELLO_LEGACY: Rule = Rule::secret("trello_legacy_key", "TRELLO_KEY")
    .issued_by("trello")
    .shaped(Shape::Keyed {
        words: &[&["trello", "key"], &["trello", "token"], &["trello", "secret"]],
        body: Alphabet::Hex,
        least: 32,
        most: 64,
    })
    .checked(trello_legacy)
    .known_from("Atlassian developer documentation, Trello REST API, authorization")
    .evidence(
        &["TRELLO_KEY={hex:32}", "trello token: {hex:64}", "trello.secret = '{hex:64}'"],
        &["{hex:32}", "trello board {hex:32}", "TRELLO_KEY={hex:40}"],
    );

fn trello_legacy(candidate: &Candidate<'_>) -> Outcome {
    if matches!(candidate.text.len(), 32 | 64) { keyed::random(candidate) } else { Outcome::Reject }
}

/// HubSpot private apps; the prefix names the data centre.
static HUBSPOT: Rule = Rule::secret("hubspot_token", "HUBSPOT_TOKEN")
    .issued_by("hubspot")
    .token(&["pat-na1-", "pat-na2-", "pat-na3-", "pat-eu1-", "pat-ap1-"], &keyed::UUID)
    .checked(checks::distinctive)
    .known_from("HubSpot developer documentation, private apps")
    .evidence(
        &["pat-na1-{uuid}", "HUBSPOT_TOKEN=pat-eu1-{uuid}", "Bearer pat-na1-{uuid}"],
        &["pat-na1-{hex:32}", "pat-xx1-{uuid}", "spat-na1-{uuid}"],
    );

/// HubSpot API keys, no longer issued, and client secrets.
static HUBSPOT_LEGACY: Rule = Rule::secret("hubspot_legacy_key", "HUBSPOT_KEY")
    .issued_by("hubspot")
    .shaped(Shape::Keyed {
        words: &[&["hubspot", "key"], &["hubspot", "secret"], &["hubspot", "token"], &["hapikey"]],
        body: Alphabet::Dashed,
        least: 36,
        most: 36,
    })
    .checked(keyed::uuid)
    .known_from("HubSpot developer documentation, authentication methods")
    .evidence(
        &["HUBSPOT_API_KEY={uuid}", "https://api.hubapi.com/x?hapikey={uuid}", "hubspot client secret: {uuid}"],
        &["{uuid}", "hubspot contact {uuid}", "HUBSPOT_API_KEY={hex:36}"],
    );

/// Salesforce sessions and access tokens: the organisation's id, an exclamation mark, the secret.
static SALESFORCE: Rule = Rule::secret("salesforce_token", "SALESFORCE_TOKEN")
    .issued_by("salesforce")
    .token(&["00D"], &[Alphabet::Alphanumeric.between(12, 15), Part::Text("!"), Alphabet::Dotted.between(80, 260)])
    .checked(checks::distinctive)
    .known_from("Salesforce REST API developer guide, authorization; length as observed")
    .evidence(
        &["00D{base62:12}!{base62:96}", "sid=00D{base62:15}!{base62:40}.{base62:50}", "Bearer 00D{base62:12}!{base62:96}"],
        &["00D{base62:12}", "00D{base62:15}!{base62:20}", "100D{base62:12}!{base62:96}"],
    );

/// Zendesk API tokens.
static ZENDESK: Rule = Rule::secret("zendesk_token", "ZENDESK_TOKEN")
    .issued_by("zendesk")
    .shaped(Shape::Keyed {
        words: &[&["zendesk", "token"], &["zendesk", "key"], &["zendesk", "secret"]],
        body: Alphabet::Alphanumeric,
        least: 40,
        most: 40,
    })
    .checked(keyed::random)
    .known_from("Zendesk developer documentation, security and authentication; length as observed")
    .evidence(
        &["ZENDESK_API_TOKEN={base62:40}", "zendesk key: {base62:40}", "zendesk.token = '{base62:40}'"],
        &["{base62:40}", "zendesk ticket {base62:40}", "ZENDESK_API_TOKEN={base62:39}"],
    );

/// Intercom access tokens: base64 of a text that begins with `tok:`.
static INTERCOM: Rule = Rule::secret("intercom_token", "INTERCOM_TOKEN")
    .issued_by("intercom")
    .token(&["dG9rO"], &[Alphabet::Base64.between(40, 90)])
    .checked(intercom)
    .known_from("Intercom developer documentation, authentication; form as observed")
    .evidence(
        &["{intercom}", "INTERCOM_ACCESS_TOKEN={intercom}", "Bearer {intercom}"],
        &["dG9rO{base64:20}", "dG9ra{base64:55}", "adG9rO{base64:55}"],
    );

fn intercom(candidate: &Candidate<'_>) -> Outcome {
    if base64(candidate.text).is_some_and(|text| text.starts_with(b"tok:") && text.is_ascii()) {
        return Outcome::Found(Confidence::High);
    }
    Outcome::Reject
}

/// Keys of agents at an interven gateway. It may run on any host, so they belong to none.
static INTERVEN: Rule = Rule::secret("interven_key", "INTERVEN_KEY")
    .token(&["iv_live_", "iv_eph_"], &[Alphabet::Base64Url.between(32, 64)])
    .checked(checks::distinctive)
    .known_from("docs/gateway.md, keys")
    .evidence(
        &["iv_live_{base64url:43}", "INTERVEN_API_KEY=iv_live_{base64url:43}", "Bearer iv_eph_{base64url:43}"],
        &["iv_live_{base64url:20}", "iv_live_key_of_an_agent", "div_live_{base64url:43}"],
    );

/// What agents of published clients sign with.
static INTERVEN_HMAC: Rule = Rule::secret("interven_hmac_secret", "INTERVEN_HMAC_SECRET")
    .token(&["iv_hmac_"], &[Alphabet::Base64Url.between(32, 64)])
    .checked(no_words)
    .known_from("docs/legacy.md, at a gateway of one's own")
    .evidence(
        &["iv_hmac_{base64url:43}", "INTERVEN_SECRET=iv_hmac_{base64url:43}", "{\"secret\":\"iv_hmac_{base64url:43}\"}"],
        &["iv_hmac_{base64url:20}", "iv_hmac_secret_of_an_agent_of_published_clients", "div_hmac_{base64url:43}"],
    );

/// What opens the administrator's routes of a gateway.
static INTERVEN_ADMIN: Rule = Rule::secret("interven_admin_credential", "INTERVEN_ADMIN_CREDENTIAL")
    .token(&["iva_"], &[Alphabet::Base64Url.exactly(43)])
    .checked(no_words)
    .known_from("docs/gateway.md, the administrator's credential")
    .evidence(
        &["iva_{base64url:43}", "INTERVEN_ADMIN=iva_{base64url:43}", "Authorization: Bearer iva_{base64url:43}"],
        &["iva_{base64url:42}", "iva_{base64url:44}", "viva_{base64url:43}", "iva_number_of_the_company_that_pays_the_invoice"],
    );

/// Prefixes that may begin a name: a name has words, and these have large letters or digits among theirs.
fn no_words(candidate: &Candidate<'_>) -> Outcome {
    let mixed = candidate.text.iter().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if mixed { checks::distinctive(candidate) } else { Outcome::Reject }
}
