//! UTF-16, by its byte order mark, by declaration, or by its zeros.

use alloc::vec::Vec;

/// Byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Utf16 {
    Little,
    Big,
}

/// The byte order mark, or bytes every other one of which is zero, as in ASCII.
pub(super) fn sniff(bytes: &[u8]) -> Option<Utf16> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Utf16::Little),
        [0xfe, 0xff, ..] => return Some(Utf16::Big),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(64))?;
    let (units, _) = head.as_chunks::<2>();
    if units.len() < 4 {
        return None;
    }
    let most = |is: fn(&[u8; 2]) -> bool| units.iter().filter(|unit| is(unit)).count() * 4 >= units.len() * 3;
    if most(|[low, high]| *high == 0 && *low != 0) {
        Some(Utf16::Little)
    } else if most(|[high, low]| *high == 0 && *low != 0) {
        Some(Utf16::Big)
    } else {
        None
    }
}

/// As UTF-8, without the byte order mark; half a pair is U+FFFD.
pub(super) fn decode(bytes: &[u8], order: Utf16) -> Vec<u8> {
    let (units, odd) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| match order {
        Utf16::Little => u16::from_le_bytes(*unit),
        Utf16::Big => u16::from_be_bytes(*unit),
    });
    let mut out = Vec::with_capacity(bytes.len());
    let mut buffer = [0; 4];
    for character in char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)) {
        out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    }
    out.extend_from_slice(odd);
    match out.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => out,
    }
}

/// Encodings in which ASCII does not stand for itself, and which are not read here.
pub(super) fn unread(content_type: &str) -> bool {
    const NAMES: &[&str] = &["utf-7", "utf-32", "ucs-4", "ebcdic", "ibm", "cp037", "cp500", "cp1047", "iso-2022", "hz-gb"];
    content_type.split("charset=").skip(1).any(|name| {
        let name = name.trim_start_matches(['"', '\'', ' ']);
        NAMES.iter().any(|unread| name.starts_with(unread))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, order: Utf16) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if order == Utf16::Little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn both_orders_are_seen_and_read() {
        for order in [Utf16::Little, Utf16::Big] {
            for text in ["{\"a\": \"text\u{1f600}\"}", "\u{feff}mark"] {
                let bytes = encoded(text, order);
                assert_eq!(sniff(&bytes), Some(order), "{text}");
                assert_eq!(decode(&bytes, order), text.trim_start_matches('\u{feff}').as_bytes());
            }
        }
        assert_eq!(sniff(b"plain text of some length"), None);
        assert_eq!(sniff(&[0; 64]), None);
    }

    #[test]
    fn unread_charsets_are_named() {
        assert!(unread("text/plain; charset=utf-7") && unread("text/plain; charset=\"utf-32le\""));
        assert!(!unread("text/plain; charset=utf-8") && !unread("application/json"));
    }
}
