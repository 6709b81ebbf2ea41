//! Escapes of JSON strings, with the way back from decoded bytes to raw bytes.

use alloc::{borrow::Cow, vec::Vec};

use crate::seek::any_of;

/// Decodes the inside of a JSON string. Breakpoints `(decoded, raw)` say where the two offsets drift apart; between two
/// of them they advance together. Lenient: what is not a valid escape stands for itself, a lone surrogate is U+FFFD.
pub(crate) fn unescape(raw: &[u8]) -> (Cow<'_, [u8]>, Vec<(usize, usize)>) {
    let Some(mut plain) = any_of(raw, *b"\\") else { return (Cow::Borrowed(raw), Vec::new()) };
    let mut out = Vec::with_capacity(raw.len());
    let mut breaks = Vec::new();
    let mut at = 0;
    loop {
        out.extend_from_slice(raw.get(at..at + plain).unwrap_or_default());
        at += plain;
        if at >= raw.len() {
            break;
        }
        breaks.push((out.len(), at));
        at += escape(raw, at, &mut out);
        breaks.push((out.len(), at));
        let rest = raw.get(at..).unwrap_or_default();
        plain = any_of(rest, *b"\\").unwrap_or(rest.len());
    }
    (Cow::Owned(out), breaks)
}

/// Decodes the escape at `at` and returns its raw length.
fn escape(raw: &[u8], at: usize, out: &mut Vec<u8>) -> usize {
    let plain = match raw.get(at + 1) {
        Some(b'n') => b'\n',
        Some(b't') => b'\t',
        Some(b'r') => b'\r',
        Some(b'b') => 0x08,
        Some(b'f') => 0x0c,
        Some(&c @ (b'"' | b'\\' | b'/')) => c,
        Some(b'u') => return unicode(raw, at, out),
        _ => {
            out.push(b'\\');
            return 1;
        }
    };
    out.push(plain);
    2
}

fn unicode(raw: &[u8], at: usize, out: &mut Vec<u8>) -> usize {
    let Some(unit) = hex4(raw, at + 2) else {
        out.push(b'\\');
        return 1;
    };
    let pair = (0xd800..0xdc00).contains(&unit) && raw.get(at + 6) == Some(&b'\\') && raw.get(at + 7) == Some(&b'u');
    let low = if pair { hex4(raw, at + 8).filter(|low| (0xdc00..0xe000).contains(low)) } else { None };
    let (code, length) = match low {
        Some(low) => (0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 12),
        None => (unit, 6),
    };
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut buffer = [0; 4];
    out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    length
}

fn hex4(raw: &[u8], at: usize) -> Option<u32> {
    raw.get(at..at + 4)?.iter().try_fold(0u32, |value, byte| Some(value * 16 + char::from(*byte).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_decode_and_map_back() {
        let (text, breaks) = unescape(br"a\u0041\nb");
        assert_eq!(&*text, b"aA\nb");
        assert_eq!(breaks, [(1, 1), (2, 7), (2, 7), (3, 9)]);
    }

    #[test]
    fn surrogates() {
        assert_eq!(&*unescape(br"\ud83d\ude00").0, "\u{1f600}".as_bytes());
        assert_eq!(&*unescape(br"\ud83dx\udc00").0, "\u{fffd}x\u{fffd}".as_bytes());
        assert_eq!(&*unescape(br"\u12").0, br"\u12");
    }
}
