//! Writes every corpus case, expanded, with the native verdict, for the runners of other runtimes to replay.
//!
//! `cargo run --release --example expand_corpus -- target/corpus/expanded.json`
#![allow(missing_docs, clippy::unwrap_used, reason = "a tool of the tests")]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use interven::{Request, Verdict};
use serde_json::{Value, json};

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "target/corpus/expanded.json".into());
    let cases: Vec<Value> = support::cases::all().iter().map(expanded).collect();
    if let Some(folder) = std::path::Path::new(&path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    println!("{} cases", cases.len());
    std::fs::write(path, json!({ "cases": cases }).to_string())
}

fn expanded(case: &support::cases::Case) -> Value {
    let verdict = case.verdict();
    let forward = match &verdict {
        Verdict::Forward(forward) => request(forward.request()),
        Verdict::Block(_) => Value::Null,
    };
    json!({
        "name": case.name,
        "options": case.options,
        "request": request(&case.request()),
        "context": case.context,
        "expected": support::cases::report_text(&verdict),
        "forward": forward,
    })
}

fn request(request: &Request) -> Value {
    let headers: Vec<Value> = request.headers.iter().map(|h| json!([h.name, h.value.expose()])).collect();
    json!({
        "method": request.method,
        "url": request.url.expose(),
        "headers": headers,
        "body_base64": STANDARD.encode(request.body.expose()),
    })
}
