//! The rule of a finding, wherever it comes from.

use alloc::sync::Arc;
use core::{fmt, ops::Range};

use super::{custom::CustomRule, rule::Rule, scan::Hit};
use crate::{
    finding::{Confidence, DataClass, Severity},
    json,
};

/// The rule that a finding belongs to: one of the built-in table, one of the configuration, or the fields that a policy names.
#[derive(Clone)]
pub struct RuleRef(Source);

#[derive(Clone)]
enum Source {
    BuiltIn(&'static Rule),
    Custom(Arc<CustomRule>),
    Fields(Arc<[json::Path]>),
}

impl RuleRef {
    /// The rule that finds the values at these paths, whatever they hold.
    pub(crate) fn of_fields(paths: &Arc<[json::Path]>) -> Self {
        Self(Source::Fields(paths.clone()))
    }

    /// Whether it is fields that a policy names.
    pub(crate) fn is_fields(&self) -> bool {
        matches!(self.0, Source::Fields(_))
    }

    /// Stable id.
    pub fn id(&self) -> &str {
        match &self.0 {
            Source::BuiltIn(rule) => rule.id,
            Source::Custom(rule) => &rule.id,
            Source::Fields(_) => "policy_field",
        }
    }

    /// Category.
    pub fn class(&self) -> DataClass {
        match &self.0 {
            Source::BuiltIn(rule) => rule.class,
            Source::Custom(rule) => rule.class,
            Source::Fields(_) => DataClass::Pii,
        }
    }

    /// How bad.
    pub fn severity(&self) -> Severity {
        match &self.0 {
            Source::BuiltIn(rule) => rule.severity,
            Source::Custom(rule) => rule.severity,
            Source::Fields(_) => Severity::Low,
        }
    }

    /// The type in placeholders, `[LABEL:n]`.
    pub fn label(&self) -> &str {
        match &self.0 {
            Source::BuiltIn(rule) => rule.label,
            Source::Custom(rule) => &rule.label,
            Source::Fields(_) => "FIELD",
        }
    }

    /// The row of the built-in table; `None` for a rule of the configuration.
    pub fn built_in(&self) -> Option<&'static Rule> {
        match &self.0 {
            Source::BuiltIn(rule) => Some(rule),
            Source::Custom(_) | Source::Fields(_) => None,
        }
    }

    /// Tells rules apart within one engine.
    pub(crate) fn address(&self) -> usize {
        match &self.0 {
            Source::BuiltIn(rule) => core::ptr::from_ref(*rule).addr(),
            Source::Custom(rule) => Arc::as_ptr(rule).addr(),
            Source::Fields(paths) => Arc::as_ptr(paths).addr(),
        }
    }

    /// Whether a mask may leave the last characters: what is printed on receipts, and what the configuration says.
    pub(crate) fn shows_tail(&self) -> bool {
        match &self.0 {
            Source::BuiltIn(rule) => SHOWS_TAIL.contains(&rule.id),
            Source::Custom(rule) => rule.shows_tail,
            Source::Fields(_) => false,
        }
    }

    /// The place in the order of naming: of overlapping findings the lowest gives the placeholder its name.
    pub(crate) fn rank(&self) -> usize {
        match &self.0 {
            Source::BuiltIn(rule) => super::rules().position(|r| core::ptr::eq(r, *rule)).map_or(usize::MAX, |at| at + 1),
            Source::Custom(_) | Source::Fields(_) => 0,
        }
    }
}

/// Numbers whose last four digits are how people tell one from another.
const SHOWS_TAIL: &[&str] = &["credit_card", "iban", "bank_account"];

impl fmt::Debug for RuleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.id())
    }
}

/// What any rule found in a view.
pub(crate) struct Match {
    pub(crate) rule: RuleRef,
    pub(crate) range: Range<usize>,
    pub(crate) confidence: Confidence,
    pub(crate) placeholder: bool,
}

impl Match {
    pub(super) fn custom(rule: &Arc<CustomRule>, range: Range<usize>, confidence: Confidence) -> Self {
        Self { rule: RuleRef(Source::Custom(rule.clone())), range, confidence, placeholder: false }
    }
}

impl From<Hit> for Match {
    fn from(hit: Hit) -> Self {
        let rule = RuleRef(Source::BuiltIn(hit.rule));
        Self { rule, range: hit.range, confidence: hit.confidence, placeholder: hit.placeholder }
    }
}
