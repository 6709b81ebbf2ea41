#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Names of fields whose values are personal: found by their last two letters, in a table that the compiler makes.

use core::cell::OnceCell;

use super::{FAMILIES, context::Words, kinds, rule::Rule, shape::Shape};

/// A name and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
struct Entry {
    name: &'static [u8],
    /// The last word of the name.
    last: &'static [u8],
    rule: &'static Rule,
    line: bool,
    next: u16,
}

const END: u16 = u16::MAX;
const BUCKETS: usize = 512;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::FIELDS.len() {
        if let Shape::Field { names, .. } = kinds::FIELDS[rule].shape {
            total += names.len();
        }
        rule += 1;
    }
    total
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { name: b"", last: b"", rule: FAMILIES[0][0], line: false, next: END }; COUNT];
    let (mut at, mut rule) = (COUNT, kinds::FIELDS.len());
    // Backwards, so that every chain is in the order of the rules.
    while rule > 0 {
        rule -= 1;
        if let Shape::Field { names, line } = kinds::FIELDS[rule].shape {
            let mut index = names.len();
            while index > 0 {
                index -= 1;
                at -= 1;
                let name = names[index].as_bytes();
                let bucket = bucket(name);
                entries[at] = Entry { name, last: last_word(name), rule: kinds::FIELDS[rule], line, next: heads[bucket] };
                heads[bucket] = at as u16;
            }
        }
    }
    (heads, entries)
}

const fn last_word(name: &[u8]) -> &[u8] {
    let mut at = name.len();
    while at > 0 && name[at - 1] != b' ' {
        at -= 1;
    }
    name.split_at(at).1
}

/// By the last two letters: what is between words does not count, and neither does case.
const fn bucket(name: &[u8]) -> usize {
    assert!(name.len() >= 2, "a name has at least two letters");
    let (a, b) = (name[name.len() - 2] & 31, name[name.len() - 1] & 31);
    ((a as usize) << 4 ^ b as usize) & (BUCKETS - 1)
}

fn ends_with(name: &[u8], word: &[u8]) -> bool {
    name.len().checked_sub(word.len()).and_then(|at| name.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Calls `found` with every rule that has the name, and whether its value goes to the end of the line.
pub(super) fn named(name: &[u8], found: &mut dyn FnMut(&'static Rule, bool)) {
    let mut next = if name.len() < 2 { END } else { HEADS[bucket(name)] };
    let words = OnceCell::new();
    let mut last = "";
    while let Some(entry) = ENTRIES.get(usize::from(next)) {
        next = entry.next;
        // Most names end otherwise, and are not taken apart for that.
        if ends_with(name, entry.last) && last != entry.rule.id && words.get_or_init(|| Words::of(name)).end_with(entry.name) {
            last = entry.rule.id;
            found(entry.rule, entry.line);
        }
    }
}
