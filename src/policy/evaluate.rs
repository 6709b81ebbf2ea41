//! Which rules match a call, and what they come to.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    glob,
    rule::{Action, Match, Policy, PolicyRule},
};
use crate::{
    decision::{Effect, Gate},
    finding::{DataClass, Finding},
    target::{Arguments, Target},
};

/// What rules look at.
pub(crate) struct Subject<'a> {
    /// The method, and what the request asks to be taken for.
    pub(crate) methods: &'a [&'a str],
    /// The URL up to the query, as it is and decoded; empty when it could not be read.
    pub(crate) urls: &'a [alloc::string::String; 2],
    pub(crate) agent: &'a str,
    pub(crate) target: &'a Target,
    pub(crate) arguments: &'a Arguments,
    pub(crate) findings: &'a [Finding],
    /// Classes that a client found and redacted before it asked.
    pub(crate) claimed: &'a [DataClass],
}

/// The effect of every rule that matches, in order of priority within each policy.
pub(crate) fn evaluate<'p>(policies: &'p [Policy], subject: &Subject<'_>) -> Vec<(&'p Policy, &'p PolicyRule, Effect)> {
    let rules = policies.iter().flat_map(|policy| policy.rules.iter().map(move |rule| (policy, rule)));
    rules.filter(|(_, rule)| holds(rule, subject)).map(|(policy, rule)| (policy, rule, effect(rule, subject))).collect()
}

fn holds(rule: &PolicyRule, subject: &Subject<'_>) -> bool {
    let classes = rule.condition.has_data_class.as_deref();
    matches(&rule.matches, subject) && classes.is_none_or(|classes| present(classes, subject))
}

fn matches(m: &Match, subject: &Subject<'_>) -> bool {
    let target = subject.target;
    let any =
        |list: &Option<Vec<_>>, test: &dyn Fn(&alloc::string::String) -> bool| list.as_ref().is_none_or(|l| l.iter().any(test));
    any(&m.tools, &|tool| *tool == target.tool)
        && any(&m.operations, &|operation| operation == "*" || *operation == target.operation)
        && m.verbs.as_ref().is_none_or(|verbs| verbs.contains(&target.verb))
        && any(&m.methods, &|method| subject.methods.iter().any(|m| method.eq_ignore_ascii_case(m)))
        && any(&m.hosts, &|host| host_matches(&host.to_ascii_lowercase(), &target.host))
        && any(&m.url_patterns, &|pattern| subject.urls.iter().any(|url| glob::matches(pattern, url)))
        && any(&m.agent_ids, &|agent| agent == subject.agent)
}

/// An IPv6 literal is compared as it is: its brackets are no set.
pub(crate) fn host_matches(pattern: &str, host: &str) -> bool {
    if pattern.starts_with('[') && pattern.contains(':') { pattern == host } else { glob::matches(pattern, host) }
}

fn present(classes: &[DataClass], subject: &Subject<'_>) -> bool {
    let found = subject.findings.iter().filter(|f| f.is_active()).any(|f| classes.contains(&f.rule.class()));
    found || subject.claimed.iter().any(|class| classes.contains(class))
}

fn effect(rule: &PolicyRule, subject: &Subject<'_>) -> Effect {
    let gate = match rule.action {
        Action::Deny => Gate::Deny,
        Action::RequireApproval => Gate::RequireApproval,
        Action::Allow | Action::Sanitize => Gate::Allow,
    };
    let redactions = if rule.action == Action::Sanitize { redactions(rule, subject) } else { BTreeSet::new() };
    Effect { gate, redactions }
}

fn redactions(rule: &PolicyRule, subject: &Subject<'_>) -> BTreeSet<usize> {
    let classes = rule.condition.has_data_class.as_deref().unwrap_or(&[DataClass::Secrets, DataClass::Pii, DataClass::Phi]);
    let chosen = subject.findings.iter().enumerate().filter(|(_, f)| f.is_active() && classes.contains(&f.rule.class()));
    let mut indexes = BTreeSet::new();
    indexes.extend(chosen.map(|(index, _)| index));
    indexes
}
