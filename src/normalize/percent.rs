//! Percent-encoding (RFC 3986 section 2.1, and `+` as a space in forms).

use alloc::{borrow::Cow, vec::Vec};

use super::Step;
use crate::seek::any_of;

/// Decodes one layer. What is not a valid escape stands for itself.
pub(crate) fn decode(raw: &[u8], base: usize, plus_is_space: bool) -> (Cow<'_, [u8]>, Step<'static>) {
    if any_of(raw, if plus_is_space { *b"%+" } else { *b"%%" }).is_none() {
        return (Cow::Borrowed(raw), Step::Linear(base));
    }
    let plain = |byte: &u8| if plus_is_space && *byte == b'+' { b' ' } else { *byte };
    let mut out = Vec::with_capacity(raw.len());
    let mut breaks = Vec::new();
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(value) = escaped(rest) {
            breaks.push((out.len(), at));
            out.push(value);
            at += 3;
            breaks.push((out.len(), at));
            continue;
        }
        // A percent sign that begins no escape stands first here.
        let length = rest.get(1..).and_then(|rest| any_of(rest, *b"%")).map_or(rest.len(), |next| next + 1);
        out.extend(rest.iter().take(length).map(plain));
        at += length;
    }
    (Cow::Owned(out), Step::escapes(base, breaks))
}

/// The byte that the escape at the beginning stands for.
fn escaped(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let [b'%', high, low, ..] = text else { return None };
    Some(digit(*high)? * 16 + digit(*low)?)
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
