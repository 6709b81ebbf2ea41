//! Which bytes a text has that could begin an escape: one look over it before any decoder runs.

/// A set of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs(u8);

impl Signs {
    pub(super) const PERCENT: u8 = 1;
    pub(super) const BACKSLASH: u8 = 2;
    pub(super) const AMPERSAND: u8 = 4;
    pub(super) const EQUALS: u8 = 8;
    pub(super) const HIGH: u8 = 16;
    /// Any that begins an escape of one character.
    pub(super) const ESCAPES: u8 = Self::PERCENT | Self::BACKSLASH | Self::AMPERSAND;

    /// Block by block, in a form that compilers turn into vector code.
    pub(super) fn of(text: &[u8]) -> Self {
        let (blocks, rest) = text.as_chunks::<16>();
        let mut seen = [0u8; 16];
        for block in blocks {
            for (seen, byte) in seen.iter_mut().zip(block) {
                *seen |= sign(*byte);
            }
        }
        let rest = rest.iter().fold(0, |signs, byte| signs | sign(*byte));
        Self(seen.iter().fold(rest, |signs, lane| signs | lane))
    }

    pub(super) fn has(self, signs: u8) -> bool {
        self.0 & signs != 0
    }
}

fn sign(byte: u8) -> u8 {
    let of = |is: bool, sign: u8| if is { sign } else { 0 };
    of(byte == b'%', Signs::PERCENT)
        | of(byte == b'\\', Signs::BACKSLASH)
        | of(byte == b'&', Signs::AMPERSAND)
        | of(byte == b'=', Signs::EQUALS)
        | of(byte >= 0x80, Signs::HIGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_seen_in_blocks_and_rests() {
        assert_eq!(Signs::of(b"plain text without any of them, long enough"), Signs(0));
        assert!(Signs::of(b"%234567890123456").has(Signs::PERCENT));
        assert!(Signs::of("0123456789012345\u{e4}".as_bytes()).has(Signs::HIGH));
        assert!(!Signs::of(b"a=b").has(Signs::ESCAPES));
    }
}
