//! The outbound thing that is scanned: one HTTP request, or a tool call written as one.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::secret::Sensitive;

/// A header as it will be sent. Names compare without case.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// Field name, as given.
    pub name: String,
    /// Field value.
    pub value: Sensitive<String>,
}

/// One outbound call: what is scanned is what may be sent.
///
/// `url` is absolute. Schemes `http`, `https`, and for tool calls `tool` and `mcp`, are understood; an unreadable URL is
/// not an error here but a DENY in the verdict.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// HTTP method, as given.
    pub method: String,
    /// Absolute URL.
    pub url: Sensitive<String>,
    /// Header fields in order.
    pub headers: Vec<Header>,
    /// Body bytes; empty for none.
    pub body: Sensitive<Vec<u8>>,
}

/// A response, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Response {
    /// Header fields in order.
    pub headers: Vec<Header>,
    /// Body bytes; empty for none.
    pub body: Sensitive<Vec<u8>>,
}

// INVARIANT(I6): a value can stand where a name is expected.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("name", &Name(&self.name)).field("value", &self.value).finish()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("method", &Name(&self.method)).field("url", &self.url);
        shown.field("headers", &self.headers).field("body", &self.body).finish()
    }
}

/// Shows a name of a few words, and nothing else.
struct Name<'a>(&'a str);

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let small = |word: &str| word.len() <= 15 && word.bytes().skip(1).all(|b| b.is_ascii_lowercase());
        let large = |word: &str| word.len() <= 8 && word.bytes().all(|b| b.is_ascii_uppercase());
        let word = |word: &str| word.starts_with(|c: char| c.is_ascii_alphabetic()) && (small(word) || large(word));
        if self.0.len() <= 40 && self.0.split('-').all(word) { fmt::Debug::fmt(self.0, f) } else { f.write_str("[sensitive]") }
    }
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self { method: method.into(), url: Sensitive::new(url.into()), ..Self::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(Header { name: name.into(), value: Sensitive::new(value.into()) });
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Sensitive::new(body.into());
        self
    }

    /// The values of a header, by name without case.
    pub(crate) fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.expose().as_str())
    }

    /// The method, and what the request asks to be taken for by the headers that frameworks honour.
    pub(crate) fn methods(&self) -> Vec<&str> {
        let overrides = ["x-http-method-override", "x-http-method", "x-method-override"];
        let asked = overrides.iter().flat_map(|name| self.header_values(name)).map(str::trim);
        core::iter::once(self.method.as_str()).chain(asked).collect()
    }
}
