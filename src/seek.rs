//! Looking for bytes of a kind in a text, sixteen at a time.

use crate::lanes::{Vector, WIDTH, and, bits, equal, load, lower, or, range, read};

/// Where the first of some ASCII bytes is.
#[inline(never)]
pub(crate) fn any_of<const N: usize>(text: &[u8], bytes: [u8; N]) -> Option<usize> {
    first(text, |text| bytes.iter().fold(load(0, 0), |found, byte| or(found, equal(text, *byte))))
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
        let (here, next) = (lower(read(bytes)), lower(read(bytes.get(1..).unwrap_or_default())));
        let found = pairs.iter().fold(0, |all, [first, second]| all | bits(and(equal(here, *first), equal(next, *second))));
        if found != 0 {
            return usize::try_from(found.trailing_zeros()).ok().map(|byte| at + byte);
        }
        at += WIDTH;
    }
    None
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
    first(text, |text| text)
}

/// Whether there is a digit.
#[inline]
pub(crate) fn has_digit(text: &[u8]) -> bool {
    first(text, |text| range(text, b'0', b'9')).is_some()
}

/// How many bytes at the beginning are plain in a JSON string and in all that is encoded in strings: no controls, none of
/// `"#$%&'`, no `=`, no backslash, and ASCII.
#[inline]
pub(crate) fn plain_letters(text: &[u8]) -> usize {
    let odd = |text: Vector| {
        let signs = or(range(text, b'"', b'\''), or(equal(text, b'='), equal(text, b'\\')));
        or(or(range(text, 0, 0x1f), signs), text)
    };
    first(text, odd).unwrap_or(text.len())
}

/// Where eight bytes of a kind stand in a row, looking at every eighth place from `from` on: wherever fifteen do, such eight are
/// among them. A zero is of no kind.
#[inline]
pub(crate) fn eight_of(text: &[u8], from: usize, is: impl Fn(Vector) -> Vector) -> Option<usize> {
    let mut at = from;
    for bytes in text.get(from..)?.chunks(WIDTH).take_while(|bytes| bytes.len() >= WIDTH / 2) {
        let found = bits(is(read(bytes)));
        if found & 0xff == 0xff {
            return Some(at);
        }
        if found >> 8 == 0xff {
            return Some(at + WIDTH / 2);
        }
        at += WIDTH;
    }
    None
}

/// Where the first byte is that `is` wants: those whose lanes have their highest bit set.
#[inline]
fn first(text: &[u8], is: impl Fn(Vector) -> Vector) -> Option<usize> {
    let mut at = 0;
    for bytes in text.chunks(WIDTH) {
        let found = usize::try_from(bits(is(read(bytes))).trailing_zeros()).ok()?;
        if found < bytes.len() {
            return Some(at + found);
        }
        at += WIDTH;
    }
    None
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
        fn as_byte_by_byte(text in prop::collection::vec(prop_oneof![Just(b'%'), Just(b'&'), Just(b'\''), Just(b'K'), Just(b'M'), Just(b'y'), Just(0xa6), any::<u8>()], 0..40)) {
            prop_assert_eq!(any_of(&text, [b'%', b'&']), text.iter().position(|b| matches!(b, b'%' | b'&')));
            prop_assert_eq!(any_of(&text, *b"'"), text.iter().position(|b| *b == b'\''));
            let pairs = [*b"my", *b"kk"];
            let pair = text.windows(2).position(|pair| pairs.iter().any(|known| pair.eq_ignore_ascii_case(known)));
            prop_assert_eq!(pair_of(&text, pairs), pair);
            prop_assert_eq!(has_digit(&text), text.iter().any(u8::is_ascii_digit));
            prop_assert_eq!(not_ascii(&text), text.iter().position(|b| *b >= 0x80));
            let plain = text.iter().take_while(|b| matches!(b, b' '..=b'!' | b'('..=b'<' | b'>'..=b'[' | b']'..=0x7f)).count();
            prop_assert_eq!(plain_letters(&text), plain);
        }

        #[test]
        fn every_byte_is_plain_or_not(byte in any::<u8>(), at in 0..8_usize) {
            let mut text = *b"letters ";
            text.iter_mut().skip(at).take(1).for_each(|slot| *slot = byte);
            prop_assert_eq!(has_digit(&text), byte.is_ascii_digit());
            let plain = matches!(byte, b' '..=b'!' | b'('..=b'<' | b'>'..=b'[' | b']'..=0x7f);
            prop_assert_eq!(plain_letters(&text), if plain { 8 } else { at });
        }

        #[test]
        fn fifteen_in_a_row_are_seen(before in 0..40_usize, length in 0..40_usize, behind in 0..40_usize, from in 0..20_usize) {
            let text = ["-".repeat(before), "7".repeat(length), "-".repeat(behind)].concat();
            let digits = before.max(from)..before + length;
            let found = eight_of(text.as_bytes(), from, |text| range(text, b'0', b'9'));
            prop_assert!(found.is_none_or(|at| digits.contains(&at) && digits.contains(&(at + 7)) && (at - from).is_multiple_of(8)));
            prop_assert!(found.is_some() || digits.len() < 15);
        }
    }
}
