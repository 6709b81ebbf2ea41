//! The tokenizer: bytes in, events with byte ranges out.

use alloc::vec::Vec;
use core::ops::Range;

use super::signs::{STOP, Signs, class};
use crate::seek::plain_letters;

/// One step through a document. Ranges of keys and strings exclude the quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Key(Range<usize>),
    Text(Range<usize>),
    Number(Range<usize>),
    /// `true`, `false` or `null`.
    Literal(Range<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonErrorKind {
    Syntax(&'static str),
    TooDeep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonError {
    pub(crate) at: usize,
    pub(crate) kind: JsonErrorKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    FirstKeyOrEnd,
    Key,
    FirstValueOrEnd,
    CommaOrEnd,
    Done,
}

/// Iterates over the events of a document (RFC 8259), or of several in a row (NDJSON) when `many`.
pub(crate) struct Events<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Open containers, `true` for objects.
    open: Vec<bool>,
    expect: Expect,
    max_depth: usize,
    many: bool,
    /// The classes of the bytes of the last string, together.
    classes: u8,
}

impl<'a> Events<'a> {
    pub(crate) fn new(bytes: &'a [u8], max_depth: usize, many: bool) -> Self {
        // A UTF-8 byte order mark is not part of the document.
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self { bytes, at, open: Vec::new(), expect: Expect::Value, max_depth, many, classes: 0 }
    }

    /// The byte after the last event.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn syntax<T>(&self, what: &'static str) -> Result<T, JsonError> {
        Err(JsonError { at: self.at, kind: JsonErrorKind::Syntax(what) })
    }

    #[inline]
    fn after_value(&mut self) {
        self.expect = if self.open.is_empty() { Expect::Done } else { Expect::CommaOrEnd };
    }

    #[inline]
    fn open(&mut self, object: bool) -> Result<Event, JsonError> {
        if self.open.len() >= self.max_depth {
            return Err(JsonError { at: self.at, kind: JsonErrorKind::TooDeep });
        }
        self.at += 1;
        self.open.push(object);
        self.expect = if object { Expect::FirstKeyOrEnd } else { Expect::FirstValueOrEnd };
        Ok(if object { Event::ObjectStart } else { Event::ArrayStart })
    }

    #[inline]
    fn close(&mut self) -> Event {
        self.at += 1;
        let object = self.open.pop().unwrap_or(false);
        self.after_value();
        if object { Event::ObjectEnd } else { Event::ArrayEnd }
    }

    /// The signs in the last key or string, as it is written.
    #[inline]
    pub(crate) fn signs(&self) -> Signs {
        Signs::of_classes(self.classes)
    }

    /// Reads a string whose opening quote is the current byte.
    fn string(&mut self) -> Result<Range<usize>, JsonError> {
        let start = self.at + 1;
        let mut at = start;
        self.classes = 0;
        loop {
            at += plain_letters(self.bytes.get(at..).unwrap_or_default());
            // Where there is a sign, a few bytes are looked at one by one.
            for byte in self.bytes.get(at..).unwrap_or_default().iter().take(8) {
                let class = class(*byte);
                self.classes |= class;
                if class & STOP != 0 {
                    break;
                }
                at += 1;
            }
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(start..at);
                }
                Some(b'\\') => {
                    // It may stand right behind the bytes that were looked at. What an escape that is none leaves belongs to
                    // the text.
                    self.classes |= class(b'\\') | self.bytes.get(at + 1).map_or(0, |byte| class(*byte));
                    at += 2;
                }
                Some(0x00..=0x1f) => {
                    self.at = at;
                    return self.syntax("a control character inside a string must be escaped");
                }
                Some(_) => {}
                None => {
                    self.at = self.bytes.len();
                    return self.syntax("the string is not closed");
                }
            }
        }
    }

    #[inline]
    fn key(&mut self) -> Result<Event, JsonError> {
        if self.peek() != Some(b'"') {
            return self.syntax("expected a key in quotes");
        }
        let span = self.string()?;
        self.skip_whitespace();
        if self.peek() != Some(b':') {
            return self.syntax("expected `:` after the key");
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok(Event::Key(span))
    }

    #[inline]
    fn value(&mut self) -> Result<Event, JsonError> {
        let event = match self.peek() {
            Some(b'{') => return self.open(true),
            Some(b'[') => return self.open(false),
            Some(b'"') => Event::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Event::Number(self.number()?),
            Some(b't') => Event::Literal(self.literal(b"true")?),
            Some(b'f') => Event::Literal(self.literal(b"false")?),
            Some(b'n') => Event::Literal(self.literal(b"null")?),
            Some(_) => return self.syntax("expected a value"),
            None => return self.syntax("the document ends where a value should stand"),
        };
        self.after_value();
        Ok(event)
    }

    fn literal(&mut self, word: &[u8]) -> Result<Range<usize>, JsonError> {
        if !self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return self.syntax("expected a value");
        }
        let start = self.at;
        self.at += word.len();
        Ok(start..self.at)
    }

    #[inline]
    fn digits(&mut self) -> Result<(), JsonError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.syntax("expected a digit");
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Range<usize>, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(start..self.at)
    }

    #[inline]
    fn step(&mut self) -> Result<Option<Event>, JsonError> {
        loop {
            self.skip_whitespace();
            match (self.expect, self.peek()) {
                (Expect::Done, None) => return Ok(None),
                (Expect::Done, Some(_)) if self.many => self.expect = Expect::Value,
                (Expect::Done, Some(_)) => return self.syntax("there is more text after the document"),
                (Expect::Value, _) => return self.value().map(Some),
                (Expect::FirstKeyOrEnd, Some(b'}')) | (Expect::FirstValueOrEnd, Some(b']')) => return Ok(Some(self.close())),
                (Expect::FirstKeyOrEnd | Expect::Key, _) => return self.key().map(Some),
                (Expect::FirstValueOrEnd, _) => return self.value().map(Some),
                (Expect::CommaOrEnd, next) => {
                    let object = self.open.last().copied().unwrap_or(false);
                    match (next, object) {
                        (Some(b','), _) => {
                            self.at += 1;
                            self.expect = if object { Expect::Key } else { Expect::Value };
                        }
                        (Some(b'}'), true) | (Some(b']'), false) => return Ok(Some(self.close())),
                        (_, true) => return self.syntax("expected `,` or `}`"),
                        (_, false) => return self.syntax("expected `,` or `]`"),
                    }
                }
            }
        }
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Event, JsonError>;

    /// After an error the caller must stop: the position is not advanced.
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use alloc::format;

    use super::*;

    fn events(text: &str) -> Result<Vec<Event>, JsonError> {
        Events::new(text.as_bytes(), 8, false).collect()
    }

    #[test]
    fn ranges_exclude_quotes() {
        let got = events(r#"{"a":["x\"y",-1.5e3,null]}"#).unwrap();
        let want = [
            Event::ObjectStart,
            Event::Key(2..3),
            Event::ArrayStart,
            Event::Text(7..11),
            Event::Number(13..19),
            Event::Literal(20..24),
            Event::ArrayEnd,
            Event::ObjectEnd,
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn signs_of_strings() {
        let tails = ["", "more", r"\n", r"\%", "=", "\u{e4}", r"\\ and a long rest of plain words", "& it's long and has more"];
        for (tail, plain) in tails.iter().flat_map(|tail| (0..24).map(move |plain| (tail, plain))) {
            for first in ["", "'", "="] {
                let text = [first, &*"x".repeat(plain), tail].concat();
                let document = format!("\"{text}\"");
                let mut events = Events::new(document.as_bytes(), 8, false);
                assert_eq!(events.next(), Some(Ok(Event::Text(1..1 + text.len()))));
                assert_eq!(events.signs(), Signs::of(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn malformed_documents_are_errors() {
        for text in ["", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "\"x", "01", "1.", "tru", "[1] 2", "{\"a\":\"\u{1}\"}", "\"\\"] {
            assert!(events(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        assert!(matches!(events("[[[[[[[[[1]]]]]]]]]"), Err(JsonError { kind: JsonErrorKind::TooDeep, .. })));
    }
}
