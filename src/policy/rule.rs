//! The vocabulary of policies.

use alloc::{string::String, vec::Vec};

use crate::{error::ConfigError, finding::DataClass, target::Verb};

/// What a rule does when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Says that the call is expected; loosens nothing.
    Allow,
    /// Redacts the findings of the classes in the rule's condition; without a condition, all secrets and personal data.
    Sanitize,
    /// A person decides.
    RequireApproval,
    /// Not sent.
    Deny,
}

impl Action {
    pub(crate) const ALL: [Self; 4] = [Self::Allow, Self::Sanitize, Self::RequireApproval, Self::Deny];

    /// The name in policies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Sanitize => "SANITIZE",
            Self::RequireApproval => "REQUIRE_APPROVAL",
            Self::Deny => "DENY",
        }
    }
}

/// All given keys must hold; within a key any of the values. A key that is not given holds for every call.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Match {
    /// Tools, by exact name: `tool_name`, `tool_names` or `tools`.
    pub tools: Option<Vec<String>>,
    /// Operations, by exact name, or `*`.
    pub operations: Option<Vec<String>>,
    /// Verbs.
    pub verbs: Option<Vec<Verb>>,
    /// HTTP methods, without case.
    pub methods: Option<Vec<String>>,
    /// Globs over the host.
    pub hosts: Option<Vec<String>>,
    /// Globs over the URL up to the query, with case.
    pub url_patterns: Option<Vec<String>>,
    /// Agents, by exact id.
    pub agent_ids: Option<Vec<String>>,
}

/// What must hold of the content.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Condition {
    /// At least one finding of one of these classes, not counting credentials in their own place and placeholders.
    pub has_data_class: Option<Vec<DataClass>>,
}

/// One rule of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRule {
    /// Id, unique within the policy.
    pub rule_id: String,
    /// Lower numbers are reported first; the effect does not depend on the order. Default 100.
    pub priority: i64,
    /// Which calls.
    pub matches: Match,
    /// Which content.
    pub condition: Condition,
    /// What then.
    pub action: Action,
    /// Reason code of the verdict; `POLICY_MATCH` when absent.
    pub reason_code: Option<String>,
}

/// A named list of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Name.
    pub name: String,
    /// Rules.
    pub rules: Vec<PolicyRule>,
    /// The text that it was read from: part of the policy version.
    pub(crate) text: String,
}

impl Policy {
    /// Reads a policy from JSON. `source` names it in errors, usually a file name.
    ///
    /// ```
    /// let error = interven::Policy::parse(r#"{"name":"p","rules":[{"rule_id":"r","acton":"DENY"}]}"#, "p.json").unwrap_err();
    /// assert_eq!(error.to_string(), "p.json:1:37: rules[0].acton: unknown key (did you mean `action`?)");
    /// ```
    ///
    /// # Errors
    /// [`ConfigError`] with line, column and key for anything that is not exactly understood.
    pub fn parse(text: &str, source: &str) -> Result<Self, ConfigError> {
        super::parse::policy(text, source)
    }
}
