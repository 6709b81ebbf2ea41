//! A response in pieces comes out as the whole does, and nothing of what was found is in it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

use interven::{
    Engine, Finding, Given, Limits, Memory, MemoryKey, Options, Reading, Redactor, RedactorOptions, Redacts, Withheld,
};
use proptest::prelude::*;
use support::generate::{Random, expand};

type Found = (usize, usize, &'static str);

fn engine() -> Engine {
    let limits = Limits { max_body_bytes: Limits::BODY_CEILING, max_findings: usize::MAX, ..Limits::default() };
    Engine::new(Options { limits, ..Options::default() }).unwrap()
}

fn options(reading: Reading) -> RedactorOptions {
    RedactorOptions { reading, redacts: Redacts::Everything, ..RedactorOptions::default() }
}

fn places(findings: &[Finding]) -> Vec<Found> {
    findings.iter().map(|f| (f.span.start, f.span.end, f.rule.built_in().unwrap().id)).collect()
}

fn redacted<'p>(
    engine: &Engine,
    options: &RedactorOptions,
    pieces: impl IntoIterator<Item = &'p [u8]>,
) -> (Vec<u8>, Vec<Found>, Option<&'static str>) {
    let mut redactor = Redactor::new(engine, options.clone(), None);
    let (mut bytes, mut found) = (Vec::new(), Vec::new());
    let mut take = |given: Result<Given, Withheld>| {
        if let Ok(given) = given {
            bytes.extend(given.bytes);
            found.extend(places(&given.findings));
        }
    };
    pieces.into_iter().for_each(|piece| take(redactor.push(piece)));
    take(redactor.finish());
    found.extend(places(&redactor.take_findings()));
    (bytes, found, redactor.withheld().map(|withheld| withheld.as_str()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every rule's first examples, among prose.
fn evidence(most: usize) -> Vec<(&'static str, String)> {
    let mut random = Random::named("redactor");
    interven::rules()
        .flat_map(|rule| rule.positives.iter().take(most).map(move |template| (rule.id, *template)))
        .map(|(id, template)| (id, expand(template, &mut random)))
        .collect()
}

fn soak() -> bool {
    std::env::var_os("INTERVEN_SOAK").is_some()
}

/// The text as events of a model's stream, so many characters each.
fn as_events(text: &str, size: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for piece in characters.chunks(size) {
        let content = serde_json::to_string(&piece.iter().collect::<String>()).unwrap();
        out += &format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{content}}}}}]}}\n\n");
    }
    out + "data: [DONE]\n\n"
}

/// What a client reads from such a stream.
fn content(stream: &str) -> String {
    let mut out = String::new();
    for line in stream.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|data| *data != "[DONE]") {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        out += value["choices"][0]["delta"]["content"].as_str().unwrap();
    }
    out
}

#[test]
fn every_split_of_the_evidence_of_every_rule() {
    let engine = engine();
    let most = if soak() { usize::MAX } else { 1 };
    for (id, value) in evidence(most) {
        let body = format!("Here is what you asked for: {value}\nand that is all of it.\n");
        for reading in [Reading::Text, Reading::Document] {
            let options = options(reading);
            let want = redacted(&engine, &options, [body.as_bytes()]);
            let step = if soak() { 1 } else { 7 };
            for at in (0..=body.len()).step_by(step) {
                let (a, b) = body.as_bytes().split_at(at);
                assert_eq!(redacted(&engine, &options, [a, b]), want, "{id} at {at}");
            }
            assert_eq!(redacted(&engine, &options, body.as_bytes().chunks(1)), want, "{id} byte by byte");
        }
    }
}

/// Far from the beginning, over the places where looks are taken: what is found in the whole text is gone.
#[test]
fn what_is_found_in_the_whole_is_not_in_the_stream() {
    let engine = engine();
    let line = "a line of prose without anything in it to find\n";
    let mut missed = Vec::new();
    for (index, (id, value)) in evidence(2).into_iter().enumerate() {
        let lead = line.repeat(10 + index % 60);
        let shift = "word ".repeat(index % 17);
        let body = format!("{lead}{shift}{value}\n{}", line.repeat(60));
        let (findings, _) = engine.findings_in_plain_text(body.as_bytes());
        let (bytes, found, stopped) = redacted(&engine, &options(Reading::Text), [body.as_bytes()]);
        assert_eq!(stopped, None, "{id}");
        let want: Vec<Found> = places(&findings);
        if found != want {
            missed.push((id, want, found, text(&bytes)));
        }
    }
    assert!(missed.is_empty(), "{} differ: {:?}", missed.len(), missed.iter().map(|(id, want, found, _)| (id, want, found)).collect::<Vec<_>>());
}

/// A value whose pieces come in several events.
#[test]
fn values_over_events() {
    let engine = engine();
    let mut missed = Vec::new();
    for (id, value) in evidence(1) {
        let body = format!("Here is what you asked for: {value}\nand that is all of it.");
        let whole = redacted(&engine, &options(Reading::Text), [body.as_bytes()]);
        for size in if soak() { vec![1, 2, 3, 5, 8, 13, 40] } else { vec![4] } {
            let stream = as_events(&body, size);
            let (bytes, found, stopped) = redacted(&engine, &options(Reading::Events), [stream.as_bytes()]);
            assert_eq!(stopped, None, "{id}");
            let ids = |found: &[Found]| { let mut ids: Vec<_> = found.iter().map(|f| f.2).collect(); ids.sort_unstable(); ids.dedup(); ids };
            let got = content(&text(&bytes));
            if got != text(&whole.0) {
                missed.push((id, size, got, text(&whole.0), ids(&found), ids(&whole.1)));
            }
        }
    }
    assert!(missed.is_empty(), "{} differ: {:#?}", missed.len(), missed);
}
