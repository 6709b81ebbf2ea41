//! HTML character references: `&amp;`, `&#64;`, `&#x40;`.

use alloc::{borrow::Cow, vec::Vec};

use super::Map;

/// The named references that stand for characters with a meaning in tokens and addresses.
const NAMES: &[(&[u8], u8)] = &[
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"quot;", b'"'),
    (b"apos;", b'\''),
    (b"commat;", b'@'),
    (b"period;", b'.'),
    (b"colon;", b':'),
    (b"sol;", b'/'),
    (b"equals;", b'='),
    (b"plus;", b'+'),
    (b"lowbar;", b'_'),
    (b"hyphen;", b'-'),
    (b"dash;", b'-'),
];

/// Decodes one layer. What is not a reference stands for itself.
pub(super) fn decode(raw: &[u8]) -> (Cow<'_, [u8]>, Map) {
    if !raw.contains(&b'&') || !raw.contains(&b';') {
        return (Cow::Borrowed(raw), Map::Linear(0));
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut breaks = Vec::new();
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let reference = if byte == b'&' { reference(raw.get(at + 1..).unwrap_or_default()) } else { None };
        match reference {
            Some((character, length)) => {
                breaks.push((out.len(), at));
                let mut buffer = [0; 4];
                out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
                at += 1 + length;
                breaks.push((out.len(), at));
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    (Cow::Owned(out), Map::escapes(0, breaks))
}

/// The character of a reference, and its length after the `&`.
fn reference(text: &[u8]) -> Option<(char, usize)> {
    if let Some(digits) = text.strip_prefix(b"#") {
        let hexadecimal = matches!(digits.first(), Some(b'x' | b'X'));
        let (digits, radix, prefix) = if hexadecimal { (digits.get(1..)?, 16, 2) } else { (digits, 10, 1) };
        let length = digits.iter().take(8).take_while(|b| char::from(**b).is_digit(radix)).count();
        let value = core::str::from_utf8(digits.get(..length)?).ok().and_then(|d| u32::from_str_radix(d, radix).ok())?;
        let closed = usize::from(digits.get(length) == Some(&b';'));
        return Some((char::from_u32(value)?, prefix + length + closed));
    }
    let (name, byte) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
    Some((char::from(*byte), name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_decode_and_map() {
        let (text, map) = decode(b"a&#64;b&#x41;&amp;&nope;");
        assert_eq!(&*text, b"a@bA&&nope;");
        assert_eq!(map.wire(&(1..2)), 1..6);
    }
}
