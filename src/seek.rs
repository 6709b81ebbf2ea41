//! Looking for a few bytes in a text, eight bytes at a time.

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

/// Where the first of two small letters may be, whatever its case.
pub(crate) fn either_letter(text: &[u8], letters: [u8; 2]) -> Option<usize> {
    let patterns = letters.map(|letter| ONES.wrapping_mul(u64::from(letter)));
    let marks = |word: u64| {
        let folded = word | ONES.wrapping_mul(0x20);
        patterns.iter().fold(0, |marks, pattern| {
            let differs = folded ^ pattern;
            marks | differs.wrapping_sub(ONES) & !differs & HIGH
        })
    };
    first(text, marks, |byte| letters.contains(&(byte | 0x20)))
}

/// The text before the first of an ASCII byte, and what is behind it. For short texts: looking at byte after byte takes less than
/// any search that has to be set up.
#[inline]
pub(crate) fn cut(text: &str, byte: u8) -> (&str, Option<&str>) {
    let found = text.bytes().position(|one| one == byte).and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    found.map_or((text, None), |(before, behind)| (before, Some(behind)))
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

    #[test]
    fn cut_at_the_first() {
        assert_eq!(cut("a=b=c", b'='), ("a", Some("b=c")));
        assert_eq!(cut("\u{e4}=", b'='), ("\u{e4}", Some("")));
        assert_eq!(cut("a", b'='), ("a", None));
    }

    proptest! {
        #[test]
        fn as_byte_by_byte(text in prop::collection::vec(prop_oneof![Just(b'%'), Just(b'&'), Just(b'\''), Just(b'K'), Just(0xa6), any::<u8>()], 0..40)) {
            prop_assert_eq!(any_of(&text, [b'%', b'&']), text.iter().position(|b| matches!(b, b'%' | b'&')));
            prop_assert_eq!(any_of(&text, *b"'"), text.iter().position(|b| *b == b'\''));
            prop_assert_eq!(either_letter(&text, *b"ak"), text.iter().position(|b| matches!(b | 0x20, b'a' | b'k')));
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
