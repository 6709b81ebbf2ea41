#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "the bits are set by the compiler, where a wrong index does not compile; a place is less than their number"
)]
//! Lists of words and of stems, each with a set of bits in which most other words are not.

const BITS: usize = 1024;

/// Lower-case words.
pub(super) struct Words {
    words: &'static [&'static str],
    bits: [u64; BITS / 64],
}

impl Words {
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        let mut bits = [0; BITS / 64];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            let place = place(word[0], word[word.len() - 1], word.len());
            bits[place / 64] |= 1 << (place % 64);
            at += 1;
        }
        Self { words, bits }
    }

    /// Whether the word is one of them, without case.
    #[inline]
    pub(super) fn has(&self, word: &[u8]) -> bool {
        let [first, .., last] = word else { return false };
        let place = place(*first, *last, word.len());
        self.bits[place / 64] >> (place % 64) & 1 == 1
            && self.words.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
    }
}

/// Lower-case beginnings of words.
pub(super) struct Stems {
    stems: &'static [&'static str],
    bits: [u64; BITS / 64],
}

impl Stems {
    pub(super) const fn of(stems: &'static [&'static str]) -> Self {
        let mut bits = [0; BITS / 64];
        let mut at = 0;
        while at < stems.len() {
            let place = place(stems[at].as_bytes()[0], stems[at].as_bytes()[1], 0);
            bits[place / 64] |= 1 << (place % 64);
            at += 1;
        }
        Self { stems, bits }
    }

    /// Whether the word begins with one of them, without case.
    pub(super) fn begin(&self, word: &[u8]) -> bool {
        let [first, second, ..] = word else { return false };
        let place = place(*first, *second, 0);
        self.bits[place / 64] >> (place % 64) & 1 == 1 && super::words::has_stem(word, self.stems)
    }
}

#[inline]
const fn place(a: u8, b: u8, length: usize) -> usize {
    let mixed = (a as u32 | 0x20 | (b as u32 | 0x20) << 8 | (length as u32) << 16).wrapping_mul(0x9e37_79b1);
    (mixed >> 22) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_stems_without_case() {
        let words = Words::of(&["send", "e-mail"]);
        assert!(words.has(b"Send") && words.has(b"E-MAIL") && !words.has(b"sends") && !words.has(b"s") && !words.has(b""));
        let stems = Stems::of(&["ignor", "discard"]);
        assert!(stems.begin(b"Ignoring") && stems.begin(b"discard") && !stems.begin(b"ignite") && !stems.begin(b"i"));
    }
}
