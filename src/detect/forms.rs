#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Numbers and codes of fixed forms, by their layout: how long they are and where their separators stand. The tables are
//! made by the compiler.

use super::{FAMILIES, rule::Rule, scan::is_word, shape::Shape};

/// A form and its rule, chained to the next one in the same bucket.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    form: &'static [u8],
    pub(super) rule: &'static Rule,
    next: u16,
}

/// Longest form.
pub(super) const LONGEST: usize = 40;
/// Most words in a form: the eight of an EUI-64.
const WORDS: usize = 8;
const END: u16 = u16::MAX;
const BUCKETS: usize = 2048;
const COUNT: usize = count();
const TABLE: ([u16; BUCKETS], [Entry; COUNT]) = build();
static HEADS: [u16; BUCKETS] = TABLE.0;
static ENTRIES: [Entry; COUNT] = TABLE.1;

/// The layout of a text, byte by byte: letters and digits are all the same to it, but whether there was a letter counts.
#[derive(Clone, Copy)]
struct Layout {
    hash: u32,
    letters: bool,
}

impl Layout {
    const fn new() -> Self {
        Self { hash: 0x811c_9dc5, letters: false }
    }

    const fn then(self, byte: u8) -> Self {
        let letter = byte.is_ascii_alphabetic();
        let class = if letter || byte.is_ascii_digit() { b'0' } else { byte };
        Self { hash: (self.hash ^ class as u32).wrapping_mul(0x0100_0193), letters: self.letters || letter }
    }

    const fn bucket(self) -> usize {
        let mixed = (self.hash ^ self.letters as u32).wrapping_mul(0x9e37_79b1);
        (mixed >> 21) as usize
    }
}

const fn count() -> usize {
    let mut total = 0;
    let mut family = 0;
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            if let Shape::Forms(forms) = FAMILIES[family][rule].shape {
                let mut form = 0;
                while form < forms.len() {
                    let bytes = forms[form].as_bytes();
                    total += has_variant(bytes, 0) as usize + has_variant(bytes, 1) as usize;
                    form += 1;
                }
            }
            rule += 1;
        }
        family += 1;
    }
    total
}

const fn build() -> ([u16; BUCKETS], [Entry; COUNT]) {
    let mut heads = [END; BUCKETS];
    let mut entries = [Entry { form: b"", rule: FAMILIES[0][0], next: END }; COUNT];
    let mut at = COUNT;
    let mut family = FAMILIES.len();
    while family > 0 {
        family -= 1;
        let mut rule = FAMILIES[family].len();
        while rule > 0 {
            rule -= 1;
            if let Shape::Forms(forms) = FAMILIES[family][rule].shape {
                let mut form = forms.len();
                while form > 0 {
                    form -= 1;
                    let bytes = forms[form].as_bytes();
                    let mut variant = VARIANTS;
                    while variant > 0 {
                        variant -= 1;
                        if has_variant(bytes, variant) {
                            at -= 1;
                            let bucket = layout(bytes, variant).bucket();
                            entries[at] = Entry { form: bytes, rule: FAMILIES[family][rule], next: heads[bucket] };
                            heads[bucket] = at as u16;
                        }
                    }
                }
            }
        }
    }
    (heads, entries)
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
        layout = layout.then(if form[at].is_ascii_alphanumeric() { b'0' } else { form[at] });
        at += 1;
    }
    Layout { hash: layout.hash, letters: variant == 1 }
}

/// Every entry of a chain whose form is the whole of `text`.
pub(super) fn fitting(text: &[u8], first: u16) -> impl Iterator<Item = &'static Entry> + '_ {
    let chain = core::iter::successors(ENTRIES.get(usize::from(first)), |entry| ENTRIES.get(usize::from(entry.next)));
    chain
        .filter(move |entry| entry.form.len() == text.len() && entry.form.iter().zip(text).all(|(form, byte)| fits(*form, *byte)))
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
pub(super) type End = (usize, u16);

/// Where a number or code that begins `text` may end, nearest first: ends of words that single separators join, where any form
/// has that layout. None when the first word is one of prose. Returns how many of `found` were filled.
pub(super) fn ends(text: &[u8], found: &mut [End; LONGEST]) -> usize {
    let reach = reach(text);
    let (mut layout, mut count) = (Layout::new(), 0);
    for (at, byte) in text.iter().take(reach).enumerate() {
        layout = layout.then(*byte);
        let next = text.get(at + 1).copied().unwrap_or(b' ');
        if (is_word(*byte) || *byte == b')') && !is_word(next) {
            let head = HEADS.get(layout.bucket()).copied().unwrap_or(END);
            if let Some(slot) = found.get_mut(count).filter(|_| head != END) {
                *slot = (at + 1, head);
                count += 1;
            }
        }
    }
    count
}

/// Whether a word begins like the name of a month.
pub(super) fn is_month(word: &[u8]) -> bool {
    let head = word.get(..3).unwrap_or_default();
    b"janfebmaraprmayjunjulaugsepoctnovdec".chunks(3).any(|month| month.eq_ignore_ascii_case(head))
}

/// How far separators and words go on, at most as far as the longest form.
fn reach(text: &[u8]) -> usize {
    let word = text.iter().take(LONGEST + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
    let head = text.get(..word).unwrap_or_default();
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let short = word <= 3 && digit(text.get(word + 1));
    // `B AB 1234` on a number plate.
    let plate = word <= 3
        && matches!(text.get(word..), Some([b' ' | b'-', a, rest @ ..]) if a.is_ascii_uppercase()
            && matches!(rest, [b' ' | b'-', d, ..] | [_, b' ' | b'-', d, ..] if d.is_ascii_digit()));
    let dated = (3..=9).contains(&word) && digit(text.get(word + 1)) && is_month(head);
    let capitals = word >= 8 && head.iter().all(u8::is_ascii_uppercase);
    // Groups of hexadecimal digits may have letters only.
    let hexadecimal = match text {
        [a, b, s @ (b':' | b'-'), c, d, t, ..] => s == t && [a, b, c, d].iter().all(|x| x.is_ascii_hexdigit()),
        [_, _, _, _, b'.', _, _, _, _, b'.', ..] => head.len() == 4 && head.iter().all(u8::is_ascii_hexdigit),
        _ => false,
    };
    if word > LONGEST || !(short || plate || dated || capitals || hexadecimal || head.iter().any(u8::is_ascii_digit)) {
        return 0;
    }
    let mut at = 0;
    let (mut separators, mut words) = (0, 1);
    while let Some(byte) = text.get(at).filter(|_| at < LONGEST) {
        separators = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 0,
            b',' if !dated => break,
            b' ' | b'-' | b'.' | b'/' | b':' | b'(' | b')' | b',' if separators < 2 && words <= WORDS => {
                words += usize::from(separators == 0);
                separators + 1
            }
            _ => break,
        };
        at += 1;
    }
    at
}

impl Entry {
    /// Whether what stands around the piece shows that it is a part of something longer.
    pub(super) fn is_part(&self, before: &[u8], after: &[u8]) -> bool {
        let joins = |separator: u8, outer: u8| match separator {
            b' ' => self.form.contains(&b' ') && outer.is_ascii_digit(),
            b'/' | b':' => self.form.contains(&separator) && is_word(outer),
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
            // Of a telephone number, or of an escape: the text without escapes is looked at as well.
            [.., b'+' | b'%'] => true,
            [.., outer, b'-'] if is_word(*outer) => {
                // A word may lead to the number ("NPI-…"); a group with digits is part of it.
                let group = before.iter().rev().skip(1).take(16).take_while(|b| is_word(**b));
                group.clone().any(u8::is_ascii_digit) || group.count() > 15
            }
            [.., outer, separator] => joins(*separator, *outer),
            _ => false,
        };
        left || right
    }
}
