//! What is odd about a policy that can be used. Nothing is dropped: every rule still has its say.

use alloc::{format, string::String, vec::Vec};

use super::{
    keys::Asks,
    rule::{Action, Mode, Policy, PolicyRule},
    test::{Operation, Test, Want},
};
use crate::{
    error::{ConfigError, did_you_mean},
    json::position,
    target::{has_operation, tool_names},
};

/// Most rules that are compared with one another: beyond, only each by itself.
const MOST_COMPARED: usize = 2_000;

pub(super) fn of(policy: &Policy, time_ms: Option<u64>) -> Vec<ConfigError> {
    let mut notices = Vec::new();
    let mut say = |at: usize, key: String, message: String, suggestion: Option<String>| {
        let (line, column) = position(policy.text.as_bytes(), at);
        notices.push(ConfigError { source: policy.source.clone(), line, column, key, message, suggestion });
    };
    for rule in &policy.rules {
        alone(rule, &mut |at, message, suggestion| say(at, rule.rule_id.clone(), message, suggestion));
    }
    for (index, rule) in policy.rules.iter().enumerate().take(MOST_COMPARED) {
        let others = policy.rules.iter().enumerate().take(MOST_COMPARED).filter(|(other, _)| *other != index);
        if let Some((_, other)) =
            others.into_iter().find(|(at, other)| !policy.suppresses(other) && makes_superfluous(other, rule, *at < index))
        {
            let message =
                format!("can never change a decision: `{}` matches whenever it does and is at least as strict", other.rule_id);
            say(rule.at, rule.rule_id.clone(), message, Some("remove one of the two, or make them differ".into()));
        }
    }
    for suppression in &policy.suppressions {
        if time_ms.is_some_and(|now| now >= suppression.expires_at_ms) {
            let message = "has expired, so it does nothing".into();
            say(
                suppression.at,
                format!("suppressions.{}", suppression.rule_id),
                message,
                Some("remove it, or decide anew".into()),
            );
        }
    }
    notices
}

/// What can be said of a rule by itself.
fn alone(rule: &PolicyRule, say: &mut dyn FnMut(usize, String, Option<String>)) {
    let tools: Vec<&str> = texts(&rule.tests, Asks::Tools);
    let known: Vec<&str> = tool_names().collect();
    for test in &rule.tests {
        match (&test.want, test.key.asks) {
            (Want::Texts(names), Asks::Tools) => {
                for name in names.iter().filter(|name| !name.contains(['*', '?', '[']) && !known.contains(&name.as_str())) {
                    if let Some(suggestion) = did_you_mean(name, &known) {
                        say(test.at, format!("no built-in tool is called `{name}`"), Some(suggestion));
                    }
                }
            }
            (Want::Operations(operations), _) => {
                for operation in operations {
                    let Operation::Named(name) = operation else { continue };
                    let built_in = !tools.is_empty() && tools.iter().all(|tool| known.contains(tool));
                    if built_in && !name.contains('*') && name != "request" && !tools.iter().any(|tool| has_operation(tool, name))
                    {
                        say(test.at, format!("{} has no operation `{name}`", tools.join(", ")), None);
                    }
                }
            }
            (Want::Hundredths(bound), Asks::RiskGt) if *bound >= 100 => never(test, "no risk score is greater", say),
            (Want::Hundredths(0), Asks::TrustLt) => never(test, "no trust score is less", say),
            (Want::Groups(groups), Asks::Not) if groups.iter().any(|group| group.iter().all(|t| rule.tests.contains(t))) => {
                never(test, "the rule asks for the same and for its opposite", say);
            }
            (Want::Bool(wanted), asks) if rule.tests.iter().any(|t| t.key.asks == asks && t.want == Want::Bool(!*wanted)) => {
                never(test, "the rule asks for the same and for its opposite", say);
            }
            _ => {}
        }
    }
    if rule.action == Action::Allow {
        say(rule.at, "ALLOW loosens nothing: it marks calls as expected in reports".into(), None);
    }
}

fn never(test: &Test, why: &str, say: &mut dyn FnMut(usize, String, Option<String>)) {
    say(test.at, format!("the rule can never match: {why}"), Some(format!("mend `{}`", test.key.name)));
}

fn texts(tests: &[Test], asks: Asks) -> Vec<&str> {
    let mut found = Vec::new();
    for test in tests.iter().filter(|test| test.key.asks == asks) {
        if let Want::Texts(names) = &test.want {
            found.extend(names.iter().map(String::as_str));
        }
    }
    found
}

/// Whether one rule matches whenever the other does, and is at least as strict. Of two that are alike the first counts.
fn makes_superfluous(one: &PolicyRule, other: &PolicyRule, first: bool) -> bool {
    let strength = |action: Action| match action {
        Action::Allow => 0,
        Action::Sanitize => 1,
        Action::RequireApproval => 2,
        Action::Deny => 3,
        Action::OpenIncident => 4,
    };
    // A gate takes nothing out, so it makes a redaction superfluous only where nothing is sent at all.
    let covers = match (one.action, other.action) {
        (Action::Sanitize, Action::Sanitize) => {
            one.sanitize_fields == other.sanitize_fields
                && other.sanitized_classes().iter().all(|class| one.sanitized_classes().contains(class))
        }
        (Action::RequireApproval, Action::Sanitize) => false,
        (a, b) => strength(a) >= strength(b),
    };
    let asks_no_more = one.tests.iter().all(|test| other.tests.contains(test));
    let alike = one.tests.len() == other.tests.len() && one.action == other.action;
    one.mode == Mode::Enforce && other.mode == Mode::Enforce && covers && asks_no_more && (!alike || first)
}
