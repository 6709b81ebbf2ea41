//! `cargo run --example rule_patterns`: the rules whose shape is a token, as the sources of JavaScript RegExps in JSON. What
//! a program would otherwise do by itself, for benchmarks to compare with.
#![allow(missing_docs, reason = "a tool of the benchmarks")]

use interven::{Alphabet, Shape, TokenPart, rules};

fn main() {
    let patterns: Vec<String> = rules().filter_map(|rule| pattern(&rule.shape)).collect();
    println!("{}", serde_json::to_string(&patterns).unwrap_or_default());
}

fn pattern(shape: &Shape) -> Option<String> {
    let Shape::Token { prefixes, parts } = shape else { return None };
    let parts: String = parts.iter().map(part).collect();
    Some(format!("\\b{}{parts}(?!\\w)", any_of(prefixes)))
}

fn part(part: &TokenPart) -> String {
    match part {
        TokenPart::Run(alphabet, least, most) => format!("{}{{{least},{most}}}", class(*alphabet)),
        TokenPart::Text(text) => escaped(text),
        TokenPart::OneOf(texts) => any_of(texts),
    }
}

fn any_of(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
    format!("(?:{})", texts.join("|"))
}

fn class(alphabet: Alphabet) -> String {
    let members: String = (b'!'..=b'~').filter(|byte| alphabet.contains(*byte)).map(|byte| format!("\\x{byte:02x}")).collect();
    format!("[{members}]")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() || byte == b'_' { char::from(byte).into() } else { format!("\\x{byte:02x}") })
        .collect()
}
