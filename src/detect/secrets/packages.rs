//! Package registries.

use crate::{
    detect::{
        checks::{base64, crc32_base62_tail},
        rule::{Alphabet, Candidate, Outcome, Rule, Shape, Vendor},
    },
    finding::{Confidence, DataClass, Severity},
};

/// npm access tokens; the last six characters are a CRC-32.
pub(in crate::detect) static NPM_TOKEN: Rule = Rule {
    id: "npm_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "NPM_TOKEN",
    vendor: Vendor::Named("npm"),
    shape: Shape::Token { prefixes: &["npm_"], body: Alphabet::Alphanumeric, min: 36, max: 36 },
    source: "GitHub Changelog, \"New npm automation and access token format\"",
    positives: &["npm_{base62crc:36}", "_authToken=npm_{base62:36}", "NPM_TOKEN: npm_{base62crc:36}"],
    negatives: &["npm_config_registry", "npm_{base62:35}", "npm_lifecycle_event_{base62:30}"],
    check: npm,
}
.with_evidence();

fn npm(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.get(4..).unwrap_or_default();
    if super::repetitive(body) {
        return Outcome::Placeholder;
    }
    Outcome::Found(if crc32_base62_tail(body) { Confidence::High } else { Confidence::Medium })
}

/// PyPI and TestPyPI tokens: a macaroon that names its host.
pub(in crate::detect) static PYPI_TOKEN: Rule = Rule {
    id: "pypi_token",
    class: DataClass::Secrets,
    severity: Severity::High,
    label: "PYPI_TOKEN",
    vendor: Vendor::Named("pypi"),
    shape: Shape::Token { prefixes: &["pypi-AgE"], body: Alphabet::Base64Url, min: 60, max: 1200 },
    source: "Warehouse documentation, API tokens; libmacaroons format v2",
    positives: &[
        "pypi-AgEIcHlwaS5vcmc{base64url:100}",
        "password = pypi-AgEIcHlwaS5vcmc{base64url:150}",
        "pypi-AgENdGVzdC5weXBpLm9yZw{base64url:120}",
    ],
    negatives: &["pypi-AgEIcHlwaS5vcmc", "pypi-{base64url:100}", "pypi-AgE{base64url:100}"],
    check: pypi,
}
.with_evidence();

fn pypi(candidate: &Candidate<'_>) -> Outcome {
    // Version 2, then the location field: type 1, its length, the host.
    let head = candidate.text.get(5..29).and_then(base64).unwrap_or_default();
    let host = head.get(3..).unwrap_or_default();
    let known = host.starts_with(b"pypi.org") || host.starts_with(b"test.pypi.org");
    if known { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
