//! Words and checks that vendors share.

use crate::{
    detect::{
        checks::{crc32, repetitive},
        rule::{Candidate, Outcome},
        scan::is_word,
    },
    finding::Confidence,
};

/// The lists of words that name a credential of each vendor.
macro_rules! credential_of {
    ($($vendor:literal),+) => {
        &[$(&[$vendor, "key"], &[$vendor, "token"], &[$vendor, "secret"], &[$vendor, "password"]),+]
    };
}
pub(super) use credential_of;

/// Upper case, lower case and digits all occur: random text, and neither a name nor a hash.
pub(super) fn is_mixed(text: &[u8]) -> bool {
    let has = |class: fn(&u8) -> bool| text.iter().any(class);
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

/// A check for runs that may as well be words: they must be mixed.
pub(super) fn mixed(candidate: &Candidate<'_>) -> Outcome {
    if repetitive(candidate.text) {
        return Outcome::Placeholder;
    }
    if is_mixed(candidate.text) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// The same for bodies of one case: digits and letters both occur.
pub(super) fn lettered(candidate: &Candidate<'_>) -> Outcome {
    let has = |class: fn(&u8) -> bool| candidate.text.iter().skip(4).any(class);
    if repetitive(candidate.text) {
        return Outcome::Placeholder;
    }
    if has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// Whether the last eight characters are the CRC-32 of the rest in hexadecimal, with or without the prefix.
pub(super) fn crc32_hex_tail(text: &[u8], prefix: usize) -> bool {
    let Some((rest, tail)) = text.split_last_chunk::<8>() else { return false };
    let value = core::str::from_utf8(tail).ok().and_then(|tail| u32::from_str_radix(tail, 16).ok());
    let body = rest.get(prefix..).unwrap_or_default();
    value.is_some() && (value == Some(crc32(body)) || value == Some(crc32(rest)))
}

/// Whether the text just before a candidate, at most `reach` bytes of it, holds one of the phrases.
pub(super) fn follows(candidate: &Candidate<'_>, reach: usize, phrases: &[&str]) -> bool {
    let near = candidate.before.get(candidate.before.len().saturating_sub(reach)..).unwrap_or_default();
    phrases.iter().any(|phrase| near.windows(phrase.len()).any(|w| w == phrase.as_bytes()))
}

/// Whether a candidate is the end of a URL that begins with one of the heads, and that is found as a whole: at a word's start.
pub(super) fn is_inside_url(candidate: &Candidate<'_>, heads: &[&[u8]]) -> bool {
    let head = heads.iter().find_map(|head| candidate.before.strip_suffix(*head));
    head.is_some_and(|before| !before.last().is_some_and(|b| is_word(*b)))
}
