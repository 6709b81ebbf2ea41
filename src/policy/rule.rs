//! The vocabulary of policies.

use alloc::{string::String, sync::Arc, vec::Vec};

use super::{notices, test::Test};
use crate::{
    decision::Gate,
    error::ConfigError,
    finding::{DataClass, Severity},
    json::Path,
    options::Allowed,
};

/// What a rule does when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Says that the call is expected; loosens nothing.
    Allow,
    /// Redacts the findings of the classes in the rule's condition, and the values of its `sanitize_fields`; without either,
    /// all secrets and personal data.
    Sanitize,
    /// A person decides.
    RequireApproval,
    /// Not sent.
    Deny,
    /// Not sent, and somebody should look at it today.
    OpenIncident,
}

impl Action {
    pub(crate) const ALL: [Self; 5] = [Self::Allow, Self::Sanitize, Self::RequireApproval, Self::Deny, Self::OpenIncident];

    /// The name in policies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Sanitize => "SANITIZE",
            Self::RequireApproval => "REQUIRE_APPROVAL",
            Self::Deny => "DENY",
            Self::OpenIncident => "OPEN_INCIDENT",
        }
    }

    /// The gate of a rule that matches.
    pub(super) const fn gate(self) -> Gate {
        match self {
            Self::Deny | Self::OpenIncident => Gate::Deny,
            Self::RequireApproval => Gate::RequireApproval,
            Self::Allow | Self::Sanitize => Gate::Allow,
        }
    }
}

/// Whether a rule acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// It does.
    #[default]
    Enforce,
    /// It is reported when it matches, and does nothing.
    Monitor,
}

impl Mode {
    pub(crate) const ALL: [Self; 2] = [Self::Enforce, Self::Monitor];

    /// The name in policies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Monitor => "monitor",
        }
    }
}

/// One rule of a policy. It matches when everything under `match` and under `condition` holds.
#[derive(Clone, Debug)]
pub struct PolicyRule {
    /// Id, unique within the policy.
    pub rule_id: String,
    /// Lower numbers are reported first; the effect does not depend on the order. Default 100.
    pub priority: i64,
    /// What then.
    pub action: Action,
    /// Whether it acts. Default [`Mode::Enforce`].
    pub mode: Mode,
    /// Reason code of the verdict; `POLICY_MATCH` when absent.
    pub reason_code: Option<String>,
    /// Whom an approval or an incident is for, for the host to route.
    pub escalate_to: Option<String>,
    /// How bad the incident of [`Action::OpenIncident`] is. Default high.
    pub incident_severity: Severity,
    pub(super) tests: Vec<Test>,
    pub(super) sanitize_fields: Arc<[Path]>,
    /// The byte where it stands in its document.
    pub(super) at: usize,
}

impl PolicyRule {
    /// Classes that a SANITIZE takes.
    pub(super) fn sanitized_classes(&self) -> &[DataClass] {
        let classes = self.tests.iter().find_map(|test| match &test.want {
            super::test::Want::Classes(classes) => Some(classes.as_slice()),
            _ => None,
        });
        let all: &[DataClass] =
            if self.sanitize_fields.is_empty() { &[DataClass::Secrets, DataClass::Pii, DataClass::Phi] } else { &[] };
        classes.unwrap_or(all)
    }
}

/// Something expected, until a day: a rule that does not act on some destination, or a detector's finding there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suppression {
    /// A rule of the policy, or of the detector.
    pub(crate) rule_id: String,
    pub(crate) host: Option<String>,
    /// Glob over the path of the URL for a rule of the policy, over the JSON pointer for a finding.
    pub(crate) path: Option<String>,
    pub(crate) expires_at_ms: u64,
    pub(crate) reason: String,
    pub(super) at: usize,
}

/// A named list of rules.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Name.
    pub name: String,
    /// Rules, by priority.
    pub rules: Vec<PolicyRule>,
    pub(crate) suppressions: Vec<Suppression>,
    /// The text that it was read from: part of the policy version.
    pub(crate) text: String,
    /// The name of the text, for messages.
    pub(super) source: String,
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

    /// What is odd about a policy that can be used: rules that can never match, rules that another makes superfluous, names
    /// that no tool has. `time_ms`, milliseconds since 1970, tells which suppressions are over.
    pub fn notices(&self, time_ms: Option<u64>) -> Vec<ConfigError> {
        notices::of(self, time_ms)
    }

    /// Entries for the allowlist: suppressions of what is no rule of this policy.
    pub(crate) fn suppressed_findings(&self) -> impl Iterator<Item = Allowed> {
        let own = |id: &str| self.rules.iter().any(|rule| rule.rule_id == id);
        self.suppressions.iter().filter(move |suppression| !own(&suppression.rule_id)).map(|suppression| Allowed {
            reason: suppression.reason.clone(),
            sha256: None,
            rule: Some(suppression.rule_id.clone()),
            host: suppression.host.clone(),
            path: suppression.path.clone(),
            expires_at_ms: Some(suppression.expires_at_ms),
        })
    }

    /// Whether a rule may be kept from acting somewhere.
    pub(super) fn suppresses(&self, rule: &PolicyRule) -> bool {
        self.suppressions.iter().any(|suppression| suppression.rule_id == rule.rule_id)
    }

    /// Names of the time zones that its rules need the offsets of.
    pub fn time_zones(&self) -> Vec<String> {
        let mut zones: Vec<String> = Vec::new();
        let mut see = |name: &str| {
            if !zones.iter().any(|known| known == name) {
                zones.push(name.into());
            }
        };
        self.rules.iter().flat_map(|rule| &rule.tests).for_each(|test| test.zones(&mut see));
        zones
    }
}
