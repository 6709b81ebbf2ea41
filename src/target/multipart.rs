//! Multipart bodies as arguments: the fields of a form, and the document that comes with an upload.

use alloc::{borrow::Cow, vec::Vec};

use crate::{
    json::{Field, Node, Value, parse_as_sent},
    normalize::without_break,
    request::Request,
};

/// Most parts that are read.
const MOST: usize = 1000;

/// A part: its headers, and what it holds.
pub(super) struct Part<'r> {
    head: &'r [u8],
    pub(super) body: &'r [u8],
}

impl<'r> Part<'r> {
    /// The value of a header, by its name in lower case.
    fn header(&self, name: &str) -> Option<&'r str> {
        let lines = core::str::from_utf8(self.head).ok()?.lines();
        lines
            .filter_map(|line| line.split_once(':'))
            .find(|(known, _)| known.trim().eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
    }

    /// Whether what it holds stands there as it is.
    pub(super) fn is_plain(&self) -> bool {
        let transfer = self.header("content-transfer-encoding").unwrap_or("binary");
        let plain = ["binary", "7bit", "8bit"].iter().any(|plain| transfer.eq_ignore_ascii_case(plain));
        plain && self.header("content-encoding").is_none()
    }

    fn is_json(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("json"))
    }
}

/// The one content type; of two nobody knows which one a service goes by.
fn declared(request: &Request) -> Option<&str> {
    let mut kinds = request.header_values("content-type").map(str::trim_start);
    kinds.next().filter(|kind| begins(kind, "multipart/")).filter(|_| kinds.next().is_none())
}

/// The boundary that a content type names once and plainly.
fn boundary(kind: &str) -> Option<&str> {
    let named = kind.split(';').skip(1).filter(|piece| begins(piece.trim_start(), "boundary")).count();
    parameter(kind, "boundary").filter(|boundary| named == 1 && !boundary.is_empty())
}

/// The parts of a body that is declared as multipart; `None` for any other, and where readers may differ on them.
pub(super) fn parts(request: &Request) -> Option<Vec<Part<'_>>> {
    parts_of(declared(request)?, request.body.expose())
}

fn parts_of<'r>(kind: &str, body: &'r [u8]) -> Option<Vec<Part<'r>>> {
    let boundary = [b"--", boundary(kind)?.as_bytes()].concat();
    let mut parts = Vec::new();
    let mut begins: Option<usize> = None;
    let mut closed = false;
    let mut at = 0;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let Some(rest) = line.strip_prefix(boundary.as_slice()).map(<[u8]>::trim_ascii) else { continue };
        if closed || !matches!(rest, b"" | b"--") || parts.len() > MOST {
            return None;
        }
        if let Some(text) = begins.and_then(|begins| body.get(begins..start)) {
            let (head, body) = head_and_body(text);
            parts.push(Part { head, body: without_break(body) });
        }
        closed = !rest.is_empty();
        begins = Some(end);
    }
    closed.then_some(parts)
}

/// What stands before the first empty line, and what behind it.
pub(super) fn head_and_body(text: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        // An empty first line ends a head without headers.
        if line.trim_ascii().is_empty() {
            return (text.get(..at).unwrap_or_default(), text.get(at + line.len()..).unwrap_or_default());
        }
        at += line.len();
    }
    (text, b"")
}

/// A body as a document: the fields of a form with the names of its files, or else the first document among the parts.
pub(super) fn document<'r>(request: &'r Request, max_depth: usize) -> Option<Node<'r>> {
    let kind = declared(request)?;
    let parts = parts_of(kind, request.body.expose())?;
    if !begins(kind, "multipart/form-data") {
        return parts.first().filter(|part| part.is_json()).and_then(|part| parse_as_sent(part.body, max_depth));
    }
    let field = |part: &Part<'r>| -> Option<Field<'r>> {
        let said = part.header("content-disposition")?;
        let name = Cow::Borrowed(parameter(said, "name")?);
        let text = match parameter(said, "filename") {
            Some(file) => file,
            None if part.is_json() => return Some((name, parse_as_sent(part.body, max_depth)?)),
            None => core::str::from_utf8(part.body).ok()?,
        };
        Some((name, Node { value: Value::Text(Cow::Borrowed(text)), at: 0 }))
    };
    let fields: Vec<Field<'r>> = parts.iter().filter_map(field).collect();
    (!fields.is_empty()).then_some(Node { value: Value::Object(fields), at: 0 })
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The value of `name=` after a `;`, without quotes.
fn parameter<'t>(value: &'t str, name: &str) -> Option<&'t str> {
    let found = value.split(';').skip(1).map(str::trim).find_map(|piece| {
        let (head, rest) = piece.split_once('=')?;
        head.trim().eq_ignore_ascii_case(name).then_some(rest.trim())
    })?;
    Some(found.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(found))
}
