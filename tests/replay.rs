//! Policies tried on calls that were recorded: never another answer than the call itself would get, and an unsure one only where
//! the record cannot know.
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

use interven::{Policy, Report, ScanContext};
use serde_json::{Map, Value, json};
use support::{
    generate::Random,
    policies::{context, decided, engine, expanded, report, request},
};

const DECISIONS: [&str; 4] = ["ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY"];

fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{}/tests/corpus/policy/keys.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["cases"].as_array().unwrap().clone()
}

fn can_run(case: &Value) -> bool {
    case["feature"].as_str().is_none_or(|name| name == "patterns" && cfg!(feature = "patterns"))
}

fn policy(rule: Value, action: &str) -> Policy {
    let mut rule = rule;
    (rule["rule_id"], rule["action"]) = ("r".into(), action.into());
    Policy::parse(&json!({ "name": "p", "rules": [rule] }).to_string(), "p").unwrap()
}

/// What a gateway keeps of a call: the report and the facts, the agent and the time.
fn record(report: &Report, context: &ScanContext) -> Map<String, Value> {
    let mut record: Map<String, Value> = serde_json::from_str(&report.to_json()).unwrap();
    let facts: Map<String, Value> = serde_json::from_str(report.facts.as_ref().unwrap()).unwrap();
    assert!(facts.keys().all(|key| !record.contains_key(key)), "a fact is named like something of the report");
    record.extend(facts);
    record.insert("risk_hundredths".into(), report.risk_hundredths.into());
    record.insert("agent".into(), context.agent.clone().into());
    record.insert("time_ms".into(), context.time_ms.into());
    record
        .insert("zone_offsets".into(), context.zone_offsets.iter().map(|(name, at)| (name.clone(), Value::from(*at))).collect());
    record
}

fn replayed(engine: &interven::Engine, record: &Map<String, Value>) -> Value {
    serde_json::from_str(&engine.replay(&Value::Object(record.clone()).to_string()).unwrap()).unwrap()
}

fn rank(decision: &Value) -> usize {
    DECISIONS.iter().position(|one| decision == one).unwrap()
}

/// What is looked at: the key, the call, its engine, what was decided, and what is recorded of that.
type See<'a> = &'a mut dyn FnMut(&str, &Value, &interven::Engine, &Report, Map<String, Value>);

/// Every call of the corpus under every shape of its key, with what the call itself gets.
fn each(see: See<'_>) {
    for case in cases() {
        let key = case["key"].as_str().unwrap();
        for calls in ["matches", "matches_not"] {
            for (index, call) in case[calls].as_array().unwrap().iter().enumerate() {
                let call = expanded(call, &mut Random::named(&format!("{key} {} {calls}[{index}]", case["value"])));
                if !can_run(&case) || !can_run(&call) {
                    continue;
                }
                let one = json!({ key: case["value"] });
                let shapes = [
                    one.clone(),
                    json!({ "condition": { "not": one } }),
                    json!({ "condition": { "any": [{ "not": one }, one] } }),
                ];
                for (shape, action) in shapes.into_iter().zip(["DENY", "REQUIRE_APPROVAL", "SANITIZE"]) {
                    let engine = engine(vec![policy(shape, action)], &call);
                    let context = ScanContext { facts: true, ..context(&call) };
                    let record = |verdict: &interven::Verdict| record(report(verdict), &context);
                    let verdict = decided(&engine, request(&call), context.clone());
                    see(key, &call, &engine, report(&verdict), record(&verdict));
                }
            }
        }
    }
}

#[test]
fn what_a_call_got_is_always_among_what_a_replay_allows() {
    let (mut sure, mut unsure) = (BTreeSet::new(), BTreeSet::new());
    each(&mut |key, call, engine, report, record| {
        let answer = replayed(engine, &record);
        let got = rank(&report.decision.as_str().into());
        assert!(
            rank(&answer["least"]) <= got && got <= rank(&answer["most"]),
            "{key} {call}: {answer} but {}",
            report.decision.as_str()
        );
        let matched = !report.matched_rules.is_empty();
        match answer["rules"].as_array().unwrap().iter().find(|rule| rule["keys"] != json!(["redaction"])) {
            None => assert!(!matched, "{key} {call}: {answer}"),
            Some(rule) if rule["certain"] == true => assert!(matched, "{key} {call}: {answer}"),
            Some(_) => {}
        }
        if answer["least"] == answer["most"] {
            sure.insert(key.to_owned());
        } else if answer["rules"][0]["keys"] != json!(["redaction"]) {
            let named = if ["any", "all", "not"].contains(&key) { &answer["rules"][0]["keys"][0] } else { &json!(key) };
            assert_eq!(answer["rules"][0]["keys"], json!([named]), "{key} {call}: {answer}");
            unsure.insert(key.to_owned());
        }
    });
    let never: Vec<&String> = unsure.difference(&sure).collect();
    // These are never in a record without its body or its path. The others are unsure of some calls at most.
    for key in ["body_matches", "url_patterns", "body_contains_any", "count_gt"] {
        assert!(unsure.contains(key) || key == "body_matches" && !cfg!(feature = "patterns"), "{key} is told from nothing");
    }
    assert!(never.iter().all(|key| !key.starts_with("is_") && !key.ends_with("_names")), "{never:?}");
}

#[test]
fn with_url_and_body_the_keys_that_need_them_are_decided() {
    let mut decided = BTreeSet::new();
    each(&mut |key, call, engine, report, mut record| {
        if !key.starts_with("body_") && key != "url_patterns" {
            return;
        }
        let sent = request(call);
        let url = sent.url.expose();
        record.insert("url".into(), url.split('?').next().into());
        let plain = sent.headers.iter().all(|header| header.name == "content-type");
        if let (Ok(body), true, true) = (core::str::from_utf8(sent.body.expose()), plain, report.findings.is_empty()) {
            let media = sent.headers.first().map_or("text/plain", |header| header.value.expose());
            record.extend([("body".into(), body.into()), ("content_type".into(), media.into())]);
            let answer = replayed(engine, &record);
            assert_eq!([&answer["least"], &answer["most"]], [report.decision.as_str(); 2], "{key} {call}");
            decided.insert(key.to_owned());
        }
    });
    assert!(decided.len() >= 7, "{decided:?}");
}

#[test]
fn what_is_known_of_a_rule_otherwise_settles_it() {
    each(&mut |key, call, engine, report, mut record| {
        if report.reason_codes.iter().any(|code| code == "REDACTION_FAILED") {
            return;
        }
        record.insert("known".into(), json!([["p", "other", true], ["p", "r", !report.matched_rules.is_empty()]]));
        let answer = replayed(engine, &record);
        let redaction = answer["rules"].as_array().unwrap().iter().any(|rule| rule["keys"] == json!(["redaction"]));
        assert_eq!(answer["least"], report.decision.as_str(), "{key} {call}: {answer}");
        assert!(redaction || answer["least"] == answer["most"], "{key} {call}: {answer}");
    });
}

#[test]
fn facts_hold_no_text_of_the_call() {
    let canary = "zanzibar";
    let call = json!({
        "method": "POST", "url": format!("https://api.github.com/repos/{canary}/{canary}?q={canary}"),
        "headers": [["x-http-method-override", canary], ["x-note", canary]],
        "body": { "to": format!("{canary}@{canary}.example"), canary: canary },
    });
    let engine = engine(Vec::new(), &call);
    let context = ScanContext { facts: true, runtime: canary.into(), agent: canary.into(), ..context(&call) };
    let verdict = decided(&engine, request(&call), context.clone());
    let facts = report(&verdict).facts.clone().unwrap();
    assert!(!facts.to_lowercase().contains(canary), "{facts}");
    let told: Value = serde_json::from_str(&facts).unwrap();
    assert_eq!([&told["methods"], &told["runtime"]], [&json!([]), &Value::Null]);
    let verdict = decided(&engine, request(&call), ScanContext { facts: false, ..context });
    assert_eq!(report(&verdict).facts, None);
}

#[test]
fn what_is_no_record_has_no_answer_and_an_empty_one_is_refused() {
    let engine = engine(Vec::new(), &Value::Null);
    assert_eq!(engine.replay("[1"), None);
    assert_eq!(replayed(&engine, &Map::new())["least"], "DENY");
}

#[test]
fn a_path_that_is_not_recorded_leaves_a_suppression_open() {
    let text = |path: &str| {
        json!({
            "name": "p",
            "rules": [{ "rule_id": "r", "tools": ["custom_proxy"], "action": "DENY" }],
            "suppressions": [{ "rule_id": "r", "path": path, "expires": "2030-01-01", "reason": "a test" }],
        })
        .to_string()
    };
    let call = json!({ "url": "https://api.example.com/notes" });
    let engine = engine(vec![Policy::parse(&text("/notes"), "p").unwrap()], &call);
    let context = ScanContext { facts: true, ..context(&call) };
    let verdict = decided(&engine, request(&call), context.clone());
    let mut record = record(report(&verdict), &context);
    let answer = replayed(&engine, &record);
    assert_eq!(
        [&answer["least"], &answer["most"], &answer["rules"][0]["keys"]],
        [&json!("ALLOW"), &json!("DENY"), &json!(["suppressions"])]
    );
    record.insert("url".into(), "https://api.example.com/notes".into());
    let answer = replayed(&engine, &record);
    assert_eq!([&answer["least"], &answer["most"]], ["ALLOW"; 2]);
}
