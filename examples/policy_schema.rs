//! Prints the JSON Schema of policies.
//!
//! `cargo run --example policy_schema > docs/policy.schema.json`
#![allow(missing_docs, reason = "a tool of the documents")]

fn main() {
    print!("{}", interven::policy_schema());
}
