//! Views over the body. The declared content type is a hint; what the bytes look like decides.

use super::{Place, Pointer, View, Visit, json, pairs, percent, raw};
use crate::{
    finding::{Part, Writing},
    limits::Limits,
    report::{Coverage, Skip},
    request::Request,
};

pub(super) fn views(request: &Request, limits: &Limits, coverage: &mut Coverage, visit: &mut Visit<'_>) {
    let body = request.body.expose();
    if body.is_empty() {
        return;
    }
    if body.len() > limits.max_body_bytes.min(Limits::BODY_CEILING) {
        coverage.skipped.push(Skip::BodyTooLarge);
        return;
    }
    if request.header_values("content-encoding").any(|e| !e.trim().is_empty() && !e.trim().eq_ignore_ascii_case("identity")) {
        coverage.skipped.push(Skip::ContentEncoding);
        return;
    }
    if declared(request, "utf-16") || body.starts_with(b"\xFF\xFE") || body.starts_with(b"\xFE\xFF") {
        return coverage.skipped.push(Skip::Charset);
    }
    coverage.bytes += body.len();
    if looks_like_json(body, declared(request, "json")) {
        match json::views(body, limits, visit) {
            Ok(1) => return,
            // Several documents in a row may as well be prose that begins with a bracket, and a broken document may have a
            // lenient receiver: read both as text too.
            Ok(_) | Err(json::Stop::Syntax) => {}
            Err(json::Stop::TooDeep) => return coverage.skipped.push(Skip::TooDeep),
            Err(json::Stop::TooManyNodes) => return coverage.skipped.push(Skip::TooManyNodes),
        }
    }
    if looks_like_form(body, declared(request, "form-urlencoded")) && !form(body, limits, visit) {
        return coverage.skipped.push(Skip::TooManyNodes);
    }
    text(body, visit);
}

/// Whether a content type with this word is declared.
fn declared(request: &Request, word: &str) -> bool {
    request.header_values("content-type").any(|t| t.to_ascii_lowercase().contains(word))
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

/// Fields of `application/x-www-form-urlencoded`. False when there are more than the limit.
fn form(body: &[u8], limits: &Limits, visit: &mut Visit<'_>) -> bool {
    let fields = pairs(body, b'&');
    if fields.len() > limits.max_nodes {
        return false;
    }
    for (name, value) in fields {
        let slice = |range: &core::ops::Range<usize>| body.get(range.clone()).unwrap_or_default();
        let (key, key_map) = percent::decode(slice(&name), name.start, true);
        let pointer = Pointer::Field(&key);
        let field = View { pointer, writing: Writing::Percent, ..raw(Part::Body, Place::Body, b"", 0) };
        visit(&View { text: key.clone(), map: key_map, ..field });
        let (text, map) = percent::decode(slice(&value), value.start, true);
        visit(&View { text, map, key: Some(&key), pointer, writing: Writing::Percent, ..raw(Part::Body, Place::Body, b"", 0) });
    }
    true
}

/// The bytes as they are; what is encoded in them is a matter of layers.
fn text(body: &[u8], visit: &mut Visit<'_>) {
    visit(&raw(Part::Body, Place::Body, body, 0));
}
