//! The table of all rules in `docs/rules.md`, from the rules themselves.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use interven::{DataClass, Rule, Shape, TokenPart, Vendor};
use serde_json::Value;

use super::cases::{evidence, report_text};

const BEGIN: &str = "<!-- the table begins: cargo run --example rules_table -->\n";
const END: &str = "<!-- the table ends -->\n";

/// The document, its table made anew.
pub fn renewed(document: &str) -> String {
    let (head, rest) = document.split_once(BEGIN).expect("the table's beginning is marked");
    let (_, tail) = rest.split_once(END).expect("the table's end is marked");
    format!("{head}{BEGIN}{}{END}{tail}", table())
}

fn table() -> String {
    let (meanings, confidences) = (meanings(), confidences());
    let mut out = String::new();
    for class in ["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"] {
        let rules: Vec<&Rule> = interven::rules().filter(|rule| Some(rule.class) == DataClass::parse(class)).collect();
        writeln!(out, "\n### {class}: {} rules\n", rules.len()).unwrap();
        writeln!(out, "| id | what it is | severity | confidence | how it is recognised | where it belongs | known from |")
            .unwrap();
        writeln!(out, "| --- | --- | --- | --- | --- | --- | --- |").unwrap();
        for rule in rules {
            let confidence = confidences.get(rule.id).map(|set| set.iter().cloned().collect::<Vec<_>>().join(", "));
            let cells = [
                format!("`{}`", rule.id),
                meanings.get(rule.id).unwrap_or_else(|| panic!("{} has no comment", rule.id)).clone(),
                rule.severity.as_str().into(),
                confidence.unwrap_or_else(|| panic!("{} is not found in its evidence", rule.id)),
                shape(&rule.shape),
                if rule.class == DataClass::Secrets { place(&rule.vendor) } else { "–".into() },
                rule.source.into(),
            ];
            writeln!(out, "| {} |", cells.map(|cell| cell.replace('|', "\\|").replace('\n', " ")).join(" | ")).unwrap();
        }
    }
    out.push('\n');
    out
}

/// What the comment above each rule says.
fn meanings() -> BTreeMap<String, String> {
    let mut meanings = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/detect")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                read(&fs::read_to_string(&entry).unwrap(), &mut meanings);
            }
        }
    }
    meanings
}

fn read(source: &str, meanings: &mut BTreeMap<String, String>) {
    let mut comment: Vec<&str> = Vec::new();
    let mut above: Option<String> = None;
    for line in source.lines() {
        let name = line.trim().strip_suffix(',').unwrap_or_default();
        // Rows of a macro begin with the name that the macro gives the rule.
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if let Some(text) = line.trim_start().strip_prefix("/// ") {
            comment.push(text);
        } else if line.contains(": Rule =") || (named && !comment.is_empty()) {
            above = Some(std::mem::take(&mut comment).join(" "));
        } else if !line.starts_with("#[") {
            comment.clear();
        }
        // The id is the first text after the name of the row.
        if let Some((meaning, id)) = above.as_ref().zip(line.split('"').nth(1)) {
            meanings.insert(id.to_owned(), meaning.clone());
            above = None;
        }
    }
}

/// With which confidence each rule finds its own examples.
fn confidences() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for case in evidence().iter().filter(|case| case.name.contains("/positive ") && case.name.ends_with(" as text")) {
        let report: Value = serde_json::from_str(&report_text(&case.verdict())).unwrap();
        for finding in report["findings"].as_array().unwrap() {
            let id = finding["rule_id"].as_str().unwrap();
            if case.name.starts_with(&format!("{id}/")) && finding["placeholder"] != Value::Bool(true) {
                found.entry(id.to_owned()).or_default().insert(finding["confidence"].as_str().unwrap().to_owned());
            }
        }
    }
    found
}

fn place(vendor: &Vendor) -> String {
    match vendor {
        Vendor::None => "nowhere".into(),
        Vendor::Any => "any header".into(),
        Vendor::Named(name) => {
            let hosts: Vec<String> = vendor.hosts().map(|host| format!("`{}`", host.trim_start_matches('.'))).collect();
            if hosts.is_empty() { format!("hosts given for `{name}`") } else { hosts.join(", ") }
        }
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Token { prefixes, parts } => {
            let parts: Vec<String> = parts.iter().map(part).collect();
            format!("prefix {}, then {}", codes(prefixes), parts.join(", "))
        }
        Shape::Keyed { words, body, least, most } => {
            let names: Vec<String> = words.iter().map(|all| all.join(" + ")).filter(|names| !names.is_empty()).collect();
            let named = if names.is_empty() { String::new() } else { format!(", named {}", names.join(" or ")) };
            format!("{} {body:?}{named}", count(*least, *most))
        }
        Shape::Forms(forms) => format!("form {}", codes(forms)),
        Shape::Field { names, .. } => format!("the value of a field named {}", names.join(", ")),
        Shape::Phrase(phrases) => format!("the words {}, and what is around them", shortened(phrases)),
        Shape::Tag(names) => format!("a tag {}, and what follows it", codes(names)),
        Shape::Assigned => "the value of a secret-like name".into(),
        Shape::Phone => "`+` and digits in groups".into(),
        Shape::Network => "groups of an address".into(),
        Shape::Decimal => "a decimal number in context".into(),
        Shape::Street => "a house number and a word for a street".into(),
        Shape::Mrz => "lines of the machine-readable zone".into(),
        Shape::Base58 => "a run as long as an address in base 58".into(),
        Shape::Digits { .. } => "digits, bare or in groups".into(),
        Shape::Iban => "two letters, two digits, then letters or digits".into(),
        Shape::Email => "around an `@`".into(),
        Shape::Pem => "from `-----BEGIN` to the end of the block".into(),
        Shape::Task => "`TODO:`, and what follows it".into(),
        Shape::Link => "the address of a Markdown link".into(),
    }
}

fn part(part: &TokenPart) -> String {
    match part {
        TokenPart::Run(alphabet, least, most) => format!("{} {alphabet:?}", count(*least, *most)),
        TokenPart::Text(literal) => format!("`{literal}`"),
        TokenPart::OneOf(literals) => format!("one of {}", codes(literals)),
    }
}

fn count(least: usize, most: usize) -> String {
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

fn codes(literals: &[&str]) -> String {
    literals.iter().map(|literal| format!("`{literal}`")).collect::<Vec<_>>().join(", ")
}

/// Long lists are in the source.
fn shortened(words: &[&str]) -> String {
    const SHOWN: usize = 8;
    let more = if words.len() > SHOWN { format!(" and {} more", words.len() - SHOWN) } else { String::new() };
    format!("{}{more}", codes(&words[..words.len().min(SHOWN)]))
}
