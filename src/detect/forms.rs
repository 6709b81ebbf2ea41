#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Numbers and codes of fixed forms, by their layout: how long they are and where their separators stand. The tables are
//! made by the compiler.

use super::{
    kinds,
    rule::{Needs, Rule},
    scan::is_word,
    sets::ByteSet,
    shape::{Alphabet, Shape},
};

/// Rules of `kinds::FORMS`, a bit each.
pub(super) type RuleSet = u128;
const _: () = assert!(kinds::FORMS.len() <= RuleSet::BITS as usize, "more rules than bits");

/// A form and its rules, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
struct Entry {
    form: &'static [u8],
    rules: RuleSet,
    next: u16,
}

/// What stands between the groups of forms.
static SEPARATORS: ByteSet = ByteSet::of(b" -./:(),");

/// Longest form.
pub(super) const LONGEST: usize = 40;
const END: u16 = u16::MAX;
const BUCKETS: usize = 2048;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT], usize) = build();
/// How many forms there are; several rules may have the same.
const DIFFERENT: usize = TABLE.2;
/// Layouts of the beginnings of forms, each up to behind a separator, a bit each.
static BEGINNINGS: [u64; BUCKETS / 64] = beginnings();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; DIFFERENT] = *TABLE.1.first_chunk().expect("not more than there is room for");

/// The rules that find a number without a name or groups, and those that find one in groups without a name.
const UNNAMED: RuleSet = needing(Needs::Nothing);
const UNNAMED_GROUPS: RuleSet = UNNAMED | needing(Needs::NameOrGroups);

const fn needing(needs: Needs) -> RuleSet {
    let (mut rules, mut rule) = (0, 0);
    while rule < kinds::FORMS.len() {
        if kinds::FORMS[rule].needs as u8 == needs as u8 {
            rules |= 1 << rule;
        }
        rule += 1;
    }
    rules
}

/// The layout of a text: how long its groups of letters and digits are, and what separates them. Letters and digits are all the
/// same to it, but whether there was a letter counts.
#[derive(Clone, Copy)]
struct Layout {
    hash: u32,
    letters: bool,
}

impl Layout {
    const fn new() -> Self {
        Self { hash: 0x811c_9dc5, letters: false }
    }

    /// Then a group of this length.
    const fn group(self, length: usize, letters: bool) -> Self {
        Self { letters: self.letters || letters, ..self }.mix(length as u32)
    }

    /// Then a separator.
    const fn separator(self, byte: u8) -> Self {
        self.mix(byte as u32 + 64)
    }

    const fn mix(self, value: u32) -> Self {
        Self { hash: (self.hash ^ value).wrapping_mul(0x0100_0193), ..self }
    }

    /// Its place in the table of beginnings.
    const fn place(self) -> usize {
        (self.hash.wrapping_mul(0x9e37_79b1) >> 21) as usize
    }

    const fn bucket(self) -> usize {
        let mixed = (self.hash ^ self.letters as u32).wrapping_mul(0x9e37_79b1);
        (mixed >> 21) as usize
    }
}

/// The lengths of the first groups of all forms, a bit each.
static FIRST_GROUPS: u64 = first_groups();

const fn first_groups() -> u64 {
    let (mut bits, mut entry) = (0, 0);
    while entry != DIFFERENT {
        bits |= 1 << group_length(TABLE.1[entry].form, 0);
        entry += 1;
    }
    bits
}

const fn group_length(form: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < form.len() && form[at].is_ascii_alphanumeric() {
        at += 1;
    }
    at - from
}

const fn count() -> usize {
    let (mut total, mut rule) = (0, 0);
    while rule < kinds::FORMS.len() {
        if let Shape::Forms(forms) = kinds::FORMS[rule].shape {
            let mut form = 0;
            while form < forms.len() {
                let bytes = forms[form].as_bytes();
                total += has_variant(bytes, 0) as usize + has_variant(bytes, 1) as usize;
                form += 1;
            }
        }
        rule += 1;
    }
    total
}

const fn beginnings() -> [u64; BUCKETS / 64] {
    let mut bits = [0; BUCKETS / 64];
    let mut entry = 0;
    while entry != DIFFERENT {
        let form = TABLE.1[entry].form;
        let (mut layout, mut at) = (Layout::new(), 0);
        while at < form.len() {
            let length = group_length(form, at);
            if length > 0 {
                layout = layout.group(length, false);
                at += length;
            } else {
                layout = layout.separator(form[at]);
                bits[layout.place() / 64] |= 1 << (layout.place() % 64);
                at += 1;
            }
        }
        entry += 1;
    }
    bits
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT], usize) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { form: b"", rules: 0, next: END }; COUNT];
    let (mut count, mut rule) = (0, 0);
    while rule < kinds::FORMS.len() {
        if let Shape::Forms(forms) = kinds::FORMS[rule].shape {
            let mut form = 0;
            while form < forms.len() {
                let bytes = forms[form].as_bytes();
                let mut variant = 0;
                while variant < VARIANTS {
                    if has_variant(bytes, variant) {
                        let bucket = layout(bytes, variant).bucket();
                        let mut at = heads[bucket];
                        while at != END && !same(entries[at as usize].form, bytes) {
                            at = entries[at as usize].next;
                        }
                        if at == END {
                            at = count as u16;
                            entries[count] = Entry { form: bytes, rules: 0, next: heads[bucket] };
                            heads[bucket] = at;
                            count += 1;
                        }
                        entries[at as usize].rules |= 1 << rule;
                    }
                    variant += 1;
                }
                form += 1;
            }
        }
        rule += 1;
    }
    (heads, entries, count)
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// A form may fit texts without a letter and texts with letters: it stands in the table once for either.
const VARIANTS: usize = 2;

const fn has_variant(form: &[u8], variant: usize) -> bool {
    let (mut at, mut letters, mut either) = (0, false, false);
    while at < form.len() {
        letters |= form[at].is_ascii_alphabetic() && form[at] != b'X';
        either |= form[at] == b'X';
        at += 1;
    }
    if variant == 0 { !letters } else { letters || either }
}

const fn layout(form: &[u8], variant: usize) -> Layout {
    assert!(form.len() <= LONGEST, "a form is too long");
    let (mut layout, mut at) = (Layout::new(), 0);
    while at < form.len() {
        let length = group_length(form, at);
        if length > 0 {
            layout = layout.group(length, false);
            at += length;
        } else {
            layout = layout.separator(form[at]);
            at += 1;
        }
    }
    Layout { hash: layout.hash, letters: variant == 1 }
}

/// The rules that have a form of a chain that is the whole of `text`.
pub(super) fn fitting(text: &[u8], first: u16) -> RuleSet {
    let chain = core::iter::successors(ENTRIES.get(usize::from(first)), |entry| ENTRIES.get(usize::from(entry.next)));
    let fits = |form: &[u8]| form.len() == text.len() && form.iter().zip(text).all(|(form, byte)| fits(*form, *byte));
    chain.filter(|entry| fits(entry.form)).fold(0, |rules, entry| rules | entry.rules)
}

/// The rules that may find `text` without a name around it.
pub(super) fn unnamed(text: &[u8]) -> RuleSet {
    if text.iter().all(u8::is_ascii_alphanumeric) { UNNAMED } else { UNNAMED_GROUPS }
}

/// The rules of a set, in the order of the families.
pub(super) fn each(mut rules: RuleSet) -> impl Iterator<Item = (RuleSet, &'static Rule)> {
    core::iter::from_fn(move || {
        let bit = rules & rules.wrapping_neg();
        rules &= !bit;
        kinds::FORMS.get(usize::try_from(bit.trailing_zeros()).ok()?).map(|rule| (bit, *rule))
    })
}

fn fits(form: u8, byte: u8) -> bool {
    match form {
        b'0' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_alphabetic(),
        b'X' => byte.is_ascii_alphanumeric(),
        literal => literal.eq_ignore_ascii_case(&byte),
    }
}

/// Where a piece may end, with the chain of the forms of its layout.
pub(super) type End = (u8, u16);
/// Most ends of one piece.
pub(super) const ENDS: usize = 12;

/// Where a number or code that begins `text` may end, nearest first: ends of words, where any form has that layout. Returns how
/// many of `found` were filled.
pub(super) fn ends(text: &[u8], found: &mut [End; ENDS]) -> usize {
    let (mut layout, mut count, mut at) = (Layout::new(), 0, 0);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (mut length, mut letters) = (0, false);
        for byte in rest.iter().take(LONGEST - at + 1).take_while(|b| Alphabet::Alphanumeric.has(**b)) {
            length += 1;
            letters |= *byte > b'9';
        }
        at += length;
        let next = text.get(at).copied();
        if at > LONGEST || next == Some(b'_') || (at == length && FIRST_GROUPS >> length & 1 == 0) {
            return count;
        }
        if length > 0 {
            layout = layout.group(length, letters);
            push(found, &mut count, at, layout);
        }
        let Some(separator) = next.filter(|b| SEPARATORS.has(*b) && at < LONGEST) else { return count };
        layout = layout.separator(separator);
        let begins = BEGINNINGS.get(layout.place() / 64).is_some_and(|bits| bits >> (layout.place() % 64) & 1 == 1);
        if !begins {
            return count;
        }
        at += 1;
        if separator == b')' && !text.get(at).is_some_and(|b| is_word(*b)) {
            push(found, &mut count, at, layout);
        }
    }
}

fn push(found: &mut [End; ENDS], count: &mut usize, end: usize, layout: Layout) {
    let head = HEADS.get(layout.bucket()).copied().unwrap_or(END);
    if let (Some(slot), Ok(end), true) = (found.get_mut(*count), u8::try_from(end), head != END) {
        *slot = (end, head);
        *count += 1;
    }
}

/// Whether a word begins like the name of a month.
pub(super) fn is_month(word: &[u8]) -> bool {
    let head = word.get(..3).unwrap_or_default();
    b"janfebmaraprmayjunjulaugsepoctnovdec".chunks(3).any(|month| month.eq_ignore_ascii_case(head))
}

/// Whether what stands before a piece shows that it is a part of something longer, whatever its form.
pub(super) fn continues(before: &[u8]) -> bool {
    match before {
        // Of a telephone number, or of an escape: the text without escapes is looked at as well.
        [.., b'+' | b'%'] => true,
        [.., outer, b'-'] if is_word(*outer) => {
            // A word may lead to the number ("NPI-…"); a group with digits is part of it.
            let group = before.iter().rev().skip(1).take(16).take_while(|b| is_word(**b));
            group.clone().any(u8::is_ascii_digit) || group.count() > 15
        }
        _ => false,
    }
}

/// Whether what stands around a piece shows that it is a part of something longer.
pub(super) fn is_part(piece: &[u8], before: &[u8], after: &[u8]) -> bool {
    let joins = |separator: u8, outer: u8| match separator {
        b' ' => outer.is_ascii_digit() && piece.contains(&b' '),
        b'/' | b':' => is_word(outer) && piece.contains(&separator),
        b'.' => outer.is_ascii_digit(),
        b'-' => is_word(outer),
        _ => false,
    };
    let right = match after {
        [b'@', ..] => true,
        [separator, outer, ..] => joins(*separator, *outer),
        _ => false,
    };
    let left = match before {
        [.., _, b'-'] => false,
        [.., outer, separator] => joins(*separator, *outer),
        _ => false,
    };
    left || right
}
