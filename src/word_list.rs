#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "the bits are set by the compiler, where a wrong index does not compile; a place is less than their number"
)]
//! Lists of words, asked for whole words.

const BITS: usize = 512;

/// Words with a space between them, and a set of bits in which most other words are not.
pub(crate) struct WordList {
    text: &'static str,
    bits: [u64; BITS / 64],
}

impl WordList {
    pub(crate) const fn of(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = [0; BITS / 64];
        let (mut start, mut at) = (0, 0);
        while at <= bytes.len() {
            if at == bytes.len() || bytes[at] == b' ' {
                let place = place(bytes[start], bytes[at - 1], at - start);
                bits[place / 64] |= 1 << (place % 64);
                start = at + 1;
            }
            at += 1;
        }
        Self { text, bits }
    }

    /// Whether the word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        let (Some(first), Some(last)) = (word.as_bytes().first(), word.as_bytes().last()) else { return false };
        let place = place(*first, *last, word.len());
        self.bits[place / 64] >> (place % 64) & 1 == 1
            && self.text.as_bytes().split(|byte| *byte == b' ').any(|one| one == word.as_bytes())
    }
}

const fn place(first: u8, last: u8, length: usize) -> usize {
    let mixed = (first as u32 | (last as u32) << 8 | (length as u32) << 16).wrapping_mul(0x9e37_79b1);
    (mixed >> 23) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_their_words_alone() {
        let list = WordList::of("send e-mail x");
        assert!(["send", "e-mail", "x"].iter().all(|word| list.has(word)));
        assert!(!["", "s", "sen", "sends", "Send", "mail", "send e-mail", "e"].iter().any(|word| list.has(word)));
    }
}
