//! Values that a name gives away: in front of them, or the key that they stand under.

use super::{Scanner, is_word};
use crate::{
    detect::{
        assigned::{self, Judged},
        cut, fields, kinds,
        phrases::{self, Chain},
        rule::Outcome,
    },
    seek::has_digit,
};

/// How far behind a name its value may begin.
const NAME_REACH: usize = 96;
/// How far before the name of a password a value may belong to it.
const BEFORE_PASSWORD: usize = 48;
/// How far before a name a value may begin that is compared with it.
const COMPARED: usize = 160;
/// Shortest name of a field whose value is personal.
const FIELD_LEAST: usize = 5;
/// Longest text that is a value as a whole.
const WHOLE: usize = 512;
/// How much of a word of prose is looked at.
const LONGEST_WORD: usize = 24;
/// How many values inside a value are read: `a=b=c` holds some, thousands are none.
const NESTED_VALUES: usize = 4;

impl Scanner<'_, '_> {
    /// The whole view, as the value of its key.
    #[inline]
    pub(super) fn whole(&mut self) {
        let Some(key) = self.key else { return };
        if (2..=128).contains(&self.text.len()) {
            fields::named(key, &mut |rule, _| {
                self.check(rule, 0..self.text.len());
            });
        }
        if !named(key) && !random(self.text) {
            return;
        }
        if self.text.len() <= WHOLE && !self.text.contains(&b'\n') {
            self.value(0..self.text.len());
            self.named = 1;
        } else {
            self.assigned(0);
        }
    }

    /// Where the name of a secret may be; see `block::hints`.
    pub(super) fn hint(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(4)..at));
        let first = self.byte(at).unwrap_or_default();
        if names_secret(before, self.from(at)) {
            // The name that logs in stands before the one of its password, and so does what a password is compared with.
            let password = matches!(first | 0x20, b's' | b'w');
            self.values(if password { at.saturating_sub(BEFORE_PASSWORD) } else { at }, at);
            self.compared(at);
        } else if first == b'-' {
            self.option(at);
        }
        if matches!(first | 0x20, b's' | b'k') {
            self.phrases(at, phrases::at_letters(self.head(at)));
        }
    }

    /// The value in quotes that is compared with the name around `at`: `"value" == name`.
    fn compared(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(COMPARED)..at));
        let name = before.iter().rev().take_while(|b| is_word(**b)).count();
        let head = before.get(..before.len() - name).unwrap_or_default().trim_ascii_end();
        let signs = head.iter().rev().take_while(|b| b"=!".contains(b)).count();
        let (value, sign) = head.split_at(head.len() - signs);
        if !matches!(sign, b"==" | b"===" | b"!=" | b"!==") {
            return;
        }
        let value = value.trim_ascii_end();
        let Some((quote, inner)) = value.split_last().filter(|(quote, _)| b"\"'`".contains(quote)) else { return };
        if let Some(open) = inner.iter().rposition(|b| b == quote) {
            self.assigned(at - before.len() + open + 1);
        }
    }

    /// The value of an option of a command: `-u`, `-p`, `-w`, `--user`, `--proxy-user`.
    fn option(&mut self, at: usize) {
        let rest = self.from(at);
        let name = rest.iter().take(16).take_while(|b| is_word(**b) || **b == b'-').count();
        let name = if attached(rest.get(..name).unwrap_or_default()) { 2 } else { name };
        let known = matches!(rest.get(..name), Some(b"-u" | b"-U" | b"-p" | b"-P" | b"-w" | b"--user" | b"--proxy-user"));
        if known && !self.before(at).is_some_and(|b| is_word(b) || b == b'-') {
            let value = self.from(at + name).iter().take(4).take_while(|b| b" ='\"".contains(b)).count();
            if value > 0 || self.byte(at + name).is_some_and(|b| b.is_ascii_alphanumeric()) {
                self.assigned(at + name + value);
            }
        }
    }

    /// Every value that begins between `from` and what is within reach of a name.
    fn values(&mut self, from: usize, name: usize) {
        let end = (name + NAME_REACH).min(self.text.len());
        let mut at = self.named.max(from);
        let mut previous = self.before(at).unwrap_or(b' ');
        for byte in self.slice(&(at..end)) {
            if assigned::begins_value(previous, *byte) && self.is_joined(at) {
                self.assigned(at);
            }
            previous = *byte;
            at += 1;
        }
        self.named = at.max(self.named);
    }

    /// Whether the text at `at` can be a value: a quote or an operator stands before it, or it is no word of prose.
    fn is_joined(&self, at: usize) -> bool {
        let before = self.slice(&(at.saturating_sub(4)..at));
        let sign = before.iter().rev().find(|b| **b != b' ');
        let spaced = before.last() == Some(&b' ') && sign.is_none_or(|b| is_word(*b));
        !spaced
            || self.from(at).iter().take(LONGEST_WORD).take_while(|b| !b.is_ascii_whitespace()).any(|b| !b.is_ascii_lowercase())
    }

    /// The value that begins at `at`.
    pub(super) fn assigned(&mut self, at: usize) {
        if !self.is_nested(at) {
            let range = assigned::value_range(self.text, at, &mut self.unseparated);
            self.value(range);
        }
    }

    /// Whether too many values begin inside the text that the value belongs to.
    fn is_nested(&self, at: usize) -> bool {
        let sign = |b: &u8| matches!(b, b'=' | b':' | b'(' | b'[' | b'{' | b'|' | b'?');
        if !self.before(at).is_some_and(|b| sign(&b)) {
            return false;
        }
        let before = self.slice(&(at.saturating_sub(64)..at));
        let joined = before
            .iter()
            .rev()
            .take_while(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b',' | b';' | b'&'));
        joined.filter(|b| sign(b)).count() > NESTED_VALUES
    }

    fn value(&mut self, range: core::ops::Range<usize>) {
        if range.len() < 6 {
            return;
        }
        self.around.move_to(range.start);
        let judged = Judged::default();
        let candidate = self.candidate(&range, Some(&judged));
        let found = kinds::ASSIGNED.iter().find_map(|rule| match (rule.check)(&candidate) {
            Outcome::Reject => None,
            outcome => Some((*rule, outcome)),
        });
        if let Some((rule, outcome)) = found {
            self.report(rule, range, outcome);
        }
    }

    /// The value of the field whose name ends at the `:` or `=` at `at`.
    pub(super) fn fields(&mut self, at: usize) {
        let name = cut::field_name(self.text, at);
        if name.len() < FIELD_LEAST {
            return;
        }
        fields::named(self.slice(&name), &mut |rule, line| {
            if let Some(value) = cut::field_value(self.text, at, line).filter(|value| !value.is_empty()) {
                self.check(rule, value);
            }
        });
    }

    /// A word of seven letters or more: of a phrase, or a code of capitals.
    #[inline]
    pub(super) fn long_word(&mut self, at: usize) {
        const IDENTIFIED: u64 = u64::from_be_bytes(*b"identifi");
        const SMALL: u64 = u64::from_be_bytes([0x20; 8]);
        let head = self.head(at);
        self.phrases(at, phrases::at_word(head));
        if head | SMALL == IDENTIFIED && self.slice(&(at + 8..at + 10)).eq_ignore_ascii_case(b"ed") {
            self.values(at, at);
        }
        if head & SMALL == 0 && self.from(at).iter().take(8).all(u8::is_ascii_uppercase) {
            self.forms(at);
        }
    }

    #[inline]
    fn phrases(&mut self, at: usize, entries: Chain) {
        if !entries.is_empty() {
            self.phrases_of(at, entries);
        }
    }

    fn phrases_of(&mut self, at: usize, entries: Chain) {
        for entry in entries {
            let Some(start) = at.checked_sub(entry.offset) else { continue };
            let range = start..start + entry.phrase.len();
            let text = self.slice(&range);
            // Phrases are lower-case.
            let same =
                !text.is_empty() && text.iter().zip(entry.phrase).all(|(byte, letter)| byte.to_ascii_lowercase() == *letter);
            if same && !self.before(start).is_some_and(is_word) && !self.byte(range.end).is_some_and(is_word) {
                self.check(entry.rule, range);
            }
        }
    }
}

/// Whether what is around a hint names a secret; see `block::hints`.
#[inline]
fn names_secret(before: &[u8], rest: &[u8]) -> bool {
    let is = |name: &[u8], hint: usize| {
        let (head, tail) = name.split_at(hint);
        let ends = before.len().checked_sub(hint).and_then(|start| before.get(start..));
        ends.is_some_and(|text| text.eq_ignore_ascii_case(head))
            && rest.get(..tail.len()).is_some_and(|text| text.eq_ignore_ascii_case(tail))
    };
    let [first, others @ ..] = rest else { return false };
    // Hardly any word goes on as the names do.
    match (first | 0x20, others.first().copied().unwrap_or_default() | 0x20) {
        (b'k', b'e') => is(b"key", 0) || is(b"psk", 2) || is(b"token", 2),
        (b'k', b'i') => is(b"psk", 2) || is(b"cookie", 3),
        (b'k', _) => is(b"psk", 2),
        (b's', b's') => is(b"pass", 2) || is(b"session", 2) || is(b"access", 4),
        (b'c', b'r') => is(b"secret", 2) || is(b"cred", 0),
        (b'w', b'd') => is(b"pwd", 1) || is(b"passwd", 4),
        (b'u', b't') => is(b"auth", 1),
        _ => false,
    }
}

/// `-pS3cret`, `-uuser:…`: the value stands right behind the letter.
fn attached(option: &[u8]) -> bool {
    matches!(option, [b'-', b'p' | b'u', b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9', ..])
}

/// Whether a key names a secret.
#[inline]
fn named(key: &[u8]) -> bool {
    let key = key.get(key.len().saturating_sub(64)..).unwrap_or_default();
    (0..key.len()).any(|at| {
        let (before, rest) = key.split_at(at);
        rest.first().is_some_and(|b| matches!(b | 0x20, b'k' | b's' | b'c' | b'w' | b'u')) && names_secret(before, rest)
    })
}

/// Whether a whole value may be random, whatever its key is.
#[inline]
fn random(text: &[u8]) -> bool {
    text.len() >= 10 && has_digit(text.get(..WHOLE).unwrap_or(text))
}
