//! Package and image registries. Only npm and PyPI have rows in the table of hosts: the other registries' tokens are
//! taken for anybody's, so that a header may carry them.

use crate::{
    detect::{
        checks::{self, base64, crc32_base62_tail},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

use super::{keyed, shared};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &NPM_TOKEN,
    &NPM_LEGACY_TOKEN,
    &PYPI_TOKEN,
    &RUBYGEMS_KEY,
    &NUGET_KEY,
    &CRATES_TOKEN,
    &CLOJARS_TOKEN,
    &DOCKER_TOKEN,
    &DOCKER_CONFIG_AUTH,
    &SWARM_TOKEN,
    &ARTIFACTORY_KEY,
    &ARTIFACTORY_REFERENCE_TOKEN,
];

/// npm access tokens; the last six characters are a CRC-32.
static NPM_TOKEN: Rule = Rule::secret("npm_token", "NPM_TOKEN")
    .issued_by("npm")
    .token(&["npm_"], &[Alphabet::Alphanumeric.exactly(36)])
    .checked(npm)
    .known_from("GitHub Changelog, \"New npm automation and access token format\"")
    .evidence(
        &["npm_{base62crc:36}", "_authToken=npm_{base62:36}", "NPM_TOKEN: npm_{base62crc:36}"],
        &["npm_config_registry", "npm_{base62:35}", "npm_lifecycle_event_{base62:30}"],
    );

fn npm(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(4..).unwrap_or_default();
    if checks::repetitive(body) {
        return Outcome::Placeholder;
    }
    Outcome::Found(if crc32_base62_tail(body) { Confidence::High } else { Confidence::Medium })
}

/// PyPI and TestPyPI tokens: a macaroon that names its host.
static PYPI_TOKEN: Rule = Rule::secret("pypi_token", "PYPI_TOKEN")
    .issued_by("pypi")
    .token(&["pypi-AgE"], &[Alphabet::Base64Url.between(60, 1200)])
    .checked(pypi)
    .known_from("Warehouse documentation, API tokens; libmacaroons format v2")
    .evidence(
        &[
            "pypi-AgEIcHlwaS5vcmc{base64url:100}",
            "password = pypi-AgEIcHlwaS5vcmc{base64url:150}",
            "pypi-AgENdGVzdC5weXBpLm9yZw{base64url:120}",
        ],
        &["pypi-AgEIcHlwaS5vcmc", "pypi-{base64url:100}", "pypi-AgE{base64url:100}"],
    );

fn pypi(candidate: &Candidate<'_>) -> Outcome {
    // Version 2, then the location field: type 1, its length, the host.
    let head = candidate.text.get(5..29).and_then(base64).unwrap_or_default();
    let host = head.get(3..).unwrap_or_default();
    let known = host.starts_with(b"pypi.org") || host.starts_with(b"test.pypi.org");
    if known { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// npm tokens from before the prefix: a UUID in `.npmrc`.
static NPM_LEGACY_TOKEN: Rule = Rule::secret("npm_legacy_token", "NPM_TOKEN")
    .issued_by("npm")
    .shaped(Shape::Keyed { words: &[&["authtoken"]], body: Alphabet::Dashed, least: 36, most: 36 })
    .checked(keyed::uuid)
    .known_from("npm documentation, npmrc, auth related configuration")
    .evidence(
        &["//registry.example/:_authToken={uuid}", "_authToken=\"{uuid}\"", "_authToken = {uuid}"],
        &["_authToken=${NPM_TOKEN}", "author={uuid}", "_authToken={hex:32}"],
    );

/// RubyGems API keys.
static RUBYGEMS_KEY: Rule = Rule::secret("rubygems_key", "RUBYGEMS_KEY")
    .issued_by_anybody()
    .token(&["rubygems_"], &[Alphabet::Hex.exactly(48)])
    .checked(checks::distinctive)
    .known_from("RubyGems guides, API key scopes")
    .evidence(
        &["rubygems_{hex:48}", ":rubygems_api_key: rubygems_{hex:48}", "GEM_HOST_API_KEY=rubygems_{hex:48}"],
        &["rubygems_{hex:47}", "rubygems_{hex:49}", "rubygems_api_key"],
    );

/// NuGet API keys.
static NUGET_KEY: Rule = Rule::secret("nuget_key", "NUGET_KEY")
    .issued_by_anybody()
    .token(&["oy2"], &[Alphabet::Lower.exactly(43)])
    .checked(keyed::random)
    .known_from("NuGet documentation, publish packages; NuGetGallery API key format (open source)")
    .evidence(
        &["oy2{base36:43}", "X-NuGet-ApiKey: oy2{base36:43}", "NUGET_API_KEY=oy2{base36:43}"],
        &["oy2{base36:42}", "oy2{base36:44}", "boy2{base36:43}"],
    );

/// API tokens of the registry for Rust crates.
static CRATES_TOKEN: Rule = Rule::secret("crates_io_token", "CRATES_IO_TOKEN")
    .issued_by_anybody()
    .token(&["cio"], &[Alphabet::Alphanumeric.exactly(32)])
    .checked(shared::mixed)
    .known_from("source of the Rust crate registry (open source), token generation")
    .evidence(
        &["cio{base62:32}", "CARGO_REGISTRY_TOKEN=cio{base62:32}", "token = \"cio{base62:32}\""],
        &["cio{base62:31}", "cio{word:32}", "scio{base62:32}"],
    );

/// Clojars deploy tokens.
static CLOJARS_TOKEN: Rule = Rule::secret("clojars_token", "CLOJARS_TOKEN")
    .issued_by_anybody()
    .token(&["CLOJARS_"], &[Alphabet::Lower.exactly(60)])
    .checked(checks::distinctive)
    .known_from("Clojars wiki, deploy tokens")
    .evidence(
        &["CLOJARS_{hex:60}", "CLOJARS_PASSWORD=CLOJARS_{hex:60}", ":password \"CLOJARS_{base36:60}\""],
        &["CLOJARS_{hex:59}", "CLOJARS_{hex:61}", "CLOJARS_PASSWORD"],
    );

/// Docker Hub personal and organization access tokens.
static DOCKER_TOKEN: Rule = Rule::secret("docker_token", "DOCKER_TOKEN")
    .issued_by_anybody()
    .token(&["dckr_pat_", "dckr_oat_"], &[Alphabet::Base64Url.between(24, 40)])
    .checked(checks::distinctive)
    .known_from("Docker documentation, access tokens")
    .evidence(
        &["dckr_pat_{base64url:27}", "DOCKER_PASSWORD=dckr_oat_{base64url:32}", "docker login -u me -p dckr_pat_{base64url:27}"],
        &["dckr_pat_{base62:12}", "dckr_xat_{base64url:27}", "dckr_pat_{base62:50}"],
    );

/// `auth` in Docker's `config.json`: a user name and a password in base64.
static DOCKER_CONFIG_AUTH: Rule = Rule::secret("docker_config_auth", "DOCKER_AUTH")
    .issued_by_anybody()
    .shaped(Shape::Keyed { words: &[&["auth"]], body: Alphabet::Base64, least: 12, most: 2048 })
    .checked(docker_config_auth)
    .known_from("Docker documentation, docker login, credential stores")
    .evidence(
        &["{\"auths\":{\"registry.example\":{\"auth\":\"{basic}\"}}}", "auth: {basic}", "{\"auth\": \"{basic}\"}"],
        &["{basic}", "auth: {base62:24}", "author: {basic}"],
    );

fn docker_config_auth(candidate: &Candidate<'_>) -> Outcome {
    // The name is `auth` itself, right before the value.
    let before: alloc::vec::Vec<u8> =
        candidate.before.iter().rev().take(16).filter(|b| !b" \t\r\n\"'\\:=".contains(b)).take(5).copied().collect();
    let named = match before.as_slice() {
        [b'h', b't', b'u', b'a', rest @ ..] => !rest.first().is_some_and(u8::is_ascii_alphanumeric),
        _ => candidate.key == Some(b"auth"),
    };
    let text = base64(candidate.text).unwrap_or_default();
    let colon = text.iter().position(|b| *b == b':').unwrap_or_default();
    let printable = text.iter().all(|b| b.is_ascii_graphic());
    if !named || !printable || colon == 0 || colon + 4 > text.len() {
        return Outcome::Reject;
    }
    checks::distinctive(candidate)
}

/// Docker Swarm join tokens and unlock keys.
static SWARM_TOKEN: Rule = Rule::secret("docker_swarm_token", "DOCKER_SWARM_TOKEN")
    .issued_by_anybody()
    .token(
        &["SWMTKN-1-", "SWMKEY-1-"],
        &[Alphabet::Base64.between(40, 60), Part::OneOf(&["-", ""]), Alphabet::Lower.between(0, 30)],
    )
    .checked(swarm_token)
    .known_from("Docker documentation, Swarm join tokens and autolock; SwarmKit (open source)")
    .evidence(
        &[
            "SWMTKN-1-{base36:50}-{base36:25}",
            "docker swarm join --token SWMTKN-1-{base36:50}-{base36:25} 10.0.0.1:2377",
            "SWMKEY-1-{base62:43}",
        ],
        &["SWMTKN-1-{base36:50}", "SWMTKN-2-{base36:50}-{base36:25}", "SWMKEY-1-{base62:20}"],
    );

fn swarm_token(candidate: &Candidate<'_>) -> Outcome {
    let mut fields = candidate.text.split(|b| *b == b'-').skip(2);
    let (first, second) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let lower = first.iter().all(|b| Alphabet::Lower.contains(*b));
    let join = candidate.text.starts_with(b"SWMT") && lower && first.len() >= 49 && second.len() >= 24;
    let unlock = candidate.text.starts_with(b"SWMK") && second.is_empty() && (40..=46).contains(&first.len());
    if join || unlock { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Artifactory API keys.
static ARTIFACTORY_KEY: Rule = Rule::secret("artifactory_key", "ARTIFACTORY_KEY")
    .issued_by_anybody()
    .token(&["AKCp"], &[Alphabet::Alphanumeric.between(65, 75)])
    .checked(shared::mixed)
    .known_from("JFrog documentation, API keys (the form is observed)")
    .evidence(
        &["AKCp{base62:69}", "X-JFrog-Art-Api: AKCp{base62:69}", "ARTIFACTORY_API_KEY=AKCp{base62:69}"],
        &["AKCp{base62:40}", "AKCp{base62:80}", "XAKCp{base62:69}"],
    );

/// Artifactory reference tokens: base64 that begins with `reftkn:`.
static ARTIFACTORY_REFERENCE_TOKEN: Rule = Rule::secret("artifactory_reference_token", "ARTIFACTORY_KEY")
    .issued_by_anybody()
    .token(&["cmVmdGtuO"], &[Alphabet::Alphanumeric.between(50, 60)])
    .checked(checks::distinctive)
    .known_from("JFrog documentation, reference tokens")
    .evidence(
        &["cmVmdGtuO{base62:55}", "Authorization: Bearer cmVmdGtuO{base62:55}", "JFROG_ACCESS_TOKEN=cmVmdGtuO{base62:55}"],
        &["cmVmdGtuO", "cmVmdGtuO{base62:30}", "acmVmdGtuO{base62:55}"],
    );
