//! Placeholders in a text: `[LABEL:n]`, or the same percent-encoded.

use core::ops::Range;

/// A placeholder and where it stands.
pub(super) struct Token<'t> {
    pub(super) range: Range<usize>,
    pub(super) label: &'t str,
    pub(super) number: usize,
    pub(super) percent: bool,
}

/// Longest label.
const LABEL: usize = 64;
/// Most digits of a number.
const DIGITS: usize = 9;

/// Every placeholder, from left to right.
pub(super) fn tokens(text: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    core::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.iter().position(|b| matches!(b, b'[' | b'%'))?;
            match token(text, at) {
                Some(token) => {
                    at = token.range.end;
                    return Some(token);
                }
                None => at += 1,
            }
        }
    })
}

fn token(text: &[u8], start: usize) -> Option<Token<'_>> {
    let percent = text.get(start) == Some(&b'%');
    let [open, colon, close] = if percent { ["%5b", "%3a", "%5d"] } else { ["[", ":", "]"] };
    let name = after(text, start, open)?;
    let label = run(text, name, LABEL, |b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')?;
    let digits = after(text, label.end, colon)?;
    let number = run(text, digits, DIGITS, |b| b.is_ascii_digit())?;
    let end = after(text, number.end, close)?;
    let read = |range: Range<usize>| core::str::from_utf8(text.get(range)?).ok();
    let digits = read(number)?;
    if digits.starts_with('0') {
        return None;
    }
    Some(Token { range: start..end, label: read(label)?, number: digits.parse().ok()?, percent })
}

fn after(text: &[u8], at: usize, sign: &str) -> Option<usize> {
    let end = at + sign.len();
    text.get(at..end)?.eq_ignore_ascii_case(sign.as_bytes()).then_some(end)
}

fn run(text: &[u8], start: usize, most: usize, fits: impl Fn(u8) -> bool) -> Option<Range<usize>> {
    let length = text.get(start..)?.iter().take(most).take_while(|b| fits(**b)).count();
    (length > 0).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_placeholders() {
        let text =
            "a [EMAIL:1] [[US_SSN:12]] %5BEMAIL%3A3%5D %5bEMAIL%3a4%5d [email:1] [EMAIL:] [EMAIL:01] [:1] [A:1234567890] [X:0";
        let found: alloc::vec::Vec<_> = tokens(text.as_bytes()).map(|t| (t.label, t.number, t.percent)).collect();
        assert_eq!(found, [("EMAIL", 1, false), ("US_SSN", 12, false), ("EMAIL", 3, true), ("EMAIL", 4, true)]);
    }
}
