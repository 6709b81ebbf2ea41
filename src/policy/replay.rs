//! What rules make of a call that was recorded: each as far as the record tells.

use alloc::vec::Vec;

use super::{
    evaluate::{Policies, is_suppressed},
    keys::Asks,
    rule::{Action, Mode, Policy, PolicyRule},
    subject::Subject,
    test::{Doubt, Test, Want, all},
};
use crate::{
    decision::{Decision, Gate},
    finding::DataClass,
};

/// What a call comes to, without the findings that it was decided by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) gate: Gate,
    pub(crate) redacts: bool,
}

/// What a SANITIZE of a class does to the call.
pub(crate) struct Sanitizable {
    /// Classes of which there is something to take out.
    pub(crate) takes: Vec<DataClass>,
    /// Those of them with something that cannot be taken out.
    pub(crate) stuck: Vec<DataClass>,
}

/// A rule that matches, or may.
pub(crate) struct Replayed<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) rule: &'p PolicyRule,
    /// Whether it matches for certain.
    pub(crate) certain: bool,
    pub(crate) suppressed: bool,
    /// Its keys that the record cannot answer, where the decision rests on them.
    pub(crate) keys: Vec<&'static str>,
}

/// The least and the most that the rules can make of a call.
pub(crate) struct Replay<'p> {
    pub(crate) least: Decision,
    pub(crate) most: Decision,
    pub(crate) rules: Vec<Replayed<'p>>,
}

/// The same call twice: with what is unknown taken so that rules do not match, and so that they do.
pub(crate) struct Both<'a> {
    pub(crate) least: Subject<'a>,
    pub(crate) most: Subject<'a>,
}

/// What is known otherwise of whether a rule matched: by policy and rule.
pub(crate) type Known<'k> = dyn Fn(&Policy, &PolicyRule) -> Option<bool> + 'k;

impl Outcome {
    pub(crate) fn combine(self, other: Self) -> Self {
        Self { gate: self.gate.max(other.gate), redacts: self.redacts || other.redacts }
    }

    pub(crate) fn decision(self) -> Decision {
        self.gate.decision(self.redacts)
    }
}

impl Policies {
    /// What all rules come to, on top of what holds without any.
    pub(crate) fn replay(&self, both: &Both<'_>, base: Outcome, content: &Sanitizable, known: &Known<'_>) -> Replay<'_> {
        let (mut least, mut most) = (base, base);
        let (mut found, mut resting) = (Vec::new(), Vec::new());
        let holds: fn(&[Test], &Subject<'_>, Doubt) -> bool = all;
        for policy in self.iter() {
            for rule in &policy.rules {
                let told = known(policy, rule);
                let matches = |subject: &Subject<'_>| told.unwrap_or_else(|| holds(&rule.tests, subject, Doubt::Yes));
                if !matches(&both.most) {
                    resting.push((policy, rule));
                    continue;
                }
                let certain = matches(&both.least);
                let acts = |subject| rule.mode == Mode::Enforce && !is_suppressed(policy, rule, subject);
                if certain && acts(&both.least) {
                    least = least.combine(effect(rule, content, false));
                }
                if acts(&both.most) {
                    most = most.combine(effect(rule, content, true));
                }
                found.push((policy, rule, certain, told.is_none()));
            }
        }
        let adds = |policy: &Policy, rule: &PolicyRule| {
            let acts = rule.mode == Mode::Enforce && !is_suppressed(policy, rule, &both.most);
            acts && least.combine(effect(rule, content, true)).decision() != least.decision()
        };
        let rule = |(policy, rule, certain, asked)| Replayed {
            policy,
            rule,
            certain,
            suppressed: is_suppressed(policy, rule, &both.most),
            keys: match both.most.gaps {
                Some(gaps) if adds(policy, rule) => gaps.keys(policy, rule, asked),
                _ => Vec::new(),
            },
        };
        let mut rules: Vec<Replayed<'_>> = found.into_iter().map(rule).collect();
        // What is redacted is decided again as it stands, and a rule that is stricter on that refuses it.
        if most.redacts && most.gate != Gate::Deny {
            let stricter = |rule: &PolicyRule| rule.mode == Mode::Enforce && effect(rule, content, true).gate > most.gate;
            let woken = |(policy, rule): &(&Policy, &PolicyRule)| {
                stricter(rule) && !is_suppressed(policy, rule, &both.most) && rule.tests.iter().any(|test| wakes(test, false))
            };
            let woken = resting.into_iter().filter(woken);
            rules.extend(woken.map(|(policy, rule)| Replayed {
                policy,
                rule,
                certain: false,
                suppressed: false,
                keys: ["redaction"].into(),
            }));
            if rules.iter().any(|rule| rule.keys == ["redaction"]) {
                most.gate = Gate::Deny;
            }
        }
        Replay { least: least.decision(), most: most.decision(), rules }
    }
}

/// Whether a question may come to hold where content gives way to placeholders.
fn wakes(test: &Test, inside_not: bool) -> bool {
    match (&test.want, test.key.asks) {
        (Want::Groups(groups), asks) => groups.iter().flatten().any(|test| wakes(test, inside_not != (asks == Asks::Not))),
        (Want::Words(_) | Want::Pattern(_) | Want::At(..) | Want::Bool(false), _) => true,
        (_, asks) => {
            inside_not
                && !matches!(
                    asks,
                    Asks::Verbs | Asks::Methods | Asks::Ports | Asks::Agents | Asks::Runtimes | Asks::HoursOutside | Asks::Count
                )
        }
    }
}

/// What a rule comes to. Fields that a rule names may be there or not, and be such that they cannot be told apart.
#[inline(never)]
fn effect(rule: &PolicyRule, content: &Sanitizable, most: bool) -> Outcome {
    let gate = rule.action.gate();
    if rule.action != Action::Sanitize {
        return Outcome { gate, redacts: false };
    }
    let fields = most && !rule.sanitize_fields.is_empty();
    let has = |classes: &[DataClass]| rule.sanitized_classes().iter().any(|class| classes.contains(class));
    let stuck = fields || has(&content.stuck);
    Outcome { gate: if stuck { Gate::Deny } else { gate }, redacts: fields || has(&content.takes) }
}
