//! The corpus, natively: every expectation that a person wrote down.
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

use interven::Verdict;
use serde_json::Value;
use support::cases::{Case, evidence, files, read, report_text, written};

fn check(case: &Case) {
    let name = &case.name;
    let verdict = case.verdict();
    let report: Value = serde_json::from_str(&report_text(&verdict)).unwrap();
    let rules: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|f| f["rule_id"].as_str().unwrap()).collect();
    let expect = case.expect.as_object().unwrap();
    assert!(!expect.is_empty(), "{name}: nothing is expected");
    for (key, want) in expect {
        match key.as_str() {
            "decision" | "risk_band" | "tool_name" | "operation" | "verb" | "categories" | "resource" => {
                assert_eq!(&report[key], want, "{name}: {key}")
            }
            "reason_codes" | "classifications" => assert_eq!(&report[key], want, "{name}: {key}"),
            "findings" => {
                let want: Vec<&str> = want.as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
                assert_eq!(rules, want, "{name}: findings");
            }
            "finds" => assert!(rules.contains(&want.as_str().unwrap()), "{name}: {want} not found in {rules:?}"),
            "finds_not" => assert!(!rules.contains(&want.as_str().unwrap()), "{name}: {want} found"),
            "pointers" => {
                let got: Vec<&Value> = report["findings"].as_array().unwrap().iter().map(|f| &f["pointer"]).collect();
                assert_eq!(got, want.as_array().unwrap().iter().collect::<Vec<_>>(), "{name}: pointers");
            }
            "in_place" => assert_eq!(report["findings"][0]["in_place"], *want, "{name}: in_place"),
            "allowed" => assert_eq!(report["findings"][0]["allowed"], *want, "{name}: allowed"),
            "placeholder" => assert_eq!(report["findings"][0]["placeholder"], *want, "{name}: placeholder"),
            "skipped" => assert_eq!(report["coverage"]["skipped"], *want, "{name}: skipped"),
            "body" | "url" | "headers" => check_forward(name, key, want, &verdict),
            other => panic!("{name}: unknown expectation {other}"),
        }
    }
}

fn check_forward(name: &str, key: &str, want: &Value, verdict: &Verdict) {
    let request = match verdict {
        Verdict::Forward(forward) => forward.request(),
        Verdict::Block(block) => block.preview().unwrap_or_else(|| panic!("{name}: nothing to send")),
    };
    let got = match key {
        "body" => Value::from(String::from_utf8_lossy(request.body.expose()).into_owned()),
        "url" => Value::from(request.url.expose().as_str()),
        _ => request.headers.iter().map(|h| Value::from(vec![h.name.clone(), h.value.expose().clone()])).collect(),
    };
    let want = if key == "body" && !want.is_string() { Value::from(want.to_string()) } else { want.clone() };
    assert_eq!(got, want, "{name}: {key}");
}

#[test]
fn written_cases() {
    let cases = written();
    assert!(cases.len() >= 60, "only {} cases were loaded", cases.len());
    cases.iter().for_each(check);
    println!("corpus: {} written cases", cases.len());
}

/// One file a tool, named after it.
#[test]
fn every_tool_has_its_shapes() {
    let mut shapes = 0;
    for file in files("target") {
        let tool = file.file_stem().unwrap().to_string_lossy().into_owned();
        let cases = read(&file);
        let operations: BTreeSet<&str> = cases.iter().map(|case| case.expect["operation"].as_str().unwrap()).collect();
        println!("{tool:12} {:3} shapes, {:3} operations", cases.len(), operations.len());
        assert!(cases.len() >= 8, "{tool}: only {} shapes", cases.len());
        assert!(operations.len() >= 5, "{tool}: only {operations:?}");
        assert!(cases.iter().all(|case| case.expect["tool_name"] == tool.as_str()), "{tool}: a case of another tool");
        shapes += cases.len();
    }
    println!("corpus: {shapes} request shapes");
}

#[test]
fn every_rule_finds_its_evidence() {
    let cases = evidence();
    assert!(cases.len() >= interven::rules().count() * 24, "only {} cases were loaded", cases.len());
    cases.iter().for_each(check);
    println!("corpus: {} cases of evidence", cases.len());
}
