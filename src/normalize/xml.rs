//! XML and HTML, as far as names go: texts under their elements, attributes, CDATA. Nothing has to be well-formed.

use core::ops::Range;

use alloc::vec::Vec;

use super::{View, Walk, layers};

/// Deepest nesting whose names are kept.
const DEEPEST: usize = 256;

/// Visits texts and attributes under their names. The whole text is seen elsewhere, so that nothing between them is lost.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let until = |start: usize, end: &[u8]| find(text, at + start, end);
        if let Some(rest) = rest.strip_prefix(b"<![CDATA[") {
            let start = text.len() - rest.len();
            let end = until(9, b"]]>");
            piece(document, open.last(), start..end, walk);
            at = end + 3;
        } else if rest.starts_with(b"<!--") {
            at = until(4, b"-->") + 3;
        } else if rest.starts_with(b"<?") {
            at = until(2, b"?>") + 2;
        } else if rest.starts_with(b"</") {
            open.pop();
            at = until(2, b">") + 1;
        } else if rest.starts_with(b"<") {
            let (tag, end, closed) = tag(text, at + 1);
            if tag.is_empty() {
                at += 1;
                continue;
            }
            if !attributes(document, tag.end..end, walk) {
                return;
            }
            if !closed && open.len() < DEEPEST {
                open.push(tag);
            }
            at = end + 1;
        } else {
            let end = find(text, at, b"<");
            piece(document, open.last(), at..end, walk);
            at = end;
        }
        if !walk.node() {
            return;
        }
    }
}

/// Where a text begins at or after a place; the end when it does not.
fn find(text: &[u8], from: usize, what: &[u8]) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.windows(what.len()).position(|window| window == what).map_or(text.len(), |at| from + at)
}

/// The name of a start tag, the place of its `>`, and whether it is closed at once.
fn tag(text: &[u8], start: usize) -> (Range<usize>, usize, bool) {
    let named = |b: &u8| b.is_ascii_alphanumeric() || b"_:.-".contains(b) || *b >= 0x80;
    let name = start..start + text.get(start..).unwrap_or_default().iter().take_while(|b| named(b)).count();
    let mut quote = None;
    let mut end = name.end;
    while let Some(byte) = text.get(end) {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'>') => break,
            _ => {}
        }
        end += 1;
    }
    (name, end, end.checked_sub(1).and_then(|last| text.get(last)) == Some(&b'/'))
}

/// `name="value"` in a start tag. False when there are too many.
fn attributes(document: &View<'_>, range: Range<usize>, walk: &mut Walk<'_>) -> bool {
    let text: &[u8] = &document.text;
    let mut at = range.start;
    while let Some(equals) = text.get(at..range.end).and_then(|rest| rest.iter().position(|b| *b == b'=')).map(|found| at + found)
    {
        let name = text.get(at..equals).unwrap_or_default().trim_ascii_end();
        let length = name.iter().rev().take_while(|b| !b.is_ascii_whitespace() && !b"\"'".contains(b)).count();
        let end = at + name.len();
        let rest = text.get(equals + 1..range.end).unwrap_or_default();
        let gap = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let rest = rest.get(gap..).unwrap_or_default();
        let start = equals + 1 + gap;
        let value = match rest.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let close = rest.iter().skip(1).position(|b| b == quote).unwrap_or(rest.len().saturating_sub(1));
                start + 1..start + 1 + close
            }
            _ => start..start + rest.iter().take_while(|b| !b.is_ascii_whitespace()).count(),
        };
        if !walk.node() {
            return false;
        }
        at = (value.end + 1).max(equals + 1);
        piece(document, Some(&(end - length..end)), value, walk);
    }
    true
}

fn piece(document: &View<'_>, name: Option<&Range<usize>>, range: Range<usize>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let inside = text.get(range.clone()).unwrap_or_default();
    let trimmed = inside.trim_ascii();
    if trimmed.is_empty() {
        return;
    }
    let start = range.start + (inside.len() - inside.trim_ascii_start().len());
    let view = document.piece(start..start + trimmed.len());
    let key = name.and_then(|name| text.get(name.clone())).or(document.key);
    layers::emit(&View { key, depth: document.depth + 1, ..view }, walk);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use alloc::string::String;

    #[test]
    fn texts_and_attributes_have_names() {
        let text = r#"<?xml version="1.0"?><a b="x>1" c = 'y'><!-- <no> --><d>z</d><e f=w/><![CDATA[v<]]></a> t"#;
        let mut seen: Vec<(String, String)> = Vec::new();
        let limits = Limits::default();
        let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut see = |view: &View<'_>| {
            seen.push((own(view.key.unwrap_or_default()), own(&view.text)));
            false
        };
        views(&View::of_text(text.as_bytes()), &mut Walk::new(&limits, text.len(), &mut see, None));
        let want = [("b", "x>1"), ("c", "y"), ("d", "z"), ("f", "w/"), ("a", "v<"), ("", "t")];
        assert_eq!(seen, want.map(|(a, b)| (a.into(), b.into())));
    }
}
