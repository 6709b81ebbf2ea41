//! Base64 in both alphabets, with or without padding and line breaks (RFC 4648, RFC 2045), and base32.

use alloc::vec::Vec;

use crate::lanes::{Vector, equal, lower, or, range};

const NONE: u8 = 0xff;

/// The value of each byte in either base64 alphabet.
static VALUES: [u8; 256] = values(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", b"-_");

const fn values(alphabet: &[u8; 64], others: &[u8; 2]) -> [u8; 256] {
    let mut table = [NONE; 256];
    let mut value = 0u8;
    let mut rest: &[u8] = alphabet;
    while let [byte, tail @ ..] = rest {
        table = with(table, *byte, value);
        value += 1;
        rest = tail;
    }
    let [minus, underscore] = *others;
    with(with(table, minus, 62), underscore, 63)
}

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "runs in the compiler, over a table of every byte")]
const fn with(mut table: [u8; 256], byte: u8, value: u8) -> [u8; 256] {
    table[byte as usize] = value;
    table
}

#[inline]
fn value(byte: u8) -> u8 {
    VALUES.get(usize::from(byte)).copied().unwrap_or(NONE)
}

/// Whether the byte stands for six bits.
#[inline]
pub(super) fn is_digit(byte: u8) -> bool {
    value(byte) != NONE
}

/// The same for many bytes.
#[inline]
pub(super) fn digits(text: Vector) -> Vector {
    let signs = or(or(equal(text, b'+'), equal(text, b'-')), equal(text, b'_'));
    or(or(range(lower(text), b'a', b'z'), range(text, b'/', b'9')), signs)
}

/// The first bytes of a run, as many as its first eight digits give.
pub(super) fn head(run: &[u8; 8]) -> [u8; 6] {
    let bits = run.iter().fold(0u64, |bits, byte| bits << 6 | u64::from(value(*byte) & 63));
    let [_, _, a, b, c, d, e, f] = bits.to_be_bytes();
    [a, b, c, d, e, f]
}

/// Decodes; white space and padding stand for nothing. `None` when there is anything else.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let mut buffer = 0u32;
    let mut bits = 0;
    let mut rest = text;
    loop {
        while let ([a, b, c, d, tail @ ..], 0) = (rest, bits) {
            let (a, b, c, d) = (value(*a), value(*b), value(*c), value(*d));
            if a | b | c | d == NONE {
                break;
            }
            let group = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
            let [_, first, second, third] = group.to_be_bytes();
            out.extend_from_slice(&[first, second, third]);
            rest = tail;
        }
        let [byte, tail @ ..] = rest else { return Some(out) };
        rest = tail;
        match value(*byte) {
            NONE if matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | b'=') => {}
            NONE => return None,
            digit => {
                buffer = buffer << 6 | u32::from(digit);
                bits += 6;
                if bits >= 8 {
                    bits -= 8;
                    let [.., low] = (buffer >> bits).to_be_bytes();
                    out.push(low);
                    buffer &= (1 << bits) - 1;
                }
            }
        }
    }
}

/// The value of a base32 digit, in a text in lower case or in upper case.
#[inline]
fn value_of_base32(byte: u8, lower: bool) -> Option<u8> {
    match byte {
        b'A'..=b'Z' if !lower => Some(byte - b'A'),
        b'a'..=b'z' if lower => Some(byte - b'a'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}

/// The first bytes of a run of base32, as many as its first eight digits give.
pub(super) fn head_of_base32(run: &[u8; 8]) -> Option<[u8; 5]> {
    let lower = run.first().is_some_and(u8::is_ascii_lowercase);
    let bits = run.iter().try_fold(0u64, |bits, byte| Some(bits << 5 | u64::from(value_of_base32(*byte, lower)?)))?;
    let [_, _, _, a, b, c, d, e] = bits.to_be_bytes();
    Some([a, b, c, d, e])
}

/// Base32 in upper or in lower case, with or without padding. `None` for anything else.
pub(super) fn decode_base32(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let lower = text.first().is_some_and(u8::is_ascii_lowercase);
    let mut out = Vec::with_capacity(text.len() / 8 * 5 + 5);
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in text.get(..end)? {
        if matches!(byte, b'\r' | b'\n') {
            continue;
        }
        let digit = value_of_base32(*byte, lower)?;
        buffer = (buffer & 0x7f) << 5 | u32::from(digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            let [.., low] = (buffer >> bits).to_be_bytes();
            out.push(low);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{bits, read};

    #[test]
    fn digits_are_those_of_the_table() {
        assert!((0..=255).all(|byte| (bits(digits(read(&[byte]))) & 1 == 1) == is_digit(byte)));
    }

    #[test]
    fn base64_of_every_kind() {
        for text in [&b"aGVsbG8/Pz8+"[..], b"aGVsbG8_Pz8-", b"aGVs\r\nbG8/\r\n  Pz8+\n", b"a GVsbG8/Pz8+"] {
            assert_eq!(decode(text).as_deref(), Some(&b"hello???>"[..]), "{}", text.escape_ascii());
        }
        assert_eq!(decode(b"aGVsbA==").as_deref(), Some(&b"hell"[..]));
        assert_eq!(decode(b"aGVsbA").as_deref(), Some(&b"hell"[..]));
        assert_eq!(decode(b"a*"), None);
    }

    #[test]
    fn base32_in_both_cases() {
        assert_eq!(decode_base32(b"NBSWY3DP").as_deref(), Some(&b"hello"[..]));
        assert_eq!(decode_base32(b"nbswy3dpea======").as_deref(), Some(&b"hello "[..]));
        assert_eq!(decode_base32(b"NBSW1"), None);
        assert_eq!(head_of_base32(b"NBSWY3DP"), Some(*b"hello"));
        assert_eq!(head_of_base32(b"nbswy3dp"), Some(*b"hello"));
        assert_eq!(head_of_base32(b"NBSWY3d7"), None);
    }
}
