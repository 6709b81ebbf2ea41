//! Views over the body. The declared content type is a hint; what the bytes look like decides.

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::{
    FULL, Place, View, Walk,
    charset::{self, Utf16},
    form, graphql, inflate, json, layers,
    map::Step,
    multipart, raw, xml, yaml,
};
use crate::{
    finding::{Part, Writing},
    limits::Limits,
    report::Skip,
    request::Request,
};

/// Most encodings in a row.
const CODINGS: usize = 8;

pub(super) fn views(request: &Request, walk: &mut Walk<'_>) {
    let body = request.body.expose();
    if body.is_empty() {
        return;
    }
    if body.len() > walk.limits().max_body_bytes.min(Limits::BODY_CEILING) {
        return walk.skip(Skip::BodyTooLarge);
    }
    walk.read(body.len());
    let values: Vec<&str> = request.header_values("content-encoding").collect();
    let content_type: Vec<&str> = request.header_values("content-type").collect();
    coded(&raw(Part::Body, Place::Body, body, 0), &values, &content_type.join(", "), walk);
}

/// Bytes under content codings, the last applied first.
pub(super) fn coded(view: &View<'_>, codings: &[&str], content_type: &str, walk: &mut Walk<'_>) {
    let names = codings.iter().flat_map(|value| value.split(',')).map(|name| name.trim().to_ascii_lowercase());
    let names: Vec<String> = names.filter(|name| !name.is_empty() && name != "identity").collect();
    if names.len() > CODINGS {
        return walk.skip(Skip::ContentEncoding);
    }
    let declared = !names.is_empty();
    let mut text: Cow<'_, [u8]> = Cow::Borrowed(&view.text);
    for name in names.iter().rev() {
        match undone(&text, name, walk) {
            Ok(out) => text = Cow::Owned(out),
            Err(skip) => return walk.skip(skip),
        }
    }
    // Compressed all the same: a receiver may look at the bytes too.
    if !FULL && !declared && inflate::begins_compressed(&text) {
        return walk.skip(Skip::ContentEncoding);
    }
    if FULL && !declared && inflate::begins_compressed(&text) {
        match inflate::by_magic(&text, walk.inflatable(text.len())) {
            Ok(out) => {
                walk.inflate(out.len());
                text = Cow::Owned(out);
            }
            Err(inflate::Fault::TooLarge) => walk.skip(Skip::DecodingBudget),
            Err(inflate::Fault::Malformed) => {}
        }
    }
    match text {
        Cow::Borrowed(_) => content(view, &content_type.to_ascii_lowercase(), content_type, walk),
        Cow::Owned(text) => {
            content(&fixed(view, text), &content_type.to_ascii_lowercase(), content_type, walk);
        }
    }
}

/// One coding undone.
fn undone(bytes: &[u8], name: &str, walk: &mut Walk<'_>) -> Result<Vec<u8>, Skip> {
    if !FULL {
        return Err(Skip::ContentEncoding);
    }
    let most = walk.inflatable(bytes.len());
    let out = match name {
        "gzip" | "x-gzip" => inflate::gzip(bytes, most),
        "deflate" => inflate::deflated(bytes, most),
        #[cfg(feature = "brotli")]
        "br" => inflate::brotli(bytes, most),
        #[cfg(not(feature = "brotli"))]
        "br" => return Err(Skip::Brotli),
        _ => return Err(Skip::ContentEncoding),
    };
    match out {
        Ok(out) => {
            walk.inflate(out.len());
            Ok(out)
        }
        Err(inflate::Fault::TooLarge) => Err(Skip::DecodingBudget),
        Err(inflate::Fault::Malformed) => Err(Skip::Malformed),
    }
}

/// Text that came out of all the bytes of a view: no placeholder can be written into those.
fn fixed<'b>(view: &'b View<'_>, text: Vec<u8>) -> View<'b> {
    let child = view.child(Cow::Owned(text), Step::Whole(0..view.text.len()));
    View { writing: Writing::Fixed, quoting: None, ..child }
}

/// Bytes without codings. `declared` is the content type in lower case, `written` as it is written.
fn content(view: &View<'_>, declared: &str, written: &str, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    if charset::unread(declared) || text.starts_with(b"\xff\xfe\0\0") || text.starts_with(b"\0\0\xfe\xff") {
        walk.skip(Skip::Charset);
    }
    let orders = wide(text, declared);
    if !FULL && !orders.is_empty() {
        return walk.skip(Skip::Charset);
    }
    for order in orders {
        let decoded = charset::decode(text, order);
        if !walk.decode(decoded.len()) {
            return;
        }
        document(&fixed(view, decoded), declared, written, walk);
    }
    // As it stands as well: two bytes in front, or a beginning in UTF-16, make UTF-16 of nothing for a receiver that does not
    // look at them.
    document(view, declared, written, walk);
}

/// The byte orders to read a text in, if it is UTF-16 at all.
fn wide(text: &[u8], declared: &str) -> Vec<Utf16> {
    // Looking for several words in most content types would take longer than the rest of this.
    let declared = if declared.contains('-') { declared } else { "" };
    let little = declared.contains("utf-16le") || declared.contains("ucs-2");
    let big = declared.contains("utf-16be");
    match charset::sniff(text) {
        Some(order) => [order].into(),
        None if little => [Utf16::Little].into(),
        None if big => [Utf16::Big].into(),
        None if declared.contains("utf-16") => [Utf16::Big, Utf16::Little].into(),
        None => Vec::new(),
    }
}

fn document(view: &View<'_>, declared: &str, written: &str, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    let json = looks_like_json(text, declared.contains("json"));
    if !json && declared.contains("json") && view.depth == 0 {
        walk.leaf(None);
    }
    if json {
        match json::views(view, walk) {
            Ok(1) | Err(json::Stop::Bound) => return,
            // Several documents in a row may as well be prose that begins with a bracket, and a broken document may have a
            // lenient receiver: read both as text too.
            Ok(_) => {}
            Err(json::Stop::Syntax) if view.depth == 0 => walk.leaf(None),
            Err(json::Stop::Syntax) => {}
        }
    }
    if FULL && let Some(boundary) = multipart::boundary(text, written) {
        return multipart::views(view, &boundary, walk);
    }
    let first = text.trim_ascii_start().first();
    if looks_like_form(text, declared.contains("form-urlencoded")) {
        if form::is_certain(text) {
            return layers::certain_form(view, walk);
        }
        form::views(view, walk);
    } else if !FULL {
        // The text as it stands is all that is read.
    } else if first == Some(&b'<') || declared.contains("xml") || declared.contains("html") {
        xml::views(view, walk);
    } else if graphql::looks_like(text) || declared.contains("graphql") {
        graphql::views(view, walk);
    } else if declared.contains("yaml") || declared.contains("yml") || yaml::looks_like(text) {
        yaml::views(view, walk);
    }
    layers::text(view, walk);
}

/// Containers and strings are JSON whatever is declared; a bare number or word only when it is declared.
fn looks_like_json(body: &[u8], declared: bool) -> bool {
    let start = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    match start.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{' | b'[' | b'"') => true,
        Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => declared,
        _ => false,
    }
}

fn looks_like_form(body: &[u8], declared: bool) -> bool {
    declared || body.contains(&b'=') && !body.iter().any(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'{' | b'"'))
}
