//! What the documents say about the rules is what the rules are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use serde_json::{Value, json};

#[test]
fn the_table_of_rules_is_up_to_date() {
    let document = std::fs::read_to_string("docs/rules.md").unwrap();
    let renewed = support::table::renewed(&document);
    assert!(document == renewed, "docs/rules.md is older than the rules: run `cargo run --example rules_table`");
    let rows = document.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, interven::rules().count(), "a row for every rule");
}

#[test]
fn the_tables_of_policies_are_up_to_date() {
    let document = std::fs::read_to_string("docs/policies.md").unwrap();
    let renewed = support::policy_tables::renewed(&document);
    assert!(document == renewed, "docs/policies.md is older than its tables: run `cargo run --example policy_tables`");
    let schema: Value = serde_json::from_str(&interven::policy_schema()).unwrap();
    let keys = ["match", "condition", "suppression", "rule"].map(|part| schema["$defs"][part]["properties"].clone());
    for key in keys.iter().flat_map(|keys| keys.as_object().unwrap().keys()) {
        assert!(document.contains(&format!("`{key}`")), "`{key}` is not described");
    }
}

#[test]
fn the_schema_is_up_to_date_and_knows_every_policy() {
    let written = std::fs::read_to_string("docs/policy.schema.json").unwrap();
    let renewed = "cargo run --example policy_schema > docs/policy.schema.json";
    assert!(written == interven::policy_schema(), "docs/policy.schema.json is older than the keys: run `{renewed}`");
    let schema = jsonschema::validator_for(&serde_json::from_str(&written).unwrap()).unwrap();
    let mut policies: Vec<Value> = Vec::new();
    for file in std::fs::read_dir("policies").unwrap() {
        policies.push(serde_json::from_str(&std::fs::read_to_string(file.unwrap().path()).unwrap()).unwrap());
    }
    let corpus = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(format!("tests/corpus/policy/{name}.json")).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["cases"].as_array().unwrap().clone()
    };
    for case in corpus("keys") {
        policies.push(
            json!({ "name": "p", "rules": [{ "rule_id": "r", "action": "DENY", case["key"].as_str().unwrap(): case["value"] }] }),
        );
    }
    policies.extend(
        corpus("decisions")
            .into_iter()
            .flat_map(|case| case["policy"].as_array().cloned().unwrap_or(vec![case["policy"].clone()])),
    );
    assert!(policies.len() > 100, "only {} policies", policies.len());
    for policy in policies {
        let errors: Vec<String> = schema.iter_errors(&policy).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{policy}: {errors:?}");
    }
    // What a schema cannot say is left to the engine: positions in texts, and bounds between two values.
    let refused = corpus("errors")
        .iter()
        .filter(|case| {
            let rule = json!({ "rule_id": "r", "action": "DENY", case["key"].as_str().unwrap(): case["value"] });
            !schema.is_valid(&json!({ "name": "p", "rules": [rule] }))
        })
        .count();
    assert!(refused * 10 > corpus("errors").len() * 7, "the schema refuses only {refused} of {}", corpus("errors").len());
}
