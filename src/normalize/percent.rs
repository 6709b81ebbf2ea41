//! Percent-encoding (RFC 3986 section 2.1, and `+` as a space in forms).

use alloc::{borrow::Cow, vec::Vec};

use super::Step;
use crate::seek::any_of;

/// Decodes one layer. What is not a valid escape stands for itself.
pub(crate) fn decode(raw: &[u8], base: usize, plus_is_space: bool) -> (Cow<'_, [u8]>, Step<'static>) {
    let escape = |text: &[u8]| any_of(text, if plus_is_space { *b"%+" } else { *b"%%" });
    let Some(mut found) = escape(raw) else { return (Cow::Borrowed(raw), Step::Linear(base)) };
    let mut out = Vec::with_capacity(raw.len());
    let mut breaks = Vec::new();
    let mut at = 0;
    loop {
        out.extend_from_slice(raw.get(at..at + found).unwrap_or_default());
        at += found;
        let escaped = if raw.get(at) == Some(&b'%') { hex2(raw, at + 1) } else { None };
        match (escaped, raw.get(at)) {
            (_, None) => break,
            (Some(value), _) => {
                breaks.push((out.len(), at));
                out.push(value);
                at += 3;
                breaks.push((out.len(), at));
            }
            (None, Some(byte)) => {
                out.push(if *byte == b'+' { b' ' } else { *byte });
                at += 1;
            }
        }
        let rest = raw.get(at..).unwrap_or_default();
        found = escape(rest).unwrap_or(rest.len());
    }
    (Cow::Owned(out), Step::escapes(base, breaks))
}

fn hex2(raw: &[u8], at: usize) -> Option<u8> {
    let digit = |at| raw.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    Some(digit(at)? * 16 + digit(at + 1)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Map;

    #[test]
    fn decodes_and_maps() {
        let (text, step) = decode(b"a%41+b%zz", 5, true);
        let map = Map::of(step);
        assert_eq!(&*text, b"aA b%zz");
        assert_eq!(map.wire(&(1..2)), 6..9);
        assert_eq!(map.wire(&(3..4)), 10..11);
    }
}
