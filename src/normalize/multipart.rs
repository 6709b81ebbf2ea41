//! Multipart bodies (RFC 2046, RFC 7578): names, file names and headers of the parts, and what the parts hold.

use core::ops::Range;

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::{Pointer, View, Walk, base64, body, layers, map::Step, quoted_printable};
use crate::{finding::Writing, report::Skip};

/// Deepest nesting of multipart in multipart.
const DEEPEST: usize = 8;

/// The boundary: the declared one if the body has it, else the one that its first line shows.
pub(super) fn boundary(text: &[u8], content_type: &str) -> Option<Vec<u8>> {
    let declared = parameter(content_type.as_bytes(), b"boundary").map(|name| [b"--", name].concat());
    if let Some(declared) = declared.filter(|declared| find(text, 0, declared).is_some()) {
        return Some(declared);
    }
    let first = text.trim_ascii_start();
    if !first.starts_with(b"--") {
        return None;
    }
    let line = first.split(|b| *b == b'\n').next()?.trim_ascii_end();
    let headed = find(text.get(..text.len().min(1024))?, 0, b":").is_some();
    let closed = || find(text, line.len(), line).is_some();
    ((5..=74).contains(&line.len()) && !line.contains(&b' ') && headed && closed()).then(|| line.to_vec())
}

/// Visits the parts, and what stands before and after them.
pub(super) fn views(document: &View<'_>, boundary: &[u8], walk: &mut Walk<'_>) {
    if document.depth >= DEEPEST {
        return walk.skip(Skip::TooManyLayers);
    }
    let text: &[u8] = &document.text;
    let first = find(text, 0, boundary).unwrap_or(text.len());
    layers::emit(&document.piece(0..first), walk);
    let mut at = first;
    while at < text.len() {
        if !walk.node() {
            return;
        }
        let start = at + boundary.len();
        let end = find(text, start, boundary).unwrap_or(text.len());
        if text.get(start..).is_some_and(|rest| rest.starts_with(b"--")) {
            layers::emit(&document.piece(start..text.len()), walk);
            return;
        }
        part(document, start..end, walk);
        at = end;
    }
}

fn find(text: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let first = what.first()?;
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|b| b == first)?;
        if text.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

/// What the headers of a part say.
#[derive(Default)]
struct Headers {
    content_type: String,
    transfer: String,
    coding: String,
    name: Option<Range<usize>>,
}

fn part(document: &View<'_>, range: Range<usize>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let mut headers = Headers::default();
    let mut at = range.start + line_break(text, range.start);
    while at < range.end {
        let end = text.get(at..range.end).and_then(|rest| rest.iter().position(|b| *b == b'\n')).map_or(range.end, |n| at + n);
        let line = text.get(at..end).unwrap_or_default().trim_ascii_end();
        if line.is_empty() {
            at = (end + 1).min(range.end);
            break;
        }
        header(document, at..at + line.len(), &mut headers, walk);
        at = end + 1;
    }
    let inside = text.get(at..range.end).unwrap_or_default();
    let inside = without_break(inside);
    let key = headers.name.and_then(|name| text.get(name)).or(document.key);
    let view = View { key, depth: document.depth + 1, ..document.piece(at..at + inside.len()) };
    let fixed = |text: Vec<u8>| View {
        writing: Writing::Fixed,
        quoting: None,
        ..view.child(Cow::Owned(text), Step::Whole(0..view.text.len()))
    };
    // What the part says of its encoding is believed if it is so; its bytes are read as they are as well.
    if let Some(name) = key.filter(|_| document.depth == 0) {
        walk.leaf(Some(&View { pointer: Pointer::Field(name), ..view.piece(0..view.text.len()) }));
    }
    let decoded = match headers.transfer.as_str() {
        "base64" => base64::decode(inside).map(fixed),
        "quoted-printable" => quoted_printable::decode(inside).map(|(text, step)| view.child(Cow::Owned(text), step)),
        _ => None,
    };
    let codings = [headers.coding.as_str()];
    body::coded(decoded.as_ref().unwrap_or(&view), &codings, &headers.content_type, walk);
}

/// A part without the line break that belongs to the boundary behind it.
pub(crate) fn without_break(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

fn line_break(text: &[u8], at: usize) -> usize {
    match text.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// One header line of a part: seen under its name, its parameters each for itself.
fn header(document: &View<'_>, line: Range<usize>, headers: &mut Headers, walk: &mut Walk<'_>) {
    let text: &[u8] = document.text.get(line.clone()).unwrap_or_default();
    let colon = text.iter().position(|b| *b == b':').unwrap_or(0);
    let (name, value) = (text.get(..colon).unwrap_or_default(), text.get(colon + 1..).unwrap_or_default());
    let lower = |value: &[u8]| String::from_utf8_lossy(value.trim_ascii()).to_ascii_lowercase();
    match lower(name).as_str() {
        // A boundary has letters of both cases.
        "content-type" => headers.content_type = String::from_utf8_lossy(value.trim_ascii()).into_owned(),
        "content-transfer-encoding" => headers.transfer = lower(value),
        "content-encoding" => headers.coding = lower(value),
        _ => {}
    }
    let start = line.start + colon + 1;
    layers::emit(&View { key: Some(name).filter(|n| !n.is_empty()), ..document.piece(start..line.end) }, walk);
    for parameter_name in [&b"name"[..], b"filename", b"filename*"] {
        let Some(found) = parameter(value, parameter_name) else { continue };
        let offset = found.as_ptr().addr().saturating_sub(value.as_ptr().addr());
        let range = start + offset..start + offset + found.len();
        if parameter_name == b"name" {
            headers.name = Some(range.clone());
        }
        layers::emit(&View { key: None, ..document.piece(range) }, walk);
    }
}

/// The value of `name=` after a `;`, without quotes.
fn parameter<'t>(value: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut pieces = value.split(|b| *b == b';').skip(1).map(<[u8]>::trim_ascii);
    let found = pieces.find_map(|piece| {
        let (head, rest) = piece.split_at_checked(name.len())?;
        head.eq_ignore_ascii_case(name).then_some(rest)?.strip_prefix(b"=")
    })?;
    Some(match found {
        [b'"', inside @ .., b'"'] => inside,
        plain => plain,
    })
}
