//! Calls under policies: a request, what happened before it, and what is known around it.

use std::sync::Arc;

use interven::{
    Clock, DataClass, Decision, Engine, Judgement, McpSignals, Memory, MemoryKey, Options, Output, Policy, Report, Request, Scan,
    ScanContext, Verdict,
};
use serde_json::Value;

use super::generate::{Random, expand};

/// The time of a call that does not say its own: 2026-11-21T12:00:00Z.
pub const NOON: u64 = 1_795_262_400_000;

/// Expands generators in every text of a value.
pub fn expanded(value: &Value, random: &mut Random) -> Value {
    serde_json::from_str(&expand(&value.to_string(), random)).unwrap()
}

/// `{"method", "url", "headers", "body"}`; a body that is no text is JSON.
pub fn request(call: &Value) -> Request {
    let method = call["method"].as_str().unwrap_or("POST");
    let mut request = Request::new(method, call["url"].as_str().unwrap_or("https://api.example.com/notes"));
    for header in call["headers"].as_array().into_iter().flatten() {
        request = request.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    match &call["body"] {
        Value::Null => request,
        Value::String(text) => request.body(text.clone()),
        json => request.header("content-type", "application/json").body(json.to_string()),
    }
}

/// An engine with these policies, and the options of a case.
pub fn engine(policies: Vec<Policy>, case: &Value) -> Engine {
    let options = &case["options"];
    let mut made = Options { policies, ..Options::default() };
    made.daily_budget = options["daily_budget"].as_u64().map(|calls| u32::try_from(calls).unwrap());
    made.threat_hosts = texts(&options["threat_hosts"]);
    // Whoever is not of `acme-mail.com` is somebody else.
    made.organisation.domains = vec!["acme-mail.com".into()];
    Engine::new(made).unwrap()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// What is known around the call of a case: `context`, and a memory of its `before`.
pub fn context(case: &Value) -> ScanContext {
    let given = &case["context"];
    let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
    let offsets = given["zones"].as_object().into_iter().flatten();
    let is = |name: &str| given["mcp"][name] == true;
    let memory = case["before"].as_array().map(|events| Arc::new(remembered(events, &text("agent"))));
    ScanContext {
        agent: text("agent"),
        runtime: text("runtime"),
        claimed: texts(&given["claimed"]).iter().map(|class| DataClass::parse(class).unwrap()).collect(),
        time_ms: if given["time_ms"].is_null() { Some(NOON) } else { given["time_ms"].as_u64() },
        zone_offsets: offsets.map(|(name, minutes)| (name.clone(), minutes.as_i64().unwrap() as i32)).collect(),
        mcp: McpSignals {
            drift: is("drift"),
            origin_changed: is("origin_changed"),
            injection: is("injection"),
            risky_param_added: is("risky_param_added"),
        },
        memory,
        ..ScanContext::default()
    }
}

/// The memory after some calls and judgements: `{"call", "minutes_ago", "times", "decision"}`, `{"judge"}`, and
/// `{"response", "trace"}`, which is read.
fn remembered(events: &[Value], agent: &str) -> Memory {
    let engine = Engine::new(Options::default()).unwrap();
    let mut memory = Memory::new(MemoryKey::new([9; 16]), 1);
    for event in events {
        let time_ms = NOON - event["minutes_ago"].as_u64().unwrap_or(1) * 60_000;
        for _ in 0..event["times"].as_u64().unwrap_or(1) {
            match event["judge"].as_str() {
                Some("approved") => memory.judge(agent, Judgement::Approved),
                Some("denied") => memory.judge(agent, Judgement::Denied),
                Some("threat") => memory.judge(agent, Judgement::Threat),
                _ if !event["response"].is_null() => {
                    let response = interven::Response {
                        headers: Vec::new(),
                        body: interven::Sensitive::new(event["response"].as_str().unwrap().as_bytes().to_vec()),
                    };
                    engine.scan_response(&response, Some(&mut memory), event["trace"].as_str().unwrap_or("t-1"), time_ms);
                }
                _ => {
                    let verdict = decided(&engine, request(&event["call"]), ScanContext::default());
                    let mut note = report(&verdict).event(event["agent"].as_str().unwrap_or(agent));
                    if event["decision"] == "DENY" {
                        note.decision = Decision::Deny;
                    }
                    memory.note(&note, time_ms);
                }
            }
        }
    }
    memory
}

/// The local verdict.
pub fn decided(engine: &Engine, request: Request, context: ScanContext) -> Verdict {
    match Scan::new(engine, request, context, Clock(0)).poll_output() {
        Output::Done(verdict) => verdict,
        other => panic!("a local scan must end at once: {other:?}"),
    }
}

/// What is said about a verdict.
pub fn report(verdict: &Verdict) -> &Report {
    match verdict {
        Verdict::Forward(forward) => forward.report(),
        Verdict::Block(block) => block.report(),
    }
}

/// The body that is sent, or that a person would approve.
pub fn body(verdict: &Verdict) -> Option<String> {
    let request = match verdict {
        Verdict::Forward(forward) => Some(forward.request()),
        Verdict::Block(block) => block.preview(),
    };
    request.map(|request| String::from_utf8_lossy(request.body.expose()).into_owned())
}
