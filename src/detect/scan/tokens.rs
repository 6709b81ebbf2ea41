//! Long runs: tokens with a prefix, and values that have nothing but a vendor's name before them.

use alloc::vec::Vec;

use super::{Scanner, is_word};
use crate::detect::{
    cut, kinds, prefixes,
    rule::{REACH, Rule},
    shape::{Alphabet, Part, Shape, parts_length},
    vendors,
};

/// Shortest value that a vendor's name makes a secret.
const KEYED_LEAST: usize = 16;
/// From this length on, a run is measured once for all tokens in it.
const LONG: usize = 1_000;

impl Scanner<'_, '_> {
    /// A word that begins a run of 12 bytes or more.
    pub(super) fn long_run(&mut self, at: usize) {
        for entry in prefixes::at(self.from(at)) {
            self.token(entry, at);
        }
        self.keyed(at);
        self.cut(kinds::BASE58, at, cut::base58);
        self.bearer(at);
    }

    fn token(&mut self, entry: &prefixes::Entry, at: usize) {
        let Shape::Token { parts, .. } = entry.rule.shape else { return };
        let start = at + entry.prefix.len();
        let tail = self.from(start);
        let length = match parts {
            [Part::Run(alphabet, least, most)] if *most >= LONG => {
                Some(self.run_length(*alphabet, start)).filter(|run| (least..=most).contains(&run))
            }
            _ => parts_length(parts, tail),
        };
        let Some(length) = length else { return };
        if !tail.get(length).is_some_and(|b| is_word(*b)) {
            self.check(entry.rule, at..at + entry.prefix.len() + length);
        }
    }

    /// Values that have no shape of their own but a vendor's name before them.
    fn keyed(&mut self, at: usize) {
        if self.before(at).is_some_and(|b| Alphabet::Value.contains(b) && b != b'=') {
            return;
        }
        let rest = self.from(at);
        if !random(rest) || Alphabet::Value.run(rest, KEYED_LEAST) < KEYED_LEAST {
            return;
        }
        let mut rules: Vec<&'static Rule> = kinds::UNNAMED.to_vec();
        let mut add = |rule: &'static Rule| {
            if !rules.iter().any(|known| known.id == rule.id) {
                rules.push(rule);
            }
        };
        self.around.move_to(at);
        let before = self.slice(&(at.saturating_sub(REACH)..at));
        if self.key.is_some() {
            vendors::named(self.around.key_words(self.key), &mut add);
        }
        vendors::named(self.around.words_before(before), &mut add);
        for rule in rules {
            let Shape::Keyed { body, least, most, .. } = rule.shape else { continue };
            let run = self.run_length(body, at);
            if run >= least && run <= most && !self.byte(at + run).is_some_and(is_word) {
                self.check(rule, at..at + run);
            }
        }
    }

    /// A value after the word `Bearer`.
    fn bearer(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(7)..at));
        if before.eq_ignore_ascii_case(b"bearer ") {
            self.assigned(at);
        }
    }
}

/// A run that may be random: of 24 random letters and digits one is a digit.
fn random(text: &[u8]) -> bool {
    text.iter().take(24).any(u8::is_ascii_digit)
}
