//! No value that any rule finds, and none that a configuration keeps to itself, is ever in a Debug output, a report, an error,
//! or what a gateway is asked.
// Covers INVARIANT(I6).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::fmt::Debug;

use interven::{
    Clock, Detector, Engine, Finding, Gateway, Options, Output, Part, Report, Request, Scan, ScanContext, Vault, Verdict,
};
use serde_json::{Value, json};
use support::generate::{Random, expand};

/// Shorter values stand in anything by chance.
const LEAST: usize = 8;

/// Everything that can be printed of a scan and of what it leaves.
fn shown(engine: &Engine, request: &Request, gateway: Option<Gateway>) -> (Vec<String>, Vec<Finding>) {
    let context = ScanContext { gateway, ..ScanContext::default() };
    let mut shown = vec![print(request), print(&request.headers), print(&request.url), print(&request.body)];
    let mut scan = Scan::new(engine, request.clone(), context, Clock(0));
    shown.push(print(&scan));
    let output = scan.poll_output();
    shown.push(print(&output));
    let mut findings = Vec::new();
    match &output {
        Output::Call(call) => shown.extend([print(call), call.path.clone(), call.body.clone().unwrap_or_default()]),
        Output::Done(verdict) => {
            let report: &Report = match verdict {
                Verdict::Forward(forward) => {
                    shown.extend([print(forward), print(forward.request())]);
                    forward.report()
                }
                Verdict::Block(block) => {
                    shown.push(print(block));
                    block.report()
                }
            };
            shown.extend([report.to_json(), print(report), print(&report.coverage), print(&report.target)]);
            shown.extend(report.findings.iter().flat_map(|f| [print(f), print(&f.rule), print(&f.part), print(&f.pointer)]));
            findings.clone_from(&report.findings);
        }
        _ => {}
    }
    (shown, findings)
}

fn print(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// What the findings found, as it stands in the request.
fn values(request: &Request, findings: &[Finding]) -> Vec<Vec<u8>> {
    let cut = |f: &Finding| {
        let part = match f.part {
            Part::Url => request.url.expose().as_bytes(),
            Part::Header(index) => request.headers[index].value.expose().as_bytes(),
            Part::HeaderName(index) => request.headers[index].name.as_bytes(),
            Part::Body => request.body.expose(),
        };
        part[f.span.clone()].to_vec()
    };
    // What is made of small letters alone are words that rules, classes and reports are described by.
    let telling = |value: &Vec<u8>| value.len() >= LEAST && value.iter().any(|b| !b.is_ascii_lowercase() && *b != b'_');
    findings.iter().map(cut).filter(telling).collect()
}

fn holds_none(shown: &[String], values: &[Vec<u8>], what: &str) {
    for value in values {
        let value = String::from_utf8_lossy(value);
        let written = json!(value).to_string();
        let forms = [&*value, written.trim_matches('"')];
        let seen = shown.iter().find(|text| forms.iter().any(|form| text.contains(form)));
        assert!(seen.is_none(), "{what}: {value} is shown in {}", seen.unwrap());
    }
}

/// An example of every rule in every place of a request, one at a time: what is found in one place may be none in another.
fn requests() -> impl Iterator<Item = (String, Request)> {
    let places: [fn(&str) -> Request; 14] = [
        |text| post(json!({ "note": text }).to_string()),
        |text| post(json!({ text: 1 }).to_string()),
        |text| post(json!({ "deep": [{ text: [true] }] }).to_string()),
        |text| Request::new("POST", "tool://canary/text").header("content-type", "text/plain").body(text),
        |text| get(format!("https://api.example.com/a/{}", percent(text))),
        |text| get(format!("https://api.example.com/?q={}", percent(text))),
        |text| get(format!("https://api.example.com/#{}", percent(text))),
        |text| get(format!("https://{}@api.example.com/", percent(text))),
        |text| get(format!("https://{}/", text.to_ascii_lowercase())),
        |text| header("x-note", text),
        |text| header("authorization", text),
        |text| header("cookie", &format!("s={text}")),
        |text| header(text, "a"),
        |text| Request::new(text, "https://api.example.com/"),
    ];
    interven::rules().flat_map(move |rule| {
        rule.positives.iter().enumerate().flat_map(move |(index, template)| {
            let name = format!("{}/{index}", rule.id);
            let text = expand(template, &mut Random::named(&name));
            places.map(move |place| (name.clone(), place(&text)))
        })
    })
}

fn get(url: String) -> Request {
    Request::new("GET", url)
}

fn header(name: &str, value: &str) -> Request {
    get("https://api.example.com/".into()).header(name, value)
}

fn post(body: String) -> Request {
    Request::new("POST", "https://api.example.com/notes").header("content-type", "application/json").body(body)
}

fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[test]
fn no_value_of_a_finding_is_shown() {
    let engine = Engine::new(Options::default()).unwrap();
    let mut checked = 0;
    for (name, request) in requests() {
        let (mut shown, findings) = shown(&engine, &request, None);
        let values = values(&request, &findings);
        let mut detector = Detector::new(&engine);
        let mut streamed = detector.push(request.body.expose());
        shown.push(print(&detector));
        streamed.extend(detector.finish().0);
        shown.push(print(&streamed));
        let mut vault = Vault::new();
        let text = String::from_utf8_lossy(request.body.expose()).into_owned();
        engine.redact_with(&text, &mut vault).unwrap();
        shown.push(print(&vault));
        shown.push(print(&engine.redact_with(&text, &mut Vault::with_capacity(0)).err()));
        holds_none(&shown, &values, &name);
        checked += values.len();
    }
    assert!(checked > 5_000, "only {checked} values");
}

#[test]
fn no_value_of_a_finding_is_shown_to_a_gateway() {
    let engine = Engine::new(Options::default()).unwrap();
    let disclosed = |f: &Finding| !matches!(f.rule.class().as_str(), "INTERNAL" | "INJECTION");
    let mut asked = 0;
    for (name, request) in requests() {
        let (_, findings) = shown(&engine, &request, None);
        let (shown, _) = shown(&engine, &request, Some(Gateway::default()));
        let findings: Vec<Finding> = findings.into_iter().filter(disclosed).collect();
        holds_none(&shown, &values(&request, &findings), &name);
        asked += usize::from(shown.iter().any(|text| text.contains("/v1/scan")));
    }
    assert!(asked > 500, "only {asked} asked");
}

/// A configuration with a canary in every place that keeps its content to itself.
fn configuration(canary: &str) -> Value {
    json!({
        "detectors": [
            { "id": "one", "class": "PII", "literals": [canary], "near": ["badge"] },
            { "id": "two", "class": "SECRETS", "literals": [canary, "other text"], "ignore_case": true },
        ],
        "redaction": { "default": "hash", "key": canary },
    })
}

#[test]
fn a_configuration_shows_nothing_of_what_it_looks_for() {
    let canary = expand("{base62:40}", &mut Random::named("configuration"));
    let read = |document: &Value| {
        let mut options = Options::default();
        let read = options.read_detection(&document.to_string(), "options");
        (options, read)
    };
    let (options, done) = read(&configuration(&canary));
    done.unwrap();
    let engine = Engine::new(options.clone()).unwrap();
    let request = post(json!({ "badge": canary }).to_string());
    let (mut seen, findings) = shown(&engine, &request, None);
    assert!(findings.iter().any(|f| f.rule.id() == "one"));
    seen.extend([print(&options), print(&engine), print(&options.detectors), print(&options.redaction)]);
    seen.extend([print(&Detector::new(&engine)), engine.policy_version().to_owned()]);

    // Every value of it replaced by another kind of value or broken: no error repeats what stands in the others.
    let document = configuration(&canary);
    let mut errors = 0;
    for pointer in pointers(&document, String::new()) {
        for wrong in [json!(7), json!(""), json!([canary]), json!({ "x": canary }), json!(null), json!(format!("({canary}"))] {
            let mut broken = document.clone();
            *broken.pointer_mut(&pointer).unwrap() = wrong;
            let (options, done) = read(&broken);
            let error = done.err().or_else(|| Engine::new(options).err());
            errors += usize::from(error.is_some());
            // A name that is not known is repeated: names are no secrets.
            let named = ["id", "class", "default"].iter().any(|name| pointer.ends_with(name));
            seen.extend(error.filter(|_| !named).map(|e| format!("{e}{}", print(&e))));
        }
    }
    for cut in [1, 40, 80, 120] {
        let text = document.to_string();
        let error = Options::default().read_detection(text.get(..text.len() - cut).unwrap(), "options").unwrap_err();
        seen.push(format!("{error}{}", print(&error)));
    }
    #[cfg(feature = "patterns")]
    for wrong in ["(", "[a-", "{9999999}", "*", "(?=x)", "\\1"] {
        let detector = json!({ "detectors": [{ "id": "one", "class": "PII", "regex": format!("{canary}{wrong}") }] });
        let (options, done) = read(&detector);
        let error = done.err().or_else(|| Engine::new(options.clone()).err());
        seen.extend([print(&options), format!("{error:?}"), error.map(|e| e.to_string()).unwrap_or_default()]);
    }
    assert!(errors > 30, "only {errors} errors");
    holds_none(&seen, &[canary.into_bytes()], "the configuration");
}

/// Every place in a document.
fn pointers(value: &Value, at: String) -> Vec<String> {
    let mut found = vec![at.clone()];
    match value {
        Value::Object(members) => {
            found.extend(members.iter().flat_map(|(key, value)| pointers(value, format!("{at}/{key}"))));
        }
        Value::Array(items) => {
            found.extend(items.iter().enumerate().flat_map(|(index, value)| pointers(value, format!("{at}/{index}"))));
        }
        _ => {}
    }
    found.retain(|pointer| !pointer.is_empty());
    found
}

#[test]
fn a_host_that_spells_a_secret_of_the_call_is_not_named() {
    let engine = Engine::new(Options::default()).unwrap();
    let key = expand("AKIA{base32:16}", &mut Random::named("host"));
    let body = json!({ "key": key }).to_string();
    let call =
        |host: &str| Request::new("POST", format!("https://{host}/")).header("content-type", "application/json").body(&*body);
    let (seen, _) = shown(&engine, &call(&format!("{}.example.com", key.to_lowercase())), None);
    assert!(!seen.concat().to_lowercase().contains(&key.to_lowercase()));
    let (seen, _) = shown(&engine, &call("api.example.com"), None);
    assert!(seen.concat().contains("api.example.com"));
}
