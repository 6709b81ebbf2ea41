//! Words with digits: numbers and codes.

use super::{Scanner, is_word};
use crate::detect::{
    cut, forms, kinds, pii,
    rule::{REACH, Rule},
    shape::Shape,
    terms,
};

/// Most groups of a number.
const GROUPS: usize = 6;
/// Where the first letter of a street is at the latest, behind its number.
const STREET: usize = 140;
/// Longest group that is read.
const GROUP: usize = 20;
/// Shortest number of digits and separators that is looked at: that of a telephone.
const DIGITS_LEAST: usize = 7;

impl Scanner<'_, '_> {
    /// The first digit of a word.
    pub(super) fn number(&mut self, at: usize) {
        let letters = self.slice(&(at.saturating_sub(forms::LONGEST)..at)).iter().rev().take_while(|b| is_word(**b)).count();
        let start = at - letters;
        let Some(first) = self.byte(start).filter(|_| letters < forms::LONGEST) else { return };
        self.forms(start);
        if letters == 0 {
            self.short_words_before(start);
            match self.from(start) {
                [_, b'.', ..] | [_, _, b'.', ..] | [_, _, _, b'.', ..] => self.cut(kinds::DECIMAL, start, cut::decimal),
                _ if self.has_letter(start, STREET) => self.cut(kinds::STREET, start, cut::street),
                _ => {}
            }
            self.digits(start);
        }
        if letters <= 4 && first.is_ascii_hexdigit() && !self.is_host {
            self.cut(kinds::NETWORK, start, cut::network);
        }
        if letters == 2 && first.is_ascii_uppercase() {
            for rule in kinds::IBAN {
                self.iban(rule, start);
            }
        }
    }

    /// Whether a letter stands within so many bytes. Where numbers follow one another, there is none for any of them.
    fn has_letter(&mut self, at: usize, reach: usize) -> bool {
        let end = self.text.len().min(at + reach);
        let from = self.letterless.unread(at);
        let found = self.slice(&(from..end)).iter().position(u8::is_ascii_alphabetic);
        self.letterless = self.letterless.extended(at, found.map_or(end, |letter| from + letter));
        found.is_some()
    }

    /// Codes that begin with one or two short words of letters, as in `AB 12 34 56 C` or `B AB 1234`, or with a month.
    fn short_words_before(&mut self, at: usize) {
        let Some(word) = self.short_word_before(at) else { return };
        self.forms(word);
        if let Some(word) = self.short_word_before(word) {
            self.forms(word);
        }
        self.groups_before(at);
    }

    fn short_word_before(&self, at: usize) -> Option<usize> {
        if !matches!(self.before(at), Some(b' ' | b'-' | b'.' | b'/' | b':')) {
            return None;
        }
        let before = self.slice(&(at.saturating_sub(11)..at - 1));
        if !before.last().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let letters = before.iter().rev().take_while(|b| is_word(**b)).count();
        let word = before.get(before.len() - letters..).unwrap_or_default();
        let leads = word.iter().all(u8::is_ascii_alphabetic) && (letters <= 3 || (letters <= 9 && forms::is_month(word)));
        leads.then_some(at - 1 - letters)
    }

    /// A hardware address whose first groups are letters, as in `AB-CD-12-…`: at its beginning.
    fn groups_before(&mut self, at: usize) {
        let group = |end: usize| {
            let bytes = end.checked_sub(3).map(|start| self.slice(&(start..end)));
            matches!(bytes, Some([a, b, b'-']) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
        };
        let groups = (0..5).take_while(|n| at.checked_sub(3 * n).is_some_and(group)).count();
        if groups >= 2 {
            self.forms(at - 3 * groups);
        }
    }

    /// Numbers and codes of fixed forms: every end of a word within reach is a possible end, the farthest first.
    pub(super) fn forms(&mut self, at: usize) {
        let rest = self.from(at);
        let mut ends = [(0, 0); forms::ENDS];
        let count = forms::ends(rest, &mut ends);
        if count == 0 {
            return;
        }
        let before = self.slice(&(at.saturating_sub(REACH)..at));
        if forms::continues(before) {
            return;
        }
        let (mut found, mut named) = (0, None);
        for (end, first) in ends.iter().take(count).rev() {
            let range = at..at + usize::from(*end);
            let piece = self.slice(&range);
            let mut rules = forms::fitting(piece, *first) & !found;
            if rules == 0 || forms::is_part(piece, before, self.from(range.end)) {
                continue;
            }
            let unnamed = forms::unnamed(piece);
            if rules & !unnamed != 0 {
                let may_find = unnamed | *named.get_or_insert_with(|| self.named_at(at));
                if rules & !may_find != 0 && !pii::near::alone(&self.candidate(&range, None)) {
                    rules &= may_find;
                }
            }
            for (bit, rule) in forms::each(rules) {
                if self.check(rule, range.clone()) {
                    found |= bit;
                }
            }
        }
    }

    /// The rules that a number at a place is called by, in its key or just before it.
    fn named_at(&mut self, at: usize) -> forms::RuleSet {
        self.words_around(at).into_iter().flatten().fold(0, |rules, words| rules | terms::named(words))
    }

    /// Digits with single spaces or dashes between groups; every group end is a possible end of the number.
    fn digits(&mut self, at: usize) {
        let before = at.checked_sub(2).and_then(|i| self.byte(i));
        if matches!(self.before(at), Some(b'.' | b'-')) && before.is_some_and(is_word) {
            return;
        }
        // Where the number may end, and how many digits it has then.
        let mut ends = [(0, 0); GROUPS];
        let mut count = 0;
        let (mut end, mut digits) = (at, 0);
        while let Some(slot) = ends.get_mut(count) {
            let group = self.slice(&(end..self.text.len().min(end + GROUP)));
            let run = group.iter().position(|b| !b.is_ascii_digit()).unwrap_or(group.len());
            end += run;
            digits += run;
            let next = self.byte(end);
            if run == 0 || next.is_some_and(is_word) {
                break;
            }
            let dashed = next == Some(b'-') && self.byte(end + 1).is_some_and(is_word);
            let decimal = next == Some(b'.') && self.byte(end + 1).is_some_and(|b| b.is_ascii_digit());
            if !dashed && !decimal && end - at >= DIGITS_LEAST {
                *slot = (end, digits);
                count += 1;
            }
            if !matches!(next, Some(b' ' | b'-')) {
                break;
            }
            end += 1;
        }
        for rule in kinds::DIGITS.iter().filter(|_| count > 0) {
            let Shape::Digits { least, most } = rule.shape else { continue };
            for (end, digits) in ends.iter().take(count).rev() {
                if (least..=most).contains(digits) && self.check(rule, at..*end) {
                    break;
                }
            }
        }
    }

    fn iban(&mut self, rule: &'static Rule, at: usize) {
        let head = self.slice(&(at..at + 4));
        let [_, second, third, fourth] = head else { return };
        if !(second.is_ascii_uppercase() && third.is_ascii_digit() && fourth.is_ascii_digit()) {
            return;
        }
        let Some(length) = pii::iban::length(head) else { return };
        let mut end = at;
        let mut letters = 0;
        while letters < length {
            match self.byte(end) {
                Some(b) if b.is_ascii_uppercase() || b.is_ascii_digit() => letters += 1,
                Some(b' ' | b'-') if letters % 4 == 0 => {}
                _ => return,
            }
            end += 1;
        }
        if !self.byte(end).is_some_and(is_word) {
            self.check(rule, at..end);
        }
    }
}
