//! Sixty-four bytes as bit masks: bit `i` is byte `i`.

use crate::lanes::{Vector, WIDTH, and, bits, equal, lower, or, range, read};

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// What the bytes of a block are.
#[derive(Clone, Copy, Default)]
pub(super) struct Masks {
    /// Letters, digits, `_`.
    pub(super) word: u64,
    /// What tokens are made of: word characters and `-./:+=~`.
    pub(super) token: u64,
    pub(super) digit: u64,
    /// Signs around which something has a form: `@ : = + ( < $`.
    pub(super) sign: u64,
    pub(super) dash: u64,
    /// Pairs of letters that hardly any word has but the names of secrets: see `hints`.
    pub(super) hint: u64,
}

/// Classifies a block. What is behind the end of the text counts as nothing.
#[inline]
pub(super) fn classify(text: &[u8], at: usize) -> Masks {
    match text.get(at..at + BLOCK + 1) {
        Some(bytes) => of(bytes, BLOCK / WIDTH),
        None => {
            let rest = text.get(at..).unwrap_or_default();
            let mut padded = [0; BLOCK + 1];
            if let Some(slot) = padded.get_mut(..rest.len()) {
                slot.copy_from_slice(rest);
            }
            of(&padded, rest.len().div_ceil(WIDTH))
        }
    }
}

#[inline]
fn of(bytes: &[u8], parts: usize) -> Masks {
    let mut masks = Masks::default();
    let at = |start: usize| read(bytes.get(start..start + WIDTH).unwrap_or_default());
    for part in 0..parts {
        let start = part * WIDTH;
        let text = at(start);
        let folded = lower(text);
        let digit = range(text, b'0', b'9');
        let word = or(or(range(folded, b'a', b'z'), digit), equal(text, b'_'));
        let (colon, equals, plus) = (equal(text, b':'), equal(text, b'='), equal(text, b'+'));
        let operator = or(or(colon, equals), plus);
        let token = or(or(word, range(text, b'-', b'/')), or(operator, equal(text, b'~')));
        let sign = or(or(operator, equal(text, b'@')), or(or(equal(text, b'('), equal(text, b'<')), equal(text, b'$')));
        let hint = hints(folded, lower(at(start + 1)));
        masks.word |= bits(word) << start;
        masks.token |= bits(token) << start;
        masks.digit |= bits(digit) << start;
        masks.sign |= bits(sign) << start;
        masks.dash |= bits(equal(text, b'-')) << start;
        masks.hint |= bits(hint) << start;
    }
    masks
}

/// Where the name of a secret may be: `k` (key, token, cookie), `ss` (pass, session), `cr` (secret, credential), `wd` (pwd,
/// passwd), `ut` (auth), `-u`, `-p`, `-w` and `--` (options of commands), and `sh` (do not share).
#[inline]
fn hints(text: Vector, next: Vector) -> Vector {
    let pair = |first: u8, second: u8| and(equal(text, first), equal(next, second));
    let secret = or(or(equal(text, b'k'), pair(b's', b's')), or(pair(b'c', b'r'), pair(b'w', b'd')));
    let option = or(or(equal(next, b'u'), equal(next, b'p')), or(equal(next, b'w'), equal(next, b'-')));
    or(or(secret, and(equal(text, b'-'), option)), or(pair(b'u', b't'), pair(b's', b'h')))
}
