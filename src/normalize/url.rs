//! URLs, read strictly.
//!
//! What is displayed, matched and connected to must be one host, so this parser accepts only what the WHATWG algorithm
//! would leave as it is: printable ASCII, no backslash, a plain host. JavaScript hosts pass `new URL(x).href`; anything
//! else that does not parse is a DENY, not a guess.

use super::{
    Map, Place, Pointer, View, Walk,
    joined::{Context, Joiner},
    layers, pairs, percent, raw,
};
use crate::{
    finding::{Part, Writing},
    limits::Limits,
    seek::cut,
};
use alloc::{borrow::Cow, string::String};
use core::ops::Range;

/// Byte ranges of the components of an absolute URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    text: &'a str,
    scheme: Cow<'a, str>,
    userinfo: Option<Range<usize>>,
    host: Range<usize>,
    /// As it is compared.
    name: Cow<'a, str>,
    path: Range<usize>,
    query: Option<Range<usize>>,
    fragment: Option<Range<usize>>,
}

impl<'a> Url<'a> {
    fn cut(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// In lower case.
    pub(crate) fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host in lower case, brackets of an IPv6 address included. A trailing dot names the same host, so it is left out.
    pub(crate) fn host(&self) -> &str {
        &self.name
    }

    /// The host as the URL has it: in `mcp://` it is a name, whose letters count.
    pub(crate) fn host_as_written(&self) -> &'a str {
        self.cut(&self.host)
    }

    pub(crate) fn path(&self) -> &'a str {
        self.cut(&self.path)
    }

    /// The port that the URL names.
    pub(crate) fn port(&self) -> Option<u16> {
        let after = self.text.get(self.host.end..self.path.start)?;
        after.strip_prefix(':').and_then(|digits| digits.parse().ok())
    }

    pub(crate) fn query(&self) -> &'a str {
        self.query.as_ref().map_or("", |range| self.cut(range))
    }

    /// What URL patterns match on: everything before the query, without user info and without the port of the scheme.
    fn without_query(&self, path: &str) -> String {
        let scheme = self.scheme();
        let usual = match scheme {
            "https" | "wss" => Some(443),
            "http" | "ws" => Some(80),
            _ => None,
        };
        let port = self.port().filter(|port| Some(*port) != usual).map_or_else(String::new, |port| alloc::format!(":{port}"));
        [scheme, "://", self.host(), &port, path].concat()
    }

    /// The path as it is, with percent-encoding undone, and without `.` and `..` besides: to most servers these are one.
    pub(crate) fn paths(&self) -> [String; 3] {
        let decoded = String::from_utf8_lossy(&percent::decode(self.path().as_bytes(), 0, false).0).into_owned();
        let plain = without_dots(&decoded);
        [self.path().into(), decoded, plain]
    }

    /// The URL up to the query with each of these paths.
    pub(crate) fn forms(&self, paths: &[String; 3]) -> [String; 3] {
        paths.each_ref().map(|path| self.without_query(path))
    }
}

/// A path with its `.` and `..` resolved (RFC 3986, section 5.2.4), a backslash read as a slash.
fn without_dots(path: &str) -> String {
    let mut kept: alloc::vec::Vec<&str> = alloc::vec::Vec::new();
    let mut open = false;
    for segment in path.split(['/', '\\']).skip(1) {
        open = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let mut out = String::with_capacity(path.len());
    for segment in kept {
        out.push('/');
        out.push_str(segment);
    }
    if open {
        out.push('/');
    }
    out
}

/// Parses an absolute URL; `None` when any part is not plainly readable.
pub(crate) fn parse(text: &str) -> Option<Url<'_>> {
    if text.len() > Limits::URL_BYTES || !text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
        return None;
    }
    // No scheme has a colon in it.
    let (scheme, rest) = cut(text, b':');
    rest?.strip_prefix("//")?;
    let mut letters = scheme.bytes();
    let named = letters.next()?.is_ascii_alphabetic() && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !named {
        return None;
    }
    let scheme = lower(scheme);
    let authority_start = scheme.len() + 3;
    let end_of = |from: usize, stops: fn(u8) -> bool| {
        let mut rest = text.bytes().skip(from);
        rest.position(stops).map_or(text.len(), |at| from + at)
    };
    let authority_end = end_of(authority_start, |b| matches!(b, b'/' | b'?' | b'#'));
    let authority = text.get(authority_start..authority_end)?;
    let (userinfo, host_start) = match authority.bytes().rposition(|b| b == b'@') {
        Some(at) => (Some(authority_start..authority_start + at), authority_start + at + 1),
        None => (None, authority_start),
    };
    let host = host_start..host_end(text, host_start, authority_end)?;
    let written = text.get(host.clone())?;
    if !valid_host(written, matches!(&*scheme, "http" | "https" | "ws" | "wss")) {
        return None;
    }
    let name = lower(written.strip_suffix('.').unwrap_or(written));
    let path_end = end_of(authority_end, |b| matches!(b, b'?' | b'#'));
    let query_end = end_of(path_end, |b| b == b'#');
    let query = (text.as_bytes().get(path_end) == Some(&b'?')).then(|| path_end + 1..query_end);
    let fragment = (query_end < text.len()).then(|| query_end + 1..text.len());
    Some(Url { text, scheme, userinfo, host, name, path: authority_end..path_end, query, fragment })
}

/// The text in lower case, as it nearly always is.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}

/// Where the host ends: before the port, which must be a number up to 65535.
fn host_end(text: &str, start: usize, authority_end: usize) -> Option<usize> {
    let authority = text.get(start..authority_end)?;
    let find = |byte| authority.bytes().position(|b| b == byte);
    let end = if authority.starts_with('[') { find(b']')? + 1 } else { find(b':').unwrap_or(authority.len()) };
    match authority.get(end..)? {
        "" => {}
        port => {
            let digits = port.strip_prefix(':')?;
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            if !plain || digits.parse::<u16>().is_err() {
                return None;
            }
        }
    }
    Some(start + end)
}

fn valid_host(host: &str, web: bool) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return inner.contains(':') && inner.bytes().all(|b| b.is_ascii_hexdigit() || b":.".contains(&b));
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_') || (!web && matches!(b, b'~' | b'%'));
    !host.is_empty() && host.bytes().all(plain)
}

/// Views over every part of the URL.
pub(super) fn views(url: &Url<'_>, walk: &mut Walk<'_>) {
    let bytes = |range: &Range<usize>| url.text.as_bytes().get(range.clone()).unwrap_or_default();
    let piece = |place: Place<'_>, range: &Range<usize>, key: Option<&[u8]>, form: bool, walk: &mut Walk<'_>| {
        let (text, step) = percent::decode(bytes(range), range.start, form);
        layers::emit(&View { text, map: Map::of(step), key, writing: Writing::Percent, ..raw(Part::Url, place, b"", 0) }, walk);
    };
    if let Some(userinfo) = &url.userinfo {
        piece(Place::Userinfo, userinfo, None, false, walk);
    }
    piece(Place::Host, &url.host, None, false, walk);
    piece(Place::Path, &url.path, None, false, walk);
    if let Some(query) = &url.query {
        let query_view = View { writing: Writing::Percent, ..raw(Part::Url, Place::Query(b""), url.text.as_bytes(), 0) };
        let context = Context { view: &query_view, key: None, pointer: Pointer::None };
        let mut joiner = Joiner::default();
        for (name, value) in pairs(bytes(query), b'&') {
            let shift = |r: Range<usize>| query.start + r.start..query.start + r.end;
            let (name, value) = (shift(name), shift(value));
            let (decoded, _) = percent::decode(bytes(&name), 0, true);
            piece(Place::Query(&decoded), &name, None, true, walk);
            if !value.is_empty() {
                piece(Place::Query(&decoded), &value, Some(&decoded), true, walk);
                let (text, step) = percent::decode(bytes(&value), value.start, true);
                let view = query_view.child(text.as_ref().into(), step.clone());
                walk.leaf(Some(&View { pointer: Pointer::Field(&decoded), map: Map::of(step.clone()), ..view }));
                joiner.push(&text, || step, &context, walk);
            }
        }
        joiner.flush(&context, walk);
    }
    if let Some(fragment) = &url.fragment {
        piece(Place::Fragment, fragment, None, false, walk);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn components() {
        let url = parse("https://u:p@API.example.com:8443/a/b?x=1&y=2#z").unwrap();
        assert_eq!((url.scheme(), url.host(), url.path()), ("https", "api.example.com", "/a/b"));
        assert_eq!(url.forms(&url.paths()), ["https://api.example.com:8443/a/b"; 3]);
        let odd = parse("HTTPS://API.example.com.:443/a/%2e%2E/b/./c/..").unwrap();
        let origin = |path: &str| ["https://api.example.com", path].concat();
        assert_eq!(odd.forms(&odd.paths()), ["/a/%2e%2E/b/./c/..", "/a/../b/./c/..", "/b/"].map(origin));
        assert_eq!(url.userinfo.as_ref().map(|r| url.cut(r)), Some("u:p"));
        assert_eq!(parse("http://[::1]:80/").unwrap().host(), "[::1]");
        assert_eq!(parse("mcp://send_mail").unwrap().host(), "send_mail");
        assert_eq!(parse("tool://langchain/send_mail").unwrap().path(), "/send_mail");
    }

    #[test]
    fn unreadable_urls_are_none() {
        let bad = [
            "",
            "example.com",
            "//example.com",
            "https:///x",
            "https://",
            "https:example.com",
            "https://ex ample.com",
            "https://ex%61mple.com/",
            "https://example.com\\@evil.example/",
            "https://example.com:99999/",
            "https://example.com:8a/",
            "https://ex\u{e4}mple.com/",
            "https://[::1/",
            "https://[example]/",
            "1https://example.com/",
            "https://a\tb/",
        ];
        for text in bad {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
