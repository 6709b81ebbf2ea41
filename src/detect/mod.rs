//! From text to findings.
//!
//! In: one view. Out: hits, as ranges of its decoded text. Rules are rows of data; the scan loop looks at each byte once,
//! and every rule's work at one position is bounded, so that no input makes it quadratic.

mod assigned;
mod checks;
mod context;
mod entropy;
mod kinds;
mod pii;
mod place;
mod prefixes;
mod rule;
mod scan;
mod secrets;
mod shape;

pub(crate) use checks::base64;
pub(crate) use place::{Placement, credential_header, placement, vendors};
pub(crate) use scan::{Hit, detect};

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
    secrets::generic::RULES,
    assigned::RULES,
    pii::RULES,
];

/// Every built-in rule. Of two findings over the same text the one whose rule comes first gives the placeholder its name.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
