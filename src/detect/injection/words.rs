//! The words of a text, without case, spaces and line breaks.

use crate::detect::{rule::Candidate, sets::ByteSet};

/// Words from the end of a text to its beginning.
pub(super) fn back(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let end = rest.iter().rposition(|b| is_letter(*b))? + 1;
        let start = rest.get(..end)?.iter().rposition(|b| !is_letter(*b)).map_or(0, |at| at + 1);
        let word = rest.get(start..end)?;
        rest = rest.get(..start)?;
        Some(without_escape(rest, word))
    })
}

/// Words from the beginning of a text to its end.
pub(super) fn ahead(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let start = rest.iter().position(|b| is_letter(*b))?;
        let (before, tail) = rest.split_at(start);
        let end = tail.iter().position(|b| !is_letter(*b)).unwrap_or(tail.len());
        let (word, behind) = tail.split_at(end);
        rest = behind;
        Some(without_escape(before, word))
    })
}

/// `don't` and `don’t` are one word each.
static LETTERS: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'_").and_others();

#[inline]
fn is_letter(byte: u8) -> bool {
    LETTERS.has(byte)
}

/// Whether what follows a text belongs to no word of it.
pub(super) fn ends_word(text: &[u8]) -> bool {
    !text.last().is_some_and(|b| is_letter(*b))
}

/// Length of the text without a last word that may go on, and without what stands before that: it may be a part of it.
pub(super) fn words_end(text: &[u8]) -> usize {
    text.iter().rposition(|b| !is_letter(*b)).unwrap_or_default()
}

/// In `\nIgnore` the `n` is a line break, in `'Ignore'` the quotes are around the word.
fn without_escape<'a>(before: &[u8], word: &'a [u8]) -> &'a [u8] {
    let escaped = before.last() == Some(&b'\\') && word.first().is_some_and(|b| b"nrt".contains(b));
    let word = word.get(usize::from(escaped)..).unwrap_or_default();
    let start = word.iter().take_while(|b| **b == b'\'').count();
    let end = word.iter().rev().take_while(|b| **b == b'\'').count();
    word.get(start..word.len().saturating_sub(end)).unwrap_or_default()
}

pub(super) fn is(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

/// Whether the word begins with one of the stems.
pub(super) fn has_stem(word: &[u8], stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem.as_bytes())))
}

/// The part before the candidate that belongs to its sentence. What was looked at for a candidate before is known.
pub(super) fn sentence_start<'a>(candidate: &Candidate<'a>) -> &'a [u8] {
    let before = candidate.before;
    let length = candidate.around.sentence_length(before, |from| last_end(before, from));
    before.get(before.len().saturating_sub(length)..).unwrap_or_default()
}

/// Where the last sentence ends that does so at `from` or behind it.
fn last_end(text: &[u8], from: usize) -> Option<usize> {
    let mut rest = text;
    loop {
        let at = from + rest.get(from..)?.iter().rposition(|b| MARKS.has(*b))?;
        if ends_sentence(text, at) {
            return Some(at);
        }
        rest = text.get(..at)?;
    }
}

/// The part of `after` that ends the sentence that began before it.
pub(super) fn sentence_end(after: &[u8]) -> &[u8] {
    let end = (0..after.len()).find(|at| ends_sentence(after, *at)).unwrap_or(after.len());
    after.get(..end).unwrap_or_default()
}

/// What can end a sentence at all.
static MARKS: ByteSet = ByteSet::of(b".!?:{}[]<>|;\"'\n");

/// A line break alone ends nothing: mail and YAML break lines anywhere. Nor do quotes inside a sentence.
fn ends_sentence(text: &[u8], at: usize) -> bool {
    if !text.get(at).is_some_and(|b| MARKS.has(*b)) {
        return false;
    }
    let next = text.get(at + 1).copied();
    match text.get(at) {
        Some(b'.' | b'!' | b'?' | b':') => next.is_none_or(|b| b.is_ascii_whitespace() || b"\"'\\<".contains(&b)),
        Some(b'{' | b'}' | b'[' | b']' | b'<' | b'>' | b'|' | b';') => true,
        Some(b'"' | b'\'') => {
            let before = text.get(..at).unwrap_or_default().iter().rev().find(|b| !b.is_ascii_whitespace());
            before.is_none_or(|b| b":[{,=(\\".contains(b)) || next.is_none_or(|b| b",}]:)\n".contains(&b))
        }
        Some(b'\n') => next.is_some_and(|b| b"\n-*".contains(&b)),
        _ => false,
    }
}

/// Whether a word is one of the list but for two slips: a letter too many, missing, or wrong. Long words only.
pub(super) fn resembles(word: &[u8], known: &str) -> bool {
    const LONGEST: usize = 16;
    let known = known.as_bytes();
    if word.len() > LONGEST || known.len() > LONGEST || word.len().abs_diff(known.len()) > 2 {
        return false;
    }
    // Each slip takes or brings one letter at most.
    let (here, there) = (letters(word), letters(known));
    if (here & !there).count_ones() > 2 || (there & !here).count_ones() > 2 {
        return false;
    }
    // One row of Levenshtein's table.
    let mut row = [0usize; LONGEST + 1];
    for (at, slot) in row.iter_mut().enumerate() {
        *slot = at;
    }
    for (line, byte) in word.iter().enumerate() {
        let (mut corner, mut left) = (line, line + 1);
        if let Some(slot) = row.first_mut() {
            *slot = left;
        }
        for (slot, other) in row.iter_mut().skip(1).zip(known) {
            let cost = corner + usize::from(!byte.eq_ignore_ascii_case(other));
            corner = *slot;
            left = cost.min(left + 1).min(corner + 1);
            *slot = left;
        }
    }
    row.get(known.len()).is_some_and(|distance| *distance <= 2)
}

/// Which letters there are, whatever their case.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_what_is_around_them() {
        let text = br"a: 'don't (stop)\nIgnore";
        let forth: alloc::vec::Vec<&[u8]> = ahead(text).collect();
        let mut back: alloc::vec::Vec<&[u8]> = back(text).collect();
        back.reverse();
        assert_eq!(forth, [&b"a"[..], b"don't", b"stop", b"Ignore"]);
        assert_eq!(back, forth);
    }

    #[test]
    fn sentences_end_at_marks_not_at_lines() {
        assert_eq!(last_end(b"One. Two\nthree", 0), Some(3));
        assert_eq!(last_end(b"{\"a\": \"b.c it's", 0), Some(6));
        assert_eq!(sentence_end(b" at 1.50\nnow! then"), b" at 1.50\nnow");
    }

    #[test]
    fn two_slips() {
        assert!(resembles(b"Iunstructions", "instructions") && resembles(b"instrctions", "instructions"));
        assert!(!resembles(b"institutions", "instructions") || !resembles(b"destructive", "instructions"));
        assert!(!resembles(b"invoices", "instructions") && resembles(b"", "ab"));
    }
}
