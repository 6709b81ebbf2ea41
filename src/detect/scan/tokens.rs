//! Long runs: tokens with a prefix, and values that have nothing but a vendor's name before them.

use super::{Scanner, is_word};
use crate::detect::{
    assigned,
    context::Words,
    cut, kinds, prefixes,
    rule::{REACH, Rule},
    shape::{Alphabet, Part, Shape, parts_length},
    vendors,
};

/// Shortest value that a vendor's name makes a secret.
const KEYED_LEAST: usize = 16;
/// From this length on, a run is measured once for all tokens in it.
const LONG: usize = 1_000;

/// Shortest beginning of a run, up to a full stop, that may tell that the run is not random.
const SEGMENT: usize = 4;

/// Most rules that the words around one value call for.
const CALLED: usize = 16;

/// The rules that the words around a value call for, each once.
struct Called {
    rules: [Option<&'static Rule>; CALLED],
    count: usize,
}

impl Called {
    fn add(&mut self, rule: &'static Rule) {
        let known = self.rules.iter().flatten().any(|known| known.id == rule.id);
        if let (false, Some(slot)) = (known, self.rules.get_mut(self.count)) {
            *slot = Some(rule);
            self.count += 1;
        }
    }
}

impl Scanner<'_, '_> {
    /// A word that begins a run of 12 bytes or more.
    pub(super) fn long_run(&mut self, at: usize) {
        for entry in prefixes::at(self.from(at)) {
            self.token(entry, at);
        }
        self.keyed(at);
        self.cut(kinds::BASE58, at, cut::base58);
    }

    /// A word that a sign leads to, should its run not have led there.
    pub(super) fn short_run(&mut self, at: usize) {
        let rest = self.from(at);
        if self.before(at).is_some_and(is_word) || Alphabet::Token.run(rest, prefixes::LEAST) >= prefixes::LEAST {
            return;
        }
        for entry in prefixes::at(rest) {
            self.token(entry, at);
        }
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
        let run = self.run_length(Alphabet::Value, at);
        if run < KEYED_LEAST || !random(rest) {
            return;
        }
        // No rule asks for a byte that no value has.
        for rule in kinds::UNNAMED.iter().filter(|rule| matches!(rule.shape, Shape::Keyed { least, .. } if least <= run)) {
            self.whole_run(rule, at);
        }
        let mut rules = Called { rules: [None; CALLED], count: 0 };
        let mut vendor = assigned::may_begin_vendor(rest);
        for words in self.words_around(at).into_iter().flatten() {
            vendors::named(words, &mut |rule| rules.add(rule));
            vendor |= assigned::may_name_vendor(words);
        }
        for rule in rules.rules.into_iter().flatten() {
            self.whole_run(rule, at);
        }
        if (vendor || self.follows_scheme(at) || self.follows_key_member(at)) && at >= self.named {
            self.assigned(at);
        }
    }

    /// The words of the key and those before a place.
    pub(super) fn words_around(&mut self, at: usize) -> [Option<&Words>; 2] {
        self.around.move_to(at);
        let before = self.text.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        [self.key.map(|key| self.around.key_words(Some(key))), Some(self.around.words_before(before))]
    }

    /// A run of the rule's alphabet and length, whole.
    fn whole_run(&mut self, rule: &'static Rule, at: usize) {
        let Shape::Keyed { body, least, most, .. } = rule.shape else { return };
        let run = self.run_length(body, at);
        if run >= least && run <= most && !self.byte(at + run).is_some_and(is_word) {
            self.check(rule, at..at + run);
        }
    }

    /// Whether the name of an authentication scheme stands before the value (RFC 7235 section 2.1).
    fn follows_scheme(&self, at: usize) -> bool {
        let ends = |scheme: &[u8]| self.slice(&(at.saturating_sub(scheme.len())..at)).eq_ignore_ascii_case(scheme);
        ends(b"bearer ") || ends(b"basic ")
    }

    /// Whether the name of a private member of a JSON web key stands before the value (RFC 7518 section 6).
    fn follows_key_member(&self, at: usize) -> bool {
        let before = self.slice(&(at.saturating_sub(10)..at));
        let gap = before.iter().rev().take_while(|b| b" \"'\\:=".contains(b)).count();
        let head = before.get(..before.len() - gap).unwrap_or_default();
        let word = head.iter().rev().take_while(|b| is_word(**b)).count();
        let name = head.get(head.len() - word..).unwrap_or_default();
        gap > 0 && matches!(name, b"d" | b"p" | b"q" | b"dp" | b"dq" | b"qi")
    }
}

/// A run that may be random: of 48 random letters and digits one is a digit, and a shorter run has letters of both cases.
fn random(text: &[u8]) -> bool {
    let (mut upper, mut lower) = (false, false);
    for (at, byte) in text.iter().take(48).enumerate() {
        match byte {
            b'0'..=b'9' => return true,
            b'A'..=b'Z' => upper = true,
            b'a'..=b'z' => lower = true,
            b'.' if at < SEGMENT => {}
            b'/' | b'.' | b' ' | b'"' | b'\n' => break,
            _ => {}
        }
    }
    upper && lower
}
