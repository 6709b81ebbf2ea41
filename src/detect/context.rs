//! What stands around a value: the key that it is under, or the words before it.

use alloc::vec::Vec;

use super::rule::Candidate;

/// How far back in plain text a word still names a value.
const REACH: usize = 48;

impl Candidate<'_> {
    /// Whether the key, or else the text just before the value, holds all the words, without case and separators.
    pub(crate) fn named(&self, words: &[&str]) -> bool {
        let near = self.before.get(self.before.len().saturating_sub(REACH)..).unwrap_or_default();
        named(self.key, near, words)
    }

    /// Whether any of the lists of words names the value.
    pub(crate) fn named_any(&self, lists: &[&[&str]]) -> bool {
        lists.iter().any(|words| self.named(words))
    }
}

/// Whether the key, or else the text, holds all the words, without case and separators.
pub(crate) fn named(key: Option<&[u8]>, before: &[u8], words: &[&str]) -> bool {
    // A name is short; the end of a long one is enough, and what does not grow with the input cannot be abused.
    let key = key.map(|key| key.get(key.len().saturating_sub(64)..).unwrap_or_default());
    let holds = |text: &[u8]| {
        let folded: Vec<u8> = text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
        words.iter().all(|word| folded.windows(word.len()).any(|w| w == word.as_bytes()))
    };
    key.is_some_and(holds) || holds(before)
}
