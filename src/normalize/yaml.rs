//! YAML, line by line and leniently: every scalar under the key before it, block scalars without their indentation.

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

use super::{View, Walk, layers, map::Step};
use crate::json::unescape;

/// Whether a text begins as YAML: a marker, or a key on each of its first two lines.
pub(super) fn looks_like(text: &[u8]) -> bool {
    let mut lines =
        text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    let first = lines.next().unwrap_or_default();
    let keyed = |line: &[u8]| key_end(line.strip_prefix(b"- ").unwrap_or(line)).is_some();
    first == b"---"
        || first.starts_with(b"%YAML")
        || keyed(first) && lines.next().is_none_or(|second| keyed(second) || second.starts_with(b"- "))
}

/// Visits the scalars. The whole text is seen elsewhere.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let mut key: Option<Range<usize>> = None;
    let mut at = 0;
    while at < text.len() {
        if !walk.node() {
            return;
        }
        let line = line(text, at);
        let raw = text.get(line.clone()).unwrap_or_default();
        let indent = raw.iter().take_while(|b| **b == b' ').count();
        let mut start = line.start + indent;
        while text.get(start..line.end).is_some_and(|rest| rest.starts_with(b"- ")) {
            start += 2;
        }
        let content = text.get(start..line.end).unwrap_or_default();
        at = line.end + 1;
        if let Some(end) = key_end(content) {
            key = Some(name(text, start..start + end));
            start += end + 1;
        }
        let value = text.get(start..line.end).unwrap_or_default();
        let gap = value.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let value = value.trim_ascii();
        if is_block_header(value) {
            let folded = value.starts_with(b">");
            at = block(document, key.as_ref(), at, indent, folded, walk);
        } else if !value.is_empty() {
            scalar(document, key.as_ref(), start + gap..start + gap + value.len(), walk);
        }
    }
}

fn line(text: &[u8], at: usize) -> Range<usize> {
    at..at + text.get(at..).unwrap_or_default().iter().position(|b| *b == b'\n').unwrap_or(text.len() - at)
}

/// Where the `:` after a key is.
fn key_end(line: &[u8]) -> Option<usize> {
    let colon = line.iter().take(128).position(|b| *b == b':')?;
    let name = line.get(..colon)?;
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-. \"'/".contains(b);
    let spaced = line.get(colon + 1).is_none_or(u8::is_ascii_whitespace);
    (spaced && name.first().is_some_and(|b| b.is_ascii_alphanumeric() || b"_\"'".contains(b)) && name.iter().all(plain))
        .then_some(colon)
}

/// A key without quotes.
fn name(text: &[u8], range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let lead = raw.iter().take_while(|b| b"\"' ".contains(b)).count();
    let tail = raw.iter().rev().take_while(|b| b"\"' ".contains(b)).count();
    range.start + lead..(range.end.saturating_sub(tail)).max(range.start + lead)
}

fn is_block_header(value: &[u8]) -> bool {
    let Some((b'|' | b'>', rest)) = value.split_first() else { return false };
    let comment = rest.iter().position(|b| *b == b'#').unwrap_or(rest.len());
    rest.get(..comment).unwrap_or_default().iter().all(|b| b.is_ascii_digit() || b"+- ".contains(b))
}

/// The lines that are indented more than their key, as one text; where they end.
fn block(
    document: &View<'_>,
    key: Option<&Range<usize>>,
    from: usize,
    indent: usize,
    folded: bool,
    walk: &mut Walk<'_>,
) -> usize {
    let text: &[u8] = &document.text;
    let mut out = Vec::new();
    let mut breaks = Vec::new();
    let mut at = from;
    while at < text.len() {
        let line = line(text, at);
        let raw = text.get(line.clone()).unwrap_or_default();
        let depth = raw.iter().take_while(|b| **b == b' ').count();
        if depth <= indent && !raw.trim_ascii().is_empty() {
            break;
        }
        breaks.push((out.len(), at - from));
        breaks.push((out.len(), at - from + depth));
        out.extend_from_slice(raw.get(depth..).unwrap_or_default());
        if line.end < text.len() {
            out.push(if folded { b' ' } else { b'\n' });
        }
        at = line.end + 1;
    }
    if walk.decode(out.len()) {
        let child = document.child(Cow::Owned(out), Step::escapes(from, breaks));
        under(&child, document, key, walk);
    }
    at
}

/// A scalar on one line, in quotes or not.
fn scalar(document: &View<'_>, key: Option<&Range<usize>>, range: Range<usize>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let raw = text.get(range.clone()).unwrap_or_default();
    match raw {
        [b'"', inside @ .., b'"'] => {
            let (value, breaks) = unescape(inside);
            under(&document.child(value, Step::escapes(range.start + 1, breaks)), document, key, walk);
        }
        [b'\'', .., b'\''] => under(&document.piece(range.start + 1..range.end - 1), document, key, walk),
        _ => under(&document.piece(range), document, key, walk),
    }
}

fn under(view: &View<'_>, document: &View<'_>, key: Option<&Range<usize>>, walk: &mut Walk<'_>) {
    let key = key.and_then(|key| document.text.get(key.clone())).or(document.key);
    let text = Cow::Borrowed(&*view.text);
    layers::emit(&View { key, depth: document.depth + 1, text, map: view.map.clone(), ..*view }, walk);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use alloc::string::String;

    #[test]
    fn scalars_have_the_keys_before_them() {
        let text = "---\na: x\nb:\n  - y\n  - \"c\": 'z'\nd: |-\n  one\n  two\ne: \"q\\u0041\"\n";
        let mut seen: Vec<(String, String)> = Vec::new();
        let limits = Limits::default();
        let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut see = |view: &View<'_>| {
            seen.push((own(view.key.unwrap_or_default()), own(&view.text)));
            false
        };
        views(&View::of_text(text.as_bytes()), &mut Walk::new(&limits, text.len(), &mut see, None));
        let want = [("", "---"), ("a", "x"), ("b", "y"), ("c", "z"), ("d", "one\ntwo\n"), ("e", "qA")];
        assert_eq!(seen, want.map(|(a, b)| (a.into(), b.into())));
        assert!(looks_like(text.as_bytes()) && looks_like(b"a: 1\nb: 2\n") && !looks_like(b"Dear all,\nnote: this"));
    }
}
