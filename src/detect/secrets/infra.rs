//! Infrastructure as code and secret stores: Terraform, Pulumi, Vault, Doppler, Infracost, 1Password, TrueNAS.

use super::{keyed, shared};
use crate::detect::{
    checks::{self, base64},
    rule::{Candidate, Outcome, Rule},
    shape::{Alphabet, Part, Shape},
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &TERRAFORM_TOKEN,
    &PULUMI_TOKEN,
    &VAULT_TOKEN,
    &VAULT_LEGACY_TOKEN,
    &DOPPLER_TOKEN,
    &INFRACOST_KEY,
    &ONEPASSWORD_TOKEN,
    &ONEPASSWORD_SECRET_KEY,
    &TRUENAS,
];

/// HCP Terraform user, team and organization tokens.
static TERRAFORM_TOKEN: Rule = Rule::secret("terraform_token", "TERRAFORM_TOKEN")
    .issued_by("terraform")
    .shaped(Shape::Keyed { words: &[&[]], body: Alphabet::Dotted, least: 80, most: 98 })
    .checked(terraform_token)
    .known_from("HCP Terraform documentation, API tokens (the form is observed)")
    .evidence(
        &[
            "{base62:14}.atlasv1.{base64url:67}",
            "TF_TOKEN_app_terraform_io={base62:14}.atlasv1.{base64url:60}",
            "token = \"{base62:14}.atlasv1.{base64url:67}\"",
        ],
        &["{base62:14}.atlasv1.{base64url:20}", "{base62:14}.atlasv2.{base64url:67}", "{base62:10}.atlasv1.{base64url:67}"],
    );

fn terraform_token(candidate: &Candidate<'_>) -> Outcome {
    let (id, rest) = candidate.text.split_at(candidate.text.len().min(14));
    let marked = rest.starts_with(b".atlasv1.") && id.iter().all(u8::is_ascii_alphanumeric);
    if marked { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Pulumi access tokens.
static PULUMI_TOKEN: Rule = Rule::secret("pulumi_token", "PULUMI_TOKEN")
    .issued_by("pulumi")
    .token(&["pul-"], &[Alphabet::Hex.exactly(40)])
    .checked(checks::distinctive)
    .known_from("Pulumi documentation, access tokens")
    .evidence(
        &["pul-{hex:40}", "PULUMI_ACCESS_TOKEN=pul-{hex:40}", "Authorization: token pul-{hex:40}"],
        &["pul-{hex:39}", "pul-{hex:41}", "xpul-{hex:40}"],
    );

/// Vault service, batch and recovery tokens.
static VAULT_TOKEN: Rule = Rule::secret("vault_token", "VAULT_TOKEN")
    .issued_by_anybody()
    .token(&["hvs.", "hvb.", "hvr."], &[Alphabet::Base64Url.between(24, 320)])
    .checked(shared::mixed)
    .known_from("Vault documentation, tokens")
    .evidence(
        &["hvs.{base64url:95}", "X-Vault-Token: hvb.{base64url:160}", "VAULT_TOKEN=hvs.{base62:24}"],
        &["hvs.{base62:12}", "hvx.{base64url:95}", "hvs.tls.insecure.configuration.of.the.listener"],
    );

/// Vault tokens from before version 1.10, where they are called so.
static VAULT_LEGACY_TOKEN: Rule = Rule::secret("vault_legacy_token", "VAULT_TOKEN")
    .issued_by_anybody()
    .token(&["s."], &[Alphabet::Alphanumeric.exactly(24)])
    .checked(vault_legacy_token)
    .known_from("Vault documentation, tokens")
    .evidence(
        &["VAULT_TOKEN=s.{base62:24}", "X-Vault-Token: s.{base62:24}", "vault login s.{base62:24}"],
        &["s.{base62:24}", "VAULT_TOKEN=s.{base62:23}", "vault: this.{base62:24}"],
    );

fn vault_legacy_token(candidate: &Candidate<'_>) -> Outcome {
    if candidate.named(&["vault"]) { shared::mixed(candidate) } else { Outcome::Reject }
}

/// Doppler personal, service, CLI, service account, SCIM and audit tokens.
static DOPPLER_TOKEN: Rule = Rule::secret("doppler_token", "DOPPLER_TOKEN")
    .issued_by("doppler")
    .token(&["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.said.", "dp.scim.", "dp.audit."], &[Alphabet::Dotted.between(40, 84)])
    .checked(doppler_token)
    .known_from("Doppler documentation, token formats")
    .evidence(
        &[
            "dp.pt.{base62:43}",
            "DOPPLER_TOKEN=dp.st.dev_main.{base62:43}",
            "Bearer dp.ct.{base62:40}",
            "the token is dp.st.{base62:43}.",
        ],
        &["dp.pt.{base62:20}", "dp.xx.{base62:43}", "dp.st.one.two.three.{base62:30}"],
    );

fn doppler_token(candidate: &Candidate<'_>) -> Outcome {
    // The name of the environment may stand before the secret, and the full stop of a sentence after it.
    let secret = candidate.text.split(|b| *b == b'.').rfind(|segment| !segment.is_empty()).unwrap_or_default();
    let random = (40..=44).contains(&secret.len()) && secret.iter().all(u8::is_ascii_alphanumeric);
    if random { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Infracost API keys.
static INFRACOST_KEY: Rule = Rule::secret("infracost_key", "INFRACOST_KEY")
    .issued_by("infracost")
    .token(&["ico-"], &[Alphabet::Alphanumeric.exactly(32)])
    .checked(infracost)
    .known_from("Infracost documentation, environment variables")
    .evidence(
        &["ico-{base62:32}", "INFRACOST_API_KEY=ico-{base62:32}", "X-Api-Key: ico-{base62:32}"],
        &["ico-{base62:31}", "ico-{word:32}", "mexico-{base62:32}", "box.ico-{hex:32}.png"],
    );

fn infracost(candidate: &Candidate<'_>) -> Outcome {
    // `.ico` is a picture.
    if candidate.before.ends_with(b".") { Outcome::Reject } else { keyed::random(candidate) }
}

/// 1Password service account tokens: a JSON object in base64.
static ONEPASSWORD_TOKEN: Rule = Rule::secret("onepassword_token", "ONEPASSWORD_TOKEN")
    .issued_by("1password")
    .token(&["ops_eyJ"], &[Alphabet::Base64.between(200, 4096)])
    .checked(onepassword_token)
    .known_from("1Password Developer documentation, service accounts")
    .evidence(
        &["ops_{onepassword:600}", "OP_SERVICE_ACCOUNT_TOKEN=ops_eyJ{base64:500}", "token: ops_eyJ{base64:800}="],
        &["ops_eyJ{base64:100}", "ops_{base64:20}", "devops_eyJ{base64:500}"],
    );

fn onepassword_token(candidate: &Candidate<'_>) -> Outcome {
    let json = candidate.text.get(4..).and_then(base64).unwrap_or_default();
    let named = json.windows(13).any(|w| w == b"signInAddress");
    if named { checks::distinctive(candidate) } else { checks::by_shape(candidate) }
}

/// 1Password secret keys.
static ONEPASSWORD_SECRET_KEY: Rule = Rule::secret("onepassword_secret_key", "ONEPASSWORD_SECRET_KEY")
    .issued_by("1password")
    .token(
        &["A3-"],
        &[
            Alphabet::Upper.exactly(6),
            Part::Text("-"),
            Alphabet::Upper.exactly(6),
            Part::Text("-"),
            Alphabet::Upper.exactly(5),
            Part::Text("-"),
            Alphabet::Upper.exactly(5),
            Part::Text("-"),
            Alphabet::Upper.exactly(5),
            Part::Text("-"),
            Alphabet::Upper.exactly(5),
        ],
    )
    .checked(checks::distinctive)
    .known_from("1Password security design paper, the Secret Key")
    .evidence(
        &[
            "A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}",
            "secret key: A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}.",
            "OP_SECRET_KEY=A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}",
        ],
        &[
            "A3-{upper:6}-{upper:6}",
            "A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:4}",
            "A4-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}",
        ],
    );

/// TrueNAS API keys: the number of the key and 64 letters and digits.
static TRUENAS: Rule = Rule::secret("truenas_key", "TRUENAS_KEY")
    .issued_by_anybody()
    .shaped(Shape::Keyed { words: &[&[]], body: Alphabet::Dashed, least: 66, most: 68 })
    .checked(truenas)
    .known_from("TrueNAS documentation, API keys; form as observed")
    .evidence(
        &["8-{base62:64}", "TRUENAS_KEY=12-{base62:64}", "[\"9-{base62:64}\"]"],
        &["8-{base62:60}-{hex:3}", "{base62:66}", "8-{word:64}"],
    );

fn truenas(candidate: &Candidate<'_>) -> Outcome {
    let Some((number, key)) = candidate.text.split_last_chunk::<65>() else { return Outcome::Reject };
    let numbered = !number.is_empty() && number.iter().all(u8::is_ascii_digit);
    let whole = matches!(key, [b'-', rest @ ..] if shared::is_mixed(rest) && rest.iter().all(u8::is_ascii_alphanumeric));
    if numbered && whole { checks::by_shape(candidate) } else { Outcome::Reject }
}
