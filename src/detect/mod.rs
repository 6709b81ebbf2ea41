//! From text to findings.
//!
//! In: one view. Out: hits, as ranges of its decoded text. Rules are rows of data; the scan loop looks at each byte once,
//! and every rule's work at one position is bounded, so that no input makes it quadratic.

mod checks;
mod pii;
mod place;
mod rule;
mod scan;
mod secrets;

pub(crate) use checks::base64;
pub(crate) use place::{Placement, credential_header, credential_name, known_host, placement, vendors};
pub(crate) use scan::{Hit, detect};

pub use rule::{Alphabet, Rule, Shape, Vendor};

/// Every built-in rule. Of two findings over the same text the one whose rule stands first gives the placeholder its name.
pub static RULES: &[&Rule] = &[
    &secrets::aws::ACCESS_KEY_ID,
    &secrets::aws::SECRET_ACCESS_KEY,
    &secrets::github::TOKEN,
    &secrets::github::FINE_GRAINED_TOKEN,
    &secrets::slack::TOKEN,
    &secrets::slack::APP_TOKEN,
    &secrets::slack::WEBHOOK,
    &secrets::stripe::LIVE_KEY,
    &secrets::stripe::TEST_KEY,
    &secrets::stripe::WEBHOOK_SECRET,
    &secrets::openai::PROJECT_KEY,
    &secrets::openai::LEGACY_KEY,
    &secrets::anthropic::KEY,
    &secrets::google::API_KEY,
    &secrets::packages::NPM_TOKEN,
    &secrets::packages::PYPI_TOKEN,
    &secrets::generic::JWT,
    &secrets::generic::PRIVATE_KEY,
    &pii::card::CREDIT_CARD,
    &pii::ssn::US_SSN,
    &pii::iban::IBAN,
    &pii::email::EMAIL,
    &pii::internal::MARKER,
];
