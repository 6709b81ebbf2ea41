//! Values in disguise: every kind in every wrapping is seen, and harmless values of the same shape are not.
//!
//! The kinds are those of `corpus/evasion/kinds.json`; values are made by the generators of the rules' own evidence. A
//! share of the product is tried; all of it with `INTERVEN_SOAK=1`.
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

use interven::{Clock, Decision, Engine, Options, Output, Request, Scan, ScanContext, Verdict, redact_text};
use serde_json::Value;
use support::{
    generate::{Random, expand},
    wrappings::{WRAPPINGS, Wrapping},
};

struct Kind {
    rule: String,
    value: String,
    twin: String,
}

fn kinds() -> Vec<Kind> {
    let list: Value = serde_json::from_str(include_str!("corpus/evasion/kinds.json")).unwrap();
    let made = |entry: &Value, name: &str, rule: &str| {
        expand(entry[name].as_str().unwrap(), &mut Random::named(&format!("evasion {rule} {name}")))
    };
    list["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let rule = entry["rule"].as_str().unwrap().to_owned();
            assert!(interven::rules().any(|known| known.id == rule), "{rule} is no rule");
            Kind { value: made(entry, "value", &rule), twin: made(entry, "twin", &rule), rule }
        })
        .collect()
}

/// The part of the product that is tried.
fn tried(kinds: &[Kind]) -> Vec<(&Kind, &'static Wrapping)> {
    let share = if std::env::var_os("INTERVEN_SOAK").is_some() { 1 } else { 4 };
    let pairs = kinds
        .iter()
        .enumerate()
        .flat_map(|(k, kind)| WRAPPINGS.iter().enumerate().map(move |(w, wrapping)| (k + w, kind, wrapping)));
    pairs.filter(|(n, ..)| n % share == 0).map(|(_, kind, wrapping)| (kind, wrapping)).collect()
}

fn verdict(engine: &Engine, request: Request) -> Verdict {
    match Scan::new(engine, request, ScanContext::default(), Clock(0)).poll_output() {
        Output::Done(verdict) => verdict,
        other => panic!("{other:?}"),
    }
}

fn decision(verdict: &Verdict) -> Decision {
    match verdict {
        Verdict::Forward(forward) => forward.report().decision,
        Verdict::Block(block) => block.report().decision,
    }
}

fn finds(verdict: &Verdict, rule: &str) -> bool {
    let report = match verdict {
        Verdict::Forward(forward) => forward.report(),
        Verdict::Block(block) => block.report(),
    };
    report.findings.iter().any(|finding| finding.rule.id() == rule && !finding.placeholder)
}

#[test]
fn every_kind_is_seen_in_every_wrapping() {
    let kinds = kinds();
    assert!(kinds.len() >= 40 && WRAPPINGS.len() >= 60, "{} kinds, {} wrappings", kinds.len(), WRAPPINGS.len());
    let engine = Engine::new(Options::default()).unwrap();
    let tried = tried(&kinds);
    let missed: Vec<String> = tried
        .iter()
        .filter(|(kind, wrapping)| {
            let verdict = verdict(&engine, (wrapping.wrap)(&kind.value));
            !finds(&verdict, &kind.rule) || decision(&verdict) == Decision::Allow
        })
        .map(|(kind, wrapping)| format!("{} as {}", kind.rule, wrapping.name))
        .collect();
    println!("evasion: {} of {} missed", missed.len(), tried.len());
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), tried.len(), missed.join("\n"));
}

#[test]
fn harmless_twins_are_let_through() {
    let kinds = kinds();
    let engine = Engine::new(Options::default()).unwrap();
    let tried = tried(&kinds);
    let flagged: Vec<String> = tried
        .iter()
        .filter(|(kind, wrapping)| decision(&verdict(&engine, (wrapping.wrap)(&kind.twin))) != Decision::Allow)
        .map(|(kind, wrapping)| format!("{} as {}", kind.rule, wrapping.name))
        .collect();
    println!("evasion: {} of {} twins flagged", flagged.len(), tried.len());
    flagged.iter().for_each(|name| println!("{name}"));
    assert!(flagged.len() * 200 <= tried.len(), "{} of {} flagged:\n{}", flagged.len(), tried.len(), flagged.join("\n"));
}

#[test]
fn redaction_takes_the_disguise_with_it() {
    let kinds = kinds();
    let engine = Engine::new(Options::default()).unwrap();
    let mut redacted = 0;
    for (kind, wrapping) in tried(&kinds) {
        let name = format!("{} as {}", kind.rule, wrapping.name);
        let request = (wrapping.wrap)(&kind.value);
        if let Verdict::Forward(forward) = verdict(&engine, request.clone()) {
            assert_eq!(
                decision(&verdict(&engine, forward.request().clone())),
                Decision::Allow,
                "{name}: redacted, and scanned again"
            );
        }
        let Ok(text) = std::str::from_utf8(request.body.expose()) else { continue };
        let out = redact_text(text);
        if text.is_empty() || out == text {
            continue;
        }
        redacted += 1;
        let again = verdict(&engine, Request::new("POST", "https://api.example.com/").body(out.clone()));
        assert!(!finds(&again, &kind.rule), "{name}: left in {out}");
        if serde_json::from_str::<Value>(text).is_ok() {
            assert!(serde_json::from_str::<Value>(&out).is_ok(), "{name}: no JSON any more: {out}");
        }
    }
    assert!(redacted >= 400, "only {redacted} were redacted");
}
