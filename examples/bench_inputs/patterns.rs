//! The rules as regular expressions that mean the same to JavaScript and to the `regex` family: what the shape says, without
//! the checks, and `\b` for the bounds.

use interven::{Alphabet, Rule, Shape, TokenPart, rules};
use serde_json::{Value, json};

use crate::support::generate::{Random, expand};

/// Longest counted repetition: more would cost a regex engine memory and tell it nothing.
const MOST: usize = 1000;

/// Every rule with its expression, whether case matters to it, and texts that it finds.
pub fn all() -> Vec<Value> {
    rules().map(row).collect()
}

fn row(rule: &'static Rule) -> Value {
    let (pattern, any_case) = pattern(rule);
    let mut random = Random::named(rule.id);
    let positives: Vec<String> = rule.positives.iter().map(|template| expand(template, &mut random)).collect();
    json!({ "id": rule.id, "pattern": pattern, "anyCase": any_case, "positives": positives })
}

fn pattern(rule: &Rule) -> (String, bool) {
    match rule.shape {
        Shape::Token { prefixes, parts } => (token(prefixes, parts), false),
        Shape::Keyed { words: [[]], body, least, most } => (format!("{}{}", r"\b", bounded(body, least, most)), false),
        Shape::Keyed { words, body, least, most } => {
            let list = |words: &&[&str]| words.iter().map(|word| name(word)).collect::<Vec<_>>().join(r"[\w .-]{0,16}");
            let names = either(words.iter().map(list));
            (format!(r#"{names}[\w .-]{{0,24}}["':=>\s]{{1,6}}{}"#, bounded(body, least, most)), true)
        }
        Shape::Forms(forms) => (either(forms.iter().map(|f| form(f))), false),
        Shape::Field { names, line } => {
            let names = either(names.iter().map(|name| literal(name).replace(' ', "[ _-]?")));
            let value = if line { r#"[^\r\n;&<>"{}|]{2,96}"# } else { r"[\w'@.-]{2,48}(?: [A-Z][\w'@.-]{0,31}){0,3}" };
            (format!(r#"\b{names}["']?\s?[:=]\s?["']?{value}"#), true)
        }
        Shape::Phrase(phrases) => (format!(r"\b{}\b", either(phrases.iter().map(|p| literal(p)))), true),
        Shape::Tag(names) => (format!("<\\/?{}[^<>]{{0,200}}>?", either(names.iter().map(|name| literal(name)))), true),
        Shape::Assigned => (assigned(rule.id), true),
        ref special => (by_hand(special).into(), false),
    }
}

/// The shapes that are code.
fn by_hand(shape: &Shape) -> &'static str {
    match shape {
        Shape::Phone => r"\+\d(?:[ .()-]{0,2}\d){7,14}\b",
        Shape::Network => r"\b(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4})\b",
        Shape::Decimal => r"\b\d{1,3}\.\d{4,17}\b",
        Shape::Street => {
            r"\b\d{1,5}[A-Za-z]? (?:[A-Z0-9][\w']{0,23}\.? ){1,4}(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Bb]oulevard|[Bb]lvd|[Dd]rive|[Dd]r|[Ll]ane|[Ll]n|[Cc]ourt|[Ct]|[Ww]ay|[Pp]lace|[Ss]quare|[Tt]errace|[Pp]arkway|[Hh]ighway|[Cc]ircle|[Cc]lose|[Gg]ardens|[Gg]rove)\b"
        }
        Shape::Mrz => {
            r"\b(?:[A-Z0-9<]{44}\r?\n[A-Z0-9<]{44}|[A-Z0-9<]{36}\r?\n[A-Z0-9<]{36}|[A-Z0-9<]{30}(?:\r?\n[A-Z0-9<]{30}){2})"
        }
        Shape::Base58 => r"\b[1-9A-HJ-NP-Za-km-z]{25,44}\b",
        Shape::Iban => r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
        Shape::Email => r"\b[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}\b",
        Shape::Pem => r"-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s:,.\\()-]{60,}",
        Shape::Digits { .. } => r"\b\d(?:[ -]?\d){6,18}\b",
        Shape::Task => r"\bTODO:[^\r\n]{1,200}",
        Shape::Link => r"\]\([^()\s]{4,400}\)",
        Shape::Token { .. }
        | Shape::Tag(_)
        | Shape::Keyed { .. }
        | Shape::Forms(_)
        | Shape::Field { .. }
        | Shape::Phrase(_)
        | Shape::Assigned => {
            unreachable!("made of its data")
        }
    }
}

fn assigned(id: &str) -> String {
    let names = if id == "password" {
        "(?:passw(?:or)?d|passphrase|pwd|passcode)"
    } else {
        "(?:secret|token|credential|bearer|authorization|(?:api|access|private|auth|client|shared|account|app)[ _-]?key)"
    };
    format!(r#"{names}[\w.-]{{0,20}}["']?\s{{0,3}}[:=]{{1,2}}>?\s{{0,3}}["']?[^\s"'`,;]{{6,128}}"#)
}

fn token(prefixes: &[&str], parts: &[TokenPart]) -> String {
    let word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let start = if prefixes.iter().all(|prefix| word(prefix)) { r"\b" } else { "" };
    let end = match parts.last() {
        Some(TokenPart::Run(alphabet, _, _)) => end(*alphabet),
        Some(TokenPart::Text(text) | TokenPart::OneOf([text, ..])) if !text.ends_with('=') => r"\b",
        _ => "",
    };
    let parts: String = parts
        .iter()
        .map(|part| match part {
            TokenPart::Run(alphabet, least, most) => run(*alphabet, *least, *most),
            TokenPart::Text(text) => literal(text),
            TokenPart::OneOf(texts) => either(texts.iter().map(|t| literal(t))),
        })
        .collect();
    format!("{start}{}{parts}{end}", either(prefixes.iter().map(|p| literal(p))))
}

fn bounded(alphabet: Alphabet, least: usize, most: usize) -> String {
    run(alphabet, least, most) + end(alphabet)
}

/// Behind a run of word characters the run has ended; behind others nothing can be said without a look ahead.
fn end(alphabet: Alphabet) -> &'static str {
    if (0..=u8::MAX).all(|b| !alphabet.contains(b) || b.is_ascii_alphanumeric() || b == b'_') { r"\b" } else { "" }
}

fn run(alphabet: Alphabet, least: usize, most: usize) -> String {
    let class = class(alphabet);
    match (least, most) {
        (least, most) if least == most => format!("{class}{{{least}}}"),
        (least, most) if most > MOST => format!("{class}{{{least},}}"),
        (least, most) => format!("{class}{{{least},{most}}}"),
    }
}

/// The class of an alphabet, as ranges of the bytes that belong to it.
fn class(alphabet: Alphabet) -> String {
    let mut out = String::from("[");
    let mut byte = 0u8;
    while byte < 128 {
        let length = (byte..128).take_while(|b| alphabet.contains(*b)).count() as u8;
        match length {
            0 => {}
            1 => out.push_str(&literal(&char::from(byte).to_string())),
            _ => out.push_str(&format!(
                "{}-{}",
                literal(&char::from(byte).to_string()),
                literal(&char::from(byte + length - 1).to_string())
            )),
        }
        byte += length.max(1);
    }
    out + "]"
}

fn form(form: &str) -> String {
    // Without a digit or a sign, any word would do.
    let spelled = form.bytes().all(|b| b"AX".contains(&b));
    let mut out = String::new();
    let mut rest = form.as_bytes();
    while let [first, ..] = rest {
        let count = rest.iter().take_while(|b| *b == first).count();
        let one = match first {
            b'0' => r"\d".into(),
            b'A' if spelled => "[A-Z]".into(),
            b'X' if spelled => "[A-Z0-9]".into(),
            b'A' => "[A-Za-z]".into(),
            b'X' => "[A-Za-z0-9]".into(),
            byte => literal(&char::from(*byte).to_string()),
        };
        out.push_str(&one);
        if count > 1 {
            out.push_str(&format!("{{{count}}}"));
        }
        rest = &rest[count..];
    }
    let bound = |byte: Option<&u8>| if byte.is_some_and(u8::is_ascii_alphanumeric) { r"\b" } else { "" };
    format!("{}{out}{}", bound(form.as_bytes().first()), bound(form.as_bytes().last()))
}

fn either(choices: impl Iterator<Item = String>) -> String {
    let choices: Vec<String> = choices.collect();
    match &*choices {
        [one] => one.clone(),
        _ => format!("(?:{})", choices.join("|")),
    }
}

/// Second words of names, which may be written apart from the first.
const SECOND: &[&str] = &["key", "secret", "token", "access", "api", "amz", "signature", "id", "ai", "application", "logic"];

fn name(word: &str) -> String {
    let apart = SECOND.iter().fold(word.to_owned(), |name, second| name.replace(second, &format!(" {second}")));
    literal(apart.trim()).replace(' ', "[ _.-]?")
}

/// A text that stands for itself, in and out of a class.
fn literal(text: &str) -> String {
    let one = |c: char| match c {
        '\n' => r"\n".into(),
        '\r' => r"\r".into(),
        c if "\\.+*?()|[]{}^$/-".contains(c) => format!("\\{c}"),
        c => c.to_string(),
    };
    text.chars().map(one).collect()
}
