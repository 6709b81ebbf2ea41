//! Writes what the benchmarks scan, and every built-in rule as a regular expression, as JSON: the same in every run.
//!
//! `cargo run --release --example bench_inputs -- target/bench/inputs.json`
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a tool of the benchmarks"
)]

use serde_json::{Value, json};

#[path = "../../tests/support/mod.rs"]
mod support;

mod patterns;
mod pieces;
mod texts;
mod units;

const SIZES: [usize; 3] = [1 << 10, 8 << 10, 256 << 10];

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "target/bench/inputs.json".into());
    let texts: Vec<Value> = texts::KINDS
        .iter()
        .flat_map(|kind| SIZES.map(|size| json!({ "kind": kind.name, "size": size, "text": texts::chat(kind, size) })))
        .collect();
    let inputs = json!({
        "rules": patterns::all(),
        "texts": texts,
        "units": units::all(),
        "bodies": SIZES.map(|size| json!({ "size": size, "json": texts::chat(&texts::CLEAN, size), "form": texts::form(size), "text": texts::plain(size) })),
    });
    if let Some(folder) = std::path::Path::new(&path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, inputs.to_string())
}
