//! The language of policies: every key, every error, every notice, from `tests/corpus/policy/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

use std::collections::BTreeSet;

use interven::{Policy, Report};
use serde_json::{Value, json};
use support::{
    generate::Random,
    policies::{body, context, decided, engine, expanded, report, request},
};

fn corpus(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{}/tests/corpus/policy/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["cases"].as_array().unwrap().clone()
}

/// Keys of `match` and of `condition`, from the JSON Schema.
fn keys(group: &str) -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&interven::policy_schema()).unwrap();
    schema["$defs"][group]["properties"].as_object().unwrap().keys().cloned().collect()
}

fn group_of(key: &str) -> &'static str {
    if keys("match").contains(key) { "match" } else { "condition" }
}

/// The ways to write one key: in its group, flat, and inside groups.
fn shapes(key: &str, value: &Value) -> Vec<Value> {
    let one = json!({ key: value });
    vec![
        json!({ group_of(key): one }),
        one.clone(),
        json!({ "condition": { "any": [{ "body_size_bytes_gt": 100_000_000 }, one] } }),
        json!({ "condition": { "all": one } }),
        json!({ "condition": { "not": { "not": one } } }),
    ]
}

fn policy(rule: &Value) -> Policy {
    let mut rule = rule.clone();
    (rule["rule_id"], rule["action"]) = ("r".into(), "REQUIRE_APPROVAL".into());
    Policy::parse(&json!({ "name": "p", "rules": [rule] }).to_string(), "p").unwrap()
}

/// A policy with one key, laid out so that line and column say something.
fn laid_out(group: &str, key: &str, value: &str) -> String {
    format!(
        "{{\n  \"name\": \"p\",\n  \"rules\": [\n    {{\"rule_id\": \"r\", \"action\": \"DENY\",\n     \"{group}\": {{\"{key}\": {value}}}}}\n  ]\n}}\n"
    )
}

fn matched(report: &Report) -> Vec<&str> {
    report.matched_rules.iter().map(|rule| rule.rule_id.as_str()).collect()
}

/// Whether this build can run a case.
fn can_run(case: &Value) -> bool {
    case["feature"].as_str().is_none_or(|name| name == "patterns" && cfg!(feature = "patterns"))
}

#[test]
fn every_key_matches_and_does_not() {
    let mut asked: BTreeSet<(String, bool)> = BTreeSet::new();
    for case in corpus("keys") {
        let key = case["key"].as_str().unwrap();
        for (want, calls) in [(true, "matches"), (false, "matches_not")] {
            for (index, call) in case[calls].as_array().unwrap().iter().enumerate() {
                asked.insert((key.into(), want));
                let name = format!("{key} {} {calls}[{index}]", case["value"]);
                let call = expanded(call, &mut Random::named(&name));
                if !can_run(&case) || !can_run(&call) {
                    continue;
                }
                for shape in shapes(key, &case["value"]) {
                    let verdict = decided(&engine(vec![policy(&shape)], &call), request(&call), context(&call));
                    assert_eq!(matched(report(&verdict)), if want { vec!["r"] } else { vec![] }, "{name}: {shape}");
                }
            }
        }
    }
    let missing: Vec<(String, bool)> = keys("group")
        .into_iter()
        .flat_map(|key| [(key.clone(), true), (key, false)])
        .filter(|one| !asked.contains(one))
        .collect();
    assert!(missing.is_empty(), "keys without a case that matches (true) or does not (false): {missing:?}");
}

#[test]
fn every_key_has_its_errors() {
    let mut asked = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in corpus("errors") {
        let key = case["key"].as_str().unwrap();
        asked.insert(key.to_owned());
        if !can_run(&case) {
            continue;
        }
        let value = case["value"].to_string();
        let group = group_of(key);
        let error = Policy::parse(&laid_out(group, key, &value), "p").unwrap_err().to_string();
        wrong.extend((error != case["error"].as_str().unwrap()).then(|| format!("{key}: {value}: {error}")));
        let flat = json!({ "name": "p", "rules": [{ "rule_id": "r", "action": "DENY", key: case["value"] }] }).to_string();
        let flat = Policy::parse(&flat, "p").unwrap_err();
        assert!(error.contains(&flat.message) && flat.key.starts_with(&format!("rules[0].{key}")), "{flat}");
    }
    assert!(wrong.is_empty(), "other errors than expected:\n{}", wrong.join("\n"));
    let missing: Vec<String> = keys("group").into_iter().filter(|key| !asked.contains(key)).collect();
    assert!(missing.is_empty(), "keys without a malformed case: {missing:?}");
}

#[test]
fn a_misspelt_key_is_an_error_that_knows_the_right_one() {
    for group in ["match", "condition"] {
        for key in keys(group).iter().filter(|key| key.len() > 3) {
            let misspelt = format!("{}x{}", &key[..2], &key[2..]);
            let error = Policy::parse(&laid_out(group, &misspelt, "[]"), "p").unwrap_err();
            assert_eq!((error.line, error.column, error.message.as_str()), (5, 8 + group.len() + 3, "unknown key"), "{key}");
            assert_eq!(error.key, format!("rules[0].{group}.{misspelt}"));
            assert_eq!(error.suggestion, Some(format!("did you mean `{key}`?")));
        }
    }
}

#[test]
fn without_regular_expressions_a_rule_with_one_is_an_error() {
    let made = Policy::parse(&laid_out("condition", "body_matches", "\"a+\""), "p");
    if cfg!(feature = "patterns") {
        assert!(made.is_ok());
    } else {
        let want = "p:5:20: rules[0].condition.body_matches: regular expressions are not in this build (use `interven/patterns`, or `body_contains_any`)";
        assert_eq!(made.unwrap_err().to_string(), want);
    }
}

/// Documents that are wrong in other places than a key.
#[test]
fn documents_that_are_refused() {
    let mut wrong = Vec::new();
    for case in corpus("documents") {
        let text = case["text"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n");
        let error = Policy::parse(&text, "p").map_or_else(|error| error.to_string(), |_| "no error".into());
        wrong.extend((error != case["error"].as_str().unwrap()).then(|| format!("{text}: {error}")));
    }
    assert!(wrong.is_empty(), "other errors than expected:\n{}", wrong.join("\n"));
}

#[test]
fn whole_policies_decide() {
    let mut wrong = Vec::new();
    for case in corpus("decisions") {
        let name = case["name"].as_str().unwrap();
        if !can_run(&case) {
            continue;
        }
        let case = expanded(&case, &mut Random::named(name));
        let policies = match &case["policy"] {
            Value::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        let policies = policies.iter().map(|policy| Policy::parse(&policy.to_string(), "p").unwrap()).collect();
        let verdict = decided(&engine(policies, &case), request(&case["request"]), context(&case));
        let report: Value = serde_json::from_str(&report(&verdict).to_json()).unwrap();
        for (key, want) in case["expect"].as_object().unwrap() {
            let got = match key.as_str() {
                "body" => Value::from(body(&verdict).unwrap_or_default()),
                "matched" => report["matched_rules"].as_array().unwrap().iter().map(|rule| rule["rule_id"].clone()).collect(),
                "suppressed" => report["matched_rules"][0]["suppressed"].clone(),
                "escalate_to" => report["matched_rules"][0]["escalate_to"].clone(),
                "finding_rules" => report["findings"].as_array().unwrap().iter().map(|f| f["rule_id"].clone()).collect(),
                key => report[key].clone(),
            };
            let want = if key == "body" && !want.is_string() { Value::from(want.to_string()) } else { want.clone() };
            wrong.extend((got != want).then(|| format!("{name}: {key}: {got}, not {want}")));
        }
        // What was redacted is not found once more.
        if let Some(sent) = body(&verdict).filter(|_| report["decision"] == "SANITIZE") {
            let mut again = case["request"].clone();
            again["body"] = sent.clone().into();
            let policies = match &case["policy"] {
                Value::Array(list) => list.clone(),
                one => vec![one.clone()],
            };
            let policies = policies.iter().map(|policy| Policy::parse(&policy.to_string(), "p").unwrap()).collect();
            let mut repeated = request(&again);
            if !case["request"]["body"].is_string() {
                repeated = repeated.header("content-type", "application/json");
            }
            let verdict = decided(&engine(policies, &case), repeated, context(&case));
            let twice = body(&verdict);
            wrong.extend((twice.as_ref() != Some(&sent)).then(|| format!("{name}: {twice:?} after {sent}")));
        }
    }
    assert!(wrong.is_empty(), "other decisions than expected:\n{}", wrong.join("\n"));
}

#[test]
fn notices_have_exact_positions() {
    let mut wrong = Vec::new();
    for case in corpus("notices") {
        let text = case["text"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n");
        let policy = Policy::parse(&text, "p").unwrap();
        let got: Vec<String> = policy.notices(case["time_ms"].as_u64()).iter().map(ToString::to_string).collect();
        let want: Vec<&str> = case["notices"].as_array().unwrap().iter().map(|notice| notice.as_str().unwrap()).collect();
        wrong.extend((got != want).then(|| format!("{text}:\n{}", got.join("\n"))));
    }
    assert!(wrong.is_empty(), "other notices than expected:\n{}", wrong.join("\n\n"));
}
