//! Checksums and small decoders that raise or lower confidence.

use alloc::vec::Vec;

use super::{
    assigned::is_worded,
    rule::{Candidate, Outcome},
};
use crate::finding::Confidence;

/// The prefix and the length are the evidence.
pub(crate) fn by_shape(candidate: &Candidate<'_>) -> Outcome {
    unwritten(candidate, Confidence::Medium)
}

/// A prefix that nothing else has: the shape alone is as good as a checksum.
pub(crate) fn distinctive(candidate: &Candidate<'_>) -> Outcome {
    unwritten(candidate, Confidence::High)
}

/// What no person wrote out: words with the prefix of a token are none.
fn unwritten(candidate: &Candidate<'_>, confidence: Confidence) -> Outcome {
    if repetitive(candidate.text) {
        Outcome::Placeholder
    } else if is_worded(candidate.text) {
        Outcome::Reject
    } else {
        Outcome::Found(confidence)
    }
}

/// Whether twelve letters or more stand in the order of the alphabet, as in nothing that is random. People write whole keys so
/// that are to be found; this is for values that have no prefix of their own.
pub(crate) fn holds_alphabet(text: &[u8]) -> bool {
    let (mut run, mut previous) = (1, 0u8);
    text.iter().any(|byte| {
        let next = previous.is_ascii_alphabetic() && byte.is_ascii_alphabetic() && previous + 1 == *byte;
        run = if next { run + 1 } else { 1 };
        previous = *byte;
        run >= 12
    })
}

/// `xxxxxxxx`, `AAAA…`: what people write where a key would stand. Random tokens of 16 characters have 10 different ones;
/// the whole text counts, so that padding makes no placeholder of a token.
pub(crate) fn repetitive(text: &[u8]) -> bool {
    let tail = text.get(text.len() / 2..).unwrap_or_default();
    let few = |text: &[u8], most: usize| distinct_up_to(text, most + 1) <= most;
    few(tail, tail.len().min(16) / 4) && few(text, 12) || spelled_out(text)
}

/// `abcdefghij1234567890`: runs of neighbours in the alphabet, one of them long, are most of the text.
fn spelled_out(text: &[u8]) -> bool {
    let (mut longest, mut covered, mut uncovered, mut run) = (0, 0, 0, 1);
    let mut previous = 0u8;
    for byte in text.iter().chain([&0]) {
        if previous.checked_add(1) == Some(*byte) && byte.is_ascii_alphanumeric() && previous.is_ascii_alphanumeric() {
            run += 1;
        } else {
            longest = longest.max(run);
            if run >= 6 {
                covered += run;
            } else {
                uncovered += run;
                // What is left cannot be three quarters of the text any more.
                if uncovered > text.len() / 4 + 1 {
                    return false;
                }
            }
            run = 1;
        }
        previous = *byte;
    }
    longest >= 9 && covered * 4 >= text.len() * 3
}

/// Whether neighbours in the alphabet, three or more in a row, make up most of the text: `abc123xyz456def`, `aAbBcC`. Nobody's
/// generator writes so, and people do.
pub(crate) fn sequential(text: &[u8]) -> bool {
    let (mut covered, mut run, mut steps) = (0, 1, 0);
    let mut previous = 0u8;
    for byte in text.iter().map(u8::to_ascii_lowercase).chain([0]) {
        let letter = byte.is_ascii_alphanumeric() && previous.is_ascii_alphanumeric();
        let step = usize::from(previous.checked_add(1) == Some(byte));
        if letter && (step == 1 || byte == previous) {
            run += 1;
            steps += step;
        } else {
            covered += if steps >= 2 { run } else { 0 };
            (run, steps) = (1, 0);
        }
        previous = byte;
    }
    covered * 2 >= text.len()
}

/// CRC-32 (IEEE 802.3, reflected), bit by bit: it runs on a few bytes of a candidate only.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = (crc & 1).wrapping_neg();
            crc = (crc >> 1) ^ (0xedb8_8320 & mask);
        }
    }
    !crc
}

/// Whether the last six characters are the CRC-32 of the rest, in base 62 (digits, upper case, lower case), as in
/// GitHub's and npm's tokens.
pub(crate) fn crc32_base62_tail(body: &[u8]) -> bool {
    let Some((rest, tail)) = body.split_last_chunk::<6>() else { return false };
    let value = tail.iter().try_fold(0u64, |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            b'a'..=b'z' => byte - b'a' + 36,
            _ => return None,
        };
        Some(value * 62 + u64::from(digit))
    });
    value == Some(u64::from(crc32(rest)))
}

/// Luhn (ISO/IEC 7812-1 annex B) over ASCII digits.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(position, digit)| {
            let value = u32::from(digit.wrapping_sub(b'0'));
            let doubled = if position % 2 == 1 { value * 2 } else { value };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064 mod 97-10 over letters and digits, the first four characters moved to the end (IBAN).
pub(crate) fn mod97(characters: &[u8]) -> bool {
    let (head, rest) = characters.split_at(characters.len().min(4));
    let remainder = rest.iter().chain(head).try_fold(0u32, |remainder, byte| {
        let value = char::from(*byte).to_digit(36)?;
        Some(if value > 9 { (remainder * 100 + value) % 97 } else { (remainder * 10 + value) % 97 })
    });
    remainder == Some(1)
}

/// Base64 in either alphabet, with or without padding (RFC 4648). `None` for anything else.
pub(crate) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut buffer = 0u32;
    let mut bits = 0;
    for byte in text.get(..end)? {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        buffer = (buffer << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((buffer >> bits) & 0xff).ok()?);
        }
    }
    Some(out)
}

/// How many different bytes there are: random text of 40 base64 characters has about 30.
pub(crate) fn distinct(text: &[u8]) -> usize {
    distinct_up_to(text, 256)
}

/// The same; when there are so many, no more is read.
fn distinct_up_to(text: &[u8], most: usize) -> usize {
    let mut seen = [false; 256];
    let mut count = 0;
    for byte in text {
        if let Some(slot) = seen.get_mut(usize::from(*byte)).filter(|slot| !**slot) {
            *slot = true;
            count += 1;
            if count >= most {
                break;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert!(luhn(b"79927398713") && !luhn(b"79927398710"));
        assert!(mod97(b"GB82WEST12345698765432") && !mod97(b"GB82WEST12345698765431"));
        assert_eq!(base64(b"aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64(b"a*"), None);
        assert_eq!(distinct(b"aabbc"), 3);
        assert!(sequential(b"abc123xyz-456def789ghij") && sequential(b"aAbBcCdDeEfF03fa") && !sequential(b"a8bc1defgzq7hijk2lm"));
        assert!(holds_alphabet(b"00a7-ABCDEFGHIJKL-9") && !holds_alphabet(b"abcdefghijk1mnopqrstuvw"));
        assert!(repetitive(b"sk_abcdefghijklmnop123456") && !repetitive(b"sk_a8bc1defgzq7hijk2lm"));
    }
}
