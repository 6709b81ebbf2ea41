//! Writes the table of all rules into `docs/rules.md`.
//!
//! `cargo run --example rules_table`
#![allow(missing_docs, reason = "a tool of the documents")]

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let document = std::fs::read_to_string("docs/rules.md")?;
    std::fs::write("docs/rules.md", support::table::renewed(&document))?;
    println!("Written: docs/rules.md");
    Ok(())
}
