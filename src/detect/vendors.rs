#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Which keyed rules the words around a value call for, by the first word of each of their lists.

use super::{
    FAMILIES,
    context::{Words, begins},
    kinds,
    rule::Rule,
    shape::Shape,
};

/// A list of words and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
struct Entry {
    words: &'static [&'static str],
    rule: &'static Rule,
    next: u16,
}

const END: u16 = u16::MAX;
const BUCKETS: usize = 1024;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::KEYED.len() {
        if let Shape::Keyed { words, .. } = kinds::KEYED[rule].shape {
            total += words.len();
        }
        rule += 1;
    }
    total
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { words: &[], rule: FAMILIES[0][0], next: END }; COUNT];
    let (mut at, mut rule) = (COUNT, kinds::KEYED.len());
    // Backwards, so that every chain is in the order of the families.
    while rule > 0 {
        rule -= 1;
        if let Shape::Keyed { words, .. } = kinds::KEYED[rule].shape {
            let mut list = words.len();
            while list > 0 {
                list -= 1;
                at -= 1;
                let word = words[list][0].as_bytes();
                assert!(word.len() >= 3, "a word has at least three letters");
                let bucket = hash(word[0], word[1], word[2]);
                entries[at] = Entry { words: words[list], rule: kinds::KEYED[rule], next: heads[bucket] };
                heads[bucket] = at as u16;
            }
        }
    }
    (heads, entries)
}

const fn hash(a: u8, b: u8, c: u8) -> usize {
    let mixed = (a as u32 | (b as u32) << 8 | (c as u32) << 16).wrapping_mul(0x9e37_79b1);
    (mixed >> 22) as usize
}

/// Calls `found` with every rule that all words of one of its lists call for: the first begins a word of the text, the others
/// may stand anywhere in it. A rule may come twice.
pub(super) fn named(text: &Words, found: &mut dyn FnMut(&'static Rule)) {
    for rest in text.tails() {
        let mut letters = rest.iter().filter(|b| **b != b' ');
        let (Some(a), Some(b), Some(c)) = (letters.next(), letters.next(), letters.next()) else { continue };
        let mut next = HEADS.get(hash(*a, *b, *c)).copied().unwrap_or(END);
        while let Some(entry) = ENTRIES.get(usize::from(next)) {
            next = entry.next;
            let [first, others @ ..] = entry.words else { continue };
            if begins(rest, first.as_bytes()) && others.iter().all(|word| text.has(word.as_bytes())) {
                found(entry.rule);
            }
        }
    }
}
