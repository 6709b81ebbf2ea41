//! Writes the tables of signals and tools into `docs/policies.md`.
//!
//! `cargo run --example policy_tables`
#![allow(missing_docs, reason = "a tool of the documents")]

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let document = std::fs::read_to_string("docs/policies.md")?;
    std::fs::write("docs/policies.md", support::policy_tables::renewed(&document))?;
    println!("Written: docs/policies.md");
    Ok(())
}
