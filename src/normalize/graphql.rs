//! GraphQL documents: every string, with the name of its argument.

use alloc::borrow::Cow;
use core::ops::Range;

use super::{View, Walk, layers, map::Step};
use crate::json::unescape;

/// Whether a text begins as an operation does and holds a string.
pub(super) fn looks_like(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let words: [&[u8]; 4] = [b"query", b"mutation", b"subscription", b"fragment"];
    let word = words.iter().find_map(|word| text.strip_prefix(*word));
    let begins = word.is_some_and(|rest| rest.first().is_some_and(|b| b" \t\r\n({".contains(b)));
    (begins || text.starts_with(b"{")) && text.contains(&b'"') && text.contains(&b'(')
}

/// Visits the strings.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &document.text;
    let mut at = 0;
    let mut name = 0..0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                let (inside, end) = string(text, at);
                if !walk.node() {
                    return;
                }
                let key = text.get(name.clone()).filter(|name| !name.is_empty());
                let (value, breaks) = unescape(text.get(inside.clone()).unwrap_or_default());
                let child = document.child(Cow::Borrowed(&value), Step::escapes(inside.start, breaks));
                layers::emit(&View { key: key.or(document.key), depth: document.depth + 1, quoting: None, ..child }, walk);
                at = end;
            }
            b':' => {
                let before = text.get(..at).unwrap_or_default().trim_ascii_end();
                let length = before.iter().rev().take(128).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                name = before.len() - length..before.len();
                at += 1;
            }
            b'#' => at += text.get(at..).unwrap_or_default().iter().position(|b| *b == b'\n').unwrap_or(text.len() - at),
            b')' | b'}' => {
                name = 0..0;
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// The inside of the string or block string at the quote, and where it ends.
fn string(text: &[u8], at: usize) -> (Range<usize>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let quote: &[u8] = if rest.starts_with(b"\"\"\"") { b"\"\"\"" } else { b"\"" };
    let start = at + quote.len();
    let mut end = start;
    while let Some(byte) = text.get(end) {
        if text.get(end..).is_some_and(|rest| rest.starts_with(quote)) {
            return (start..end, end + quote.len());
        }
        end += if *byte == b'\\' { 2 } else { 1 };
    }
    (start..text.len(), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use alloc::{string::String, vec::Vec};

    #[test]
    fn strings_have_the_names_of_their_arguments() {
        let text = r#"mutation { add(in: {a: "x\u0041", b: ["y", "z"], c: """w "v" """}) { id } } # "no""#;
        let mut seen: Vec<(String, String)> = Vec::new();
        let limits = Limits::default();
        let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut see = |view: &View<'_>| {
            seen.push((own(view.key.unwrap_or_default()), own(&view.text)));
            false
        };
        assert!(looks_like(text.as_bytes()));
        views(&View::of_text(text.as_bytes()), &mut Walk::new(&limits, text.len(), &mut see, None));
        let want = [("a", "xA"), ("b", "y"), ("b", "z"), ("c", "w \"v\" ")];
        assert_eq!(seen, want.map(|(a, b)| (a.into(), b.into())));
    }
}
