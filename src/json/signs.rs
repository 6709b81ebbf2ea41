//! Which bytes a text has that could begin an escape: one look over it before any decoder runs.

use crate::lanes::{Vector, WIDTH, bits, equal, or, read};

/// A set of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs(u8);

impl Signs {
    pub(crate) const PERCENT: u8 = 1;
    pub(crate) const BACKSLASH: u8 = 2;
    pub(crate) const AMPERSAND: u8 = 4;
    pub(crate) const EQUALS: u8 = 8;
    pub(crate) const HIGH: u8 = 16;
    /// Any that begins an escape of one character.
    pub(crate) const ESCAPES: u8 = Self::PERCENT | Self::BACKSLASH | Self::AMPERSAND;

    /// Only blocks that have any are looked at byte by byte.
    pub(crate) fn of(text: &[u8]) -> Self {
        let (blocks, rest) = text.as_chunks::<WIDTH>();
        let marked = blocks.iter().filter(|block| bits(marks(read(*block))) != 0);
        Self::of_classes(marked.flatten().chain(rest).fold(0, |classes, byte| classes | class(*byte)))
    }

    /// Those of a text whose classes were joined.
    #[inline]
    pub(super) fn of_classes(classes: u8) -> Self {
        Self(classes & !STOP)
    }

    /// Those of the text that one with these signs stands for: a backslash is left only where an escape stands for one, and
    /// `breaks` says where escapes were.
    pub(crate) fn unescaped(self, text: &[u8], breaks: &[(usize, usize)]) -> Self {
        let (pairs, _) = breaks.as_chunks::<2>();
        let decoded = pairs.iter().flat_map(|[(start, _), (end, _)]| text.get(*start..*end).unwrap_or_default());
        let signs = decoded.fold(0, |signs, byte| signs | class(*byte)) & !STOP;
        Self(self.0 & !Self::BACKSLASH | signs)
    }

    #[inline]
    pub(crate) fn has(self, signs: u8) -> bool {
        self.0 & signs != 0
    }
}

/// The class of a byte at which the plain text of a JSON string stops.
pub(super) const STOP: u8 = 128;

/// The sign of every byte, and whether a JSON string stops at it.
#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(STOP)
}

static CLASSES: [u8; 256] = classes();

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "runs in the compiler, over every byte")]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let stops = byte < 0x20 || byte == 0x22 || byte == 0x5c;
        table[byte] = sign(byte as u8) | if stops { STOP } else { 0 };
        byte += 1;
    }
    table
}

const fn sign(byte: u8) -> u8 {
    match byte {
        b'%' => Signs::PERCENT,
        b'\\' => Signs::BACKSLASH,
        b'&' => Signs::AMPERSAND,
        b'=' => Signs::EQUALS,
        0x80.. => Signs::HIGH,
        _ => 0,
    }
}

/// The same for many bytes: where there is any sign.
#[inline]
fn marks(text: Vector) -> Vector {
    let escapes = or(or(equal(text, b'%'), equal(text, b'\\')), equal(text, b'&'));
    or(or(escapes, equal(text, b'=')), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_what_escapes_stand_for() {
        let raws = [r"a\\b", r"50\u0025 of\n", r"a=b\u0026c", r"\q&", "\\n\u{e4}", r"\u00e4\", r"\u12", r"\ud83d\ude00\/", r"\%"];
        for raw in raws {
            let (text, breaks) = crate::json::unescape(raw.as_bytes());
            assert_eq!(Signs::of(raw.as_bytes()).unescaped(&text, &breaks), Signs::of(&text), "{raw}");
        }
    }

    #[test]
    fn signs_are_seen_in_blocks_and_rests() {
        for byte in 0..=255 {
            let text = [&[b'a'; 20][..], &[byte], &[b'a'; 20]].concat();
            assert_eq!(Signs::of(&text), Signs(sign(byte)), "{byte}");
        }
        assert_eq!(Signs::of(b"plain text without any of them, long enough"), Signs(0));
        assert!(Signs::of(b"%234567890123456").has(Signs::PERCENT));
        assert!(Signs::of("0123456789012345\u{e4}".as_bytes()).has(Signs::HIGH));
        assert!(!Signs::of(b"a=b").has(Signs::ESCAPES));
    }
}
