//! What has its form around a sign: addresses, telephone numbers, fields, machine-readable lines, key blocks.

use super::{Scanner, is_word};
use crate::detect::{
    cut, kinds,
    secrets::generic,
    shape::{Alphabet, Shape},
};

/// Longest private key block that is read as one.
const PEM_BYTES: usize = 64 * 1024;

/// Longest word before a sign that leads to a token.
const SHORT: usize = 16;
/// How many more `@` a password in a URL may have.
const SIGNS: usize = 2;
/// Longest credentials of a URL.
const URL_REACH: usize = 160;

impl Scanner<'_, '_> {
    pub(super) fn sign(&mut self, at: usize) {
        match self.byte(at) {
            Some(b'@') => {
                self.email(at);
                self.url_before(at);
            }
            Some(b'$') => self.word_before(at),
            Some(b':') => {
                self.colon(at);
                self.fields(at);
                self.task(at);
            }
            Some(b'=') => self.fields(at),
            Some(b'+') => self.plus(at),
            Some(b'(') if self.before(at) == Some(b']') => self.cut(kinds::LINK, at + 1, cut::link),
            // The area code of a telephone number.
            Some(b'(') if self.from(at).iter().take(7).any(|b| *b == b')') => self.forms(at),
            Some(b'<') => {
                self.machine_readable(at);
                self.tag(at);
            }
            _ => {}
        }
    }

    /// A telephone number with its country.
    fn plus(&mut self, at: usize) {
        let begins = !self.before(at).is_some_and(|b| is_word(b) || b == b'+');
        if begins && self.byte(at + 1).is_some_and(|b| b.is_ascii_digit()) {
            self.cut(kinds::PHONE, at, cut::phone);
        }
    }

    /// A token whose prefix has a `$`.
    fn word_before(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(SHORT)..at));
        let word = before.iter().rev().take_while(|b| is_word(**b) || **b == b'-').count();
        if word > 0 {
            self.short_run(at - word);
        }
    }

    /// The URL that ends its credentials at an `@`.
    fn url_before(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(URL_REACH)..at));
        let mut signs = 0;
        let inside = |b: &&u8| {
            signs += usize::from(**b == b'@');
            signs <= SIGNS && Alphabet::Authority.contains(**b)
        };
        let authority = before.iter().rev().take_while(inside).count();
        let Some(scheme) = (at - authority).checked_sub(2).map(|end| self.slice(&(end.saturating_sub(SHORT)..end))) else {
            return;
        };
        // The run goes on over the colon of the scheme, for that is a sign of an authority, too.
        let word = scheme.iter().rev().skip(1).take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count();
        if scheme.ends_with(b":") && word > 0 && self.slice(&(at - authority - 2..at - authority)) == b"//" {
            self.short_run(at - authority - 3 - word);
        }
    }

    fn email(&mut self, at: usize) {
        let local_byte = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-'".contains(b);
        let domain_byte = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
        let before = self.slice(&(at.saturating_sub(65)..at));
        let local = before.iter().rev().take_while(|b| local_byte(b)).count();
        if local == 0 || local > 64 {
            return;
        }
        let domain = self.from(at + 1).iter().take(254).take_while(|b| domain_byte(b)).count();
        // No address without a dot behind the sign: what is checked at every sign has to be rare.
        if !self.slice(&(at + 1..at + 1 + domain)).contains(&b'.') {
            return;
        }
        // A sentence may end right after the address.
        let trailing = self.slice(&(at + 1..at + 1 + domain)).iter().rev().take_while(|b| b".-".contains(b)).count();
        for rule in kinds::EMAIL {
            self.check(rule, at - local..at + 1 + domain - trailing);
        }
    }

    /// Groups of hexadecimal digits: those whose first has no digit begin at no number.
    fn colon(&mut self, at: usize) {
        let hex = |at: usize| self.byte(at).is_some_and(|b| b.is_ascii_hexdigit());
        if self.byte(at + 1) == Some(b':') {
            if !self.is_host && !self.before(at).is_some_and(|b| is_word(b) || b == b':') {
                self.cut(kinds::NETWORK, at, cut::network);
            }
        } else if !hex(at + 1) {
            return;
        }
        let before = self.slice(&(at.saturating_sub(5)..at));
        let word = before.iter().rev().take_while(|b| is_word(**b)).count();
        let group = before.get(before.len() - word..).unwrap_or_default();
        if !(1..=4).contains(&word) || !group.iter().all(|b| b.is_ascii_hexdigit() && b.is_ascii_alphabetic()) {
            return;
        }
        let start = at - word;
        if !self.is_host {
            self.cut(kinds::NETWORK, start, cut::network);
        }
        // A digit after the sign has led here already.
        if word == 2 && !self.byte(at + 1).is_some_and(|b| b.is_ascii_digit()) {
            self.forms(start);
        }
    }

    /// The line around the first `<` of a travel document.
    fn machine_readable(&mut self, at: usize) {
        let before = self.slice(&(at.saturating_sub(44)..at));
        let inner = before.iter().rev().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
        let start = at - inner;
        if inner > 0 && self.before(start) != Some(b'<') {
            self.cut(kinds::MRZ, start, cut::mrz);
        }
    }

    /// A tag whose name calls for attention, or a comment.
    fn tag(&mut self, at: usize) {
        let Some(end) = cut::tag(self.text, at) else { return };
        let name = self.slice(&(at + 1..end));
        for rule in kinds::TAGS {
            let Shape::Tag(names) = rule.shape else { continue };
            if names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())) {
                self.check(rule, at..end);
            }
        }
    }

    /// `TODO:`
    fn task(&mut self, at: usize) {
        let start = at.saturating_sub(4);
        if self.slice(&(start..at)) == b"TODO" && !self.before(start).is_some_and(|b| b.is_ascii_alphanumeric()) {
            for rule in kinds::TASK {
                self.check(rule, start..at + 1);
            }
        }
    }

    /// A private key block.
    pub(super) fn pem(&mut self, at: usize) {
        let limit = (at + PEM_BYTES).min(self.text.len());
        let block = self.slice(&(at..limit));
        if !generic::begins_private_key(block) {
            return;
        }
        let length = generic::pem_length(block);
        for rule in kinds::PEM {
            if self.check(rule, at..at + length) {
                self.block_end = at + length;
            }
        }
    }
}
