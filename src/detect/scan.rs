//! The scan loop: one pass over the bytes, candidates where a rule's shape can begin.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    RULES,
    rule::{Alphabet, Candidate, Outcome, Rule, Shape},
};
use crate::{finding::Confidence, normalize::View};

/// A rule's match in a view.
pub(crate) struct Hit {
    pub(crate) rule: &'static Rule,
    pub(crate) range: Range<usize>,
    pub(crate) confidence: Confidence,
    pub(crate) placeholder: bool,
}

/// From this length on, a run is measured once for all tokens in it.
const LONG: usize = 1_000;
/// Longest private key block that is read as one.
const PEM_BYTES: usize = 64 * 1024;

pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Finds every hit in a view.
pub(crate) fn detect(view: &View<'_>, hit: &mut dyn FnMut(Hit)) {
    let text: &[u8] = &view.text;
    let mut scanner = Scanner { text, key: view.key, hit, run: Run { alphabet: Alphabet::Jwt, end: 0 } };
    let mut previous = b' ';
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let mut next = at + 1;
        if byte == b'@' {
            scanner.email(at);
        } else if is_word(byte) && !is_word(previous) {
            scanner.word_start(at, byte);
        } else if byte == b'-' && previous != b'-' {
            next = scanner.pem(at).unwrap_or(next);
        }
        previous = text.get(next - 1).copied().unwrap_or(byte);
        at = next;
    }
}

struct Scanner<'a, 'h> {
    text: &'a [u8],
    key: Option<&'a [u8]>,
    hit: &'h mut dyn FnMut(Hit),
    run: Run,
}

/// Where the run of an alphabet that was last measured ends: many tokens can begin inside one run, and it is read once.
struct Run {
    alphabet: Alphabet,
    end: usize,
}

impl<'a> Scanner<'a, '_> {
    fn slice(&self, range: &Range<usize>) -> &'a [u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Runs the rule's check and reports. True when it was a hit.
    fn check(&mut self, rule: &'static Rule, range: Range<usize>) -> bool {
        let candidate = Candidate { text: self.slice(&range), before: self.slice(&(0..range.start)), key: self.key };
        let (confidence, placeholder) = match (rule.check)(&candidate) {
            Outcome::Reject => return false,
            Outcome::Placeholder => (Confidence::Low, true),
            Outcome::Found(confidence) => (confidence, false),
        };
        (self.hit)(Hit { rule, range, confidence, placeholder });
        true
    }

    fn word_start(&mut self, at: usize, first: u8) {
        for rule in RULES {
            match rule.shape {
                Shape::Token { prefixes, body, min, max } => self.token(rule, at, first, prefixes, body, min..max),
                Shape::Keyed { words, body, length } => self.keyed(rule, at, words, body, length),
                Shape::Digits if first.is_ascii_digit() => self.digits(rule, at),
                Shape::Iban if first.is_ascii_uppercase() => self.iban(rule, at),
                Shape::Phrase(phrases) => self.phrase(rule, at, first, phrases),
                _ => {}
            }
        }
    }

    fn token(&mut self, rule: &'static Rule, at: usize, first: u8, prefixes: &[&str], body: Alphabet, length: Range<usize>) {
        let rest = self.text.get(at..).unwrap_or_default();
        for prefix in prefixes {
            if prefix.as_bytes().first() != Some(&first) || !rest.starts_with(prefix.as_bytes()) {
                continue;
            }
            let tail = rest.get(prefix.len()..).unwrap_or_default();
            let run = if length.end < LONG {
                tail.iter().take(length.end + 1).take_while(|b| body.contains(**b)).count()
            } else {
                self.run_length(body, at + prefix.len())
            };
            let bounded = !tail.get(run).is_some_and(|b| is_word(*b));
            if run >= length.start && run <= length.end && bounded {
                self.check(rule, at..at + prefix.len() + run);
            }
        }
    }

    /// Length of the run of an alphabet from `start`.
    fn run_length(&mut self, alphabet: Alphabet, start: usize) -> usize {
        if self.run.alphabet != alphabet || start >= self.run.end {
            let run = self.text.get(start..).unwrap_or_default().iter().take_while(|b| alphabet.contains(**b)).count();
            self.run = Run { alphabet, end: start + run };
        }
        self.run.end - start
    }

    fn keyed(&mut self, rule: &'static Rule, at: usize, words: &[&str], body: Alphabet, length: usize) {
        let outside = |b: Option<&u8>| b.is_none_or(|b| !body.contains(*b) && *b != b'=');
        let preceded = at.checked_sub(1).and_then(|i| self.text.get(i)).is_none_or(|b| !body.contains(*b));
        let run = self.slice(&(at..at + length));
        let whole = run.len() == length && run.iter().all(|b| body.contains(*b)) && outside(self.text.get(at + length));
        if preceded && whole && named(self.key, self.slice(&(at.saturating_sub(64)..at)), words) {
            self.check(rule, at..at + length);
        }
    }

    /// Digits with single spaces or dashes between groups; every group end is a possible end of the number.
    fn digits(&mut self, rule: &'static Rule, at: usize) {
        let continued = at.checked_sub(1).and_then(|i| self.text.get(i)).copied();
        let before = at.checked_sub(2).and_then(|i| self.text.get(i)).copied();
        if matches!(continued, Some(b'.' | b'-')) && before.is_some_and(is_word) {
            return;
        }
        let mut ends = Vec::new();
        let mut end = at;
        for _ in 0..6 {
            let run = self.text.get(end..).unwrap_or_default().iter().take(20).take_while(|b| b.is_ascii_digit()).count();
            end += run;
            let next = self.text.get(end).copied();
            if run == 0 || next.is_some_and(is_word) {
                break;
            }
            ends.push(end);
            if !matches!(next, Some(b' ' | b'-')) {
                break;
            }
            end += 1;
        }
        for end in ends.into_iter().rev() {
            let dashed = self.text.get(end) == Some(&b'-') && self.text.get(end + 1).is_some_and(|b| is_word(*b));
            let decimal = self.text.get(end) == Some(&b'.') && self.text.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !dashed && !decimal && self.check(rule, at..end) {
                return;
            }
        }
    }

    fn iban(&mut self, rule: &'static Rule, at: usize) {
        let head = self.slice(&(at..at + 4));
        let [_, second, third, fourth] = head else { return };
        if !(second.is_ascii_uppercase() && third.is_ascii_digit() && fourth.is_ascii_digit()) {
            return;
        }
        let Some(length) = super::pii::iban::length(head) else { return };
        let mut end = at;
        let mut letters = 0;
        while letters < length {
            match self.text.get(end) {
                Some(b) if b.is_ascii_uppercase() || b.is_ascii_digit() => letters += 1,
                Some(b' ') if letters % 4 == 0 => {}
                _ => return,
            }
            end += 1;
        }
        if !self.text.get(end).is_some_and(|b| is_word(*b)) {
            self.check(rule, at..end);
        }
    }

    fn phrase(&mut self, rule: &'static Rule, at: usize, first: u8, phrases: &[&str]) {
        for phrase in phrases {
            if !phrase.as_bytes().first().is_some_and(|b| b.eq_ignore_ascii_case(&first)) {
                continue;
            }
            let range = at..at + phrase.len();
            let same = self.slice(&range).eq_ignore_ascii_case(phrase.as_bytes());
            if same && !self.text.get(range.end).is_some_and(|b| is_word(*b)) && self.check(rule, range) {
                return;
            }
        }
    }

    fn email(&mut self, at: usize) {
        let local_byte = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-'".contains(b);
        let domain_byte = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
        let before = self.slice(&(at.saturating_sub(65)..at));
        let local = before.iter().rev().take_while(|b| local_byte(b)).count();
        let domain = self.text.get(at + 1..).unwrap_or_default().iter().take(254).take_while(|b| domain_byte(b)).count();
        for rule in RULES.iter().filter(|r| matches!(r.shape, Shape::Email)) {
            // A sentence may end right after the address.
            let trailing = self.slice(&(at + 1..at + 1 + domain)).iter().rev().take_while(|b| b".-".contains(b)).count();
            if local > 0 && local <= 64 {
                self.check(rule, at - local..at + 1 + domain - trailing);
            }
        }
    }

    /// A private key block; returns where it ends.
    fn pem(&mut self, at: usize) -> Option<usize> {
        let limit = (at + PEM_BYTES).min(self.text.len());
        let block = self.slice(&(at..limit));
        if !super::secrets::generic::begins_private_key(block) {
            return None;
        }
        let length = super::secrets::generic::pem_length(block);
        let rule = RULES.iter().find(|r| matches!(r.shape, Shape::Pem))?;
        self.check(rule, at..at + length).then_some(at + length)
    }
}

/// Whether the key, or else the text before the value, holds all the words, without case and separators.
pub(crate) fn named(key: Option<&[u8]>, before: &[u8], words: &[&str]) -> bool {
    // A name is short; the ends of a long one are enough, and what does not grow with the input cannot be abused.
    let key = key.map(|key| key.get(key.len().saturating_sub(64)..).unwrap_or_default());
    let holds = |text: &[u8]| {
        let folded: Vec<u8> = text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
        words.iter().all(|word| folded.windows(word.len()).any(|w| w == word.as_bytes()))
    };
    key.is_some_and(holds) || holds(before)
}
