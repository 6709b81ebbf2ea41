//! Where pieces of shapes end that have neither a prefix nor a fixed form. Every look ahead is bounded.

use core::ops::Range;

use super::{scan::is_word, sets::ByteSet, shape::Alphabet};

fn from(text: &[u8], at: usize) -> &[u8] {
    text.get(at..).unwrap_or_default()
}

fn run(text: &[u8], most: usize, test: impl Fn(u8) -> bool) -> usize {
    text.iter().take(most).take_while(|b| test(**b)).count()
}

/// A telephone number that begins with `+`: up to 15 digits in groups.
pub(super) fn phone(text: &[u8], at: usize) -> Option<usize> {
    let mut digits = 0;
    let mut end = None;
    let mut here = at + 1;
    let mut separators = 0;
    loop {
        match text.get(here)? {
            byte if byte.is_ascii_digit() => {
                let group = run(from(text, here), 16, |b| b.is_ascii_digit());
                digits += group;
                here += group;
                separators = 0;
                let extended = matches!(from(text, here), [b'x', b'0'..=b'9', ..]);
                if digits > 15 || (!extended && text.get(here).is_some_and(|b| is_word(*b))) {
                    return end;
                }
                if digits >= 8 {
                    end = Some(here + if extended { extension(from(text, here)) } else { 0 });
                }
                if extended || here == text.len() || (digits >= 11 && text.get(at + 1) == Some(&b'1')) {
                    return end;
                }
            }
            b' ' | b'-' | b'.' | b'(' | b')' if separators < 2 && here - at < 28 => {
                separators += 1;
                here += 1;
            }
            _ => return end,
        }
        if here >= text.len() {
            return end;
        }
    }
}

/// `x123`: what is dialled behind a number; nothing when it is no extension.
fn extension(text: &[u8]) -> usize {
    let length = 1 + run(text.get(1..).unwrap_or_default(), 7, |b| b.is_ascii_digit());
    if length > 7 || text.get(length).is_some_and(|b| is_word(*b)) { 0 } else { length }
}

/// The text of an IP address: hexadecimal groups with colons, or four groups with dots; its zone (RFC 4007 section 11) and the
/// length of its network's prefix (RFC 4632 section 3.1) belong to it.
pub(super) fn network(text: &[u8], at: usize) -> Option<usize> {
    let head = run(from(text, at), 5, |b| b.is_ascii_hexdigit());
    let separator = *text.get(at + head)?;
    let outer = at.checked_sub(1).and_then(|i| text.get(i)).copied();
    if head > 4 || !matches!(separator, b'.' | b':') || matches!(outer, Some(b'.' | b':' | b'-')) {
        return None;
    }
    let length = run(from(text, at), 46, |b| b.is_ascii_hexdigit() || b == b'.' || b == b':');
    let address = from(text, at).get(..length)?;
    if separator == b'.' && address.iter().filter(|b| **b == b'.').count() < 3 {
        return None;
    }
    let trailing = address.iter().rev().take_while(|b| **b == b'.').count();
    let end = at + length - trailing;
    // An address with a port: the port is no part of it.
    let end = match address.iter().position(|b| *b == b':').filter(|_| separator == b'.') {
        Some(colon) => at + colon,
        None => end,
    };
    let end = end + if matches!(outer, Some(b'/' | b'@')) { 0 } else { network_suffix(from(text, end), separator) };
    let next = text.get(end).copied();
    (!next.is_some_and(is_word) && next != Some(b'-')).then_some(end)
}

/// `/8`, and `%eth0/64` behind an address with colons.
fn network_suffix(text: &[u8], separator: u8) -> usize {
    let zone = match text {
        [b'%', rest @ ..] if separator == b':' => 1 + run(rest, 16, |b| b.is_ascii_alphanumeric()),
        _ => 0,
    };
    let mask = match from(text, zone) {
        [b'/', rest @ ..] => 1 + run(rest, 4, |b| b.is_ascii_digit()),
        _ => 0,
    };
    let ends = |length: usize| !text.get(length).is_some_and(|b| is_word(*b) || b"/.%-".contains(b));
    let zone = if (3..=16).contains(&zone) { zone } else { 0 };
    if (2..=4).contains(&mask) && ends(zone + mask) {
        zone + mask
    } else if ends(zone) {
        zone
    } else {
        0
    }
}

/// A decimal number with four places or more.
pub(super) fn decimal(text: &[u8], at: usize) -> Option<usize> {
    let whole = run(from(text, at), 4, |b| b.is_ascii_digit());
    let places = run(from(text, at + whole + 1), 18, |b| b.is_ascii_digit());
    let end = at + whole + 1 + places;
    let outer = at.checked_sub(1).and_then(|i| text.get(i)) == Some(&b'.');
    let bounded = !text.get(end).is_some_and(|b| is_word(*b)) && !outer;
    ((1..=3).contains(&whole) && text.get(at + whole) == Some(&b'.') && (4..=17).contains(&places) && bounded).then_some(end)
}

const STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "lane",
    "ln",
    "court",
    "ct",
    "way",
    "place",
    "pl",
    "square",
    "sq",
    "terrace",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "circle",
    "crescent",
    "close",
    "gardens",
    "grove",
    "mews",
];

/// A house number, one to four capitalised words, and a word for a street.
pub(super) fn street(text: &[u8], at: usize) -> Option<usize> {
    let mut here = at + run(from(text, at), 6, |b| b.is_ascii_digit());
    if here - at > 5 {
        return None;
    }
    here += run(from(text, here), 1, |b| b.is_ascii_alphabetic());
    for words in 0..5 {
        if text.get(here) != Some(&b' ') {
            return None;
        }
        here += 1;
        let length = run(from(text, here), 24, |b| b.is_ascii_alphanumeric() || b == b'\'' || !b.is_ascii());
        let word = from(text, here).get(..length)?;
        if !word.first().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || !b.is_ascii()) {
            return None;
        }
        here += length;
        let lettered = word.first().is_some_and(u8::is_ascii_alphabetic);
        if words > 0 && lettered && STREETS.iter().any(|street| word.eq_ignore_ascii_case(street.as_bytes())) {
            return Some(here);
        }
        here += usize::from(text.get(here) == Some(&b'.'));
    }
    None
}

/// Machine-readable lines of a travel document: one of 44 or 36, with its second line, or three of 30.
pub(super) fn mrz(text: &[u8], at: usize) -> Option<usize> {
    let inner = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'<';
    if at.checked_sub(1).and_then(|i| text.get(i)).is_some_and(|b| inner(*b)) {
        return None;
    }
    let line = run(from(text, at), 45, inner);
    if !matches!(line, 30 | 36 | 44) {
        return None;
    }
    let mut end = at + line;
    for _ in 0..2 {
        let gap = run(from(text, end), 2, |b| matches!(b, b'\r' | b'\n'));
        if gap == 0 || run(from(text, end + gap), line + 1, inner) != line {
            break;
        }
        end += gap + line;
    }
    Some(end)
}

/// A whole run of letters and digits of the length of an address or key in base 58.
pub(super) fn base58(text: &[u8], at: usize) -> Option<usize> {
    let length = Alphabet::Base58.run(from(text, at), 45);
    let end = at + length;
    ((25..=44).contains(&length) && !text.get(end).is_some_and(|b| is_word(*b))).then_some(end)
}

static FIELD: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ -.");

/// The name before the `:` or `=` at `at`.
pub(super) fn field_name(text: &[u8], at: usize) -> Range<usize> {
    let before = text.get(at.saturating_sub(40)..at).unwrap_or_default();
    let signs = before.iter().rev().take_while(|b| matches!(b, b' ' | b'"' | b'\'' | b'\\')).count();
    let before = before.get(..before.len() - signs).unwrap_or_default();
    let length = before.iter().rev().take_while(|b| FIELD.has(**b)).count();
    at - signs - length..at - signs
}

/// The value after the `:` or `=` at `at`; with `line` all of the line.
pub(super) fn field_value(text: &[u8], at: usize, line: bool) -> Option<Range<usize>> {
    let gap = run(from(text, at + 1), 4, |b| b == b' ' || b == b'\\');
    let quote = text.get(at + 1 + gap).copied().filter(|b| b"\"'".contains(b));
    let start = at + 1 + gap + usize::from(quote.is_some());
    let rest = from(text, start);
    let end = match quote {
        Some(quote) => rest.iter().take(128).position(|b| *b == quote || *b == b'\\' || *b == b'\n')?,
        None if line => run(rest, 96, |b| !b"\r\n;&<>\"{}|".contains(&b)),
        None => words(rest),
    };
    Some(start..start + end)
}

/// One word, and the capitalised ones after it.
fn words(rest: &[u8]) -> usize {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"'_@.-".contains(&b) || !b.is_ascii();
    let mut end = run(rest, 48, letter);
    for _ in 0..3 {
        let next = from(rest, end + 1);
        if rest.get(end) != Some(&b' ') || !next.first().is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        end += 1 + run(next, 32, letter);
    }
    end - rest.get(..end).unwrap_or_default().iter().rev().take_while(|b| **b == b'.').count()
}

/// The name of a tag, from its `<` to the end of the name, or the beginning of a comment.
pub(super) fn tag(text: &[u8], at: usize) -> Option<usize> {
    if from(text, at + 1).starts_with(b"!--") {
        return Some(at + 4);
    }
    let name = run(from(text, at + 1), 24, |b| b.is_ascii_alphabetic() || b == b'_');
    let end = at + 1 + name;
    (name >= 5 && text.get(end).is_some_and(|b| b"> :".contains(b))).then_some(end)
}

/// The address of a Markdown link, up to its closing parenthesis.
pub(super) fn link(text: &[u8], at: usize) -> Option<usize> {
    let length = run(from(text, at), 512, |b| b != b')' && b != b'\n');
    (text.get(at + length) == Some(&b')') && length > 0).then_some(at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        assert_eq!(phone(b"+44 20 7946 0958, or", 0), Some(16));
        assert_eq!(phone(b"+1 (415) 555-2671 22", 0), Some(17));
        assert_eq!(phone(b"+12", 0), None);
        assert_eq!(network(b"9.9.9.9:53", 0), Some(7));
        assert_eq!(network(b"2001:db8::1 x", 0), Some(11));
        assert_eq!(street(b"12 Old Mill Road, x", 0), Some(16));
        assert_eq!(street(b"12 angry men", 0), None);
        assert_eq!(decimal(b"52.520008,", 0), Some(9));
        assert_eq!(field_name(b"\"first_name\": \"Ana\"", 12), 1..11);
        assert_eq!(field_value(b"\"first_name\": \"Ana\"", 12, false), Some(15..18));
    }
}
