//! JSON out: the canonical text of a report. Keys stand in the order in which they are written.

use alloc::string::String;

/// Appends a quoted string.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(must_escape) {
        out.push_str(rest.get(..at).unwrap_or_default());
        match rest.as_bytes().get(at).copied().unwrap_or_default() {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                out.push_str(if control < 0x10 { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(u32::from(control & 15), 16));
            }
        }
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

fn must_escape(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | b'"' | b'\\')
}

/// Appends a whole number.
pub(crate) fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}

/// Writes one object. Dropping it without `end` leaves the text open, so `end` consumes it.
pub(crate) struct Object<'a> {
    out: &'a mut String,
    first: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn begin(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, first: true }
    }

    /// Keys are names of this program, in which nothing is to be escaped.
    fn key(&mut self, key: &'static str) -> &mut String {
        if !core::mem::take(&mut self.first) {
            self.out.push(',');
        }
        self.out.push('"');
        self.out.push_str(key);
        self.out.push('"');
        self.out.push(':');
        self.out
    }

    pub(crate) fn text(&mut self, key: &'static str, value: &str) -> &mut Self {
        push_string(self.key(key), value);
        self
    }

    /// A text under a name that comes from somewhere else.
    pub(crate) fn entry(&mut self, name: &str, value: &str) {
        if !core::mem::take(&mut self.first) {
            self.out.push(',');
        }
        push_string(self.out, name);
        self.out.push(':');
        push_string(self.out, value);
    }

    pub(crate) fn text_or_null(&mut self, key: &'static str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(key, value),
            None => self.raw(key, "null"),
        }
    }

    pub(crate) fn number(&mut self, key: &'static str, value: usize) -> &mut Self {
        push_number(self.key(key), value);
        self
    }

    pub(crate) fn boolean(&mut self, key: &'static str, value: bool) -> &mut Self {
        self.raw(key, if value { "true" } else { "false" })
    }

    /// Writes a value that is JSON already.
    pub(crate) fn raw(&mut self, key: &'static str, value: &str) -> &mut Self {
        self.key(key).push_str(value);
        self
    }

    /// Writes a value by `write`.
    pub(crate) fn written(&mut self, key: &'static str, write: impl FnOnce(&mut String)) -> &mut Self {
        write(self.key(key));
        self
    }

    /// Writes a list, each item by `item`.
    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut String, T),
    ) -> &mut Self {
        let out = self.key(key);
        out.push('[');
        for (index, value) in items.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item(out, value);
        }
        out.push(']');
        self
    }

    pub(crate) fn end(&mut self) {
        self.out.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_elsewhere_are_escaped() {
        let mut out = String::new();
        let mut object = Object::begin(&mut out);
        object.entry("a\"b", "c");
        object.text("d", "\n").entry("e", "");
        object.end();
        assert_eq!(out, "{\"a\\\"b\":\"c\",\"d\":\"\\n\",\"e\":\"\"}");
    }

    #[test]
    fn strings_and_numbers_as_every_reader_expects() {
        let mut out = String::new();
        push_string(&mut out, "a\"b\\c\nd\re\tf\u{1}\u{1f}é");
        push_number(&mut out, 0);
        push_number(&mut out, 10_203);
        assert_eq!(out, "\"a\\\"b\\\\c\\nd\\re\\tf\\u0001\\u001fé\"010203");
    }
}
