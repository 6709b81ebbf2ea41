//! From a request to views: every piece of text in it, decoded, with the way back to the bytes on the wire.
//!
//! In: the request and its limits. Out: one call of `visit` per view, and the coverage. What cannot be read within the
//! limits is named in the coverage as skipped; it is never passed over in silence.

mod base64;
mod body;
#[cfg(feature = "brotli")]
mod brotli;
mod charset;
mod entities;
mod escapes;
mod fold;
mod form;
mod graphql;
mod headers;
mod hex;
mod inflate;
mod joined;
mod json;
mod layers;
mod look_alikes;
mod map;
mod multipart;
mod percent;
mod quoted_printable;
mod runs;
mod url;
mod walk;
mod xml;
mod yaml;

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::ops::Range;

pub(crate) use url::{Url, parse as parse_url};

use map::{Map, Step};
pub(crate) use multipart::without_break;
pub(crate) use runs::{encodes_text, is_run};
pub(crate) use walk::Leaves;
use walk::Walk;

use crate::{
    detect::Match,
    finding::{Part, Writing},
    json::Steps,
    limits::Limits,
    report::{Coverage, Skip},
    request::Request,
    seek::any_of,
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
    map: Map<'a>,
    /// The name that the text stands under: JSON key, form field, query parameter, header.
    pub(crate) key: Option<&'a [u8]>,
    pub(crate) pointer: Pointer<'a>,
    pub(crate) writing: Writing,
    /// How many layers around it were undone.
    depth: usize,
    /// In how many JSON strings a quote written here would stand; `None` where none can be written.
    quoting: Option<u8>,
}

impl<'a> View<'a> {
    /// The same place and name, with text that was decoded out of this one's.
    fn child<'b>(&'b self, text: Cow<'b, [u8]>, step: Step<'b>) -> View<'b> {
        View {
            part: self.part,
            place: self.place,
            text,
            map: Map::within(step, &self.map),
            key: self.key,
            pointer: self.pointer,
            writing: self.writing,
            depth: self.depth,
            quoting: self.quoting,
        }
    }

    /// A piece of the text as it stands.
    #[inline]
    fn piece<'b>(&'b self, range: Range<usize>) -> View<'b> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        self.child(Cow::Borrowed(text), Step::Linear(range.start))
    }

    /// A view over text that is no part of a request.
    pub(crate) fn of_text(text: &'a [u8]) -> Self {
        raw(Part::Body, Place::Body, text, 0)
    }

    /// Whether a placeholder can stand where the text was.
    pub(crate) fn redactable(&self) -> bool {
        self.place.redactable() && self.writing != Writing::Fixed
    }

    /// The wire bytes of a range of the text.
    pub(crate) fn wire(&self, range: Range<usize>) -> Range<usize> {
        self.map.wire(&range)
    }

    /// The wire bytes of a hit: several ranges where the text was joined from several places, none where such a hit means
    /// nothing.
    pub(crate) fn wires(&self, hit: &Match) -> Vec<Range<usize>> {
        if joined::counts(self, hit) { self.map.wires(&hit.range) } else { Vec::new() }
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
    /// Whether a path leads here, or to something around it.
    pub(crate) fn is_under(self, path: &crate::json::Path) -> bool {
        match self {
            Self::None => false,
            Self::Field(name) => path.leads_to(core::iter::once((None, name))),
            Self::Json(place) => path.leads_to(place.steps()),
        }
    }

    pub(crate) fn render(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Field(name) if name.len() > MAX_POINTER => None,
            Self::Field(name) => Some(String::from_utf8_lossy(name).into_owned()),
            Self::Json(path) => (path.key_bytes() <= MAX_POINTER).then(|| path.render()),
        }
    }
}

/// Whether this build reads more than JSON, forms, escapes, percent-encoding and base64.
const FULL: bool = cfg!(feature = "full");

/// Longest keys that are shown; a report must not grow with its request.
const MAX_POINTER: usize = 256;

/// Text without its percent-encoding.
pub(crate) fn percent_decode(text: &[u8]) -> Cow<'_, [u8]> {
    percent::decode(text, 0, false).0
}

/// Text as it reads in ASCII, or `None` when that is how it is written.
pub(crate) fn fold_text(text: &[u8]) -> Option<Vec<u8>> {
    fold::fold(text).map(|(text, _)| text)
}

/// The fields of `a=b&c=d`, decoded.
pub(crate) fn form_fields(text: &[u8]) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
    let decoded = move |range: Range<usize>| percent::decode(text.get(range).unwrap_or_default(), 0, true).0;
    pairs(text, b'&').map(move |(name, value)| (decoded(name), decoded(value)))
}

/// Walks the whole request. `visit` says whether it found anything in a view; `leaves` sees the values of JSON, of forms and
/// of their query, as they are; `steps` are what a body in JSON was read as.
pub(crate) fn visit<'v>(
    request: &'v Request,
    url: Option<&Url<'_>>,
    limits: &'v Limits,
    visit: &'v mut dyn FnMut(&View<'_>) -> bool,
    leaves: Option<Leaves<'v>>,
    steps: Option<&'v mut Steps>,
) -> Coverage {
    let body = request.body.expose();
    let mut walk = Walk::new(limits, body.len(), visit, leaves);
    if let Some(steps) = steps {
        walk.keep(body, steps);
    }
    walk.read(request.url.expose().len());
    match url {
        Some(url) => self::url::views(url, &mut walk),
        None => walk.skip(Skip::Url),
    }
    headers::views(request, &mut walk);
    body::views(request, &mut walk);
    walk.coverage()
}

/// Walks a piece of plain text that begins at `base`; whether all that is encoded in it was read.
pub(crate) fn visit_text(text: &[u8], base: usize, visit: &mut dyn FnMut(&View<'_>) -> bool) -> bool {
    let limits = Limits::default();
    let mut walk = Walk::new(&limits, text.len(), visit, None);
    layers::plain(&raw(Part::Body, Place::Body, text, base), &mut walk);
    walk.coverage().skipped.is_empty()
}

/// A plain text view over a whole part.
#[inline]
fn raw<'a>(part: Part, place: Place<'a>, text: &'a [u8], base: usize) -> View<'a> {
    View {
        part,
        place,
        text: Cow::Borrowed(text),
        map: Map::of(Step::Linear(base)),
        key: None,
        pointer: Pointer::None,
        writing: Writing::Plain,
        depth: 0,
        quoting: Some(0),
    }
}

/// Splits `a=b&c=d` into ranges of names and values.
fn pairs(text: &[u8], separator: u8) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let mut start = 0;
    core::iter::from_fn(move || {
        let rest = text.get(start..)?;
        let piece = any_of(rest, [separator]).and_then(|length| rest.get(..length)).unwrap_or(rest);
        let end = start + piece.len();
        let equals = any_of(piece, *b"=").map_or(end, |at| start + at);
        let pair = (start..equals, (equals + 1).min(end)..end);
        start = end + 1;
        Some(pair)
    })
}
