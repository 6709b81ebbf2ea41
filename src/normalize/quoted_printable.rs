//! Quoted-printable (RFC 2045 section 6.7): `=41`, and line breaks that are none.

use alloc::vec::Vec;

use super::map::Step;
use crate::seek::any_of;

/// Decodes a text that has at least one soft line break or two escapes; in any other an `=` is an `=`.
pub(super) fn decode(text: &[u8]) -> Option<(Vec<u8>, Step<'static>)> {
    let mut out = Vec::new();
    let mut breaks = Vec::new();
    let (mut at, mut copied, mut evidence) = (0, 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| any_of(rest, *b"=")) {
        at += found;
        let (byte, length) = match text.get(at + 1..).unwrap_or_default() {
            [b'\r', b'\n', ..] => (None, 3),
            [b'\n', ..] => (None, 2),
            [high, low, ..] => match hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low) {
                Some(byte) if byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n') => (Some(byte), 3),
                _ => {
                    at += 1;
                    continue;
                }
            },
            _ => break,
        };
        evidence += if byte.is_some() { 1 } else { 2 };
        out.extend_from_slice(text.get(copied..at).unwrap_or_default());
        breaks.push((out.len(), at));
        out.extend(byte);
        at += length;
        copied = at;
        breaks.push((out.len(), at));
    }
    if evidence < 2 {
        return None;
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    Some((out, Step::escapes(0, breaks)))
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::normalize::Map;

    #[test]
    fn escapes_and_soft_breaks_are_undone() {
        let (text, step) = decode(b"k=3Dab=\r\ncd").unwrap();
        assert_eq!(text, b"k=abcd");
        assert_eq!(Map::of(step).wire(&(2..6)), 4..11);
        assert!(decode(b"a=41&b=zz").is_none());
        assert!(decode(b"a=b, c=\x01").is_none());
    }
}
