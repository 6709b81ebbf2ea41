//! Which rules match a call, and what they come to.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use super::{
    glob,
    keys::Asks,
    rule::{Action, Mode, Policy, PolicyRule},
    subject::{Subject, host_matches},
    test::{Want, all},
};
use crate::{
    decision::{Effect, Gate},
    sort::sort,
};

/// Policies, arranged so that a call meets only the rules that its tool can match.
#[derive(Debug)]
pub(crate) struct Policies {
    policies: Vec<Policy>,
    /// Places of rules that ask for tools by exact names, by name.
    by_tool: Vec<(String, Place)>,
    /// Places of all others.
    others: Vec<Place>,
    pub(crate) reads_body_text: bool,
}

/// Policy and rule, by number.
type Place = (usize, usize);

/// A rule that matches.
pub(crate) struct Matched<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) rule: &'p PolicyRule,
    /// What it comes to; nothing in monitor mode and where it is suppressed.
    pub(crate) effect: Effect,
    pub(crate) suppressed: bool,
}

impl Policies {
    pub(crate) fn new(policies: Vec<Policy>) -> Self {
        let (mut by_tool, mut others) = (Vec::new(), Vec::new());
        for (p, policy) in policies.iter().enumerate() {
            for (r, rule) in policy.rules.iter().enumerate() {
                match exact_tools(rule) {
                    Some(tools) => by_tool.extend(tools.iter().map(|tool| (tool.clone(), (p, r)))),
                    None => others.push((p, r)),
                }
            }
        }
        sort(&mut by_tool, |a, b| a < b);
        by_tool.dedup();
        let reads_body_text = policies.iter().any(Policy::reads_body_text);
        Self { policies, by_tool, others, reads_body_text }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter()
    }

    /// The rules that match, in order of policies and priority.
    pub(crate) fn matching(&self, subject: &Subject<'_>) -> Vec<Matched<'_>> {
        let tool = subject.target.tool.as_str();
        let from = self.by_tool.partition_point(|(name, _)| name.as_str() < tool);
        let own = self.by_tool.iter().skip(from).take_while(|(name, _)| name == tool).map(|(_, place)| *place);
        let rule = |place: Place| self.policies.get(place.0).and_then(|policy| Some((place, policy, policy.rules.get(place.1)?)));
        let candidates = own.chain(self.others.iter().copied()).filter_map(rule);
        let mut found: Vec<(Place, Matched<'_>)> = candidates
            .filter(|(_, _, rule)| all(&rule.tests, subject))
            .map(|(place, policy, rule)| {
                let suppressed = is_suppressed(policy, rule, subject);
                let acts = rule.mode == Mode::Enforce && !suppressed;
                let effect = if acts { effect(rule, subject) } else { Effect::default() };
                (place, Matched { policy, rule, effect, suppressed })
            })
            .collect();
        sort(&mut found, |a, b| a.0 < b.0);
        found.into_iter().map(|(_, matched)| matched).collect()
    }

    /// Every rule, whether it matches or not.
    pub(crate) fn considered(&self, subject: &Subject<'_>) -> Vec<Considered<'_>> {
        let one = |(policy, rule)| Considered {
            policy,
            rule,
            failed: failed(rule, subject),
            suppressed: is_suppressed(policy, rule, subject),
        };
        self.policies.iter().flat_map(|policy| policy.rules.iter().map(move |rule| (policy, rule))).map(one).collect()
    }
}

/// A rule that was looked at.
pub(crate) struct Considered<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) rule: &'p PolicyRule,
    /// Names of its keys that do not hold: none, and it matches.
    pub(crate) failed: Vec<&'static str>,
    pub(crate) suppressed: bool,
}

fn failed(rule: &PolicyRule, subject: &Subject<'_>) -> Vec<&'static str> {
    rule.tests.iter().filter(|test| !test.holds(subject)).map(|test| test.key.name).collect()
}

/// The tools that a rule asks for, when none is a glob.
fn exact_tools(rule: &PolicyRule) -> Option<&[String]> {
    rule.tests.iter().find_map(|test| match (&test.want, test.key.asks) {
        (Want::Texts(tools), Asks::Tools) => {
            (!tools.iter().any(|tool| tool.contains(['*', '?', '[']))).then_some(tools.as_slice())
        }
        _ => None,
    })
}

/// Whether a suppression of the policy holds for this rule and call. One that expires needs the time to be known.
fn is_suppressed(policy: &Policy, rule: &PolicyRule, subject: &Subject<'_>) -> bool {
    policy.suppressions.iter().filter(|suppression| suppression.rule_id == rule.rule_id).any(|suppression| {
        subject.time_ms.is_some_and(|now| now < suppression.expires_at_ms)
            && suppression.host.as_deref().is_none_or(|host| host_matches(host, &subject.target.host))
            && suppression.path.as_deref().is_none_or(|path| glob::matches(path, subject.path))
    })
}

fn effect(rule: &PolicyRule, subject: &Subject<'_>) -> Effect {
    let gate = match rule.action {
        Action::Deny | Action::OpenIncident => Gate::Deny,
        Action::RequireApproval => Gate::RequireApproval,
        Action::Allow | Action::Sanitize => Gate::Allow,
    };
    let redactions = if rule.action == Action::Sanitize { redactions(rule, subject) } else { BTreeSet::new() };
    Effect { gate, redactions }
}

fn redactions(rule: &PolicyRule, subject: &Subject<'_>) -> BTreeSet<usize> {
    let classes = rule.sanitized_classes();
    let chosen = subject.findings.iter().enumerate().filter(|(_, f)| f.is_active() && classes.contains(&f.rule.class()));
    let mut indexes = BTreeSet::new();
    indexes.extend(chosen.map(|(index, _)| index));
    indexes
}
