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
mod sets;
mod shape;
mod stretch;
mod terms;
mod vendors;

pub(crate) use checks::base64;
pub(crate) use custom::CustomRules;
#[cfg(feature = "patterns")]
pub(crate) use custom::Expression;
pub(crate) use place::{Placement, credential_header, credential_name, known_host, placement, vendors};
pub(crate) use reference::Match;
pub(crate) use scan::detect;
pub(crate) use sets::ByteSet;

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
    #[cfg(feature = "full")]
    pii::health::RULES,
    #[cfg(feature = "full")]
    pii::north_america::RULES,
    #[cfg(feature = "full")]
    pii::south_america::RULES,
    #[cfg(feature = "full")]
    pii::britain::RULES,
    #[cfg(feature = "full")]
    pii::west_europe::RULES,
    #[cfg(feature = "full")]
    pii::germany::RULES,
    #[cfg(feature = "full")]
    pii::south_europe::RULES,
    #[cfg(feature = "full")]
    pii::north_europe::RULES,
    #[cfg(feature = "full")]
    pii::asia::RULES,
    #[cfg(feature = "full")]
    pii::other_countries::RULES,
    #[cfg(feature = "full")]
    pii::banking::RULES,
    #[cfg(feature = "full")]
    pii::travel::RULES,
    #[cfg(feature = "full")]
    pii::crypto::RULES,
    #[cfg(feature = "full")]
    pii::device::RULES,
    #[cfg(feature = "full")]
    pii::plates::RULES,
    #[cfg(feature = "full")]
    pii::phone::RULES,
    #[cfg(feature = "full")]
    pii::contact::RULES,
    #[cfg(feature = "full")]
    pii::person::RULES,
    #[cfg(feature = "full")]
    pii::names::RULES,
    #[cfg(feature = "full")]
    injection::RULES,
];

/// Every built-in rule. Of two findings over the same text the one whose rule comes first gives the placeholder its name.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
