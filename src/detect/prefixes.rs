#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Which token rules can begin at a word, by its first bytes. All tables are made by the compiler: nothing happens at start.

use super::{
    FAMILIES, kinds,
    rule::Rule,
    shape::{Alphabet, Part, Shape},
};

/// A prefix and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) prefix: &'static [u8],
    pub(super) rule: &'static Rule,
    /// The last bytes of the prefix: most entries of a bucket differ from a text in these.
    tail: [u8; 3],
    next: u16,
}

const END: u16 = u16::MAX;
const BUCKETS: usize = 2048;
const COUNT: usize = count();
/// First entry of each bucket.
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::TOKENS.len() {
        if let Shape::Token { prefixes, .. } = kinds::TOKENS[rule].shape {
            total += prefixes.len();
        }
        rule += 1;
    }
    total
}

/// The scan loop stops at runs of so many bytes of which tokens are made.
pub(super) const LEAST: usize = 12;

/// Whether a `$` in the prefix leads to the token, or the `@` of a URL.
const fn is_found_by_sign(prefix: &[u8], parts: &[Part]) -> bool {
    let url = matches!(parts[0], Part::Run(Alphabet::Authority, ..)) && prefix[prefix.len() - 1] == b'/';
    let mut at = 0;
    while at < prefix.len() {
        if prefix[at] == b'$' {
            return true;
        }
        at += 1;
    }
    url
}

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

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { prefix: b"", rule: FAMILIES[0][0], tail: [0; 3], next: END }; COUNT];
    let (mut at, mut rule) = (COUNT, kinds::TOKENS.len());
    // Backwards, so that every chain is in the order of the families.
    while rule > 0 {
        rule -= 1;
        if let Shape::Token { prefixes, parts } = kinds::TOKENS[rule].shape {
            let mut prefix = prefixes.len();
            while prefix > 0 {
                prefix -= 1;
                at -= 1;
                let bytes = prefixes[prefix].as_bytes();
                assert!(bytes.len() >= 2, "a prefix has at least two bytes");
                assert!(is_found_by_sign(bytes, parts) || least_run(bytes, parts) >= LEAST, "nothing leads to the token");
                let last = bytes.len() - 1;
                let tail = [if last >= 2 { bytes[last - 2] } else { 0 }, bytes[last - 1], bytes[last]];
                let bucket = if bytes.len() >= 3 { hash(bytes[0], bytes[1], bytes[2]) } else { hash(bytes[0], bytes[1], 0) };
                entries[at] = Entry { prefix: bytes, rule: kinds::TOKENS[rule], tail, next: heads[bucket] };
                heads[bucket] = at as u16;
            }
        }
    }
    (heads, entries)
}

const fn hash(a: u8, b: u8, c: u8) -> usize {
    let mixed = (a as u32 | (b as u32) << 8 | (c as u32) << 16).wrapping_mul(0x9e37_79b1);
    (mixed >> 21) as usize
}

/// Every token rule whose prefix `text` begins with: those of three bytes and more, then those of two.
pub(super) fn at(text: &[u8]) -> impl Iterator<Item = &'static Entry> + '_ {
    let (long, short) = match text {
        [a, b, c, ..] => (hash(*a, *b, *c), hash(*a, *b, 0)),
        _ => (0, 0),
    };
    let chain = |bucket: usize| {
        let first = HEADS.get(bucket).and_then(|index| ENTRIES.get(usize::from(*index)));
        core::iter::successors(first, |entry| ENTRIES.get(usize::from(entry.next)))
    };
    chain(long).chain(chain(short).filter(|entry| entry.prefix.len() == 2)).filter(|entry| entry.begins(text))
}

impl Entry {
    fn begins(&self, text: &[u8]) -> bool {
        let last = self.prefix.len() - 1;
        text.get(last) == Some(&self.tail[2]) && text.get(last - 1) == Some(&self.tail[1]) && text.starts_with(self.prefix)
    }
}
