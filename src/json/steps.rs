//! What a text was read as, for whoever reads the same text again.

use alloc::vec::Vec;

use super::{
    events::Event,
    tree::{Builder, Node},
};

/// The events of a text that is one document from its beginning to its end, each with whether there are escapes in it; empty
/// until all of it has been read.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    read: Vec<(Event, bool)>,
    whole: bool,
}

impl Steps {
    /// Begins anew.
    pub(crate) fn begin(&mut self) {
        self.read.clear();
        self.whole = false;
    }

    #[inline]
    pub(crate) fn add(&mut self, event: &Event, escaped: bool) {
        self.read.push((event.clone(), escaped));
    }

    /// The text was one document, and all of it has been read.
    pub(crate) fn end(&mut self) {
        self.whole = true;
    }

    /// What [`parse_as_sent`](super::parse_as_sent) says of the text that these are the events of; nothing where they are of none.
    pub(crate) fn tree<'d>(&self, text: &'d [u8]) -> Option<Option<Node<'d>>> {
        self.whole.then(|| {
            let mut tree = Builder::of(text, false);
            self.read.iter().try_for_each(|(event, escaped)| tree.add(event, *escaped, 0)).ok()?;
            tree.end()
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use proptest::prelude::*;

    use super::*;
    use crate::{Limits, Request, json::Value, json::parse_as_sent, normalize};

    /// What a tree says, wherever it stands.
    fn said(node: &Node<'_>) -> String {
        match &node.value {
            Value::Object(fields) => {
                fields.iter().map(|(key, node)| format!("{key:?}:{},", said(node))).collect::<String>() + "}"
            }
            Value::Array(items) => items.iter().map(|node| said(node) + ",").collect::<String>() + "]",
            value => format!("{value:?}"),
        }
    }

    /// The steps of a body as a scan keeps them.
    fn steps(request: &Request, limits: &Limits) -> Steps {
        let mut steps = Steps::default();
        normalize::visit(request, None, limits, &mut |_| false, None, Some(&mut steps));
        steps
    }

    #[test]
    fn only_of_one_whole_document() {
        let limits = Limits { max_depth: 3, max_nodes: 8, ..Limits::default() };
        let has = |body: &[u8]| steps(&Request::new("POST", "https://a.example/").body(body), &limits).whole;
        assert!([r#"{"a":1}"#, " [1, 2]\n", "\u{feff}{}", r#""text""#].iter().all(|body| has(body.as_bytes())));
        let others = ["{} {}", "{\"a\":1", "[[[[1]]]]", "[1,2,3,4,5,6,7,8,9]", "{\"a\":1}x", "plain", "a=1&b=2", ""];
        assert!(!others.iter().any(|body| has(body.as_bytes())));
    }

    #[test]
    fn not_of_a_part() {
        let body =
            "{\r\n--b\r\ncontent-disposition: form-data; name=a\r\ncontent-type: application/json\r\n\r\n{\"x\":1}\r\n--b--\r\n";
        let request = Request::new("POST", "https://a.example/").header("content-type", "multipart/mixed; boundary=b").body(body);
        assert!(!steps(&request, &Limits::default()).whole);
    }

    const OPEN: &[&[u8]] = &[b"{\"k\":", b"[", b"\xef\xbb\xbf[", b""];
    const PIECES: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"a\":",
        b"\"b\\u0041\":",
        b"\"x\"",
        b"\"\\n\\ud83d\"",
        b"\"\xff\"",
        b",",
        b"1",
        b"-2.5e3",
        b"true",
        b"null",
        b" ",
    ];
    const CLOSE: &[&[u8]] = &[b"}", b"]", b""];

    proptest! {
        #[test]
        fn the_tree_of_the_steps_is_that_of_the_text(
            open in prop::sample::select(OPEN),
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12),
            close in prop::sample::select(CLOSE),
        ) {
            let body = [open, &pieces.concat(), close].concat();
            let limits = Limits { max_depth: 4, ..Limits::default() };
            let request = Request::new("POST", "https://a.example/").body(body);
            let body = request.body.expose();
            let read = parse_as_sent(body, limits.max_depth).map(|node| said(&node));
            match steps(&request, &limits).tree(body) {
                Some(kept) => prop_assert_eq!(kept.map(|node| said(&node)), read),
                // What is a tree and has no steps is no JSON by how it begins.
                None => {
                    let begins = matches!(body.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | 0xef));
                    prop_assert!(read.is_none() || !begins);
                }
            }
        }
    }
}
