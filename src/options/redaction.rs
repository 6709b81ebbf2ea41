//! How findings are replaced.

use alloc::{format, string::String, vec::Vec};

use crate::{
    detect::RuleRef,
    error::{ConfigError, did_you_mean},
    finding::DataClass,
    secret::Sensitive,
};

/// What stands where a finding stood. Ordered by how much it hides: of overlapping findings the last one's is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Operator {
    /// `****1234`: the last four characters where the rule allows it, otherwise `****`.
    Mask,
    /// `[TYPE:h…]`: a keyed hash, the same for the same value in every scan.
    Hash,
    /// `[TYPE:n]`: the same number for the same value within one scan. The default.
    #[default]
    Replace,
    /// Nothing.
    Drop,
}

impl Operator {
    pub(super) const ALL: [Self; 4] = [Self::Mask, Self::Hash, Self::Replace, Self::Drop];

    /// The name in configurations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Hash => "hash",
            Self::Replace => "replace",
            Self::Drop => "drop",
        }
    }
}

/// Which operator replaces what: that of the rule, else that of its class, else the default.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    /// For everything that is not named.
    pub default: Operator,
    /// By class.
    pub classes: Vec<(DataClass, Operator)>,
    /// By id of the rule.
    pub rules: Vec<(String, Operator)>,
    /// The key of `hash`, at least 16 bytes.
    pub key: Option<Sensitive<String>>,
}

impl Redaction {
    pub(crate) fn operator(&self, rule: &RuleRef) -> Operator {
        let by_rule = self.rules.iter().find(|(id, _)| id == rule.id()).map(|(_, operator)| *operator);
        let by_class = || self.classes.iter().find(|(class, _)| *class == rule.class()).map(|(_, operator)| *operator);
        by_rule.or_else(by_class).unwrap_or(self.default)
    }

    /// # Errors
    /// [`ConfigError`] for a rule that does not exist, and for a hash without a key.
    pub(super) fn validate(&self, known: &[&str]) -> Result<(), ConfigError> {
        if let Some((id, _)) = self.rules.iter().find(|(id, _)| !known.contains(&id.as_str())) {
            let message = format!("unknown rule `{id}`");
            return Err(ConfigError::option("redaction.rules", message, did_you_mean(id, known)));
        }
        let named = self.classes.iter().map(|(_, operator)| operator).chain(self.rules.iter().map(|(_, operator)| operator));
        let hashes = named.chain([&self.default]).any(|operator| *operator == Operator::Hash);
        let key = self.key.as_ref().map_or(0, |key| key.expose().len());
        if (hashes || self.key.is_some()) && key < 16 {
            return Err(ConfigError::option("redaction.key", "`hash` needs a key of at least 16 bytes", None));
        }
        Ok(())
    }
}
