//! GraphQL: whether a document reads or writes, and the fields that it asks for.

use alloc::vec::Vec;

use super::Arguments;
use crate::json::{Node, Value, parse_as_sent};

/// The root fields of the operations in a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Operation<'d> {
    /// Whether any operation is a mutation, or the document could not be followed.
    pub(super) writes: bool,
    /// Whether the call names a document that the service has kept.
    pub(super) kept: bool,
    /// Names of root fields, aliases undone, in order.
    pub(super) fields: Vec<&'d str>,
}

/// Most root fields that are read.
pub(super) const MOST: usize = 64;

/// Names of fields that say which document is meant of those that a service has kept, whatever document is sent.
const KEPT: &[&str] = &["documentId", "doc_id", "queryId", "query_id", "queryHash", "query_hash"];

/// Whether a call names a document that the service has kept, in any of the ways in use.
pub(super) fn names_kept(arguments: &Arguments) -> bool {
    let has = |name: &&str| arguments.roots().any(|root| root.fields(name).next().is_some());
    KEPT.iter().chain(&["extensions", "operationName", "id", "hash"]).any(has)
}

/// The operations that a call sends: the `query` of its body or URL, one or several.
pub(super) fn operation<'a>(arguments: &'a Arguments<'_>) -> Option<Operation<'a>> {
    let mut all = Operation { writes: false, kept: false, fields: Vec::new() };
    let mut any = false;
    let batch = arguments.body().and_then(|body| body.items()).unwrap_or_default();
    let batched = batch.iter().flat_map(|item| item.fields("query")).filter_map(|node| node.text());
    // One of several that only names what the service has kept of it.
    let has_document = |item: &Node| item.fields("query").any(|node| node.text().is_some());
    all.kept = batch.iter().any(|item| !has_document(item)) || KEPT.iter().any(|name| arguments.named(name).next().is_some());
    for document in arguments.named("query").chain(batched) {
        any = true;
        let one = read(document);
        all.writes |= one.writes;
        all.fields.extend(one.fields);
    }
    any.then_some(all)
}

/// Whether a call speaks GraphQL by its arguments alone, and if so whether its body holds nothing else.
pub(super) fn is_spoken(arguments: &Arguments) -> Option<bool> {
    let begins = |document: &str| {
        let document = document.trim_start();
        ["{", "query", "mutation", "subscription", "fragment", "#"]
            .iter()
            .any(|word| document.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric())))
            && document.contains('{')
    };
    let keys = ["query", "variables", "operationName", "extensions", "id"];
    let whole =
        |body: &Node| matches!(&body.value, Value::Object(fields) if fields.iter().all(|(key, _)| keys.contains(&&**key)));
    let body = arguments.body();
    let batch = body.and_then(|body| body.items()).unwrap_or_default();
    let batched = batch.iter().flat_map(|item| item.fields("query")).filter_map(|node| node.text());
    let spoken = arguments.named("query").chain(batched).any(begins);
    spoken.then(|| if batch.is_empty() { body.is_none_or(whole) } else { batch.iter().all(whole) })
}

/// Root fields stand at depth one of an operation, outside parentheses, and are not the name of an alias.
fn read(document: &str) -> Operation<'_> {
    let mut found = Operation { writes: false, kept: false, fields: Vec::new() };
    let mut tokens = Tokens { rest: document, values: false };
    let (mut braces, mut parentheses) = (0_usize, 0_usize);
    let mut fragment = false;
    let mut token = tokens.next();
    while let Some(text) = token {
        let next = tokens.next();
        match text {
            "{" => braces += 1,
            "}" => braces = braces.saturating_sub(1),
            "(" => parentheses += 1,
            ")" => parentheses = parentheses.saturating_sub(1),
            _ if parentheses > 0 => {}
            "mutation" | "subscription" if braces == 0 => {
                found.writes |= text == "mutation";
                fragment = false;
            }
            "query" if braces == 0 => fragment = false,
            // Its fields are those of some type, or of the root: nobody knows without the schema, so they count.
            "fragment" if braces == 0 => fragment = true,
            // A spread brings fields of a fragment that is read with the document.
            "..." => {}
            name if braces == 1 && next != Some(":") && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => {
                let directive = name == "on" || fragment && found.fields.len() >= MOST;
                if !directive && found.fields.len() < MOST {
                    found.fields.push(name);
                }
            }
            _ => {}
        }
        token = next;
    }
    // What does not close, or names nothing, was not understood.
    found.writes |= braces != 0 || parentheses != 0 || found.fields.is_empty();
    found
}

/// What has a name anywhere in a call: fields of query and body at any depth, and arguments that stand in a document, by
/// value or by a variable.
pub(super) fn anywhere<'a>(arguments: &'a Arguments, name: &str, see: &mut dyn FnMut(&str)) {
    let mut variables: Vec<&'a str> = Vec::new();
    arguments.each(&mut |key, text| {
        if key == name {
            see(text);
        } else if key == "query" {
            inline(text, name, &mut variables, see);
        }
    });
    variables.retain(|variable| *variable != name);
    crate::sort::sort(&mut variables, |a, b| a < b);
    if !variables.is_empty() {
        arguments.each(&mut |key, text| {
            if variables.binary_search(&key).is_ok() {
                see(text);
            }
        });
    }
}

/// The values that an argument has in a document, items of lists included, and the variables that it gets its value from.
fn inline<'d>(document: &'d str, name: &str, variables: &mut Vec<&'d str>, see: &mut dyn FnMut(&str)) {
    let tokens = Tokens { rest: document, values: true };
    // What stood before, and whether a list goes on.
    let mut before = ["", ""];
    let mut listed = false;
    for token in tokens {
        let given = before == [name, ":"];
        listed = (given && token == "[") || (listed && token != "]");
        if given || listed {
            match token.split_at_checked(1) {
                Some(("$", variable)) if variables.len() < MOST => variables.push(variable),
                Some(("\"", _)) => {
                    if let Some(Node { value: Value::Text(text), .. }) = parse_as_sent(token.as_bytes(), 1) {
                        see(&text);
                    }
                }
                Some((first, _)) if first.starts_with(|c: char| c.is_ascii_alphanumeric()) => see(token),
                _ => {}
            }
        }
        before = [before[1], token];
    }
}

/// Punctuation and names; unless they are asked for, strings, comments, directives and numbers are passed over.
struct Tokens<'d> {
    rest: &'d str,
    values: bool,
}

impl<'d> Iterator for Tokens<'d> {
    type Item = &'d str;

    fn next(&mut self) -> Option<&'d str> {
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == '\u{feff}');
            let first = self.rest.chars().next()?;
            let length = match first {
                '#' => self.rest.find(['\n', '\r']).unwrap_or(self.rest.len()),
                '"' => string(self.rest),
                '@' | '$' => 1 + name(self.rest.get(1..).unwrap_or_default()),
                '.' => {
                    if self.rest.starts_with("...") {
                        3
                    } else {
                        1
                    }
                }
                c if c.is_ascii_alphabetic() || c == '_' => name(self.rest),
                c if c.is_ascii_digit() => self.rest.bytes().take_while(u8::is_ascii_digit).count(),
                c => c.len_utf8(),
            };
            let (token, rest) = self.rest.split_at_checked(length)?;
            self.rest = rest;
            if self.values && first != '#' || !matches!(first, '#' | '"' | '@' | '$') {
                return Some(token);
            }
        }
    }
}

fn name(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}

/// The length of a string or block string, quotes included.
fn string(text: &str) -> usize {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let mut from = 0;
        while let Some(at) = block.get(from..).and_then(|rest| rest.find("\"\"\"")) {
            if !block.get(..from + at).unwrap_or_default().ends_with('\\') {
                return from + at + 6;
            }
            from += at + 3;
        }
        return text.len();
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_fields() {
        let fields = |text| read(text).fields;
        assert_eq!(fields("mutation M($i: X!) { a: issueCreate(input: {title: \"} x\"}) { issue { id } } }"), ["issueCreate"]);
        assert_eq!(fields("{ viewer { login } repository(owner: \"o\") { id } }"), ["viewer", "repository"]);
        assert_eq!(fields("query Q @cached { # mutation\n me { id } }"), ["me"]);
        assert_eq!(fields("mutation { ...F } fragment F on Mutation { deleteRef(input: {}) { id } }"), ["F", "deleteRef"]);
    }

    #[test]
    fn arguments_anywhere() {
        let of = |body: &str, name: &str| {
            let request = crate::Request::new("POST", "https://a.example/").body(body);
            let arguments = Arguments::of(&request, None, &crate::Limits::default());
            let mut seen = Vec::new();
            anywhere(&arguments, name, &mut |value| seen.push(alloc::string::String::from(value)));
            seen
        };
        let document = r#"{"query":"mutation M($who: [ID!]) { add(board_id: 12, user_ids: [7, \"8\", 9], kind: owner) { id } x(mail: \"a\\u0040b\", to: $who, n: \"kind: guest\") }","variables":{"who":["p","q"],"deep":{"mail":"c"}}}"#;
        assert_eq!(of(document, "board_id"), ["12"]);
        assert_eq!(of(document, "user_ids"), ["7", "8", "9"]);
        assert_eq!(of(document, "kind"), ["owner"]);
        assert_eq!(of(document, "mail"), ["a@b", "c"]);
        assert_eq!(of(document, "to"), ["p", "q"]);
        assert_eq!(of(document, "none"), [""; 0]);
    }

    #[test]
    fn what_writes() {
        for text in ["mutation { a }", "query { a } mutation X { b }", "query { a ", "", "x y z", "query Q($a: I = {b: 1}) { "] {
            assert!(read(text).writes, "{text}");
        }
        for text in [
            "{ a }",
            "query { a }",
            "query { s(text: \"mutation { b }\") }",
            "# mutation\n{ a }",
            "query { t(d: \"\"\"mutation \\\"\"\" {\"\"\") }",
        ] {
            assert!(!read(text).writes, "{text}");
        }
    }
}
