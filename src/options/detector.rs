//! Detectors of one's own.

use alloc::{string::String, vec::Vec};

use crate::{
    finding::{DataClass, Severity},
    secret::Sensitive,
};

/// A rule of the configuration: what to look for, and what a match is.
#[derive(Clone, Debug)]
pub struct CustomDetector {
    /// Stable id: lower-case letters, digits and `_`. In upper case it is the type in placeholders.
    pub id: String,
    /// Category.
    pub class: DataClass,
    /// How bad.
    pub severity: Severity,
    /// What it looks for.
    pub pattern: Pattern,
    /// Words of which one must be in the name of the field or in the 48 bytes before the value; none: anywhere.
    pub near: Vec<String>,
    /// Name of a check that a match must pass: `luhn`, `mod97`, …
    pub validator: Option<String>,
    /// Whether the operator `mask` leaves the last four characters.
    pub shows_tail: bool,
}

/// What a detector looks for. Neither form is ever shown.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Any of these texts, wherever it stands.
    Literals {
        /// The texts, 3 to 1,024 bytes each.
        values: Vec<Sensitive<String>>,
        /// Whether ASCII letters match in either case.
        ignore_case: bool,
    },
    /// A regular expression without look-around and back-references; a match is at most 1,024 bytes long. Needs the feature
    /// `patterns`.
    Regex(Sensitive<String>),
}
