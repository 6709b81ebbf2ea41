//! Forms, content, search, maps and API collections.

use crate::detect::{
    checks,
    rule::Rule,
    secrets::keyed,
    shape::{Alphabet, Part, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[&TYPEFORM, &CONTENTFUL, &ALGOLIA, &MAPBOX, &POSTMAN, &POSTMAN_COLLECTION];

/// Typeform personal access tokens.
static TYPEFORM: Rule = Rule::secret("typeform_token", "TYPEFORM_TOKEN")
    .issued_by("typeform")
    .token(&["tfp_"], &[Alphabet::Base64Url.between(40, 62)])
    .checked(checks::distinctive)
    .known_from("Typeform developer documentation, personal access tokens; length as observed")
    .evidence(
        &["tfp_{base64url:44}", "TYPEFORM_TOKEN=tfp_{base64url:59}", "Bearer tfp_{base64url:47}"],
        &["tfp_{base62:20}", "tfp_version", "atfp_{base64url:44}"],
    );

/// Contentful management tokens.
static CONTENTFUL: Rule = Rule::secret("contentful_token", "CONTENTFUL_TOKEN")
    .issued_by("contentful")
    .token(&["CFPAT-"], &[Alphabet::Base64Url.between(40, 48)])
    .checked(checks::distinctive)
    .known_from("Contentful documentation, personal access tokens")
    .evidence(
        &["CFPAT-{base64url:43}", "CONTENTFUL_TOKEN=CFPAT-{base64url:43}", "Bearer CFPAT-{base64url:43}"],
        &["CFPAT-{base64url:20}", "CFPAT-token", "ACFPAT-{base64url:43}"],
    );

/// Algolia keys; which of them may be public their form does not tell.
static ALGOLIA: Rule = Rule::secret("algolia_key", "ALGOLIA_KEY")
    .issued_by("algolia")
    .shaped(Shape::Keyed {
        words: &[&["algolia", "key"], &["algolia", "token"], &["algolia", "secret"]],
        body: Alphabet::Hex,
        least: 32,
        most: 32,
    })
    .checked(keyed::random)
    .known_from("Algolia documentation, API keys")
    .evidence(
        &["ALGOLIA_ADMIN_KEY={hex:32}", "X-Algolia-API-Key: {hex:32}", "algolia secret '{hex:32}'"],
        &["{hex:32}", "algolia object {hex:32}", "ALGOLIA_ADMIN_KEY={hex:31}"],
    );

/// Mapbox secret tokens; those that begin with `pk.` are public.
static MAPBOX: Rule = Rule::secret("mapbox_token", "MAPBOX_TOKEN")
    .issued_by("mapbox")
    .token(&["sk.eyJ"], &[Alphabet::Base64Url.between(40, 200), Part::Text("."), Alphabet::Base64Url.exactly(22)])
    .checked(checks::distinctive)
    .known_from("Mapbox documentation, access tokens")
    .evidence(
        &[
            "sk.eyJ{base64url:70}.{base64url:22}",
            "access_token=sk.eyJ{base64url:60}.{base64url:22}",
            "MAPBOX=sk.eyJ{base64url:80}.{base64url:22}",
        ],
        &["pk.eyJ{base64url:70}.{base64url:22}", "sk.eyJ{base64url:70}", "ask.eyJ{base64url:70}.{base64url:22}"],
    );

/// Postman.
static POSTMAN: Rule = Rule::secret("postman_key", "POSTMAN_KEY")
    .issued_by("postman")
    .token(&["PMAK-"], &[Alphabet::Hex.exactly(24), Part::Text("-"), Alphabet::Hex.exactly(34)])
    .checked(checks::distinctive)
    .known_from("Postman API documentation, authentication; length as observed")
    .evidence(
        &["PMAK-{hex:24}-{hex:34}", "POSTMAN_API_KEY=PMAK-{hex:24}-{hex:34}", "X-API-Key: PMAK-{hex:24}-{hex:34}"],
        &["PMAK-{hex:24}", "PMAK-{hex:20}-{hex:34}", "APMAK-{hex:24}-{hex:34}"],
    );

/// Postman keys that read one collection.
static POSTMAN_COLLECTION: Rule = Rule::secret("postman_collection_key", "POSTMAN_KEY")
    .issued_by("postman")
    .token(&["PMAT-"], &[Alphabet::Upper.exactly(26)])
    .checked(keyed::random)
    .known_from("Postman documentation, share collections with an API key; length as observed")
    .evidence(
        &["PMAT-{upper:25}7", "access_key=PMAT-{upper:25}7", "\"PMAT-{upper:25}7\""],
        &["PMAT-{upper:25}", "PMAT-{upper:27}", "APMAT-{upper:26}"],
    );
