//! How long a request takes under so many rules, as JSON: microseconds a request, the least of several rounds.
//!
//! `cargo run --release --example bench_policy -- [--quick]`
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool of the benchmarks")]

use std::time::Instant;

use interven::{Clock, Engine, Options, Output, Policy, Request, Scan, ScanContext};
use serde_json::{Value, json};

/// The rule of a number.
type Make = fn(usize) -> Value;

const COUNTS: [usize; 4] = [0, 10, 100, 1_000];

fn main() {
    let rounds = if std::env::args().any(|arg| arg == "--quick") { 5 } else { 25 };
    let kinds: [(&str, Make); 4] = [
        ("spread over tools", spread),
        ("one tool, by operation", one_tool),
        ("one tool, by words of the body", by_words),
        ("one tool, by values of the body", by_values),
    ];
    let mut rows = Vec::new();
    for (kind, rule) in kinds {
        let engines: Vec<Engine> = COUNTS.iter().map(|count| engine(*count, rule)).collect();
        let mut least = vec![f64::MAX; engines.len()];
        // Taking turns: what slows the machine down for a while slows all of them down.
        for _ in 0..rounds {
            for (engine, least) in engines.iter().zip(&mut least) {
                *least = least.min(microseconds(engine));
            }
        }
        rows.push(json!({ "kind": kind, "microseconds": least }));
    }
    println!("{}", json!({ "counts": COUNTS, "bytes": body().len(), "rows": rows }));
}

fn rule(number: usize, mut of: Value) -> Value {
    of["rule_id"] = format!("r{number}").into();
    of["action"] = "REQUIRE_APPROVAL".into();
    of
}

fn spread(number: usize) -> Value {
    rule(number, json!({ "match": { "tools": [format!("tool-{number}")], "verbs": ["WRITE"] } }))
}

fn one_tool(number: usize) -> Value {
    rule(number, json!({ "match": { "tools": ["slack"], "verbs": ["WRITE"], "operations": [format!("operation_{number}")] } }))
}

fn by_words(number: usize) -> Value {
    rule(
        number,
        json!({ "match": { "tools": ["slack"] }, "condition": { "body_contains_any": [format!("codename {number} heron")] } }),
    )
}

fn by_values(number: usize) -> Value {
    let value = json!({ "path": "$.channel", "value": format!("C{number}x") });
    rule(number, json!({ "match": { "tools": ["slack"] }, "condition": { "body_path_equals": value } }))
}

fn engine(count: usize, of: Make) -> Engine {
    let text = json!({ "name": "p", "rules": (0..count).map(of).collect::<Vec<_>>() }).to_string();
    Engine::new(Options { policies: vec![Policy::parse(&text, "p").unwrap()], ..Options::default() }).unwrap()
}

/// A message of one kilobyte.
fn body() -> String {
    let words = "the team met in the morning and talked about codename plans for the next release ".repeat(13);
    json!({ "channel": "C1", "text": words.get(..980).unwrap() }).to_string()
}

fn microseconds(engine: &Engine) -> f64 {
    const TIMES: u32 = 40;
    let request =
        Request::new("POST", "https://slack.com/api/chat.postMessage").header("content-type", "application/json").body(body());
    let begun = Instant::now();
    for _ in 0..TIMES {
        match Scan::new(engine, request.clone(), ScanContext::default(), Clock(0)).poll_output() {
            Output::Done(verdict) => drop(std::hint::black_box(verdict)),
            other => unreachable!("a local scan ends at once: {other:?}"),
        }
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
}
