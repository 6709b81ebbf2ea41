//! The scan loop: one pass over the bytes, candidates where a rule's shape can begin.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    assigned,
    context::Folded,
    cut, forms, kinds, prefixes,
    rule::{Candidate, Outcome, Rule},
    shape::{Alphabet, Part, Shape, parts_length},
};
use crate::{
    finding::Confidence,
    normalize::{Place, View},
};

/// A rule's match in a view.
pub(crate) struct Hit {
    pub(crate) rule: &'static Rule,
    pub(crate) range: Range<usize>,
    pub(crate) confidence: Confidence,
    pub(crate) placeholder: bool,
}

/// Shortest value that a vendor's name makes a secret.
const KEYED_LEAST: usize = 16;
/// Shortest name of a field whose value is personal.
const FIELD_LEAST: usize = 5;
/// From this length on, a run is measured once for all tokens in it.
const LONG: usize = 1_000;
/// How many values inside a value are read.
const NESTED_VALUES: usize = 4;
/// Longest private key block that is read as one.
const PEM_BYTES: usize = 64 * 1024;

pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Finds every hit in a view.
pub(crate) fn detect(view: &View<'_>, hit: &mut dyn FnMut(Hit)) {
    let text: &[u8] = &view.text;
    let runs: Runs = Default::default();
    let mut scanner = Scanner { text, key: view.key, is_host: view.place == Place::Host, hit, runs, value_end: 0, nested: 0 };
    scanner.whole_field();
    let mut previous = b' ';
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let mut next = at + 1;
        if assigned::begins_value(previous, byte) {
            scanner.assigned(at);
        }
        if matches!(byte, b':' | b'=') {
            scanner.fields(at);
        }
        if byte == b'+' || byte == b'(' || (byte == b':' && text.get(at + 1) == Some(&b':')) {
            scanner.sign_start(at, byte);
        }
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
    /// Where the call goes: its address is no content.
    is_host: bool,
    hit: &'h mut dyn FnMut(Hit),
    runs: Runs,
    /// Where the values that were read so far end, and how many began inside them.
    value_end: usize,
    nested: usize,
}

/// Where the run of each alphabet that was last measured lies: many tokens can begin inside one run, and it is read once.
type Runs = [Range<usize>; Alphabet::COUNT];

impl<'a> Scanner<'a, '_> {
    fn slice(&self, range: &Range<usize>) -> &'a [u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Runs the rule's check and reports. True when it was a hit.
    fn check(&mut self, rule: &'static Rule, range: Range<usize>) -> bool {
        let after = self.text.get(range.end..).unwrap_or_default();
        let candidate = Candidate { text: self.slice(&range), before: self.slice(&(0..range.start)), after, key: self.key };
        let (confidence, placeholder) = match (rule.check)(&candidate) {
            Outcome::Reject => return false,
            Outcome::Placeholder => (Confidence::Low, true),
            Outcome::Found(confidence) => (confidence, false),
        };
        (self.hit)(Hit { rule, range, confidence, placeholder });
        true
    }

    fn word_start(&mut self, at: usize, first: u8) {
        let rest = self.text.get(at..).unwrap_or_default();
        for entry in prefixes::at(rest) {
            self.token(entry, at);
        }
        self.keyed(at);
        self.forms(at);
        for rule in kinds::OTHERS {
            match rule.shape {
                Shape::Network if first.is_ascii_hexdigit() && !self.is_host => self.cut(rule, at, cut::network),
                Shape::Decimal if first.is_ascii_digit() => self.cut(rule, at, cut::decimal),
                Shape::Street if first.is_ascii_digit() => self.cut(rule, at, cut::street),
                Shape::Mrz if first.is_ascii_uppercase() || first.is_ascii_digit() => self.cut(rule, at, cut::mrz),
                Shape::Base58 => self.cut(rule, at, cut::base58),
                Shape::Digits if first.is_ascii_digit() => self.digits(rule, at),
                Shape::Iban if first.is_ascii_uppercase() => self.iban(rule, at),
                Shape::Phrase(phrases) => self.phrase(rule, at, first, phrases),
                _ => {}
            }
        }
    }

    /// Shapes that begin with a sign.
    fn sign_start(&mut self, at: usize, sign: u8) {
        if sign == b'(' {
            // The area code of a telephone number.
            if self.slice(&(at + 3..at + 7)).contains(&b')') {
                self.forms(at);
            }
            return;
        }
        let continued = at.checked_sub(1).and_then(|i| self.text.get(i)).is_some_and(|b| is_word(*b) || *b == sign);
        for rule in kinds::OTHERS.into_iter().filter(|_| !continued) {
            match rule.shape {
                Shape::Phone if sign == b'+' => self.cut(rule, at, cut::phone),
                Shape::Network if sign == b':' && !self.is_host => self.cut(rule, at, cut::network),
                _ => {}
            }
        }
    }

    fn cut(&mut self, rule: &'static Rule, at: usize, end: fn(&[u8], usize) -> Option<usize>) {
        if let Some(end) = end(self.text, at) {
            self.check(rule, at..end);
        }
    }

    /// Numbers and codes of fixed forms: every end of a word within reach is a possible end, the farthest first.
    fn forms(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        let before = self.slice(&(0..at));
        let mut found: Vec<&str> = Vec::new();
        for end in forms::ends(rest).rev() {
            let after = rest.get(end..).unwrap_or_default();
            for entry in forms::fitting(rest.get(..end).unwrap_or_default()) {
                let new = !found.contains(&entry.rule.id) && !entry.is_part(before, after);
                if new && self.check(entry.rule, at..at + end) {
                    found.push(entry.rule.id);
                }
            }
        }
    }

    /// The value of the field whose name ends at the `:` or `=` at `at`.
    fn fields(&mut self, at: usize) {
        let (Some((name, value)), Some((_, rest))) = (cut::field(self.text, at, false), cut::field(self.text, at, true)) else {
            return;
        };
        if name.len() < FIELD_LEAST || value.is_empty() {
            return;
        }
        for rule in kinds::OTHERS {
            let Shape::Field { names, line } = rule.shape else { continue };
            if super::pii::field_is(self.slice(&name), names) {
                self.check(rule, if line { rest.clone() } else { value.clone() });
            }
        }
    }

    /// The whole view, as the value of the field that it is.
    fn whole_field(&mut self) {
        let Some(key) = self.key.filter(|_| (2..=128).contains(&self.text.len())) else { return };
        for rule in kinds::OTHERS {
            if matches!(rule.shape, Shape::Field { names, .. } if super::pii::field_is(key, names)) {
                self.check(rule, 0..self.text.len());
            }
        }
    }

    fn token(&mut self, entry: &prefixes::Entry, at: usize) {
        let Shape::Token { parts, .. } = entry.rule.shape else { return };
        let start = at + entry.prefix.len();
        let tail = self.text.get(start..).unwrap_or_default();
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
        let value = |b: &u8| Alphabet::Unreserved.contains(*b) || b"+/=".contains(b);
        if at.checked_sub(1).and_then(|i| self.text.get(i)).is_some_and(|b| value(b) && *b != b'=') {
            return;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        if rest.iter().take(KEYED_LEAST).take_while(|b| value(b)).count() < KEYED_LEAST {
            return;
        }
        let mut folded = None;
        for rule in kinds::KEYED {
            let Shape::Keyed { words, body, least, most } = rule.shape else { continue };
            let run = self.run_length(body, at);
            if run < least || run > most || rest.get(run).is_some_and(|b| is_word(*b)) {
                continue;
            }
            let folded: &Folded = folded.get_or_insert_with(|| Folded::of(self.key, self.slice(&(0..at))));
            if words.iter().any(|words| folded.holds(words)) {
                self.check(rule, at..at + run);
            }
        }
    }

    /// Values that have a name before them.
    fn assigned(&mut self, at: usize) {
        let whole = at == 0 && self.key.is_some() && self.text.len() <= 512 && !self.text.contains(&b'\n');
        // `a=b=c` holds values inside a value; a few of them are read, not every one of thousands.
        self.nested = if at < self.value_end { self.nested + 1 } else { 0 };
        if self.nested > NESTED_VALUES {
            return;
        }
        let range = if whole { 0..self.text.len() } else { assigned::value_range(self.text, at) };
        self.value_end = self.value_end.max(range.end);
        if range.len() < 6 {
            return;
        }
        for rule in kinds::ASSIGNED {
            if self.check(rule, range.clone()) {
                return;
            }
        }
    }

    /// Length of the run of an alphabet from `start`.
    fn run_length(&mut self, alphabet: Alphabet, start: usize) -> usize {
        let Some(known) = self.runs.get_mut(alphabet.index()) else { return 0 };
        if !known.contains(&start) {
            let run = self.text.get(start..).unwrap_or_default().iter().take_while(|b| alphabet.contains(**b)).count();
            *known = start..start + run;
        }
        known.end - start
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
                Some(b' ' | b'-') if letters % 4 == 0 => {}
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
        for rule in kinds::OTHERS.into_iter().filter(|r| matches!(r.shape, Shape::Email)) {
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
        let rule = kinds::OTHERS.into_iter().find(|r| matches!(r.shape, Shape::Pem))?;
        self.check(rule, at..at + length).then_some(at + length)
    }
}
