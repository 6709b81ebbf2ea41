//! Escapes of single characters, whatever language they come from: `%41`, `\u0041`, `\x41`, `\101`, `&#65;`.
//!
//! One pass undoes one layer of all of them, so that a text with three kinds has one decoded form and not six.

use alloc::vec::Vec;

use super::{entities, map::Step};
use crate::seek::any_of;

/// One layer decoded, or `None` when there is no escape in the text.
pub(super) fn decode(text: &[u8]) -> Option<(Vec<u8>, Step<'static>)> {
    let mut at = 0;
    let mut copied = 0;
    let mut out = Vec::new();
    let mut breaks = Vec::new();
    while let Some(found) = text.get(at..).and_then(|rest| any_of(rest, *b"%\\&")) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        let Some((meaning, length)) = escape(rest) else {
            at += 1;
            continue;
        };
        if out.is_empty() {
            out.reserve(text.len());
        }
        out.extend_from_slice(text.get(copied..at).unwrap_or_default());
        breaks.push((out.len(), at));
        match meaning {
            Meaning::Byte(byte) => out.push(byte),
            Meaning::Character(character) => {
                let mut buffer = [0; 4];
                out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
            }
        }
        at += length;
        copied = at;
        breaks.push((out.len(), at));
    }
    if breaks.is_empty() {
        return None;
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    Some((out, Step::escapes(0, breaks)))
}

enum Meaning {
    Byte(u8),
    Character(char),
}

/// What the escape at the beginning stands for, and its length.
fn escape(text: &[u8]) -> Option<(Meaning, usize)> {
    match text {
        [b'%', b'u' | b'U', rest @ ..] => Some((Meaning::Character(char::from_u32(number(rest, 16, 4, 4)?.0)?), 6)),
        [b'%', rest @ ..] => Some((byte(rest)?, 3)),
        [b'&', rest @ ..] => entities::reference(rest).map(|(character, length)| (Meaning::Character(character), 1 + length)),
        [b'\\', rest @ ..] => backslash(rest).map(|(meaning, length)| (meaning, 1 + length)),
        _ => None,
    }
}

/// The same for what follows a backslash.
fn backslash(text: &[u8]) -> Option<(Meaning, usize)> {
    let plain = |byte: u8| Some((Meaning::Byte(byte), 1));
    match text {
        [b'n', ..] => plain(b'\n'),
        [b't', ..] => plain(b'\t'),
        [b'r', ..] => plain(b'\r'),
        [sign @ (b'"' | b'\'' | b'\\' | b'/'), ..] => plain(*sign),
        [b'u' | b'x', b'{', rest @ ..] => {
            let (value, digits) = number(rest, 16, 1, 6)?;
            let closed = rest.get(digits) == Some(&b'}');
            Some((Meaning::Character(char::from_u32(value).filter(|_| closed)?), digits + 3))
        }
        [b'u', rest @ ..] => unit(rest),
        [b'U', rest @ ..] => Some((Meaning::Character(char::from_u32(number(rest, 16, 8, 8)?.0)?), 9)),
        [b'x' | b'X', rest @ ..] => Some((byte(rest)?, 3)),
        [b'0'..=b'3', ..] => Some((Meaning::Byte(u8::try_from(number(text, 8, 3, 3)?.0).ok()?), 3)),
        _ => None,
    }
}

/// Four digits of a UTF-16 unit, with those of its other half where it has one.
fn unit(text: &[u8]) -> Option<(Meaning, usize)> {
    let (high, _) = number(text, 16, 4, 4)?;
    if let Some(character) = char::from_u32(high) {
        return Some((Meaning::Character(character), 5));
    }
    let low = text.get(4..).and_then(|rest| rest.strip_prefix(b"\\u")).and_then(|rest| number(rest, 16, 4, 4));
    let pair = low.filter(|(low, _)| (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(low));
    match pair {
        Some((low, _)) => Some((Meaning::Character(char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?), 11)),
        None => Some((Meaning::Character(char::REPLACEMENT_CHARACTER), 5)),
    }
}

fn byte(text: &[u8]) -> Option<Meaning> {
    u8::try_from(number(text, 16, 2, 2)?.0).ok().map(Meaning::Byte)
}

/// The number at the beginning, of so many digits at least and at most, and how many it has.
fn number(text: &[u8], radix: u32, least: usize, most: usize) -> Option<(u32, usize)> {
    let mut value = 0u32;
    let mut digits = 0;
    for digit in text.iter().take(most).map_while(|b| char::from(*b).to_digit(radix)) {
        value = value * radix + digit;
        digits += 1;
    }
    (digits >= least).then_some((value, digits))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::normalize::Map;

    fn decoded(text: &[u8]) -> Vec<u8> {
        decode(text).unwrap().0
    }

    #[test]
    fn every_kind_is_undone() {
        for text in
            [&br"x\u0041"[..], br"x\u{41}", br"x\x41", br"x\101", br"x\U00000041", b"x%41", b"x%u0041", b"x&#65;", b"x&#x41;"]
        {
            assert_eq!(decoded(text), b"xA", "{}", text.escape_ascii());
        }
        assert_eq!(decoded(br"\ud83d\ude00"), "\u{1f600}".as_bytes());
        assert_eq!(decoded(br#"{\"a\":1}"#), br#"{"a":1}"#);
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in [&b"100% sure"[..], br"C:\dir", b"a & b", b"%zz", br"\u12", br"\x4", br"\u{110000}", b"%"] {
            assert!(decode(text).is_none(), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn one_layer_at_a_time_with_the_way_back() {
        let (text, step) = decode(b"a%2541&#64;b").unwrap();
        assert_eq!(text, b"a%41@b");
        assert_eq!(Map::of(step).wire(&(4..5)), 6..11);
    }
}
