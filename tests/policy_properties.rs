//! What holds for any policies and any memories.
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

use interven::{
    Decision, Engine, Event, Gate, Judgement, Memory, MemoryKey, Options, Policy, Request, ScanContext, Sensitive, Verb, Verdict,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::policies::{NOON, decided, report};

/// Enough to meet every pair of rules, and done in seconds.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn one_test() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        Just(("tools", json!(["slack"]))),
        Just(("tools", json!(["custom_proxy", "agent"]))),
        Just(("verbs", json!(["WRITE"]))),
        Just(("methods", json!(["GET", "DELETE"]))),
        Just(("hosts", json!(["*.example.com"]))),
        Just(("url_patterns", json!(["*/admin/*"]))),
        Just(("operations", json!(["category:delete", "post_message"]))),
        Just(("has_data_class", json!(["PII"]))),
        Just(("body_contains_any", json!(["heron"]))),
        Just(("body_path_gt", json!({ "path": "$.amount", "value": 100 }))),
        Just(("is_new_destination", json!(true))),
        Just(("risk_score_gt", json!(0.1))),
        Just(("not", json!({ "verbs": ["READ"] }))),
        Just(("any", json!([{ "methods": ["POST"] }, { "hosts": ["slack.com"] }]))),
    ]
}

/// A rule without its id.
fn rule() -> impl Strategy<Value = Value> {
    let action = prop_oneof![Just("ALLOW"), Just("SANITIZE"), Just("REQUIRE_APPROVAL"), Just("DENY"), Just("OPEN_INCIDENT")];
    let mode = prop_oneof![4 => Just("enforce"), 1 => Just("monitor")];
    let tests = proptest::collection::btree_map(0usize..4, one_test(), 0..3);
    (action, mode, tests, any::<bool>(), 0i64..3).prop_map(|(action, mode, tests, fields, priority)| {
        let mut rule = json!({ "action": action, "mode": mode, "priority": priority });
        for (key, value) in tests.into_values() {
            rule[key] = value;
        }
        if fields && action == "SANITIZE" {
            rule["sanitize_fields"] = json!(["$.name", "$.items[*].note"]);
        }
        rule
    })
}

fn rules() -> impl Strategy<Value = Vec<Value>> {
    let number = |rules: Vec<Value>| {
        let named = |(index, mut rule): (usize, Value)| {
            rule["rule_id"] = format!("r{index}").into();
            rule
        };
        rules.into_iter().enumerate().map(named).collect()
    };
    proptest::collection::vec(rule(), 0..6).prop_map(number)
}

fn call() -> impl Strategy<Value = Request> {
    let url = prop_oneof![
        Just("https://slack.com/api/chat.postMessage"),
        Just("https://api.example.com/notes"),
        Just("https://api.example.com/x/%61dmin/y"),
        Just("tool://agent/delete_account"),
        Just("https://example.org/"),
    ];
    let method = prop_oneof![Just("GET"), Just("POST"), Just("DELETE")];
    let text = prop_oneof![Just("plain"), Just("Project Heron"), Just("ssn 536-22-8145"), Just("jo.doe@corp-mail.com")];
    (url, method, text, 0u32..200).prop_map(|(url, method, text, amount)| {
        let body = json!({ "text": text, "amount": amount, "name": "Ada", "items": [{ "note": 5 }, { "note": text }] });
        Request::new(method, url).header("content-type", "application/json").body(body.to_string())
    })
}

fn engine(rules: &[Value]) -> Engine {
    let text = json!({ "name": "p", "rules": rules }).to_string();
    Engine::new(Options { policies: vec![Policy::parse(&text, "p").unwrap()], ..Options::default() }).unwrap()
}

fn context() -> ScanContext {
    ScanContext { agent: "a".into(), time_ms: Some(NOON), ..ScanContext::default() }
}

fn verdict(rules: &[Value], call: &Request) -> Verdict {
    decided(&engine(rules), call.clone(), context())
}

fn gate(verdict: &Verdict) -> Gate {
    match report(verdict).decision {
        Decision::Deny => Gate::Deny,
        Decision::RequireApproval => Gate::RequireApproval,
        Decision::Allow | Decision::Sanitize => Gate::Allow,
    }
}

/// The report without what names the document, which is another one when its rules stand in another order.
fn said(verdict: &Verdict) -> Value {
    let mut report: Value = serde_json::from_str(&report(verdict).to_json()).unwrap();
    (report["policy_version"], report["digest"]) = (Value::Null, Value::Null);
    report
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn the_strictest_rule_wins(rules in rules(), call in call()) {
        let all = verdict(&rules, &call);
        let alone = rules.iter().map(|rule| gate(&verdict(std::slice::from_ref(rule), &call))).max();
        prop_assert_eq!(gate(&all), alone.unwrap_or_else(|| gate(&verdict(&[], &call))));
    }

    #[test]
    fn the_order_of_rules_changes_nothing(rules in rules(), call in call(), turn in 0usize..6) {
        let mut turned = rules.clone();
        turned.rotate_left(turn.min(rules.len()));
        turned.reverse();
        let (one, other) = (verdict(&rules, &call), verdict(&turned, &call));
        prop_assert_eq!(said(&one).to_string(), said(&other).to_string());
        prop_assert_eq!(support::policies::body(&one), support::policies::body(&other));
    }

    #[test]
    fn one_more_rule_loosens_nothing(rules in rules(), more in rule(), call in call()) {
        let mut with = rules.clone();
        with.push(more);
        with.last_mut().unwrap()["rule_id"] = "more".into();
        let (before, after) = (verdict(&rules, &call), verdict(&with, &call));
        prop_assert!(gate(&after) >= gate(&before));
        let mut denying = with.clone();
        denying.last_mut().unwrap()["action"] = "DENY".into();
        denying.last_mut().unwrap().as_object_mut().unwrap().remove("sanitize_fields");
        prop_assert!(gate(&verdict(&denying, &call)) >= gate(&after));
    }

    #[test]
    fn watching_changes_no_decision(rules in rules(), more in rule(), call in call()) {
        let mut with = rules.clone();
        with.push(more);
        let last = with.last_mut().unwrap();
        (last["rule_id"], last["mode"]) = ("more".into(), "monitor".into());
        let (before, after) = (verdict(&rules, &call), verdict(&with, &call));
        prop_assert_eq!(report(&before).decision, report(&after).decision);
        prop_assert_eq!(&report(&before).reason_codes, &report(&after).reason_codes);
        prop_assert_eq!(support::policies::body(&before), support::policies::body(&after));
    }

    #[test]
    fn the_same_inputs_say_the_same(rules in rules(), call in call()) {
        let (one, other) = (verdict(&rules, &call), verdict(&rules, &call));
        prop_assert_eq!(report(&one).to_json(), report(&other).to_json());
        prop_assert_eq!(engine(&rules).explain(&call, &context()), engine(&rules).explain(&call, &context()));
    }

    #[test]
    fn what_is_redacted_stays_redacted(rules in rules(), call in call()) {
        let once = verdict(&rules, &call);
        if let (Decision::Sanitize, Some(body)) = (report(&once).decision, support::policies::body(&once)) {
            prop_assert!(serde_json::from_str::<Value>(&body).is_ok());
            let again = Request::new(call.method.clone(), call.url.expose().clone()).header("content-type", "application/json");
            prop_assert_eq!(support::policies::body(&verdict(&rules, &again.body(body.clone()))), Some(body));
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Note(Event, u64),
    Judge(&'static str, Judgement),
    Grant(u8, u64, bool),
    Refuse(u8, u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let agent = || prop_oneof![Just("a"), Just("b")];
    let event = (agent(), 0u32..4, prop_oneof![Just(Verb::Read), Just(Verb::Write)], any::<bool>(), 0u64..3000);
    let note = event.prop_map(|(agent, place, verb, denied, minute)| {
        let decision = if denied { Decision::Deny } else { Decision::Allow };
        let destination = Sensitive::new(format!("host-{place}"));
        Step::Note(Event { agent: agent.into(), tool: "slack".into(), destination, verb, decision }, NOON + minute * 60_000)
    });
    let judgement = prop_oneof![Just(Judgement::Approved), Just(Judgement::Denied), Just(Judgement::Threat)];
    let step = prop_oneof![
        6 => note,
        1 => (agent(), judgement).prop_map(|(agent, judgement)| Step::Judge(agent, judgement)),
        1 => (0u8..4, 0u64..4, any::<bool>()).prop_map(|(call, until, used)| Step::Grant(call, until, used)),
        1 => (0u8..4, 0u64..4).prop_map(|(call, until)| Step::Refuse(call, until)),
    ];
    proptest::collection::vec(step, 0..40)
}

fn memory(replica: u64, steps: &[Step]) -> Memory {
    let mut memory = Memory::new(MemoryKey::new([3; 16]), replica);
    for step in steps {
        match step {
            Step::Note(event, time_ms) => memory.note(event, *time_ms),
            Step::Judge(agent, judgement) => memory.judge(agent, *judgement),
            Step::Grant(call, until, used) => {
                memory.grant(&call.to_string(), "a", NOON + until);
                if *used {
                    memory.consume_grant(&call.to_string(), "a", NOON);
                }
            }
            Step::Refuse(call, until) => memory.refuse(&call.to_string(), "a", NOON + until),
        }
    }
    memory
}

/// A memory with more destinations than it can hold.
fn full(replica: u64, first: usize, days: u64) -> Memory {
    let mut memory = Memory::new(MemoryKey::new([3; 16]), replica);
    for place in first..first + Memory::MOST_GRANTS + 200 {
        memory.grant(&place.to_string(), "a", NOON + (place as u64 * 7919) % 5000 + days);
        memory.refuse(&place.to_string(), "a", NOON + (place as u64 * 104_729) % 5000 + days);
    }
    memory
}

fn merged(one: &Memory, other: &Memory) -> Memory {
    let mut merged = one.clone();
    merged.merge(other);
    merged
}

/// Two memories know the same, whosever they are.
fn same(one: &Memory, other: &Memory) -> bool {
    one.to_json() == other.to_json()
}

fn merging_holds(a: &Memory, b: &Memory, c: &Memory) {
    assert!(same(&merged(&merged(a, b), c), &merged(a, &merged(b, c))), "not associative");
    assert!(same(&merged(a, b), &merged(b, a)), "not commutative");
    assert!(same(&merged(a, a), a), "not idempotent");
    assert!(same(&merged(&merged(a, b), b), &merged(a, b)), "not absorbing");
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn merging_is_a_semilattice(a in steps(), b in steps(), c in steps()) {
        merging_holds(&memory(1, &a), &memory(2, &b), &memory(3, &c));
    }

    #[test]
    fn a_memory_survives_its_text(steps in steps()) {
        let memory = memory(1, &steps);
        let read = Memory::from_json(&memory.to_json(), MemoryKey::new([3; 16]), 1).unwrap();
        prop_assert!(read == memory);
    }

    #[test]
    fn any_text_is_a_memory_or_an_error(steps in steps(), at in 0usize..4000, byte in any::<u8>()) {
        let mut text = memory(1, &steps).to_json().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        if let Ok(text) = String::from_utf8(text)
            && let Ok(mut memory) = Memory::from_json(&text, MemoryKey::new([3; 16]), 2)
        {
            memory.forget(NOON);
            let _ = memory.trust("a");
        }
    }
}

#[test]
fn merging_is_a_semilattice_at_the_bounds() {
    merging_holds(&full(1, 0, 0), &full(2, 600, 40), &full(3, 1500, 20));
    assert!(full(1, 0, 0).to_json() != full(1, 600, 0).to_json());
}

#[test]
fn a_day_that_cannot_be_is_no_panic() {
    let empty = Memory::new(MemoryKey::new([3; 16]), 1).to_json();
    let text = empty.replace("\"seen\":[]", "\"seen\":[[4294967295,\"0000000000000001\",\"0000000000000002\"]]");
    assert!(text != empty);
    let mut memory = Memory::from_json(&text, MemoryKey::new([3; 16]), 1).unwrap();
    memory.forget(NOON);
}
