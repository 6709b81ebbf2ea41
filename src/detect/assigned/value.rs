//! Where a value begins and ends that a name gives away. Every look ahead is bounded.

use core::ops::Range;

use crate::detect::{sets::ByteSet, stretch::Stretch};

/// Longest value.
const LONGEST: usize = 600;

/// What may stand right before a value.
static OPERATORS: ByteSet = ByteSet::of(b" \t\r\n\"'`=:>,?|([{<\\@&;");

/// Whether a value can begin at `byte`: after an operator, a quote or a space.
pub(in crate::detect) fn begins_value(previous: u8, byte: u8) -> bool {
    OPERATORS.has(previous) && !(OPERATORS.has(byte) && byte != b'{') && byte.is_ascii_graphic()
}

/// The value that an assignment gives at `at`: quoted up to the quote, else up to a separator. Many values can begin in one run
/// without a separator: `unseparated` says where there is none.
pub(in crate::detect) fn value_range(text: &[u8], at: usize, unseparated: &mut Stretch) -> Range<usize> {
    let quote = at.checked_sub(1).and_then(|i| text.get(i)).copied().filter(|b| b"\"'`".contains(b));
    let limit = (at + LONGEST).min(text.len());
    if let Some(quote) = quote {
        return at..at + quoted(text.get(at..limit).unwrap_or_default(), quote);
    }
    let text = text.get(..limit).unwrap_or_default();
    let from = unseparated.unread(at).min(limit);
    let end = from + bare(text.get(from..).unwrap_or_default());
    // What the last byte means that was read shows the next one.
    *unseparated = unseparated.extended(at, end.min(limit.saturating_sub(1)).max(at));
    at..end
}

/// Up to the quote that closes; an escape of a quote or a line closes as well, for the text may be a string in a string.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let ends = |(at, byte): (usize, &u8)| {
        *byte == quote || *byte == b'\n' || (*byte == b'\\' && rest.get(at + 1).is_some_and(|next| b"\"'nr\\".contains(next)))
    };
    rest.iter().enumerate().position(|(at, byte)| ends((at, byte))).unwrap_or(rest.len())
}

/// What may end a value without quotes.
static SEPARATORS: ByteSet = ByteSet::of(b"\"'`&<\\)]},;> ").and_controls();

/// Up to a space or separator; a bracket or comma in the middle of signs belongs to the value.
fn bare(rest: &[u8]) -> usize {
    let ends = |at: usize, byte: u8| {
        let next = rest.get(at + 1).copied().unwrap_or(b' ');
        match byte {
            b'"' | b'\'' | b'`' | b'&' | b'<' => true,
            b'\\' => b"\"'nrt\\".contains(&next),
            b')' | b']' | b'}' => !(next.is_ascii_alphanumeric() || b"$#@!%^*-_".contains(&next)),
            b',' | b';' => !b".:-_#!@%^*+~".contains(&next),
            b'>' => next.is_ascii_whitespace() || next.is_ascii_alphabetic() || b"<\"'".contains(&next),
            _ => true,
        }
    };
    rest.iter().enumerate().position(|(at, byte)| SEPARATORS.has(*byte) && ends(at, *byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        let range = |text: &str, at: usize| value_range(text.as_bytes(), at, &mut Stretch::default());
        assert_eq!(range("a=\"b c\" d", 3), 3..6);
        assert_eq!(range("a=b, c", 2), 2..3);
        assert_eq!(range("(a=b)", 3), 3..4);
        assert_eq!(range("a=b)c&d", 2), 2..5);
        assert_eq!(range("a=\\\"b\\\"", 4), 4..5);
        assert_eq!(range("<a>b</a>", 3), 3..4);
        // What is known of a run changes nothing.
        let run = ["a@b)c,:d@e\\@f@".repeat(90).as_str(), "g,"].concat();
        let mut known = Stretch::default();
        for at in 0..run.len() {
            assert_eq!(value_range(run.as_bytes(), at, &mut known), range(&run, at), "{at}");
        }
        assert!(begins_value(b'=', b'x') && !begins_value(b'x', b'x') && !begins_value(b' ', b' '));
    }
}
