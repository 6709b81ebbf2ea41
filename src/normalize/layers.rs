//! Text inside text: documents in strings, escapes, look-alikes, base64 and hexadecimal, several deep.
//!
//! Every layer is one more view, with the key of the outer one and the way back to the wire. What decodes to nothing
//! readable is no layer. Depth and total size are bounded; a spent budget is named in the coverage.

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

use super::{FULL, Place, View, Walk, escapes, fold, form, graphql, hex, json, map::Step, quoted_printable, runs, xml};
use crate::{detect::credential_header, json::Signs, report::Skip};

/// How many layers deep.
const MAX_DEPTH: usize = 8;
/// How many layers of escapes are undone in a stream.
const PLAIN_DEPTH: usize = 4;
/// Shortest text in which anything can be encoded.
const LEAST: usize = 4;

/// How many escapes of each kind the text around this one has: those need not be undone once more after another kind was,
/// since the other order gives the same text.
#[derive(Clone, Copy, Default)]
struct Known {
    escapes: usize,
    folds: usize,
}

/// Visits a piece of text and everything that is encoded in it.
pub(super) fn emit(view: &View<'_>, walk: &mut Walk<'_>) {
    // How a call authenticates is read as it is: a decoded piece of a token is still the token.
    if matches!(view.place, Place::Header(name) if credential_header(name)) {
        return walk.see(view);
    }
    layer(view, Known::default(), walk);
}

/// The same for text that is known to be no document.
pub(super) fn text(view: &View<'_>, walk: &mut Walk<'_>) {
    walk.see(view);
    decoded(view, Known::default(), Signs::of(&view.text), walk);
}

/// Visits plain text and what is encoded in it, where everything depends on a few kilobytes around it only: a stream is read in
/// windows.
pub(super) fn plain(view: &View<'_>, walk: &mut Walk<'_>) {
    walk.see(view);
    let text: &[u8] = &view.text;
    for (decoded, step) in escapes::decode(text).into_iter().chain(fold::fold(text)) {
        if view.depth >= PLAIN_DEPTH {
            return walk.skip(Skip::TooManyLayers);
        }
        if let Step::Escapes { breaks, .. } = &step
            && walk.decode(decoded.len())
        {
            let spots = spots(&decoded, breaks);
            let inner = View { depth: view.depth + 1, ..view.child(Cow::Owned(decoded), step) };
            spots.into_iter().for_each(|range| plain(&inner.piece(range), walk));
        }
    }
    runs::views(view, walk);
    hex::views(view, walk);
}

/// The same for text whose signs are known.
#[inline]
pub(super) fn signed(view: &View<'_>, signs: Signs, walk: &mut Walk<'_>) {
    if !document(view, signs, walk) {
        walk.see(view);
        decoded(view, Known::default(), signs, walk);
    }
}

/// What was decoded out of a view as a whole: nothing in it can be rewritten in its place.
pub(super) fn whole(outer: &View<'_>, range: core::ops::Range<usize>, decoded: Vec<u8>, walk: &mut Walk<'_>) {
    child(outer, decoded, Step::Whole(range), Known::default(), walk);
}

fn layer(view: &View<'_>, known: Known, walk: &mut Walk<'_>) {
    let signs = Signs::of(&view.text);
    if document(view, signs, walk) {
        return;
    }
    walk.see(view);
    decoded(view, known, signs, walk);
}

fn child(outer: &View<'_>, text: Vec<u8>, step: Step<'_>, known: Known, walk: &mut Walk<'_>) {
    if outer.depth >= MAX_DEPTH {
        return walk.skip(Skip::TooManyLayers);
    }
    if !walk.decode(text.len()) {
        return;
    }
    let windows = if let Step::Escapes { breaks, .. } = &step { windows(&text, breaks) } else { None };
    let inner = View { depth: outer.depth + 1, quoting: None, ..outer.child(Cow::Owned(text), step) };
    match windows {
        None => layer(&inner, known, walk),
        // A cut out of a long text is no value of its key, and how many escapes the whole has says nothing about it.
        Some(windows) => windows.into_iter().for_each(|range| {
            layer(&View { key: None, ..inner.piece(range) }, Known::default(), walk);
        }),
    }
}

/// Shortest text of which only the surroundings of what was decoded are looked at.
const LONG: usize = 512;
/// How far a word goes on at most.
const WORD: usize = 8 * 1024;
/// How much around a word is looked at with it.
const AROUND: usize = 256;

/// The words in which something was decoded, with what is around them: elsewhere the text is the one that was seen before.
/// `None` where that is most of it.
fn windows(text: &[u8], breaks: &[(usize, usize)]) -> Option<Vec<Range<usize>>> {
    if text.len() < LONG {
        return None;
    }
    let windows = spots(text, breaks);
    let covered: usize = windows.iter().map(Range::len).sum();
    (covered * 4 <= text.len() * 3).then_some(windows)
}

fn spots(text: &[u8], breaks: &[(usize, usize)]) -> Vec<Range<usize>> {
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'<' | b'>');
    let mut spots: Vec<Range<usize>> = Vec::new();
    let mut seen = 0;
    let (pairs, _) = breaks.as_chunks::<2>();
    for [(start, _), (end, _)] in pairs {
        if *end < seen {
            continue;
        }
        let before = text.get(start.saturating_sub(WORD).max(seen)..*start).unwrap_or_default();
        let word = start - before.iter().rev().position(ends).unwrap_or(before.len());
        let after = text.get(*end..text.len().min(end + WORD)).unwrap_or_default();
        seen = end + after.iter().position(ends).unwrap_or(after.len());
        let before = text.get(word.saturating_sub(AROUND)..word).unwrap_or_default();
        let first = word - before.len() + before.iter().position(ends).map_or(before.len(), |at| at + 1);
        let after = text.get(seen..text.len().min(seen + AROUND)).unwrap_or_default();
        let last = seen + after.iter().rposition(ends).unwrap_or_default();
        match spots.last_mut().filter(|spot| spot.end >= first) {
            Some(spot) => spot.end = spot.end.max(last),
            None => spots.push(first..last),
        }
    }
    spots
}

/// Reads text that looks like a document. True when every part of it was seen that way.
fn document(view: &View<'_>, signs: Signs, walk: &mut Walk<'_>) -> bool {
    let text: &[u8] = &view.text;
    if signs.has(Signs::AMPERSAND) && signs.has(Signs::EQUALS) && view.depth < MAX_DEPTH && form::is_certain(text) {
        certain_form(view, walk);
        return true;
    }
    let Some(first) = text.first().copied().filter(|_| text.len() >= LEAST) else { return false };
    let first = if first.is_ascii_whitespace() { text.trim_ascii_start().first().copied().unwrap_or(first) } else { first };
    match first {
        b'{' | b'[' | b'"' => {
            let last = text.trim_ascii_end().last().copied();
            if !matches!((first, last), (b'"', Some(b'"')) | (b'{' | b'[', Some(b'}' | b']'))) {
                return false;
            }
            if view.depth >= MAX_DEPTH {
                walk.skip(Skip::TooManyLayers);
                return false;
            }
            if json::views(view, walk) == Ok(1) {
                return true;
            }
            if FULL && graphql::looks_like(text) {
                graphql::views(view, walk);
            }
        }
        b'<' if FULL && view.depth < MAX_DEPTH => xml::views(view, walk),
        b'm' | b'q' | b's' | b'f' if FULL && graphql::looks_like(text) && view.depth < MAX_DEPTH => graphql::views(view, walk),
        _ => {}
    }
    false
}

/// The fields of what can be nothing but a form. What is not encoded as in a form may still be encoded as a whole.
pub(super) fn certain_form(view: &View<'_>, walk: &mut Walk<'_>) {
    let inner = View { depth: view.depth + 1, ..view.piece(0..view.text.len()) };
    form::views(&inner, walk);
    runs::views(&inner, walk);
}

fn decoded(view: &View<'_>, known: Known, signs: Signs, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    if text.len() < LEAST {
        return;
    }
    let mut here = Known::default();
    if signs.has(Signs::ESCAPES)
        && let Some((decoded, step)) = escapes::decode(text)
    {
        here.escapes = step.count();
        if here.escapes > known.escapes {
            child(view, decoded, step, Known::default(), walk);
        }
    }
    if FULL
        && signs.has(Signs::HIGH)
        && let Some((folded, step)) = fold::fold(text)
    {
        here.folds = step.count();
        if here.folds > known.folds {
            child(view, folded, step, Known { folds: 0, ..here }, walk);
        }
    }
    if FULL
        && signs.has(Signs::EQUALS)
        && let Some((decoded, step)) = quoted_printable::decode(text)
    {
        child(view, decoded, step, here, walk);
    }
    runs::views(view, walk);
    hex::views(view, walk);
}
