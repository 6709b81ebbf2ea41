//! The generated parts of `docs/policies.md`.

use std::fmt::Write as _;

use serde_json::Value;

/// The document, its tables made anew.
pub fn renewed(document: &str) -> String {
    let with_signals = between(document, "the table of signals", &signals());
    between(&with_signals, "the list of tools", &tools())
}

fn between(document: &str, what: &str, content: &str) -> String {
    let begin = format!("<!-- {what} begins: cargo run --example policy_tables -->\n");
    let end = format!("<!-- {what} ends -->\n");
    let (head, rest) = document.split_once(&begin).expect("the beginning is marked");
    let (_, tail) = rest.split_once(&end).expect("the end is marked");
    format!("{head}{begin}{content}{end}{tail}")
}

fn signals() -> String {
    let mut out = String::from("\n| signal | adds | when |\n| --- | --- | --- |\n");
    for (signal, about) in interven::SIGNALS {
        writeln!(out, "| `{}` | {:.2} | {about} |", signal.name, f64::from(signal.hundredths) / 100.0).unwrap();
    }
    out.push('\n');
    out
}

fn tools() -> String {
    let schema: Value = serde_json::from_str(&interven::policy_schema()).unwrap();
    let list = &schema["$defs"]["match"]["properties"]["tools"]["anyOf"][0]["anyOf"][0]["enum"];
    let names: Vec<String> = list.as_array().unwrap().iter().map(|name| format!("`{}`", name.as_str().unwrap())).collect();
    format!("\n{}.\n\n", names.join(", "))
}
