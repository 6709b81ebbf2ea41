//! What the documents say about the rules is what the rules are.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

#[test]
fn the_table_of_rules_is_up_to_date() {
    let document = std::fs::read_to_string("docs/rules.md").unwrap();
    let renewed = support::table::renewed(&document);
    assert!(document == renewed, "docs/rules.md is older than the rules: run `cargo run --example rules_table`");
    let rows = document.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, interven::rules().count(), "a row for every rule");
}
