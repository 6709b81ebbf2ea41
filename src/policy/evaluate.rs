//! Which rules match a call, and what they come to.

use alloc::{collections::BTreeSet, string::String, sync::Arc, vec::Vec};

use super::{
    gaps::Gaps,
    glob,
    keys::Asks,
    rule::{Action, Mode, Policy, PolicyRule},
    subject::{Subject, host_matches},
    test::{Doubt, Want, all},
    words::{BodyText, Words},
};
use crate::{
    decision::Effect,
    detect::RuleRef,
    finding::{DataClass, Finding, Severity},
    json::Path,
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
    words: Words,
    /// Paths that rules redact, rule by rule.
    fields: Vec<Arc<[Path]>>,
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

impl Matched<'_> {
    /// Whether it acts on values by their paths.
    pub(crate) fn redacts_fields(&self) -> bool {
        !self.rule.sanitize_fields.is_empty() && self.rule.mode == Mode::Enforce && !self.suppressed
    }
}

impl Policies {
    pub(crate) fn new(mut policies: Vec<Policy>) -> Self {
        let words = Words::of(&mut policies);
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
        let rules = policies.iter().flat_map(|policy| &policy.rules);
        let fields = rules.map(|rule| rule.sanitize_fields.clone()).filter(|paths| !paths.is_empty()).collect();
        Self { policies, by_tool, others, words, fields }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter()
    }

    /// Whether there is no rule.
    pub(crate) fn is_empty(&self) -> bool {
        self.policies.iter().all(|policy| policy.rules.is_empty())
    }

    /// Whether any rule looks at the text of the body.
    pub(crate) fn reads_body_text(&self) -> bool {
        self.words.asks()
    }

    /// What the rules need of the text of a body, which is in lower case.
    pub(crate) fn read(&self, text: String) -> BodyText {
        self.words.read(text)
    }

    /// Whether any rule redacts values by their paths.
    pub(crate) fn names_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The paths of the rules that do.
    pub(crate) fn fields(&self) -> &[Arc<[Path]>] {
        &self.fields
    }

    /// The rules that match, in order of policies and priority.
    pub(crate) fn matching(&self, subject: &Subject<'_>) -> Vec<Matched<'_>> {
        let tool = subject.target.tool.as_str();
        let from = self.by_tool.partition_point(|(name, _)| name.as_str() < tool);
        let own = self.by_tool.iter().skip(from).take_while(|(name, _)| name == tool).map(|(_, place)| *place);
        let rule = |place: Place| self.policies.get(place.0).and_then(|policy| Some((place, policy, policy.rules.get(place.1)?)));
        let candidates = own.chain(self.others.iter().copied()).filter_map(rule);
        let mut found: Vec<(Place, Matched<'_>)> = candidates
            .filter(|(_, _, rule)| all(&rule.tests, subject, Doubt::Yes))
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
    rule.tests.iter().filter(|test| !test.holds(subject, Doubt::Yes)).map(|test| test.key.name).collect()
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
#[inline(never)]
pub(super) fn is_suppressed(policy: &Policy, rule: &PolicyRule, subject: &Subject<'_>) -> bool {
    let unknown = |missing: fn(&Gaps) -> bool| subject.gaps.filter(|gaps| missing(gaps)).map(|gaps| !gaps.matches);
    policy.suppressions.iter().filter(|suppression| suppression.rule_id == rule.rule_id).any(|suppression| {
        subject.time_ms.is_some_and(|now| now < suppression.expires_at_ms)
            && suppression
                .host
                .as_deref()
                .is_none_or(|host| unknown(|gaps| gaps.hosts).unwrap_or_else(|| host_matches(host, &subject.target.host)))
            && suppression.path.as_deref().is_none_or(|path| {
                unknown(|gaps| gaps.urls).unwrap_or_else(|| subject.paths.iter().all(|form| glob::matches(path, form)))
            })
    })
}

fn effect(rule: &PolicyRule, subject: &Subject<'_>) -> Effect {
    let redactions = if rule.action == Action::Sanitize { redactions(rule, subject) } else { BTreeSet::new() };
    Effect { gate: rule.action.gate(), redactions }
}

fn redactions(rule: &PolicyRule, subject: &Subject<'_>) -> BTreeSet<usize> {
    let classes = rule.sanitized_classes();
    let fields = RuleRef::of_fields(&rule.sanitize_fields).address();
    let is_meant = |f: &Finding| {
        f.rule.is_fields() && f.rule.address() == fields
            || f.is_active() && classes.contains(&f.rule.class()) && !is_needed(f, subject)
    };
    let chosen = subject.findings.iter().enumerate().filter(|(_, f)| is_meant(f));
    let mut indexes = BTreeSet::new();
    indexes.extend(chosen.map(|(index, _)| index));
    indexes
}

/// Findings of a class that a SANITIZE of this class takes.
#[cfg(feature = "full")]
pub(crate) fn taken(class: DataClass, subject: &Subject<'_>) -> impl Iterator<Item = usize> {
    let is_meant = move |f: &Finding| f.is_active() && f.rule.class() == class && !is_needed(f, subject);
    subject.findings.iter().enumerate().filter(move |(_, f)| is_meant(f)).map(|(index, _)| index)
}

/// Fields that say for whom a call is. Their names are compared without case and without `_` and `-`.
const ADDRESSES: &str = "\
    to cc bcc from replyto recipient recipients email emails emailaddress emailaddresses user users userid username \
    attendee attendees participant participants invitee invitees member members principal principals phone phonenumber";

/// Whether the call cannot do without it: an address of low risk, in the field that a known operation reads it from. A
/// message whose `to` is a placeholder reaches nobody.
fn is_needed(finding: &Finding, subject: &Subject<'_>) -> bool {
    let known = subject.target.tool != "custom_proxy";
    let low = finding.rule.class() == DataClass::Pii && finding.rule.severity() == Severity::Low;
    let keys = finding.pointer.as_deref().unwrap_or_default().rsplit('/');
    let named = keys.into_iter().find(|key| !key.is_empty() && !key.bytes().all(|b| b.is_ascii_digit()));
    let plain = |key: &str| -> String {
        key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    known && low && named.is_some_and(|key| ADDRESSES.split_ascii_whitespace().any(|name| name == plain(key)))
}
