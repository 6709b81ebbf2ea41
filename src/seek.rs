//! Looking for a few bytes in a text, eight or sixteen bytes at a time.

use crate::lanes::{WIDTH, and, bits, equal, load, lower};

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Where the first of some ASCII bytes is.
pub(crate) fn any_of<const N: usize>(text: &[u8], bytes: [u8; N]) -> Option<usize> {
    let patterns = bytes.map(|byte| ONES.wrapping_mul(u64::from(byte)));
    // The lowest bit that this sets is right; those above it may not be.
    let marks = |word: u64| {
        patterns.iter().fold(0, |marks, pattern| {
            let differs = word ^ pattern;
            marks | differs.wrapping_sub(ONES) & !differs & HIGH
        })
    };
    first(text, marks, |byte| bytes.contains(byte))
}

/// Where the first of some pairs of small letters is, whatever their case.
#[inline]
pub(crate) fn pair_of<const N: usize>(text: &[u8], pairs: [[u8; 2]; N]) -> Option<usize> {
    let mut at = 0;
    while at + 1 < text.len() {
        let mut padded = [0; WIDTH + 1];
        let bytes = text.get(at..at + WIDTH + 1).unwrap_or_else(|| {
            padded.iter_mut().zip(text.get(at..).unwrap_or_default()).for_each(|(slot, byte)| *slot = *byte);
            &padded
        });
        let (here, next) = (lower(load(bytes, 0)), lower(load(bytes, 1)));
        let found = pairs.iter().fold(0, |all, [first, second]| all | bits(and(equal(here, *first), equal(next, *second))));
        if found != 0 {
            return usize::try_from(found.trailing_zeros()).ok().map(|byte| at + byte);
        }
        at += WIDTH;
    }
    None
}

/// Where the first byte is that is not ASCII.
pub(crate) fn not_ascii(text: &[u8]) -> Option<usize> {
    first(text, |word| word & HIGH, |byte| !byte.is_ascii())
}

/// Whether there is a digit.
#[inline]
pub(crate) fn has_digit(text: &[u8]) -> bool {
    let below = |word: u64, byte: u8| !(word | HIGH).wrapping_sub(ONES.wrapping_mul(u64::from(byte)));
    let marks = |word: u64| below(word, b'9' + 1) & !below(word, b'0') & !word & HIGH;
    let (words, rest) = text.as_chunks::<8>();
    words.iter().any(|word| marks(u64::from_le_bytes(*word)) != 0) || rest.iter().any(u8::is_ascii_digit)
}

/// How many bytes at the beginning are plain in a JSON string and in all that is encoded in strings: no controls, none of
/// `"#$%&'`, no `=`, no backslash, and ASCII. What is behind the last whole word is not looked at.
#[inline]
pub(crate) fn plain_letters(text: &[u8]) -> usize {
    let below = |word: u64, byte: u8| !(word | HIGH).wrapping_sub(ONES.wrapping_mul(u64::from(byte)));
    let is = |word: u64, byte: u8| below(word ^ ONES.wrapping_mul(u64::from(byte)), 1);
    let marks = |word: u64| {
        let quotes = below(word, 0x28) & !below(word, 0x22);
        (word | below(word, 0x20) | quotes | is(word, b'=') | is(word, b'\\')) & HIGH
    };
    let (words, rest) = text.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let found = marks(u64::from_le_bytes(*word));
        if found != 0 {
            return usize::try_from(found.trailing_zeros() / 8).map_or(at, |byte| at + byte);
        }
        at += 8;
    }
    text.len() - rest.len()
}

/// `marks` sets the highest bit of bytes that `is` wants.
#[inline]
fn first(text: &[u8], marks: impl Fn(u64) -> u64, is: impl Fn(&u8) -> bool) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let found = marks(u64::from_le_bytes(*word));
        if found != 0 {
            return usize::try_from(found.trailing_zeros() / 8).ok().map(|byte| at + byte);
        }
        at += 8;
    }
    rest.iter().position(is).map(|found| at + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_byte_by_byte(text in prop::collection::vec(prop_oneof![Just(b'%'), Just(b'&'), Just(b'\''), Just(b'K'), Just(b'M'), Just(b'y'), Just(0xa6), any::<u8>()], 0..40)) {
            prop_assert_eq!(any_of(&text, [b'%', b'&']), text.iter().position(|b| matches!(b, b'%' | b'&')));
            prop_assert_eq!(any_of(&text, *b"'"), text.iter().position(|b| *b == b'\''));
            let pairs = [*b"my", *b"kk"];
            let pair = text.windows(2).position(|pair| pairs.iter().any(|known| pair.eq_ignore_ascii_case(known)));
            prop_assert_eq!(pair_of(&text, pairs), pair);
            prop_assert_eq!(has_digit(&text), text.iter().any(u8::is_ascii_digit));
            prop_assert_eq!(not_ascii(&text), text.iter().position(|b| *b >= 0x80));
            let plain = text.iter().take_while(|b| matches!(b, b' '..=b'!' | b'('..=b'<' | b'>'..=b'[' | b']'..=0x7f)).count();
            prop_assert_eq!(plain_letters(&text), plain.min(text.len() / 8 * 8));
        }

        #[test]
        fn every_byte_is_plain_or_not(byte in any::<u8>(), at in 0..8_usize) {
            let mut text = *b"letters ";
            text.iter_mut().skip(at).take(1).for_each(|slot| *slot = byte);
            prop_assert_eq!(has_digit(&text), byte.is_ascii_digit());
            let plain = matches!(byte, b' '..=b'!' | b'('..=b'<' | b'>'..=b'[' | b']'..=0x7f);
            prop_assert_eq!(plain_letters(&text), if plain { 8 } else { at });
        }
    }
}
