#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Which token rules can begin at a word, by its first bytes. All tables are made by the compiler: nothing happens at start.

use super::{
    FAMILIES,
    rule::Rule,
    shape::{Part, Shape},
};

/// A prefix and its rule, chained to the next one with the same first byte.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) prefix: &'static [u8],
    pub(super) rule: &'static Rule,
    next: u16,
}

const END: u16 = u16::MAX;
const COUNT: usize = count();
/// First entry of each first byte.
static HEADS: [u16; 256] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;
const TABLE: ([u16; 256], [Entry; COUNT]) = build();
/// Bits of the hashed first three bytes of every prefix: most words end here.
static FILTER: [u64; 128] = filter();

const fn count() -> usize {
    let mut total = 0;
    let mut family = 0;
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            if let Shape::Token { prefixes, .. } = FAMILIES[family][rule].shape {
                total += prefixes.len();
            }
            rule += 1;
        }
        family += 1;
    }
    total
}

/// The scan loop stops at runs of so many bytes of which tokens are made.
const LEAST: usize = 12;

/// How many such bytes every token of these parts begins with, at least.
const fn least_run(prefix: &[u8], parts: &[Part]) -> usize {
    let mut total = leading(prefix);
    if total < prefix.len() {
        return total;
    }
    let mut part = 0;
    while part < parts.len() && total < LEAST {
        let (length, all) = match parts[part] {
            Part::Run(_, least, _) => (least, true),
            Part::Text(literal) => (leading(literal.as_bytes()), leading(literal.as_bytes()) == literal.len()),
            Part::OneOf(literals) => (shortest(literals), true),
        };
        total += length;
        if !all {
            return total;
        }
        part += 1;
    }
    total
}

const fn shortest(literals: &[&str]) -> usize {
    let (mut least, mut at) = (usize::MAX, 0);
    while at < literals.len() {
        let length = leading(literals[at].as_bytes());
        least = if length < least { length } else { least };
        at += 1;
    }
    least
}

const fn leading(literal: &[u8]) -> usize {
    let mut at = 0;
    while at < literal.len()
        && (literal[at].is_ascii_alphanumeric() || matches!(literal[at], b'_' | b'-'..=b'/' | b':' | b'+' | b'=' | b'~'))
    {
        at += 1;
    }
    at
}

const fn build() -> ([u16; 256], [Entry; COUNT]) {
    let mut heads = [END; 256];
    let mut entries = [Entry { prefix: b"", rule: FAMILIES[0][0], next: END }; COUNT];
    let mut at = COUNT;
    let mut family = FAMILIES.len();
    // Backwards, so that every chain is in the order of the families.
    while family > 0 {
        family -= 1;
        let mut rule = FAMILIES[family].len();
        while rule > 0 {
            rule -= 1;
            if let Shape::Token { prefixes, parts } = FAMILIES[family][rule].shape {
                let mut prefix = prefixes.len();
                while prefix > 0 {
                    prefix -= 1;
                    at -= 1;
                    let bytes = prefixes[prefix].as_bytes();
                    assert!(bytes.len() >= 2, "a prefix has at least two bytes");
                    assert!(least_run(bytes, parts) >= LEAST, "a token begins with a run of token bytes");
                    let head = bytes[0] as usize;
                    entries[at] = Entry { prefix: bytes, rule: FAMILIES[family][rule], next: heads[head] };
                    heads[head] = at as u16;
                }
            }
        }
    }
    (heads, entries)
}

const fn filter() -> [u64; 128] {
    let mut bits = [0u64; 128];
    let mut at = 0;
    while at < COUNT {
        let prefix = TABLE.1[at].prefix;
        if prefix.len() >= 3 {
            let hash = hash(prefix[0], prefix[1], prefix[2]);
            bits[hash >> 6] |= 1 << (hash & 63);
        } else {
            // Two bytes: whatever the third is.
            let mut third = 0;
            while third < 256 {
                let hash = hash(prefix[0], prefix[1], third as u8);
                bits[hash >> 6] |= 1 << (hash & 63);
                third += 1;
            }
        }
        at += 1;
    }
    bits
}

const fn hash(a: u8, b: u8, c: u8) -> usize {
    let mixed = (a as u32 | (b as u32) << 8 | (c as u32) << 16).wrapping_mul(0x9e37_79b1);
    (mixed >> 19) as usize
}

/// Every token rule whose prefix `text` begins with.
pub(super) fn at(text: &[u8]) -> impl Iterator<Item = &'static Entry> + '_ {
    let possible = match text {
        [a, b, c, ..] => {
            let hash = hash(*a, *b, *c);
            FILTER.get(hash >> 6).is_some_and(|bits| bits >> (hash & 63) & 1 == 1)
        }
        _ => false,
    };
    let head = text.first().filter(|_| possible).and_then(|byte| HEADS.get(usize::from(*byte)));
    let first = head.and_then(|index| ENTRIES.get(usize::from(*index)));
    let chain = core::iter::successors(first, |entry| ENTRIES.get(usize::from(entry.next)));
    chain.filter(|entry| text.starts_with(entry.prefix))
}
