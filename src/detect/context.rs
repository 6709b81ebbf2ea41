//! What stands around a value: the key that it is under, or the words before it.

use super::rule::Candidate;

/// How far back in plain text a word still names a value.
const REACH: usize = 48;
/// How much of the end of a key is read: names are short, and what does not grow with the input cannot be abused.
const KEY: usize = 64;

impl Candidate<'_> {
    /// Whether the key, or else the text just before the value, holds all the words, without case and separators.
    pub(crate) fn named(&self, words: &[&str]) -> bool {
        Folded::of_key(self.key).holds(words) || Folded::of_text(self.before).holds(words)
    }

    /// Whether any of the lists of words names the value.
    pub(crate) fn named_any(&self, lists: &[&[&str]]) -> bool {
        let (key, before) = (Folded::of_key(self.key), Folded::of_text(self.before));
        lists.iter().any(|words| key.holds(words) || before.holds(words))
    }
}

/// The letters and digits of a text, in lower case.
pub(super) struct Folded {
    bytes: [u8; KEY],
    length: usize,
}

impl Folded {
    pub(super) fn of_key(key: Option<&[u8]>) -> Self {
        Self::of_end(key.unwrap_or_default(), KEY)
    }

    pub(super) fn of_text(before: &[u8]) -> Self {
        Self::of_end(before, REACH)
    }

    fn of_end(text: &[u8], reach: usize) -> Self {
        let mut folded = Self { bytes: [0; KEY], length: 0 };
        let end = text.get(text.len().saturating_sub(reach)..).unwrap_or_default();
        for (slot, byte) in folded.bytes.iter_mut().zip(end.iter().filter(|b| b.is_ascii_alphanumeric())) {
            *slot = byte.to_ascii_lowercase();
            folded.length += 1;
        }
        folded
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Whether it holds all the words.
    pub(super) fn holds(&self, words: &[&str]) -> bool {
        let text = self.bytes();
        words.iter().all(|word| text.windows(word.len()).any(|w| w == word.as_bytes()))
    }
}
