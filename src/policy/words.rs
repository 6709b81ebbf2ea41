//! Texts that rules look for in bodies: all of them in one pass.

use alloc::{string::String, vec, vec::Vec};

use super::{rule::Policy, test::Test};
use crate::automaton::Automaton;

/// A text that a rule looks for, in lower case. Two are the same when they are written the same.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    number: usize,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_lowercase(), number: usize::MAX }
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// The texts of all rules.
#[derive(Debug, Default)]
pub(super) struct Words {
    automaton: Automaton,
    /// Whether any rule has a regular expression.
    patterns: bool,
}

/// A body, as far as rules ask about its text.
#[derive(Debug, Default)]
pub(crate) struct BodyText {
    /// By the number of the text.
    found: Vec<bool>,
    /// All decoded forms in lower case; empty when no rule has a regular expression.
    pub(super) text: String,
}

impl Words {
    /// Numbers the texts of all rules.
    pub(super) fn of(policies: &mut [Policy]) -> Self {
        let mut made = Self::default();
        let rules = policies.iter_mut().flat_map(|policy| &mut policy.rules);
        rules.flat_map(|rule| &mut rule.tests).for_each(|test| {
            made.patterns |= test.has_pattern();
            test.words(&mut |word| word.number = made.automaton.add(word.text.as_bytes()));
        });
        made.automaton.link();
        made
    }

    /// Whether any rule asks.
    pub(super) fn asks(&self) -> bool {
        self.patterns || self.automaton.len() > 0
    }

    pub(super) fn read(&self, text: String) -> BodyText {
        let mut found = vec![false; self.automaton.len()];
        self.automaton.find(text.as_bytes(), &mut |number, _| {
            if let Some(found) = found.get_mut(number) {
                *found = true;
            }
        });
        BodyText { found, text: if self.patterns { text } else { String::new() } }
    }
}

impl BodyText {
    pub(super) fn has(&self, word: &Word) -> bool {
        self.found.get(word.number).copied().unwrap_or_default()
    }
}

impl Test {
    fn has_pattern(&self) -> bool {
        self.any_inside(&|test| matches!(test.want, super::test::Want::Pattern(_)))
    }
}
