//! From a request to views: every piece of text in it, decoded, with the way back to the bytes on the wire.
//!
//! In: the request and its limits. Out: one call of `visit` per view, and the coverage. What cannot be read within the
//! limits is named in the coverage as skipped; it is never passed over in silence.

mod body;
mod entities;
mod headers;
mod json;
mod layers;
mod map;
mod percent;
mod url;

use alloc::{borrow::Cow, string::String, vec::Vec};

pub(crate) use map::Map;
pub(crate) use url::{Url, parse as parse_url};

use layers::{Budget, visit_layers};

use crate::{
    detect::credential_header,
    finding::{Part, Writing},
    limits::Limits,
    report::{Coverage, Skip},
    request::Request,
};

/// Where a view stands in the call; credentials have their own places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    Host,
    Userinfo,
    Path,
    /// A query parameter, or its name.
    Query(&'a [u8]),
    Fragment,
    HeaderName,
    /// A header, with its name.
    Header(&'a str),
    Body,
}

impl Place<'_> {
    /// A host or a header name cannot hold a placeholder.
    pub(crate) fn redactable(self) -> bool {
        !matches!(self, Place::Host | Place::HeaderName)
    }
}

/// One piece of text.
pub(crate) struct View<'a> {
    pub(crate) part: Part,
    pub(crate) place: Place<'a>,
    /// Decoded text.
    pub(crate) text: Cow<'a, [u8]>,
    pub(crate) map: Map,
    /// The name that the text stands under: JSON key, form field, query parameter, header.
    pub(crate) key: Option<&'a [u8]>,
    pub(crate) pointer: Pointer<'a>,
    pub(crate) writing: Writing,
}

impl<'a> View<'a> {
    /// The same place and name, without the text.
    fn like<'b>(&'b self) -> View<'b> {
        View {
            part: self.part,
            place: self.place,
            text: Cow::Borrowed(b""),
            map: Map::Linear(0),
            key: self.key,
            pointer: self.pointer,
            writing: self.writing,
        }
    }

    /// A view over text that is no part of a request.
    pub(crate) fn of_text(text: &'a [u8]) -> Self {
        raw(Part::Body, Place::Body, text, 0)
    }
}

/// How to name the place of a view inside a structured body.
#[derive(Clone, Copy)]
pub(crate) enum Pointer<'a> {
    None,
    Field(&'a [u8]),
    Json(&'a json::Path<'a>),
}

impl Pointer<'_> {
    pub(crate) fn render(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Field(name) if name.len() > MAX_POINTER => None,
            Self::Field(name) => Some(String::from_utf8_lossy(name).into_owned()),
            Self::Json(path) => (path.key_bytes() <= MAX_POINTER).then(|| path.render()),
        }
    }
}

/// Longest keys that are shown; a report must not grow with its request.
const MAX_POINTER: usize = 256;

type Visit<'v> = dyn FnMut(&View<'_>) + 'v;

/// Walks the whole request.
pub(crate) fn visit(request: &Request, url: Option<&Url<'_>>, limits: &Limits, visit: &mut Visit<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    coverage.bytes += request.url.expose().len();
    let mut budget = Budget::of(request.body.expose().len());
    // How a call authenticates is read as it is: a decoded piece of a token is still the token.
    let mut layered = |view: &View<'_>| match view.place {
        Place::Header(name) if credential_header(name) => visit(view),
        _ if cfg!(feature = "full") => visit_layers(view, 0, &mut budget, visit),
        _ => visit(view),
    };
    match url {
        Some(url) => self::url::views(url, &mut layered),
        None => coverage.skipped.push(Skip::Url),
    }
    headers::views(request, &mut coverage, &mut layered);
    body::views(request, limits, &mut coverage, &mut layered);
    if budget.spent {
        coverage.skipped.push(Skip::DecodingBudget);
    }
    coverage
}

/// A plain text view over a whole part.
fn raw<'a>(part: Part, place: Place<'a>, text: &'a [u8], base: usize) -> View<'a> {
    View {
        part,
        place,
        text: Cow::Borrowed(text),
        map: Map::Linear(base),
        key: None,
        pointer: Pointer::None,
        writing: Writing::Plain,
    }
}

/// Splits `a=b&c=d` into ranges of names and values.
fn pairs(text: &[u8], separator: u8) -> Vec<(core::ops::Range<usize>, core::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split(|b| *b == separator) {
        let end = start + piece.len();
        let equals = piece.iter().position(|b| *b == b'=').map_or(end, |at| start + at);
        found.push((start..equals, (equals + 1).min(end)..end));
        start = end + 1;
    }
    found
}
