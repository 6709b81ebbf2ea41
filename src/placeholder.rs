//! What stands for a value that was taken out: `[LABEL:n]`, each of its signs percent-encoded or not, once or, where a URL
//! stands inside another, several times.

use core::ops::Range;

/// A placeholder and where it stands.
pub(crate) struct Token<'t> {
    pub(crate) range: Range<usize>,
    pub(crate) label: &'t str,
    pub(crate) number: usize,
    /// Where its number begins.
    digits: usize,
    /// Whether its first sign is percent-encoded.
    pub(crate) percent: bool,
}

/// Longest label.
const LABEL: usize = 64;
/// Most digits of a number.
const DIGITS: usize = 9;

/// Most times that a sign is percent-encoded.
const ENCODED: usize = 8;

/// The longest placeholder, with every sign percent-encoded as often as may be.
const LONGEST: usize = LABEL + DIGITS + 3 * (1 + 2 * ENCODED);
/// Longest name before the password of a URL, its scheme included.
const USERINFO: usize = 256;
/// Highest number that detection takes for one of ours. More digits could be the value itself.
const HIGHEST: usize = 999_999;

/// Every placeholder that is as it was written, from left to right: none that somebody else has encoded again.
pub(crate) fn tokens(text: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    core::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.iter().position(|b| matches!(b, b'[' | b'%'))?;
            match token(text, at, 1) {
                Some(token) => {
                    at = token.range.end;
                    return Some(token);
                }
                None => at += 1,
            }
        }
    })
}

/// The placeholder that begins at `start`, its signs encoded at most so many times.
fn token(text: &[u8], start: usize, encoded: usize) -> Option<Token<'_>> {
    let percent = text.get(start) == Some(&b'%');
    let sign = |at, plain, hex| sign(text, at, plain, hex, encoded);
    let name = sign(start, b'[', "5b")?;
    let label = run(text, name, LABEL, is_label)?;
    let digits = sign(label.end, b':', "3a")?;
    let number = run(text, digits, DIGITS, |b| b.is_ascii_digit())?;
    let end = sign(number.end, b']', "5d")?;
    let first = number.start;
    let read = |range: Range<usize>| core::str::from_utf8(text.get(range)?).ok();
    let digits = read(number)?;
    if digits.starts_with('0') {
        return None;
    }
    Some(Token { range: start..end, label: read(label)?, number: digits.parse().ok()?, digits: first, percent })
}

/// Whether a range holds nothing but placeholders, or parts of them, with labels that are known. Whoever writes a value next
/// to a placeholder, or into one, has not hidden it.
pub(crate) fn covers(text: &[u8], range: &Range<usize>, is_known: &dyn Fn(&str) -> bool) -> bool {
    let mut at = range.start;
    while at < range.end {
        let Some(token) = around(text, at).filter(|token| is_known(token.label)) else { return false };
        at = token.range.end;
    }
    !range.is_empty()
}

/// Whether the number of a placeholder begins at `at` that stands for the password of a URL, the host right behind it:
/// `postgres://app:[PASSWORD:1]@db`. There the label is no name of what follows.
pub(crate) fn is_password_of_url(text: &[u8], at: usize) -> bool {
    let Some(token) = around(text, at).filter(|token| token.digits == at) else { return false };
    let before = text.get(token.range.start.saturating_sub(USERINFO)..token.range.start).unwrap_or_default();
    let user = before.rsplit(|b| matches!(b, b'/' | b'@' | b'?' | b'#' | b'"' | b'\'' | b'\\') || !b.is_ascii_graphic()).next();
    let rest = before.get(..before.len() - user.map_or(0, <[u8]>::len)).unwrap_or_default();
    let after = text.get(token.range.end..).and_then(|after| after.strip_prefix(b"@")).unwrap_or_default();
    let is_host = |b: &u8| b.is_ascii_alphanumeric() || b"-._:".contains(b);
    let host = after.iter().take_while(|b| is_host(b)).count();
    // A second sign would make a password of what stands before it.
    let whole = host > 0 && !matches!(after.get(host), Some(b'@' | b'%' | b'['));
    whole && rest.ends_with(b"://") && user.is_some_and(|user| user.ends_with(b":"))
}

/// Whether it may be the label of another configuration.
pub(crate) fn is_foreign(label: &str) -> bool {
    label.len() >= 2 && label.bytes().filter(u8::is_ascii_digit).count() <= 2
}

/// The range, and all of the placeholders that it cuts.
pub(crate) fn widened(text: &[u8], range: &Range<usize>) -> Range<usize> {
    let start = around(text, range.start).map_or(range.start, |token| token.range.start);
    let end = range.end.checked_sub(1).filter(|last| *last >= start).and_then(|last| around(text, last));
    start..end.map_or(range.end, |token| token.range.end)
}

/// The placeholder that the byte at `at` belongs to.
fn around(text: &[u8], at: usize) -> Option<Token<'_>> {
    let first = at.saturating_sub(LONGEST);
    let before = text.get(first..=at)?;
    // A colon or a bracket in between would be that of another one.
    let inside = |b: &u8| is_label(*b) || matches!(b, b':' | b'%' | b']' | b'a'..=b'd');
    let length = before.iter().rev().take_while(|b| inside(b)).count();
    let earliest = (at + 1 - length).saturating_sub(1).max(first);
    let found =
        (earliest..=at).rev().filter(|at| matches!(text.get(*at), Some(b'[' | b'%'))).find_map(|at| token(text, at, ENCODED))?;
    (found.range.contains(&at) && found.number <= HIGHEST).then_some(found)
}

fn is_label(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
}

/// Where a sign ends that is written as it is or percent-encoded: `%5b`, `%255b`, `%25255b`, …
fn sign(text: &[u8], at: usize, plain: u8, hex: &str, most: usize) -> Option<usize> {
    if text.get(at) == Some(&plain) {
        return Some(at + 1);
    }
    let hexes = text.get(at..)?.strip_prefix(b"%")?.chunks_exact(2);
    let again = hexes.take(most).take_while(|two| *two == b"25").count();
    let end = at + 1 + 2 * (again + 1);
    (again < most && text.get(end - 2..end)?.eq_ignore_ascii_case(hex.as_bytes())).then_some(end)
}

fn run(text: &[u8], start: usize, most: usize, fits: impl Fn(u8) -> bool) -> Option<Range<usize>> {
    let length = text.get(start..)?.iter().take(most).take_while(|b| fits(**b)).count();
    (length > 0).then_some(start..start + length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn exactly_placeholders() {
        let text = "a [EMAIL:1] [[US_SSN:12]] %5BEMAIL%3A3%5D %5bEMAIL%3a4%5d %5BEMAIL:5%5D \
            [email:1] [EMAIL:] [EMAIL:01] [:1] [A:1234567890] [X:0";
        let found: alloc::vec::Vec<_> = tokens(text.as_bytes()).map(|t| (t.label, t.number, t.percent)).collect();
        let all = [("EMAIL", 1, false), ("US_SSN", 12, false), ("EMAIL", 3, true), ("EMAIL", 4, true), ("EMAIL", 5, true)];
        assert_eq!(found, all);
    }

    #[test]
    fn only_placeholders_are_covered() {
        let covered = |text: &str, cut: &str| {
            let start = text.find(cut).unwrap();
            covers(text.as_bytes(), &(start..start + cut.len()), &|label| label == "EMAIL")
        };
        for (text, cut) in [
            ("a [EMAIL:1] b", "[EMAIL:1]"),
            ("a [EMAIL:1] b", "EMAIL:1"),
            ("a [EMAIL:1] b", "1]"),
            ("a [EMAIL:1][EMAIL:12] b", "[EMAIL:1][EMAIL:12"),
            ("a %5BEMAIL:1%5D b", "EMAIL:1%5"),
            ("a %5BEMAIL%3a1%5d b", "B"),
            ("[[EMAIL:1]]", "[EMAIL:1]"),
            ("a %255BEMAIL%253A1%255D b", "EMAIL%253A1"),
            ("a %255BEMAIL%3A1%255D b", "%255BEMAIL%3A1%255D"),
            ("a %2525255bEMAIL:1] b", "%2525255bEMAIL:1]"),
        ] {
            assert!(covered(text, cut), "{cut} in {text}");
        }
        for (text, cut) in [
            ("a [EMAIL:1] b", " [EMAIL:1]"),
            ("a [EMAIL:1]x", "[EMAIL:1]x"),
            ("a [EMAIL:1] [EMAIL:2]", "[EMAIL:1] [EMAIL:2]"),
            ("a [OTHER:1]", "[OTHER:1]"),
            ("a [EMAIL:5362281]", "5362281"),
            ("a [EMAIL:x1]", "x1"),
            ("[[EMAIL:1]]", "[[EMAIL:1]]"),
            ("a %265BEMAIL:1]", "%265BEMAIL:1]"),
            ("a %25 5BEMAIL:1]", "EMAIL:1]"),
        ] {
            assert!(!covered(text, cut), "{cut} in {text}");
        }
    }

    #[test]
    fn passwords_of_urls() {
        let is = |text: &str| is_password_of_url(text.as_bytes(), text.find("1").unwrap());
        let all = ["a://b:[P:1]@c", "a://:[P:1]@c", "a://b:%5BP%3A1%5D@c", "a://b:%255BP%253A1%255D@c"];
        assert!(all.iter().all(|text| is(text)));
        let none = [
            "a://b:[P:1]c",
            "b:[P:1]@c",
            "a://b[P:1]@c",
            "a://b/:[P:1]@c",
            "a://b @:[P:1]@c",
            "a://b:P:1]@c",
            "a://b:[P:1]@c@d",
            "a://b:[P:1]@",
        ];
        assert!(!none.iter().any(|text| is(text)));
        assert!(!is_password_of_url(b"a://b:[P:1]@c", 7));
    }

    #[test]
    fn no_placeholder_is_cut() {
        let text = b"ab[EMAIL:1]cd%5BEMAIL:1%5D";
        assert_eq!(widened(text, &(0..4)), 0..11);
        assert_eq!(widened(text, &(10..12)), 2..12);
        assert_eq!(widened(text, &(12..14)), 12..text.len());
        assert_eq!(widened(text, &(0..2)), 0..2);
        assert_eq!(widened(text, &(3..3)), 2..11);
    }
}
