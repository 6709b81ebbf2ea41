//! From text to findings.
//!
//! In: one view. Out: hits, as ranges of its decoded text. Rules are rows of data; the scan loop looks at each byte once,
//! and every rule's work at one position is bounded, so that no input makes it quadratic.

mod assigned;
mod base58;
mod bech32;
mod checks;
mod checksums;
mod context;
mod custom;
mod cut;
mod entropy;
mod fields;
mod forms;
mod injection;
mod kinds;
mod phrases;
mod pii;
mod place;
mod prefixes;
mod reference;
mod rule;
mod scan;
mod secrets;
mod shape;
mod vendors;

pub(crate) use checks::base64;
pub(crate) use custom::CustomRules;
pub(crate) use place::{Placement, credential_header, credential_name, known_host, placement, vendors};
pub(crate) use reference::Match;
#[doc(hidden)]
pub use scan::counts;
pub(crate) use scan::detect;

pub use reference::RuleRef;
pub use rule::{Rule, Vendor};
pub use shape::{Alphabet, Part as TokenPart, Shape};

/// The built-in rules, family by family.
static FAMILIES: &[&[&Rule]] = &[
    secrets::aws::RULES,
    secrets::github::RULES,
    secrets::slack::RULES,
    secrets::stripe::RULES,
    secrets::openai::RULES,
    secrets::anthropic::RULES,
    secrets::google::RULES,
    secrets::packages::RULES,
    secrets::azure::RULES,
    secrets::cloud::RULES,
    secrets::edge::RULES,
    secrets::gitlab::RULES,
    secrets::atlassian::RULES,
    secrets::ci::RULES,
    secrets::infra::RULES,
    secrets::ai::RULES,
    secrets::ai_tools::RULES,
    secrets::chat::RULES,
    secrets::mail::RULES,
    secrets::saas::RULES,
    secrets::identity::RULES,
    secrets::content::RULES,
    secrets::payments::RULES,
    secrets::commerce::RULES,
    secrets::crypto::RULES,
    secrets::observability::RULES,
    secrets::alerts::RULES,
    secrets::data::RULES,
    secrets::tokens::RULES,
    secrets::generic::RULES,
    secrets::keys::RULES,
    secrets::hashes::RULES,
    secrets::urls::RULES,
    assigned::RULES,
    pii::RULES,
    pii::health::RULES,
    pii::north_america::RULES,
    pii::south_america::RULES,
    pii::britain::RULES,
    pii::west_europe::RULES,
    pii::germany::RULES,
    pii::south_europe::RULES,
    pii::north_europe::RULES,
    pii::asia::RULES,
    pii::other_countries::RULES,
    pii::banking::RULES,
    pii::travel::RULES,
    pii::crypto::RULES,
    pii::device::RULES,
    pii::plates::RULES,
    pii::phone::RULES,
    pii::contact::RULES,
    pii::person::RULES,
    pii::names::RULES,
    injection::RULES,
];

/// Every built-in rule. Of two findings over the same text the one whose rule comes first gives the placeholder its name.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
