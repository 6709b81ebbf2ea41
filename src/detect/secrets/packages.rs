//! Package registries.

use crate::{
    detect::{
        checks::{self, base64, crc32_base62_tail},
        rule::{Candidate, Outcome, Rule},
        shape::Alphabet,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&NPM_TOKEN, &PYPI_TOKEN];

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
