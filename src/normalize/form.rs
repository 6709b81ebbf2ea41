//! Fields of `application/x-www-form-urlencoded`.

use core::ops::Range;

use super::{
    Place, Pointer, View, Walk,
    joined::{Context, Joiner},
    layers,
    map::Map,
    pairs, percent,
};
use crate::{detect::ByteSet, finding::Writing};

/// Longest name of a field that is surely one.
const NAME: usize = 64;
/// In prose every few characters are a space; in base64 one of 64 is a `+`.
const LITERAL_PLUS: usize = 16;

/// Visits names and values, and the values together.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let writing = if document.writing == Writing::Plain { Writing::Percent } else { document.writing };
    let context = Context { view: &View { writing, ..document.piece(0..text.len()) }, key: None, pointer: document.pointer };
    let mut joiner = Joiner::default();
    for (name, value) in pairs(text, b'&') {
        if !walk.node() {
            return;
        }
        let (key, key_step) = percent::decode(slice(&name), name.start, true);
        let pointer = if matches!(document.pointer, Pointer::None) { Pointer::Field(&key) } else { document.pointer };
        layers::emit(&View { writing, pointer, ..document.child(key.as_ref().into(), key_step) }, walk);
        let raw = slice(&value);
        let (decoded, step) = percent::decode(raw, value.start, true);
        joiner.push(&decoded, || step.clone(), &context, walk);
        let of =
            |text, step| View { writing, pointer, text, map: Map::within(step, &document.map), key: Some(&key), ..*document };
        let view = of(decoded, step);
        if document.place == Place::Body && document.depth == 0 {
            walk.leaf(Some(&view));
        }
        layers::emit(&view, walk);
        if may_mean_plus(raw) {
            let (decoded, step) = percent::decode(raw, value.start, false);
            layers::emit(&of(decoded, step), walk);
        }
    }
    joiner.flush(&context, walk);
}

/// Whether the `+` of a value may be written for themselves, by somebody who did not encode it.
fn may_mean_plus(value: &[u8]) -> bool {
    let pluses = value.iter().filter(|b| **b == b'+').count();
    pluses > 0 && pluses * LITERAL_PLUS <= value.len()
}

/// Whether a text can be nothing but a form, so that there is no need to read it as anything else: names with values, in the
/// characters that are left when they are encoded.
pub(super) fn is_certain(text: &[u8]) -> bool {
    let hex = |at: usize| text.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut fields = 0;
    let named = pairs(text, b'&').all(|(name, value)| {
        fields += 1;
        let letters = text.get(name.clone()).unwrap_or_default();
        (1..=NAME).contains(&name.len()) && value.start > name.end && letters.iter().all(|b| NAMES.has(*b))
    });
    let encoded = |(at, b): (usize, &u8)| VALUES.has(*b) && (*b != b'%' || hex(at + 1) && hex(at + 2));
    named && fields > 1 && text.iter().enumerate().all(encoded)
}

/// What is left in names and in values when they are encoded.
static NAMES: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.[]%");
static VALUES: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!$%&'()*+,-./:=?@[]_~");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_what_looks_like_one() {
        for text in ["a=1&b=", "a%5B%5D=x+y&c.d-e_f=%2Fg*", "u=https://a.example/?x=1&b=(c,d)"] {
            assert!(is_certain(text.as_bytes()), "{text}");
        }
        for text in
            ["a=1", "a=1&b", "a=1&=2", "a=1;b=2&c=3", "a=1&b=100%", "a=1&b={}", "a=1 &b=2", "a://b?c=1&d=2", "a=1&b=\u{e9}"]
        {
            assert!(!is_certain(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn values_are_what_is_left_of_ascii() {
        assert!((0..=255).all(|b: u8| VALUES.has(b) == (b.is_ascii_graphic() && !b"\"#<>;\\^`{|}".contains(&b))));
    }

    #[test]
    fn a_plus_may_be_meant() {
        assert!(may_mean_plus(b"c2VjcmV0+c2VjcmV0") && may_mean_plus(&[&[b'x'; 63][..], b"+"].concat()));
        assert!(!may_mean_plus(b"plain") && !may_mean_plus(b"some+words+of+prose") && !may_mean_plus(b"a+b"));
    }
}
