//! Policies from JSON. Every key is known or an error; every value has the one type that it may have.

use alloc::{borrow::ToOwned, format, string::String, sync::Arc, vec::Vec};

use super::{
    date, glob,
    keys::{self, Group},
    rule::{Action, Mode, Policy, PolicyRule, Suppression},
};
use crate::{
    error::ConfigError,
    finding::Severity,
    json::{self, Path, Place, Reader, Value},
    sort::sort,
};

pub(super) const POLICY_KEYS: &[&str] =
    &["$schema", "name", "description", "version", "env_name", "env_names", "compliance_tags", "rules", "suppressions"];
pub(super) const RULE_KEYS: &[&str] = &[
    "rule_id",
    "description",
    "priority",
    "match",
    "condition",
    "action",
    "mode",
    "sanitize_fields",
    "reason_code",
    "escalate_to",
    "tag",
    "incident_severity",
];
pub(super) const SUPPRESSION_KEYS: &[&str] = &["rule_id", "host", "path", "expires", "reason"];
/// Most rules of a policy.
const MOST_RULES: usize = 10_000;

/// Reads one policy document.
pub(super) fn policy(text: &str, source: &str) -> Result<Policy, ConfigError> {
    let root = json::parse(text.as_bytes(), source)?;
    let reader = Reader { text, source };
    let at = Place { node: &root, key: String::new() };
    reader.only_keys(&at, POLICY_KEYS)?;
    let name = reader.text(&reader.required(&at, "name")?)?;
    for key in ["$schema", "description", "env_name"] {
        reader.optional(&at, key).map(|p| reader.text(&p)).transpose()?;
    }
    if let Some(version) = reader.optional(&at, "version").filter(|version| !matches!(version.node.value, Value::Number(_))) {
        reader.text(&version)?;
    }
    for key in ["env_names", "compliance_tags"] {
        reader.optional(&at, key).map(|p| reader.texts(&p)).transpose()?;
    }
    let list = reader.required(&at, "rules")?;
    let items = reader.items(&list)?;
    if items.len() > MOST_RULES {
        return reader.fail(&list, format!("more than {MOST_RULES} rules"), None);
    }
    let mut rules: Vec<PolicyRule> = items.iter().map(|item| reader.rule(item)).collect::<Result<_, _>>()?;
    if let Some((item, rule)) = repeated_id(&rules).and_then(|second| items.get(second).zip(rules.get(second))) {
        return reader.fail(item, format!("the rule_id `{}` is used twice", rule.rule_id), None);
    }
    sort(&mut rules, |a, b| (a.priority, &a.rule_id) < (b.priority, &b.rule_id));
    let suppressions = match reader.optional(&at, "suppressions") {
        None => Vec::new(),
        Some(list) => reader.items(&list)?.iter().map(|item| reader.suppression(item)).collect::<Result<_, _>>()?,
    };
    Ok(Policy { name, rules, suppressions, text: text.to_owned(), source: source.to_owned() })
}

/// The second place of the first id that is used twice.
fn repeated_id(rules: &[PolicyRule]) -> Option<usize> {
    let mut ids: Vec<(&str, usize)> = rules.iter().enumerate().map(|(at, rule)| (rule.rule_id.as_str(), at)).collect();
    sort(&mut ids, |a, b| a < b);
    let second = |pair: &[(&str, usize)]| match pair {
        [(a, _), (b, at)] if a == b => Some(*at),
        _ => None,
    };
    ids.windows(2).filter_map(second).min()
}

impl Reader<'_> {
    fn rule(&self, place: &Place<'_>) -> Result<PolicyRule, ConfigError> {
        // The older flat shape has the keys of both groups in the rule itself.
        let flat = self.fields(place)?.iter().any(|(name, _)| keys::find(name).is_some());
        let known: Vec<&str> = RULE_KEYS.iter().copied().chain(keys::names(None)).collect();
        self.only_keys(place, &known)?;
        let rule_id = self.text(&self.required(place, "rule_id")?)?;
        let priority = self.optional(place, "priority").map_or(Ok(100), |number| self.whole_number(&number))?;
        let mut tests = if flat { self.tests(place, None)? } else { Vec::new() };
        for (name, group) in [("match", Group::Match), ("condition", Group::Condition)] {
            if let Some(inside) = self.optional(place, name) {
                self.only_keys(&inside, &keys::names(Some(group)))?;
                tests.extend(self.tests(&inside, Some(group))?);
            }
        }
        let action = self.required(place, "action")?;
        let action = self.one(&action, "action", &Action::ALL.map(Action::as_str), |text| {
            Action::ALL.into_iter().find(|action| action.as_str() == text)
        })?;
        let mode = self.optional(place, "mode").map(|mode| {
            self.one(&mode, "mode", &Mode::ALL.map(Mode::as_str), |text| Mode::ALL.into_iter().find(|mode| mode.as_str() == text))
        });
        let text = |name: &str| self.optional(place, name).map(|p| self.text(&p)).transpose();
        text("description")?;
        text("tag")?;
        Ok(PolicyRule {
            rule_id,
            priority,
            action,
            mode: mode.transpose()?.unwrap_or_default(),
            reason_code: self.optional(place, "reason_code").map(|r| self.reason_code(&r)).transpose()?,
            escalate_to: text("escalate_to")?,
            incident_severity: self.incident_severity(place, action)?,
            sanitize_fields: self.sanitize_fields(place, action)?,
            tests,
            at: place.node.at,
        })
    }

    fn incident_severity(&self, place: &Place<'_>, action: Action) -> Result<Severity, ConfigError> {
        let Some(given) = self.optional(place, "incident_severity") else { return Ok(Severity::High) };
        if action != Action::OpenIncident {
            return self.fail(&given, "only a rule with the action OPEN_INCIDENT has an incident", None);
        }
        // Four grades are in use; two matter to whoever is woken.
        self.one(&given, "severity", &["LOW", "MEDIUM", "HIGH", "CRITICAL"], |text| match text {
            "LOW" | "MEDIUM" => Some(Severity::Low),
            "HIGH" | "CRITICAL" => Some(Severity::High),
            _ => None,
        })
    }

    fn sanitize_fields(&self, place: &Place<'_>, action: Action) -> Result<Arc<[Path]>, ConfigError> {
        let Some(given) = self.optional(place, "sanitize_fields") else { return Ok(Arc::default()) };
        if action != Action::Sanitize {
            return self.fail(&given, "only a rule with the action SANITIZE redacts fields", None);
        }
        // A bare name is a field at the top.
        let path = |text: &String| Path::parse(&if text.starts_with('$') { text.clone() } else { ["$.", text].concat() });
        let paths: Result<Arc<[Path]>, &str> = self.texts(&given)?.iter().map(path).collect();
        paths.or_else(|problem| {
            self.fail(&given, format!("a path {problem}"), Some("such as `$.customer.name` or `$.items[*].note`".into()))
        })
    }

    fn reason_code(&self, place: &Place<'_>) -> Result<String, ConfigError> {
        let code = self.text(place)?;
        if code.len() <= 64 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') {
            return Ok(code);
        }
        self.fail(place, "must be upper-case letters, digits and `_`, at most 64", Some("such as NEW_DESTINATION".to_owned()))
    }

    fn path_glob(&self, place: &Place<'_>) -> Result<String, ConfigError> {
        let text = self.text(place)?;
        match glob::fault(&text) {
            Some(fault) => self.fail(place, format!("the glob `{text}` {fault}"), None),
            None => Ok(text),
        }
    }

    fn suppression(&self, place: &Place<'_>) -> Result<Suppression, ConfigError> {
        self.only_keys(place, SUPPRESSION_KEYS)?;
        let host = self.optional(place, "host").map(|host| self.hosts(&host)).transpose()?;
        if let Some(several) = self.optional(place, "host").filter(|_| host.as_ref().is_some_and(|hosts| hosts.len() > 1)) {
            return self.fail(&several, "must be one host", Some("write a suppression for each".into()));
        }
        let path = self.optional(place, "path").map(|path| self.path_glob(&path)).transpose()?;
        if host.is_none() && path.is_none() {
            return self.fail(place, "needs `host` or `path`: without either the rule would be off", None);
        }
        let expires = self.required(place, "expires")?;
        let Some(expires_at_ms) = date::milliseconds(&self.text(&expires)?) else {
            return self.fail(
                &expires,
                "must be a day or a time in UTC",
                Some("such as 2027-01-31 or 2027-01-31T12:00:00Z".into()),
            );
        };
        Ok(Suppression {
            rule_id: self.text(&self.required(place, "rule_id")?)?,
            host: host.and_then(|hosts| hosts.into_iter().next()),
            path,
            expires_at_ms,
            reason: self.text(&self.required(place, "reason")?)?,
            at: place.node.at,
        })
    }
}

#[cfg(test)]
mod tests;
