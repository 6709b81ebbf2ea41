//! Values that a name gives away: in front of them, or the key that they stand under.

use super::{Scanner, is_word};
use crate::detect::{assigned, cut, fields, kinds, phrases};

/// How far behind a name its value may begin.
const NAME_REACH: usize = 96;
/// Shortest name of a field whose value is personal.
const FIELD_LEAST: usize = 5;
/// Longest text that is a value as a whole.
const WHOLE: usize = 512;
/// How many values inside a value are read: `a=b=c` holds some, thousands are none.
const NESTED_VALUES: usize = 4;

/// What the names of secrets hold, and which hint is where in it.
const NAMES: &[(&[u8], usize)] = &[
    (b"key", 0),
    (b"token", 2),
    (b"cookie", 3),
    (b"pass", 2),
    (b"session", 2),
    (b"secret", 2),
    (b"cred", 0),
    (b"pwd", 1),
    (b"passwd", 4),
    (b"auth", 1),
];

impl Scanner<'_, '_> {
    /// The whole view, as the value of its key.
    pub(super) fn whole(&mut self) {
        let Some(key) = self.key else { return };
        if (2..=128).contains(&self.text.len()) {
            fields::named(key, &mut |rule, _| {
                self.check(rule, 0..self.text.len());
            });
        }
        if self.text.len() <= WHOLE && !self.text.contains(&b'\n') {
            self.value(0..self.text.len());
            self.named = 1;
        } else {
            self.assigned(0);
        }
    }

    /// Where the name of a secret may be.
    pub(super) fn hint(&mut self, at: usize) {
        let is = |(name, hint): &(&[u8], usize)| {
            at.checked_sub(*hint).is_some_and(|start| self.slice(&(start..start + name.len())).eq_ignore_ascii_case(name))
        };
        if NAMES.iter().any(is) {
            self.values(at);
        }
        self.phrase(at);
    }

    /// Every value that begins within reach of a name.
    fn values(&mut self, name: usize) {
        let end = (name + NAME_REACH).min(self.text.len());
        let mut at = self.named.max(name);
        while at < end {
            if assigned::begins_value(self.before(at).unwrap_or(b' '), self.byte(at).unwrap_or_default()) {
                self.assigned(at);
            }
            at += 1;
        }
        self.named = at.max(self.named);
    }

    /// The value that begins at `at`.
    pub(super) fn assigned(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(64)..at));
        let joined = before.iter().rev().take_while(|b| !b.is_ascii_whitespace() && !b"\"'`,;&".contains(b));
        if joined.filter(|b| matches!(b, b'=' | b':' | b'(' | b'[' | b'{' | b'|' | b'?')).count() <= NESTED_VALUES {
            self.value(assigned::value_range(self.text, at));
        }
    }

    fn value(&mut self, range: core::ops::Range<usize>) {
        if range.len() < 6 {
            return;
        }
        for rule in kinds::ASSIGNED {
            if self.check(rule, range.clone()) {
                return;
            }
        }
    }

    /// The value of the field whose name ends at the `:` or `=` at `at`.
    pub(super) fn fields(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(8)..at));
        let signs = before.iter().rev().take_while(|b| b" \"'\\".contains(b)).count();
        if !fields::can_end(before.get(..before.len() - signs).unwrap_or_default()) {
            return;
        }
        let (Some((name, value)), Some((_, rest))) = (cut::field(self.text, at, false), cut::field(self.text, at, true)) else {
            return;
        };
        if name.len() < FIELD_LEAST || value.is_empty() {
            return;
        }
        fields::named(self.slice(&name), &mut |rule, line| {
            self.check(rule, if line { rest.clone() } else { value.clone() });
        });
    }

    /// A word of seven letters or more: of a phrase, or a code of capitals.
    pub(super) fn long_word(&mut self, at: usize) {
        self.phrase(at);
        if self.from(at).iter().take(8).all(u8::is_ascii_uppercase) {
            self.forms(at);
        }
    }

    fn phrase(&mut self, at: usize) {
        for entry in phrases::at(self.from(at)) {
            let Some(start) = at.checked_sub(entry.offset) else { continue };
            let range = start..start + entry.phrase.len();
            let same = self.slice(&range).eq_ignore_ascii_case(entry.phrase);
            if same && !self.before(start).is_some_and(is_word) && !self.byte(range.end).is_some_and(is_word) {
                self.check(entry.rule, range);
            }
        }
    }
}
