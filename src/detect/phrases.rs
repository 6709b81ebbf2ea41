#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::panic,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Phrases by the word that gives them away: the first of seven letters or more, or else the first `sh` or `k`.

use super::{FAMILIES, kinds, rule::Rule, shape::Shape};

/// A phrase and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) phrase: &'static [u8],
    /// Where in the phrase its telling word begins.
    pub(super) offset: usize,
    pub(super) rule: &'static Rule,
    next: u16,
}

const END: u16 = u16::MAX;
/// Shortest word that the scan loop stops at.
const WORD: usize = 7;
/// How many letters of a shorter one tell.
const LETTERS: usize = 3;
const BUCKETS: usize = 2048;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::PHRASES.len() {
        if let Shape::Phrase(phrases) = kinds::PHRASES[rule].shape {
            total += phrases.len();
        }
        rule += 1;
    }
    total
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { phrase: b"", offset: 0, rule: FAMILIES[0][0], next: END }; COUNT];
    let (mut at, mut rule) = (COUNT, kinds::PHRASES.len());
    // Backwards, so that every chain is in the order of the families.
    while rule > 0 {
        rule -= 1;
        if let Shape::Phrase(phrases) = kinds::PHRASES[rule].shape {
            let mut index = phrases.len();
            while index > 0 {
                index -= 1;
                at -= 1;
                let phrase = phrases[index].as_bytes();
                let offset = telling(phrase);
                let bucket = hash(phrase, offset, if word_ends(phrase, offset) { WORD } else { LETTERS });
                entries[at] = Entry { phrase, offset, rule: kinds::PHRASES[rule], next: heads[bucket] };
                heads[bucket] = at as u16;
            }
        }
    }
    (heads, entries)
}

/// Whether a word of seven letters or more begins there.
const fn word_ends(phrase: &[u8], offset: usize) -> bool {
    let mut at = offset;
    while at < phrase.len() && (phrase[at].is_ascii_alphanumeric() || phrase[at] == b'_') {
        at += 1;
    }
    at - offset >= WORD
}

const fn telling(phrase: &[u8]) -> usize {
    let (mut at, mut start) = (0, 0);
    while at < phrase.len() {
        assert!(!phrase[at].is_ascii_uppercase(), "phrases are lower-case");
        if !phrase[at].is_ascii_alphanumeric() && phrase[at] != b'_' {
            start = at + 1;
        } else if at + 1 - start >= WORD {
            return start;
        }
        at += 1;
    }
    at = 0;
    while at + 2 < phrase.len() {
        if phrase[at] == b's' && phrase[at + 1] == b'h' {
            return at;
        }
        at += 1;
    }
    at = 0;
    while at + 2 < phrase.len() {
        if phrase[at] == b'k' {
            return at;
        }
        at += 1;
    }
    panic!("a phrase needs a word of seven letters, or `sh`, or `k`")
}

/// The bucket of the bytes from there on, whatever their case.
const fn hash(text: &[u8], from: usize, length: usize) -> usize {
    let (mut folded, mut at) = (length as u64, 0);
    while at < length {
        folded = folded << 8 | (text[from + at] | 0x20) as u64;
        at += 1;
    }
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53) as usize
}

/// The phrases whose telling word may begin a text, by its first eight bytes.
#[inline]
pub(super) fn at_word(head: u64) -> Chain {
    Chain(HEADS[word_hash(head)])
}

/// `hash` of the first seven of eight bytes, all at once.
#[inline]
fn word_hash(head: u64) -> usize {
    const _: () = assert!(WORD == 7);
    let folded = (head | 0x2020_2020_2020_2020) >> 8 | (WORD as u64) << 56;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53) as usize
}

/// The phrases whose telling letters may begin a text, by its first eight bytes.
#[inline]
pub(super) fn at_letters(head: u64) -> Chain {
    Chain(HEADS[hash(&head.to_be_bytes(), 0, LETTERS)])
}

/// The phrases of a bucket: hardly ever any.
#[derive(Clone, Copy)]
pub(super) struct Chain(u16);

impl Chain {
    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.0 == END
    }
}

impl Iterator for Chain {
    type Item = &'static Entry;

    fn next(&mut self) -> Option<&'static Entry> {
        let entry = ENTRIES.get(usize::from(self.0))?;
        self.0 = entry.next;
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_once_as_byte_by_byte() {
        for text in [b"Disregard".as_slice(), b"previous instructions", b"confidential", b"a_9-Z{~\x7f\xe4"] {
            let bytes = text.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            assert_eq!(word_hash(bytes), hash(text, 0, WORD));
        }
    }
}
