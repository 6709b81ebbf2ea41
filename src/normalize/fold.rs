//! Unicode text as the ASCII that it reads as: compatibility forms, look-alikes, digits of other scripts, tags, and
//! characters that nobody sees.

use alloc::vec::Vec;

use super::{look_alikes::SINGLES, map::Step};
use crate::seek::not_ascii;

/// What a character reads as.
#[derive(Clone, Copy)]
enum Reading {
    /// Nothing: it is not seen.
    Nothing,
    Ascii(u8),
    /// Several letters.
    Text(&'static [u8]),
}

/// How the characters of a range read.
#[derive(Clone, Copy)]
enum Row {
    Nothing,
    Space,
    /// From this character on, in order.
    From(u8),
    /// `A`–`Z`, `a`–`z`, over and over.
    Letters,
    /// `0`–`9`, over and over.
    Digits,
}

/// In order. Ranges that no assigned character of another meaning stands in.
const RANGES: &[(u32, u32, Row)] = &[
    (0xa0, 0xa0, Row::Space),
    (0xad, 0xad, Row::Nothing),
    (0x300, 0x36f, Row::Nothing),
    (0x61c, 0x61c, Row::Nothing),
    (0x660, 0x669, Row::Digits),
    (0x6f0, 0x6f9, Row::Digits),
    (0x7c0, 0x7c9, Row::Digits),
    (0x966, 0x96f, Row::Digits),
    (0x9e6, 0x9ef, Row::Digits),
    (0xa66, 0xa6f, Row::Digits),
    (0xae6, 0xaef, Row::Digits),
    (0xb66, 0xb6f, Row::Digits),
    (0xbe6, 0xbef, Row::Digits),
    (0xc66, 0xc6f, Row::Digits),
    (0xce6, 0xcef, Row::Digits),
    (0xd66, 0xd6f, Row::Digits),
    (0xde6, 0xdef, Row::Digits),
    (0xe50, 0xe59, Row::Digits),
    (0xed0, 0xed9, Row::Digits),
    (0xf20, 0xf29, Row::Digits),
    (0x1040, 0x1049, Row::Digits),
    (0x1090, 0x1099, Row::Digits),
    (0x115f, 0x1160, Row::Nothing),
    (0x17b4, 0x17b5, Row::Nothing),
    (0x17e0, 0x17e9, Row::Digits),
    (0x180b, 0x180f, Row::Nothing),
    (0x1810, 0x1819, Row::Digits),
    (0x1946, 0x194f, Row::Digits),
    (0x19d0, 0x19d9, Row::Digits),
    (0x1a80, 0x1a89, Row::Digits),
    (0x1a90, 0x1a99, Row::Digits),
    (0x1ab0, 0x1aff, Row::Nothing),
    (0x1b50, 0x1b59, Row::Digits),
    (0x1bb0, 0x1bb9, Row::Digits),
    (0x1c40, 0x1c49, Row::Digits),
    (0x1c50, 0x1c59, Row::Digits),
    (0x1dc0, 0x1dff, Row::Nothing),
    (0x2000, 0x200a, Row::Space),
    (0x200b, 0x200f, Row::Nothing),
    (0x202a, 0x202e, Row::Nothing),
    (0x202f, 0x202f, Row::Space),
    (0x205f, 0x205f, Row::Space),
    (0x2060, 0x206f, Row::Nothing),
    (0x2074, 0x2079, Row::From(b'4')),
    (0x2080, 0x2089, Row::Digits),
    (0x20d0, 0x20f0, Row::Nothing),
    (0x2460, 0x2468, Row::From(b'1')),
    (0x2474, 0x247c, Row::From(b'1')),
    (0x2488, 0x2490, Row::From(b'1')),
    (0x249c, 0x24b5, Row::From(b'a')),
    (0x24b6, 0x24cf, Row::From(b'A')),
    (0x24d0, 0x24e9, Row::From(b'a')),
    (0x24f5, 0x24fd, Row::From(b'1')),
    (0x2776, 0x277e, Row::From(b'1')),
    (0x2780, 0x2788, Row::From(b'1')),
    (0x278a, 0x2792, Row::From(b'1')),
    (0x3000, 0x3000, Row::Space),
    (0x3164, 0x3164, Row::Nothing),
    (0xa620, 0xa629, Row::Digits),
    (0xa8d0, 0xa8d9, Row::Digits),
    (0xa900, 0xa909, Row::Digits),
    (0xa9d0, 0xa9d9, Row::Digits),
    (0xa9f0, 0xa9f9, Row::Digits),
    (0xaa50, 0xaa59, Row::Digits),
    (0xabf0, 0xabf9, Row::Digits),
    (0xfe00, 0xfe0f, Row::Nothing),
    (0xfe20, 0xfe2f, Row::Nothing),
    (0xfeff, 0xfeff, Row::Nothing),
    (0xff01, 0xff5e, Row::From(b'!')),
    (0xffa0, 0xffa0, Row::Nothing),
    (0xfff0, 0xfff8, Row::Nothing),
    (0x104a0, 0x104a9, Row::Digits),
    (0x10d30, 0x10d39, Row::Digits),
    (0x11066, 0x1106f, Row::Digits),
    (0x110f0, 0x110f9, Row::Digits),
    (0x11136, 0x1113f, Row::Digits),
    (0x111d0, 0x111d9, Row::Digits),
    (0x112f0, 0x112f9, Row::Digits),
    (0x11450, 0x11459, Row::Digits),
    (0x114d0, 0x114d9, Row::Digits),
    (0x11650, 0x11659, Row::Digits),
    (0x116c0, 0x116c9, Row::Digits),
    (0x11730, 0x11739, Row::Digits),
    (0x118e0, 0x118e9, Row::Digits),
    (0x11950, 0x11959, Row::Digits),
    (0x11c50, 0x11c59, Row::Digits),
    (0x11d50, 0x11d59, Row::Digits),
    (0x11da0, 0x11da9, Row::Digits),
    (0x16a60, 0x16a69, Row::Digits),
    (0x16ac0, 0x16ac9, Row::Digits),
    (0x16b50, 0x16b59, Row::Digits),
    (0x1bca0, 0x1bca3, Row::Nothing),
    (0x1d173, 0x1d17a, Row::Nothing),
    (0x1d400, 0x1d6a3, Row::Letters),
    (0x1d7ce, 0x1d7ff, Row::Digits),
    (0x1e140, 0x1e149, Row::Digits),
    (0x1e2f0, 0x1e2f9, Row::Digits),
    (0x1e950, 0x1e959, Row::Digits),
    (0x1f101, 0x1f10a, Row::Digits),
    (0x1f110, 0x1f129, Row::From(b'A')),
    (0x1f130, 0x1f149, Row::From(b'A')),
    (0x1f150, 0x1f169, Row::From(b'A')),
    (0x1f170, 0x1f189, Row::From(b'A')),
    (0x1f1e6, 0x1f1ff, Row::From(b'A')),
    (0x1fbf0, 0x1fbf9, Row::Digits),
    (0xe0001, 0xe0001, Row::Nothing),
    (0xe0020, 0xe007e, Row::From(b' ')),
    (0xe007f, 0xe0fff, Row::Nothing),
];

/// Characters that read as several letters.
const TEXTS: &[(char, &[u8])] = &[
    ('\u{132}', b"IJ"),
    ('\u{133}', b"ij"),
    ('\u{2026}', b"..."),
    ('\u{2116}', b"No"),
    ('\u{2121}', b"TEL"),
    ('\u{2469}', b"10"),
    ('\u{fb00}', b"ff"),
    ('\u{fb01}', b"fi"),
    ('\u{fb02}', b"fl"),
    ('\u{fb03}', b"ffi"),
    ('\u{fb04}', b"ffl"),
    ('\u{fb05}', b"st"),
    ('\u{fb06}', b"st"),
];

/// The text as it reads, or `None` when that is how it is written.
pub(super) fn fold(text: &[u8]) -> Option<(Vec<u8>, Step<'static>)> {
    let mut out = Vec::new();
    let mut breaks = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = text.get(at..).and_then(not_ascii) {
        at += found;
        let (code, length) = character(text.get(at..).unwrap_or_default());
        if let Some(reading) = reading(code) {
            out.extend_from_slice(text.get(copied..at).unwrap_or_default());
            breaks.push((out.len(), at));
            match reading {
                Reading::Nothing => {}
                Reading::Ascii(byte) => out.push(byte),
                Reading::Text(letters) => out.extend_from_slice(letters),
            }
            copied = at + length;
            breaks.push((out.len(), copied));
        }
        at += length;
    }
    if breaks.is_empty() {
        return None;
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    Some((out, Step::escapes(0, breaks)))
}

/// The code point at the beginning and its length in UTF-8; what is no UTF-8 is U+FFFD, of one byte.
fn character(text: &[u8]) -> (u32, usize) {
    let more = |at: usize| text.get(at).filter(|b| **b & 0xc0 == 0x80).map(|b| u32::from(*b & 0x3f));
    let first = text.first().copied().unwrap_or_default();
    let of = |length: usize, code: Option<u32>| code.map(|code| (code, length));
    let read = match first {
        0xc2..=0xdf => of(2, more(1).map(|a| u32::from(first & 0x1f) << 6 | a)),
        0xe0..=0xef => of(3, more(1).zip(more(2)).map(|(a, b)| u32::from(first & 0x0f) << 12 | a << 6 | b)),
        0xf0..=0xf4 => {
            let rest = more(1).zip(more(2)).zip(more(3));
            of(4, rest.map(|((a, b), c)| u32::from(first & 0x07) << 18 | a << 12 | b << 6 | c))
        }
        _ => None,
    };
    read.unwrap_or((0xfffd, 1))
}

fn reading(code: u32) -> Option<Reading> {
    // Ideographs and Hangul, where most text outside the alphabets stands.
    if (0x3165..0xa4d0).contains(&code) || (0xac00..0xfb00).contains(&code) {
        return None;
    }
    let character = char::from_u32(code)?;
    if let Ok(found) = SINGLES.binary_search_by_key(&character, |(from, _)| *from) {
        return SINGLES.get(found).map(|(_, to)| Reading::Ascii(*to));
    }
    if let Some((_, letters)) = TEXTS.iter().find(|(from, _)| *from == character) {
        return Some(Reading::Text(letters));
    }
    let after = RANGES.partition_point(|(start, ..)| *start <= code);
    let (start, _, row) = after.checked_sub(1).and_then(|i| RANGES.get(i)).filter(|(_, end, _)| code <= *end)?;
    let offset = code - start;
    let ascii = |first: u8, offset: u32| u8::try_from(offset).ok().and_then(|o| first.checked_add(o)).map(Reading::Ascii);
    match row {
        Row::Nothing => Some(Reading::Nothing),
        Row::Space => Some(Reading::Ascii(b' ')),
        Row::From(first) => ascii(*first, offset),
        Row::Digits => ascii(b'0', offset % 10),
        Row::Letters => match offset % 52 {
            upper @ 0..26 => ascii(b'A', upper),
            lower => ascii(b'a', lower - 26),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::normalize::Map;

    #[test]
    fn tables_are_in_order() {
        assert!(SINGLES.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a < b)));
        assert!(RANGES.windows(2).all(|pair| matches!(pair, [(_, end, _), (start, ..)] if end < start)));
    }

    #[test]
    fn forms_read_as_ascii() {
        for (written, read) in [
            ("\u{ff21}\u{ff42}\u{ff11}", "Ab1"),
            ("\u{1d400}\u{1d41b}\u{1d7cf}\u{1d7d8}", "Ab10"),
            ("\u{24b6}\u{24d1}\u{2460}\u{1f130}", "Ab1A"),
            ("\u{fb01}x", "fix"),
            ("\u{0430}\u{03bf}\u{0415}", "aoE"),
            ("g\u{200b}h\u{ad}p\u{fe0f}\u{202e}", "ghp"),
            ("\u{e0041}\u{e0062}", "Ab"),
            ("\u{0661}\u{0967}\u{ff13}", "113"),
            ("\u{2013}\u{2019}", "-'"),
        ] {
            assert_eq!(fold(written.as_bytes()).unwrap().0, read.as_bytes(), "{written}");
        }
        for same in ["stra\u{df}e", "\u{e9}t\u{e9}", "\u{65e5}\u{672c}", "\u{ac00}", "ascii"] {
            assert!(fold(same.as_bytes()).is_none(), "{same}");
        }
        assert!(fold(b"\xc3\x28 \xff\xe2\x80").is_none());
    }

    #[test]
    fn folded_text_maps_back() {
        let text = "a\u{ff11}\u{200b}2".as_bytes();
        let (folded, step) = fold(text).unwrap();
        let map = Map::of(step);
        assert_eq!(folded, b"a12");
        assert_eq!(map.wire(&(1..2)), 1..4);
        assert_eq!(map.wire(&(1..3)), 1..8);
    }
}
