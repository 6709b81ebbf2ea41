//! Edge networks and hosted back ends: Cloudflare, Fastly, Vercel, Netlify, Render, Supabase, Neon, PlanetScale.

use super::{
    keyed,
    shared::{self, credential_of},
};
use crate::{
    detect::{
        checks::{self, base64},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &CLOUDFLARE_TOKEN,
    &CLOUDFLARE_LEGACY_TOKEN,
    &CLOUDFLARE_GLOBAL_KEY,
    &CLOUDFLARE_ORIGIN_KEY,
    &FASTLY_TOKEN,
    &VERCEL_TOKEN,
    &VERCEL_LEGACY_TOKEN,
    &NETLIFY_TOKEN,
    &NETLIFY_LEGACY_TOKEN,
    &RENDER_KEY,
    &SUPABASE_TOKEN,
    &SUPABASE_SECRET_KEY,
    &SUPABASE_SERVICE_ROLE,
    &NEON_KEY,
    &PLANETSCALE_CREDENTIAL,
];

/// Cloudflare user tokens, account tokens and global keys; the last eight characters are a checksum.
static CLOUDFLARE_TOKEN: Rule = Rule::secret("cloudflare_token", "CLOUDFLARE_TOKEN")
    .issued_by("cloudflare")
    .token(&["cfut_", "cfat_", "cfk_"], &[Alphabet::Alphanumeric.between(46, 50)])
    .checked(cloudflare_token)
    .known_from("Cloudflare documentation, token formats")
    .evidence(
        &["cfut_{base62crchex:48}", "CLOUDFLARE_API_TOKEN=cfat_{base62:40}{hex:8}", "X-Auth-Key: cfk_{base62crchex:48}"],
        &[
            "cfut_{base62:30}",
            "cfut_{base62:51}",
            "cfx_{base62:40}{hex:8}",
            "cfat_aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStT{hex:9}",
        ],
    );

fn cloudflare_token(candidate: &Candidate<'_>) -> Outcome {
    let prefix = candidate.text.iter().position(|b| *b == b'_').map_or(0, |at| at + 1);
    if shared::crc32_hex_tail(candidate.text, prefix) {
        Outcome::Found(Confidence::High)
    } else if candidate.text.len() != prefix + 48 && checks::sequential(candidate.text) {
        Outcome::Reject
    } else {
        checks::by_shape(candidate)
    }
}

/// Cloudflare API tokens from before the prefixes.
static CLOUDFLARE_LEGACY_TOKEN: Rule = Rule::secret("cloudflare_legacy_token", "CLOUDFLARE_TOKEN")
    .issued_by("cloudflare")
    .shaped(Shape::Keyed {
        words: &[&["cloudflare"], &["cfapitoken"], &["cftoken"]],
        body: Alphabet::Base64Url,
        least: 40,
        most: 40,
    })
    .checked(shared::mixed)
    .known_from("Cloudflare documentation, create an API token")
    .evidence(
        &["CLOUDFLARE_API_TOKEN={base62:39}x", "cloudflare token: {base64url:40}", "CF_API_TOKEN={base62:40}"],
        &["{base64url:40}", "cloudflare commit {hex:40}", "CLOUDFLARE_API_TOKEN={base62:39}"],
    );

/// Cloudflare global API keys.
static CLOUDFLARE_GLOBAL_KEY: Rule = Rule::secret("cloudflare_global_key", "CLOUDFLARE_KEY")
    .issued_by("cloudflare")
    .shaped(Shape::Keyed {
        words: &[&["cloudflare", "key"], &["xauthkey"], &["cfapikey"]],
        body: Alphabet::Hex,
        least: 37,
        most: 37,
    })
    .checked(keyed::random)
    .known_from("Cloudflare documentation, get the global API key")
    .evidence(
        &["CLOUDFLARE_API_KEY={hex:37}", "X-Auth-Key: {hex:37}", "CF_API_KEY='{hex:37}'"],
        &["{hex:37}", "CLOUDFLARE_API_KEY={hex:36}", "cloudflare ray {hex:37}"],
    );

/// Cloudflare Origin CA keys.
static CLOUDFLARE_ORIGIN_KEY: Rule = Rule::secret("cloudflare_origin_ca_key", "CLOUDFLARE_KEY")
    .issued_by("cloudflare")
    .token(&["v1.0-"], &[Alphabet::Hex.exactly(24), Part::Text("-"), Alphabet::Hex.between(140, 150)])
    .checked(checks::distinctive)
    .known_from("Cloudflare documentation, Origin CA keys")
    .evidence(
        &["v1.0-{hex:24}-{hex:146}", "X-Auth-User-Service-Key: v1.0-{hex:24}-{hex:146}", "\"v1.0-{hex:24}-{hex:146}\""],
        &["v1.0-{hex:24}", "v1.0-{hex:24}-{hex:40}", "v1.0-beta.1"],
    );

/// Fastly API tokens.
static FASTLY_TOKEN: Rule = Rule::secret("fastly_token", "FASTLY_TOKEN")
    .issued_by("fastly")
    .shaped(Shape::Keyed { words: credential_of!("fastly"), body: Alphabet::Base64Url, least: 32, most: 32 })
    .checked(shared::mixed)
    .known_from("Fastly documentation, using API tokens (the form is observed)")
    .evidence(
        &["FASTLY_API_TOKEN={base64url:32}", "Fastly-Key: {base64url:32}", "fastly_key = '{base64url:32}'"],
        &["{base64url:32}", "FASTLY_API_TOKEN={base62:31}", "fastly_token={hex:32}"],
    );

/// Vercel personal, integration, app and AI gateway tokens.
static VERCEL_TOKEN: Rule = Rule::secret("vercel_token", "VERCEL_TOKEN")
    .issued_by("vercel")
    .token(&["vcp_", "vci_", "vca_", "vcr_", "vck_"], &[Alphabet::Base64Url.between(36, 64)])
    .checked(shared::mixed)
    .known_from("Vercel changelog, token formats and secret scanning")
    .evidence(
        &["vcp_{base62:56}", "VERCEL_TOKEN=vci_{base62:56}", "Bearer vck_{base64url:56}"],
        &["vcp_{base62:20}", "vcx_{base62:56}", "vcp_{base62:70}"],
    );

/// Vercel tokens from before the prefixes.
static VERCEL_LEGACY_TOKEN: Rule = Rule::secret("vercel_legacy_token", "VERCEL_TOKEN")
    .issued_by("vercel")
    .shaped(Shape::Keyed {
        words: &[&["vercel", "token"], &["vercel", "key"], &["vercel", "secret"]],
        body: Alphabet::Alphanumeric,
        least: 24,
        most: 24,
    })
    .checked(shared::mixed)
    .known_from("Vercel documentation, access tokens (the form is observed)")
    .evidence(
        &["VERCEL_TOKEN={base62:24}", "vercel --token {base62:24}", "{\"vercel_token\":\"{base62:24}\"}"],
        &["{base62:24}", "VERCEL_ORG_ID=team_{base62:24}", "VERCEL_TOKEN={base62:23}"],
    );

/// Netlify personal access tokens.
static NETLIFY_TOKEN: Rule = Rule::secret("netlify_token", "NETLIFY_TOKEN")
    .issued_by("netlify")
    .token(&["nfp_"], &[Alphabet::Alphanumeric.exactly(36)])
    .known_from("Netlify documentation, personal access tokens")
    .evidence(
        &["nfp_{base62:36}", "NETLIFY_AUTH_TOKEN=nfp_{base62:36}", "Bearer nfp_{base62:36}"],
        &["nfp_{base62:35}", "nfp_{base62:37}", "xnfp_{base62:36}"],
    );

/// Netlify tokens from before the prefix.
static NETLIFY_LEGACY_TOKEN: Rule = Rule::secret("netlify_legacy_token", "NETLIFY_TOKEN")
    .issued_by("netlify")
    .shaped(Shape::Keyed { words: credential_of!("netlify"), body: Alphabet::Base64Url, least: 40, most: 46 })
    .checked(shared::mixed)
    .known_from("Netlify documentation, personal access tokens (the form is observed)")
    .evidence(
        &["NETLIFY_AUTH_TOKEN={base64url:43}", "netlify token: {base64url:40}", "netlify_key={base64url:46}"],
        &["{base64url:43}", "NETLIFY_AUTH_TOKEN={base62:36}", "netlify token {hex:40}"],
    );

/// Render API keys.
static RENDER_KEY: Rule = Rule::secret("render_key", "RENDER_KEY")
    .issued_by("render")
    .token(&["rnd_"], &[Alphabet::Alphanumeric.between(26, 34)])
    .checked(shared::mixed)
    .known_from("Render documentation, the Render API")
    .evidence(
        &["rnd_{base62:28}", "RENDER_API_KEY=rnd_{base62:28}", "Bearer rnd_{base62:28}"],
        &["rnd_{base62:12}", "rnd_{word:28}", "brnd_{base62:28}"],
    );

/// Supabase personal access tokens.
static SUPABASE_TOKEN: Rule = Rule::secret("supabase_token", "SUPABASE_TOKEN")
    .issued_by("supabase")
    .token(&["sbp_"], &[Alphabet::Lower.exactly(40)])
    .known_from("Supabase documentation, management API")
    .evidence(
        &["sbp_{hex:40}", "SUPABASE_ACCESS_TOKEN=sbp_{hex:40}", "Bearer sbp_{hex:40}"],
        &["sbp_{hex:39}", "sbp_{hex:41}", "sb_publishable_{hex:40}"],
    );

/// Supabase secret keys.
static SUPABASE_SECRET_KEY: Rule = Rule::secret("supabase_secret_key", "SUPABASE_SECRET_KEY")
    .issued_by("supabase")
    .token(&["sb_secret_"], &[Alphabet::Base64Url.between(28, 40)])
    .checked(shared::mixed)
    .known_from("Supabase documentation, API keys")
    .evidence(
        &["sb_secret_{base64url:31}", "apikey: sb_secret_{base64url:31}", "SUPABASE_KEY=sb_secret_{base64url:22}_{base62:8}"],
        &["sb_secret_{base62:12}", "sb_publishable_{base64url:31}", "sb_secret_key_goes_here_when_you_have_it"],
    );

/// Supabase keys of the service role: a JWT that passes row level security.
static SUPABASE_SERVICE_ROLE: Rule = Rule::secret("supabase_service_role", "SUPABASE_SECRET_KEY")
    .issued_by("supabase")
    .token(&["eyJ"], &[Alphabet::Dotted.between(60, 2048)])
    .checked(supabase_service_role)
    .known_from("Supabase documentation, API keys")
    .evidence(
        &["{supabase:service_role}", "SUPABASE_SERVICE_ROLE_KEY={supabase:service_role}", "apikey: {supabase:service_role}"],
        &["{supabase:anon}", "{jwt}", "eyJ{base64url:80}"],
    );

fn supabase_service_role(candidate: &Candidate<'_>) -> Outcome {
    let payload = candidate.text.split(|b| *b == b'.').nth(1).and_then(base64).unwrap_or_default();
    let holds = |claim: &[u8]| payload.windows(claim.len()).any(|w| w == claim);
    let service = holds(b"\"role\":\"service_role\"") && holds(b"\"supabase");
    if service { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Neon API keys.
static NEON_KEY: Rule = Rule::secret("neon_key", "NEON_KEY")
    .issued_by("neon")
    .token(&["napi_"], &[Alphabet::Alphanumeric.between(60, 68)])
    .checked(keyed::random)
    .known_from("Neon documentation, manage API keys")
    .evidence(
        &["napi_{base62:64}", "NEON_API_KEY=napi_{base62:64}", "Bearer napi_{base62:64}"],
        &["napi_{base62:20}", "napi_{base62:80}", "napi_get_all_property_names"],
    );

/// PlanetScale service tokens, database passwords and OAuth tokens.
static PLANETSCALE_CREDENTIAL: Rule = Rule::secret("planetscale_credential", "PLANETSCALE_CREDENTIAL")
    .issued_by("planetscale")
    .token(&["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], &[Alphabet::Base64Url.between(32, 64)])
    .checked(checks::distinctive)
    .known_from("PlanetScale documentation, service tokens and passwords")
    .evidence(
        &["pscale_tkn_{base64url:43}", "DATABASE_PASSWORD=pscale_pw_{base64url:43}", "Bearer pscale_oauth_{base64url:32}"],
        &["pscale_tkn_{base62:12}", "pscale_{base64url:43}", "pscale_pw_"],
    );
