#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! What numbers are called: the names of all rules in one table, so that the words around a number are gone through once and
//! not again for each rule.

use super::{
    context::{Words, begin_with},
    forms::RuleSet,
    kinds,
};

/// A name and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
struct Entry {
    name: &'static [u8],
    /// Its place in `kinds::FORMS`.
    rule: u8,
    next: u16,
}

const END: u16 = u16::MAX;
const BUCKETS: usize = 256;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::FORMS.len() {
        total += kinds::FORMS[rule].names.len();
        rule += 1;
    }
    total
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { name: b"", rule: 0, next: END }; COUNT];
    let (mut at, mut rule) = (0, 0);
    while rule < kinds::FORMS.len() {
        let names = kinds::FORMS[rule].names;
        let mut index = 0;
        while index < names.len() {
            let name = names[index].as_bytes();
            let bucket = hash(name[0], name[1]);
            entries[at] = Entry { name, rule: rule as u8, next: heads[bucket] };
            heads[bucket] = at as u16;
            at += 1;
            index += 1;
        }
        rule += 1;
    }
    (heads, entries)
}

/// The bucket of what begins with two bytes.
const fn hash(first: u8, second: u8) -> usize {
    ((first as u32 | (second as u32) << 8).wrapping_mul(0x9e37_79b1) >> 24) as usize
}

/// The rules that have one of their names among the words.
pub(super) fn named(words: &Words) -> RuleSet {
    let mut rules = 0;
    for tail in words.tails() {
        let [first, second, ..] = tail else { continue };
        let mut at = HEADS[hash(*first, *second)];
        while let Some(entry) = ENTRIES.get(usize::from(at)) {
            if begin_with(tail, entry.name) {
                rules |= 1 << entry.rule;
            }
            at = entry.next;
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{
        forms,
        rule::{Candidate, Needs, Outcome},
        shape::Shape,
    };

    /// What stands around numbers in the tests: every name of every rule, and some words that are none.
    fn texts() -> impl Iterator<Item = alloc::string::String> {
        let names = kinds::FORMS.iter().flat_map(|rule| rule.names);
        names.flat_map(|name| [["my ", name, ": "].concat(), [name, "s and more, "].concat(), ["x", name, "x "].concat()])
    }

    #[test]
    fn the_table_says_what_every_rule_would() {
        for text in texts() {
            let words = Words::before(text.as_bytes(), 56);
            let said = named(&words);
            for (bit, rule) in forms::each(RuleSet::MAX) {
                assert_eq!(said & bit != 0, words.hold_any(rule.names), "{} in {text}", rule.id);
            }
        }
    }

    /// What stands before a number and behind it, and its key.
    type Surroundings = (&'static [u8], &'static [u8], Option<&'static [u8]>);

    /// What names no number.
    const NAMELESS: [Surroundings; 3] =
        [(b"some words: ", b" more", None), (b"some words: ", b" more", Some(b"order_id")), (b"", b"", Some(b"order_id"))];

    /// A check that is not run would have rejected.
    #[test]
    fn rules_that_need_a_name_find_nothing_without_one() {
        let mut random = 1u32;
        for (bit, rule) in forms::each(RuleSet::MAX) {
            assert_eq!(rule.needs == Needs::Nothing, rule.names.is_empty(), "{}", rule.id);
            let Shape::Forms(all) = rule.shape else { continue };
            for (form, _) in all.iter().flat_map(|form| (0..2_000).map(move |round| (form, round))) {
                let text: alloc::vec::Vec<u8> = form
                    .bytes()
                    .map(|byte| {
                        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        let digit = b'0' + (random >> 24) as u8 % 10;
                        let letter = b"ABCDEFGHJKLMNPRSTUVWXYZq"[(random >> 16) as usize % 24];
                        match byte {
                            b'0' => digit,
                            b'A' => letter,
                            b'X' if random >> 31 == 0 => digit,
                            b'X' => letter,
                            other => other,
                        }
                    })
                    .collect();
                if forms::unnamed(&text) & bit == 0 {
                    for (before, after, key) in NAMELESS {
                        let around = Default::default();
                        let candidate = Candidate { text: &text, before, after, key, around: &around, judged: None };
                        assert_eq!((rule.check)(&candidate), Outcome::Reject, "{} {}", rule.id, text.escape_ascii());
                    }
                }
            }
        }
    }
}
