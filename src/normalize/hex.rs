//! Lists of hexadecimal bytes: `67:68:70`, `67 68 70`, `67-68-70`, `0x67, 0x68, 0x70`.

use alloc::vec::Vec;
use core::ops::Range;

use super::{View, Walk, layers, runs};
use crate::{
    detect::ByteSet,
    lanes::{Vector, equal, lower, or, range},
    seek::eight_of,
};

/// Fewest bytes of a list.
const LEAST: usize = 8;
/// A list has that many characters at least.
const SHORTEST: usize = LEAST * 3 - 1;

/// Visits what the lists in a text stand for.
pub(super) fn views(view: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    let mut done = 0;
    while let Some(at) = eight_of(text, done, parts) {
        let before = text.get(done..at).unwrap_or_default();
        let start = at - before.iter().rev().take_while(|b| PARTS.has(**b)).count();
        done = at + text.get(at..).unwrap_or_default().iter().take_while(|b| PARTS.has(**b)).count();
        if done - start >= SHORTEST {
            lists(view, start..done, walk);
        }
    }
}

static PARTS: ByteSet = ByteSet::of(b"0123456789abcdefABCDEFxX: -,\r\n\t");

/// The same for many bytes.
#[inline]
fn parts(text: Vector) -> Vector {
    let letters = or(range(lower(text), b'a', b'f'), equal(lower(text), b'x'));
    let blank = or(range(text, b'\t', b'\n'), or(equal(text, b'\r'), equal(text, b' ')));
    or(or(range(text, b'0', b':'), letters), or(range(text, b',', b'-'), blank))
}

/// The lists in a stretch of digits and separators.
fn lists(view: &View<'_>, stretch: Range<usize>, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    let mut bytes = Vec::new();
    let mut range = stretch.start..stretch.start;
    // A piece of a word is no item.
    let continued = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let word = |at: usize| text.get(at..stretch.end).unwrap_or_default().iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let mut at = stretch.start;
    if continued(at.checked_sub(1)) {
        at += word(at);
    }
    while at < stretch.end {
        let rest = text.get(at..stretch.end).unwrap_or_default();
        let item = rest.iter().take(5).take_while(|b| b.is_ascii_alphanumeric()).count();
        let gap = rest.get(item..).unwrap_or_default().iter().take(4).take_while(|b| !b.is_ascii_alphanumeric()).count();
        let cut = at + item == stretch.end && continued(Some(stretch.end));
        let byte = rest.get(..item).filter(|_| !cut).and_then(value);
        if let Some(byte) = byte {
            if bytes.is_empty() {
                range.start = at;
            }
            range.end = at + item;
            bytes.push(byte);
        }
        if byte.is_none() || gap == 0 || gap > 3 {
            flush(view, &range, &mut bytes, walk);
        }
        // The rest of what is too long is no item either.
        let long = if gap == 0 { rest.iter().skip(item).take_while(|b| b.is_ascii_alphanumeric()).count() } else { 0 };
        at += (item + gap + long).max(1);
    }
    flush(view, &range, &mut bytes, walk);
}

fn flush(view: &View<'_>, range: &Range<usize>, bytes: &mut Vec<u8>, walk: &mut Walk<'_>) {
    let bytes = core::mem::take(bytes);
    if bytes.len() >= LEAST
        && let Some(text) = runs::readable(bytes, walk)
    {
        layers::whole(view, range.clone(), text, walk);
    }
}

/// Two digits, `0x` before them or not.
fn value(item: &[u8]) -> Option<u8> {
    let digits = item.strip_prefix(b"0x").or_else(|| item.strip_prefix(b"0X")).unwrap_or(item);
    let [high, low] = digits else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lanes::{bits, read},
        limits::Limits,
    };

    fn found(text: &str) -> Vec<(Range<usize>, Vec<u8>)> {
        let mut seen = Vec::new();
        let limits = Limits::default();
        let mut see = |view: &View<'_>| {
            seen.push((view.map.wire(&(0..1)), view.text.to_vec()));
            false
        };
        views(&View::of_text(text.as_bytes()), &mut Walk::new(&limits, text.len(), &mut see, None));
        seen
    }

    #[test]
    fn parts_are_those_of_the_set() {
        assert!((0..=255).all(|byte| (bits(parts(read(&[byte]))) & 1 == 1) == PARTS.has(byte)));
    }

    #[test]
    fn lists_of_every_form_are_read() {
        for separator in [":", " ", "-", ", 0x", ",", " 0x", "\n"] {
            let first = if separator.contains("0x") { "0x" } else { "" };
            let list: Vec<_> = b"my secret".iter().map(|b| alloc::format!("{b:02x}")).collect();
            let list = [first, &list.join(separator)].concat();
            let text = alloc::format!("q {list} q");
            assert_eq!(found(&text), [(2..2 + list.len(), b"my secret".to_vec())], "{separator:?}");
        }
    }

    #[test]
    fn other_lists_are_not() {
        for text in ["12, 345, 67, 89, 10, 11, 12, 13, 14", "00:11:22:33:44:55:66:77:88:99:aa", "a bad cafe, a dead bee, a fad"] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
