//! What a call says about itself beside its URL: the fields of its query and its body.
//!
//! Bodies that cannot be read as JSON or as a form have no fields here. That makes nothing looser: what is not known counts
//! by its method.

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::multipart;
use crate::{
    json::{Field, Node, Path, Steps, Value, parse_as_sent},
    limits::Limits,
    normalize::{Url, form_fields},
    policy::glob,
    request::Request,
};

/// The fields of a call.
#[derive(Debug)]
pub(crate) struct Arguments<'r> {
    body: Option<Node<'r>>,
    query: Node<'r>,
}

impl<'r> Arguments<'r> {
    /// Reads query and body.
    pub(crate) fn of(request: &'r Request, url: Option<&Url<'r>>, limits: &Limits) -> Self {
        Self::read(request, url, limits, &Steps::default())
    }

    /// The same for a body that was read before: as these steps, where it is one document.
    pub(crate) fn read(request: &'r Request, url: Option<&Url<'r>>, limits: &Limits, steps: &Steps) -> Self {
        let body = request.body.expose();
        let form = request.header_values("content-type").any(|value| value.trim_start().starts_with("application/x-www-form"));
        let read = || match body.trim_ascii_start().first() {
            None => None,
            Some(b'{' | b'[' | b'"' | 0xef) if !form => steps.tree(body).unwrap_or_else(|| parse_as_sent(body, limits.max_depth)),
            Some(_) => fields_of(body),
        };
        let body = multipart::document(request, limits.max_depth).or_else(read);
        let query = url.and_then(|url| fields_of(url.query().as_bytes()));
        // The body is a file there, and what is to be done with it stands in a header.
        let upload = url.is_some_and(|url| url.host() == "content.dropboxapi.com");
        let said = || request.header_values("dropbox-api-arg").find_map(|said| parse_as_sent(said.as_bytes(), limits.max_depth));
        let body = if upload { said().or(body) } else { body };
        Self { body, query: query.unwrap_or(Node { value: Value::Object(Vec::new()), at: 0 }) }
    }

    /// The same with another body.
    pub(crate) fn with_body(self, body: Node<'r>) -> Self {
        Self { body: Some(body), ..self }
    }

    /// The body, when it could be read.
    pub(crate) fn body(&self) -> Option<&Node<'r>> {
        self.body.as_ref()
    }

    /// Body and query as documents.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Node<'r>> {
        self.body.iter().chain([&self.query])
    }

    /// Texts and numbers that a path leads to, in the body.
    pub(crate) fn select<'n>(&'n self, path: &'n Path) -> impl Iterator<Item = &'n str> {
        self.body.iter().flat_map(|body| path.select(body)).filter_map(scalar)
    }

    /// Texts and numbers at the top of the body and in the query, by name.
    pub(crate) fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n str> {
        self.body.iter().chain([&self.query]).flat_map(move |node| node.fields(name)).filter_map(scalar)
    }

    /// Like [`named`](Self::named) with a glob for the name.
    pub(crate) fn named_like<'n>(&'n self, pattern: &'n str) -> impl Iterator<Item = &'n str> {
        let fields = |node: &'n Node<'n>| if let Value::Object(fields) = &node.value { fields.as_slice() } else { &[] };
        let all = self.body.iter().chain([&self.query]).flat_map(fields);
        all.filter(|(name, _)| glob::matches(pattern, name)).filter_map(|(_, node)| scalar(node))
    }

    /// Whether the query (`?name`) or the top of the body (`#name`) has a field, with a value where one is given. Nothing to
    /// ask for is there.
    pub(crate) fn holds(&self, condition: &str) -> bool {
        let (root, field) = match condition.split_at_checked(1) {
            Some(("?", field)) => (Some(&self.query), field),
            Some(("#", field)) => (self.body.as_ref(), field),
            _ => return true,
        };
        let (name, want) = field.split_once('=').map_or((field, None), |(name, want)| (name, Some(want)));
        let is = |node: &Node| want.is_none_or(|want| scalar(node).is_some_and(|text| text.eq_ignore_ascii_case(want)));
        root.is_some_and(|root| root.fields(name).any(is))
    }

    /// Every text and number of query and body, with the key that it stands under, at any depth. Items of a list have the
    /// key of the list.
    pub(crate) fn each<'n>(&'n self, see: &mut dyn FnMut(&'n str, &'n str)) {
        let mut open: Vec<(&'n str, &'n Node<'n>)> = self.body.iter().chain([&self.query]).map(|node| ("", node)).collect();
        open.reverse();
        while let Some((key, node)) = open.pop() {
            match &node.value {
                Value::Object(fields) => open.extend(fields.iter().rev().map(|(key, node)| (&**key, node))),
                Value::Array(items) => open.extend(items.iter().rev().map(|node| (key, node))),
                _ => {
                    if let Some(text) = scalar(node) {
                        see(key, text);
                    }
                }
            }
        }
    }
}

fn scalar<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

/// A form as an object; `None` when it has no name at all.
fn fields_of(text: &[u8]) -> Option<Node<'_>> {
    if text.is_empty() {
        return None;
    }
    let field = |(name, value)| Some((readable(name)?, Node { value: Value::Text(readable(value)?), at: 0 }));
    let fields: Vec<Field<'_>> = form_fields(text).filter_map(field).filter(|(name, _)| !name.is_empty()).take(10_000).collect();
    (!fields.is_empty()).then_some(Node { value: Value::Object(fields), at: 0 })
}

fn readable(text: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match text {
        Cow::Borrowed(text) => core::str::from_utf8(text).ok().map(Cow::Borrowed),
        Cow::Owned(text) => String::from_utf8(text).ok().map(Cow::Owned),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::normalize::parse_url;

    #[test]
    fn json_forms_and_queries() {
        let of = |request: &'static Request| Arguments::of(request, parse_url(request.url.expose()).as_ref(), &Limits::default());
        let sent =
            |url: &str, body: &str| &*alloc::boxed::Box::leak(alloc::boxed::Box::new(Request::new("POST", url).body(body)));
        let json = of(sent("https://a.example/?action=go", r#"{"to":["x","y"],"n":{"to":"z"},"k":1}"#));
        let mut seen = Vec::new();
        json.each(&mut |key, text| seen.push((key, text)));
        assert_eq!(seen, [("to", "x"), ("to", "y"), ("to", "z"), ("k", "1"), ("action", "go")]);
        assert_eq!(json.named("action").collect::<Vec<_>>(), ["go"]);
        assert_eq!(json.select(&Path::parse("$.n.to").unwrap()).collect::<Vec<_>>(), ["z"]);
        assert_eq!(
            of(sent("https://a.example/", "Action=Create%20User&x=1")).named("Action").collect::<Vec<_>>(),
            ["Create User"]
        );
        assert!(of(sent("https://a.example/", "")).body().is_none());
    }
}
