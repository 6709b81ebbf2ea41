//! Small documents as trees: policies, options, gateway answers, arguments. Strict: no duplicate keys, bounded depth, UTF-8.
//! Texts without escapes stay where they are.

use alloc::{borrow::Cow, format, string::String, vec::Vec};
use core::ops::Range;

use super::{
    events::{Event, Events, JsonErrorKind},
    signs::Signs,
    string::unescape,
};
use crate::{error::ConfigError, limits::Limits, sort::sort};

/// Deepest nesting of a configuration or an answer.
const MAX_DEPTH: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'d> {
    Null,
    Bool(bool),
    /// As written.
    Number(Cow<'d, str>),
    Text(Cow<'d, str>),
    Array(Vec<Node<'d>>),
    Object(Vec<Field<'d>>),
}

/// A name and its value.
pub(crate) type Field<'d> = (Cow<'d, str>, Node<'d>);

/// A value and the byte where it (or its key, inside an object) begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node<'d> {
    pub(crate) value: Value<'d>,
    pub(crate) at: usize,
}

impl<'d> Node<'d> {
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        match &self.value {
            Value::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Every value under a key: more than one in a document read by [`parse_as_sent`].
    pub(crate) fn fields<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node<'n>> {
        let fields: &'n [Field<'n>] = if let Value::Object(fields) = &self.value { fields } else { &[] };
        fields.iter().filter(move |(key, _)| key == name).map(|(_, node)| node)
    }

    pub(crate) fn is_true(&self) -> bool {
        self.value == Value::Bool(true)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn items(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The whole numbers of an object by their names, such as the offsets of time zones: `{"Europe/Berlin": 60}`.
    pub(crate) fn numbers(&self) -> Vec<(String, i32)> {
        let Value::Object(fields) = &self.value else { return Vec::new() };
        let number = |(name, node): &Field<'_>| match &node.value {
            Value::Number(text) => Some((name.clone().into_owned(), text.parse().ok()?)),
            _ => None,
        };
        fields.iter().filter_map(number).collect()
    }

    /// What the value is, for error messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// Reads one document. `source` names it in errors.
pub(crate) fn parse<'d>(bytes: &'d [u8], source: &str) -> Result<Node<'d>, ConfigError> {
    read(bytes, source, MAX_DEPTH, true)
}

/// Reads what an agent sends: a key that stands twice is kept twice, because nobody knows which one its reader takes.
pub(crate) fn parse_as_sent(bytes: &[u8], max_depth: usize) -> Option<Node<'_>> {
    read(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), "body", max_depth, false).ok()
}

fn read<'d>(bytes: &'d [u8], source: &str, max_depth: usize, unique: bool) -> Result<Node<'d>, ConfigError> {
    let fail = |at, message: String| {
        let (line, column) = position(bytes, at);
        ConfigError { source: source.into(), line, column, key: String::new(), message, suggestion: None }
    };
    if bytes.len() > Limits::BODY_CEILING {
        return Err(fail(0, format!("larger than {} bytes", Limits::BODY_CEILING)));
    }
    let mut tree = Builder::of(bytes, unique);
    let mut events = Events::new(bytes, max_depth, false);
    while let Some(event) = events.next() {
        let event = event.map_err(|error| match error.kind {
            JsonErrorKind::Syntax(what) => fail(error.at, format!("not valid JSON: {what}")),
            JsonErrorKind::TooDeep => fail(error.at, format!("nested more than {max_depth} levels deep")),
        })?;
        let at = events.position().saturating_sub(1);
        tree.add(&event, events.signs().has(Signs::BACKSLASH), at).map_err(|fault| match fault {
            Fault::Utf8(at) => fail(at, "not valid UTF-8".into()),
            Fault::Twice(name, at) => fail(at, format!("the key `{name}` appears twice")),
        })?;
    }
    tree.end().ok_or_else(|| fail(bytes.len(), "the document is empty".into()))
}

/// Why events make no tree, and where.
#[derive(Debug)]
pub(super) enum Fault {
    Utf8(usize),
    Twice(String, usize),
}

/// A key, and where it stands.
type Key<'d> = Option<(Cow<'d, str>, usize)>;

/// A tree that grows by the events of its text.
pub(super) struct Builder<'d> {
    bytes: &'d [u8],
    /// The text, if it is UTF-8 from end to end.
    readable: Option<&'d str>,
    /// Whether a key may stand in an object only once.
    unique: bool,
    open: Vec<(Node<'d>, Key<'d>)>,
    key: Key<'d>,
    root: Option<Node<'d>>,
}

impl<'d> Builder<'d> {
    pub(super) fn of(bytes: &'d [u8], unique: bool) -> Self {
        let readable = core::str::from_utf8(bytes).ok();
        Self { bytes, readable, unique, open: Vec::with_capacity(8), key: None, root: None }
    }

    /// The next event. `escaped` says whether there is a backslash in its text, `at` where a container begins.
    pub(super) fn add(&mut self, event: &Event, escaped: bool, at: usize) -> Result<(), Fault> {
        let (value, at) = match event {
            Event::Key(span) => {
                self.key = Some((self.string(span, escaped)?, span.start.saturating_sub(1)));
                return Ok(());
            }
            Event::ObjectStart | Event::ArrayStart => {
                let object = *event == Event::ObjectStart;
                let value = if object { Value::Object(Vec::new()) } else { Value::Array(Vec::new()) };
                self.open.push((Node { value, at }, self.key.take()));
                return Ok(());
            }
            Event::ObjectEnd | Event::ArrayEnd => {
                let Some((node, its_key)) = self.open.pop() else { return Ok(()) };
                if self.unique
                    && let Some((name, at)) = duplicate_key(&node)
                {
                    return Err(Fault::Twice(name.into(), at));
                }
                self.key = its_key;
                (node.value, node.at)
            }
            Event::Text(span) => (Value::Text(self.string(span, escaped)?), span.start.saturating_sub(1)),
            Event::Number(span) => {
                let text = core::str::from_utf8(self.bytes.get(span.clone()).unwrap_or_default()).unwrap_or_default();
                (Value::Number(Cow::Borrowed(text)), span.start)
            }
            Event::Literal(span) => match self.bytes.get(span.start) {
                Some(b't') => (Value::Bool(true), span.start),
                Some(b'f') => (Value::Bool(false), span.start),
                _ => (Value::Null, span.start),
            },
        };
        let at = self.key.as_ref().map_or(at, |(_, at)| *at);
        let node = Node { value, at };
        match self.open.last_mut().map(|(parent, _)| &mut parent.value) {
            Some(Value::Object(fields)) => fields.push((self.key.take().map(|(name, _)| name).unwrap_or_default(), node)),
            Some(Value::Array(items)) => items.push(node),
            _ => self.root = Some(node),
        }
        Ok(())
    }

    fn string(&self, span: &Range<usize>, escaped: bool) -> Result<Cow<'d, str>, Fault> {
        if let Some(text) = self.readable.and_then(|text| text.get(span.clone())).filter(|_| !escaped) {
            return Ok(Cow::Borrowed(text));
        }
        let text = match unescape(self.bytes.get(span.clone()).unwrap_or_default()).0 {
            Cow::Borrowed(text) => core::str::from_utf8(text).ok().map(Cow::Borrowed),
            Cow::Owned(text) => String::from_utf8(text).ok().map(Cow::Owned),
        };
        text.ok_or(Fault::Utf8(span.start))
    }

    /// The tree, if there was anything.
    pub(super) fn end(self) -> Option<Node<'d>> {
        self.root
    }
}

/// A key that an object has twice, and where the second stands.
fn duplicate_key<'n>(node: &'n Node<'_>) -> Option<(&'n str, usize)> {
    let Value::Object(fields) = &node.value else { return None };
    let mut keys: Vec<(&str, usize)> = fields.iter().map(|(name, field)| (&**name, field.at)).collect();
    sort(&mut keys, |a, b| a < b);
    keys.windows(2).find_map(|pair| match pair {
        [(a, _), (b, at)] if a == b => Some((*b, *at)),
        _ => None,
    })
}

/// 1-based line and column (in bytes) of an offset.
pub(crate) fn position(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at.min(bytes.len())).unwrap_or_default();
    let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |newline| newline + 1);
    (before.iter().filter(|b| **b == b'\n').count() + 1, before.len() - line_start + 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn trees_and_positions() {
        let node = parse(b"{\"a\": [1, \"x\"],\n \"b\": {\"c\": true}}", "t").unwrap();
        assert_eq!(node.field("a").and_then(Node::items).map(<[Node]>::len), Some(2));
        assert_eq!(node.field("b").and_then(|b| b.field("c")).map(|c| &c.value), Some(&Value::Bool(true)));
        assert_eq!(position(b"{\"a\": [1, \"x\"],\n \"b\": 1}", 18), (2, 3));
    }

    #[test]
    fn duplicate_keys_are_refused() {
        let error = parse(b"{\"decision\":\"DENY\",\n\"decision\":\"ALLOW\"}", "answer").unwrap_err();
        assert_eq!((error.line, error.message.as_str()), (2, "the key `decision` appears twice"));
    }

    #[test]
    fn trailing_text_is_refused() {
        assert!(parse(b"{} {}", "t").is_err());
    }
}
