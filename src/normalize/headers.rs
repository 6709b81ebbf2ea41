//! Views over header names and values; `Basic` credentials are decoded.

use alloc::borrow::Cow;

use super::{Map, Place, Step, View, Walk, layers, raw};
use crate::{finding::Part, limits::Limits, report::Skip, request::Request};

pub(super) fn views(request: &Request, walk: &mut Walk<'_>) {
    let size: usize = request.headers.iter().map(|h| h.name.len() + h.value.expose().len()).sum();
    if size > Limits::HEADER_BYTES {
        return walk.skip(Skip::Headers);
    }
    walk.read(size);
    for (index, header) in request.headers.iter().enumerate() {
        let value = header.value.expose();
        let place = Place::Header(&header.name);
        layers::emit(&raw(Part::HeaderName(index), Place::HeaderName, header.name.as_bytes(), 0), walk);
        layers::emit(&View { key: Some(header.name.as_bytes()), ..raw(Part::Header(index), place, value.as_bytes(), 0) }, walk);
        if let Some((start, decoded)) = basic(value) {
            let map = Map::of(Step::Whole(start..value.len()));
            layers::emit(
                &View { text: Cow::Owned(decoded), map, quoting: None, ..raw(Part::Header(index), place, b"", 0) },
                walk,
            );
        }
    }
}

/// The decoded credentials of `Basic …` (RFC 7617) and where they begin.
fn basic(value: &str) -> Option<(usize, alloc::vec::Vec<u8>)> {
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    Some((scheme.len() + 1, crate::detect::base64(credentials.trim().as_bytes())?))
}
