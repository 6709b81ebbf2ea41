//! What stands around a value: the key that it is under, or the words before it.

use alloc::vec::Vec;

use super::rule::Candidate;

/// How far back in plain text a word still names a value.
const REACH: usize = 48;

impl Candidate<'_> {
    /// Whether the key, or else the text just before the value, holds all the words, without case and separators.
    pub(crate) fn named(&self, words: &[&str]) -> bool {
        Folded::of(self.key, self.before).holds(words)
    }

    /// Whether any of the lists of words names the value.
    pub(crate) fn named_any(&self, lists: &[&[&str]]) -> bool {
        let folded = Folded::of(self.key, self.before);
        lists.iter().any(|words| folded.holds(words))
    }
}

/// The key and the words before a value, folded once for all the rules that ask.
pub(super) struct Folded {
    key: Vec<u8>,
    before: Vec<u8>,
}

impl Folded {
    pub(super) fn of(key: Option<&[u8]>, before: &[u8]) -> Self {
        let fold = |text: &[u8]| text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
        // A name is short; the end of a long one is enough, and what does not grow with the input cannot be abused.
        let key = key.unwrap_or_default();
        let key = key.get(key.len().saturating_sub(64)..).unwrap_or_default();
        let near = before.get(before.len().saturating_sub(REACH)..).unwrap_or_default();
        Self { key: fold(key), before: fold(near) }
    }

    /// Whether the key, or else the text, holds all the words, without case and separators.
    pub(super) fn holds(&self, words: &[&str]) -> bool {
        let all = |text: &[u8]| words.iter().all(|word| text.windows(word.len()).any(|w| w == word.as_bytes()));
        all(&self.key) || all(&self.before)
    }
}
