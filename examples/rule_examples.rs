//! Writes an expanded example of every kind that every rule has, for the tests that look for values where none should be.
//!
//! `cargo run --example rule_examples -- target/corpus/examples.json`
#![allow(missing_docs, reason = "a tool of the tests")]

use serde_json::{Value, json};
use support::generate::{Random, expand};

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "target/corpus/examples.json".into());
    let examples: Vec<Value> = interven::rules()
        .flat_map(|rule| {
            rule.positives.iter().enumerate().map(|(index, template)| {
                let text = expand(template, &mut Random::named(&format!("{}/{index}", rule.id)));
                json!({ "rule": rule.id, "text": text })
            })
        })
        .collect();
    if let Some(folder) = std::path::Path::new(&path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    println!("{} examples", examples.len());
    std::fs::write(path, Value::Array(examples).to_string())
}
