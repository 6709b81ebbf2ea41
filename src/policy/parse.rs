//! Policies from JSON. Every key is known or an error; every value has the one type that it may have.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::rule::{Action, Condition, Match, Policy, PolicyRule};
use crate::{
    error::ConfigError,
    finding::DataClass,
    json::{self, Place, Reader},
    sort::sort,
    target::Verb,
};

const POLICY_KEYS: &[&str] = &["$schema", "name", "description", "version", "env_name", "env_names", "compliance_tags", "rules"];
const RULE_KEYS: &[&str] = &["rule_id", "description", "priority", "match", "condition", "action", "reason_code"];
const MATCH_KEYS: &[&str] =
    &["tool_name", "tool_names", "tools", "operations", "verbs", "methods", "hosts", "url_patterns", "agent_ids"];
const CONDITION_KEYS: &[&str] = &["has_data_class"];

/// Reads one policy document.
pub(super) fn policy(text: &str, source: &str) -> Result<Policy, ConfigError> {
    let root = json::parse(text.as_bytes(), source)?;
    let reader = Reader { text, source };
    let at = Place { node: &root, key: String::new() };
    reader.only_keys(&at, POLICY_KEYS)?;
    let name = reader.required(&at, "name")?;
    let name = reader.text(&name)?;
    let list = reader.required(&at, "rules")?;
    let items = reader.items(&list)?;
    let mut rules: Vec<PolicyRule> = items.iter().map(|item| reader.rule(item)).collect::<Result<_, _>>()?;
    if let Some((item, rule)) = repeated_id(&rules).and_then(|second| items.get(second).zip(rules.get(second))) {
        return reader.fail(item, format!("the rule_id `{}` is used twice", rule.rule_id), None);
    }
    sort(&mut rules, |a, b| (a.priority, &a.rule_id) < (b.priority, &b.rule_id));
    Ok(Policy { name, rules, text: text.to_owned() })
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
        self.only_keys(place, RULE_KEYS)?;
        let rule_id = self.text(&self.required(place, "rule_id")?)?;
        let priority = match self.optional(place, "priority") {
            None => 100,
            Some(number) => self.whole_number(&number)?,
        };
        let matches = self.optional(place, "match").map(|m| self.matches(&m)).transpose()?.unwrap_or_default();
        let condition = self.optional(place, "condition").map(|c| self.condition(&c)).transpose()?.unwrap_or_default();
        let action = self.required(place, "action")?;
        let names = Action::ALL.map(Action::as_str);
        let parsed = self.named(&action, "action", &names, |text| Action::ALL.into_iter().find(|a| a.as_str() == text))?;
        let [action] = parsed.as_slice() else { return self.fail(&action, "must be one action", None) };
        let reason_code = self.optional(place, "reason_code").map(|r| self.reason_code(&r)).transpose()?;
        Ok(PolicyRule { rule_id, priority, matches, condition, action: *action, reason_code })
    }

    fn reason_code(&self, place: &Place<'_>) -> Result<String, ConfigError> {
        let code = self.text(place)?;
        if code.len() <= 64 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') {
            return Ok(code);
        }
        self.fail(place, "must be upper-case letters, digits and `_`, at most 64", Some("such as NEW_DESTINATION".to_owned()))
    }

    fn matches(&self, place: &Place<'_>) -> Result<Match, ConfigError> {
        self.only_keys(place, MATCH_KEYS)?;
        let texts = |name: &str| self.optional(place, name).map(|p| self.texts(&p)).transpose();
        let mut tools = None;
        for name in ["tool_name", "tool_names", "tools"] {
            if let Some(more) = texts(name)? {
                tools.get_or_insert_with(Vec::new).extend(more);
            }
        }
        let verbs = self
            .optional(place, "verbs")
            .map(|p| self.named(&p, "verb", &["READ", "WRITE", "ADMIN"], Verb::parse))
            .transpose()?;
        Ok(Match {
            tools,
            operations: texts("operations")?,
            verbs,
            methods: texts("methods")?,
            hosts: self.optional(place, "hosts").map(|p| self.hosts(&p)).transpose()?,
            url_patterns: texts("url_patterns")?,
            agent_ids: texts("agent_ids")?,
        })
    }

    /// Host globs that can match: a host as URLs have it, without scheme, port and path.
    fn hosts(&self, place: &Place<'_>) -> Result<Vec<String>, ConfigError> {
        let hosts = self.texts(place)?;
        for host in &hosts {
            let literal = host.starts_with('[') && host.contains(':') && host.ends_with(']');
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._*?[]".contains(&b);
            if !literal && (!host.bytes().all(plain) || host.matches('[').count() != host.matches(']').count()) {
                let suggestion = "a host such as `api.example.com` or `*.example.com`; punycode for other letters, ports and paths in url_patterns";
                return self.fail(place, format!("`{host}` can never match a host"), Some(suggestion.to_owned()));
            }
        }
        Ok(hosts)
    }

    fn condition(&self, place: &Place<'_>) -> Result<Condition, ConfigError> {
        self.only_keys(place, CONDITION_KEYS)?;
        let classes =
            |p: Place<'_>| self.named(&p, "data class", &["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"], DataClass::parse);
        let has_data_class = self.optional(place, "has_data_class").map(classes).transpose()?;
        Ok(Condition { has_data_class })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_full_rule() {
        let text = r#"{"name":"p","rules":[{"rule_id":"b","priority":20,"action":"ALLOW"},
            {"rule_id":"a","priority":-1,"match":{"tool_name":"slack","verbs":["write"],"hosts":["*.slack.com"]},
             "condition":{"has_data_class":["PII"]},"action":"SANITIZE","reason_code":"PII_EGRESS"}]}"#;
        let policy = policy(text, "p").unwrap();
        let first = policy.rules.first().unwrap();
        assert_eq!((first.rule_id.as_str(), first.priority, first.action), ("a", -1, Action::Sanitize));
        assert_eq!(first.matches.verbs, Some([Verb::Write].into()));
        assert_eq!(first.condition.has_data_class, Some([DataClass::Pii].into()));
    }

    #[test]
    fn errors_name_line_key_and_remedy() {
        let cases = [
            ("{\"name\":\"p\"}", "p:1:1: the key `rules` is missing"),
            ("{\"name\":\"p\",\"rules\":{}}", "p:1:13: rules: must be a list, not an object"),
            (
                "{\"name\":\"p\",\n\"rules\":[{\"rule_id\":\"r\",\n\"match\":{\"host\":[\"a\"]},\"action\":\"DENY\"}]}",
                "p:3:10: rules[0].match.host: unknown key (did you mean `hosts`?)",
            ),
            (
                "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"action\":\"BLOCK\"}]}",
                "p:1:37: rules[0].action: unknown action `BLOCK` (one of ALLOW, SANITIZE, REQUIRE_APPROVAL, DENY)",
            ),
            (
                "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"match\":{\"verbs\":[]},\"action\":\"DENY\"}]}",
                "p:1:46: rules[0].match.verbs: the list is empty, so the rule would never match (remove the key to match everything)",
            ),
            (
                "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"priority\":1.5,\"action\":\"DENY\"}]}",
                "p:1:37: rules[0].priority: must be a whole number",
            ),
            ("{\"name\":\"p\",\"rules\":[,]}", "p:1:22: not valid JSON: expected a value"),
        ];
        for (text, want) in cases {
            assert_eq!(policy(text, "p").unwrap_err().to_string(), want);
        }
    }
}
