//! Fields of `application/x-www-form-urlencoded`.

use super::{
    Place, Pointer, View, Walk,
    joined::{Context, Joiner},
    layers,
    map::Map,
    pairs, percent,
};
use crate::finding::Writing;

/// Visits names and values, and the values together.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let slice = |range: &core::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
    let writing = if document.writing == Writing::Plain { Writing::Percent } else { document.writing };
    let context = Context { view: &View { writing, ..document.piece(0..text.len()) }, key: None, pointer: document.pointer };
    let mut joiner = Joiner::default();
    for (name, value) in pairs(text, b'&') {
        if !walk.node() {
            return;
        }
        let (key, key_step) = percent::decode(slice(&name), name.start, true);
        let (value, step) = percent::decode(slice(&value), value.start, true);
        let pointer = Pointer::Field(&key);
        let of = |text, step| View { writing, pointer, ..document.child(text, step) };
        layers::emit(&of(key.as_ref().into(), key_step), walk);
        joiner.push(&value, step.clone(), &context, walk);
        let map = Map::within(step, &document.map);
        let view = View { writing, pointer, text: value, map, key: Some(&key), ..*document };
        if document.place == Place::Body && document.depth == 0 {
            walk.leaf(Some(&view));
        }
        layers::emit(&view, walk);
    }
    joiner.flush(&context, walk);
}
