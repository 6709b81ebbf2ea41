//! What must hold for every input, one function for each target of the fuzzers. They panic where it does not.

use std::sync::LazyLock;

use interven::{
    Clock, Detector, Engine, Finding, Operator, Options, Output, Part, Policy, Redaction, Report, Request, Scan, ScanContext,
    Sensitive, Shape, Verdict,
};
use serde_json::Value;

// The targets of cargo-fuzz take this file without the folder's others.
#[path = "redaction.rs"]
mod redaction;

/// Panics where something does not hold.
pub type Oracle = fn(&[u8]);

/// The targets by name.
pub const TARGETS: &[(&str, Oracle)] =
    &[("normalizer", normalizer), ("detector", detector), ("redactor", redactor), ("streaming", streaming)];

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Options::default()).unwrap());
/// One that redacts whatever is found, so that every rule's ranges are written over.
static REDACTING: LazyLock<Engine> = LazyLock::new(|| {
    let classes = r#"["SECRETS","PII","PHI","INTERNAL","INJECTION"]"#;
    let text =
        format!(r#"{{"name":"p","rules":[{{"rule_id":"s","condition":{{"has_data_class":{classes}}},"action":"SANITIZE"}}]}}"#);
    Engine::new(Options { policies: vec![Policy::parse(&text, "p").unwrap()], ..Options::default() }).unwrap()
});

static MASKING: LazyLock<Engine> = LazyLock::new(|| redacting_by(Operator::Mask));
static HASHING: LazyLock<Engine> = LazyLock::new(|| redacting_by(Operator::Hash));

fn redacting_by(operator: Operator) -> Engine {
    let redaction = Redaction { default: operator, key: Some(Sensitive::new("k".repeat(32))), ..Redaction::default() };
    Engine::new(Options { redaction, ..Options::default() }).unwrap()
}

/// The first byte says how the rest is sent: by which type, and in which parts.
fn request(data: &[u8]) -> Request {
    let (how, rest) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let types = [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "multipart/form-data; boundary=b",
        "application/xml",
        "application/x-ndjson",
        "text/html; charset=utf-16le",
    ];
    let text = String::from_utf8_lossy(rest).into_owned();
    let request = match how >> 4 {
        1 => Request::new("POST", text.clone()),
        2 => Request::new("GET", format!("https://api.example.com/a?{text}")),
        3 => Request::new("POST", format!("https://api.example.com/{text}")),
        4 => Request::new("POST", "https://api.example.com/").header("x-note", text.clone()),
        5 => Request::new("POST", "https://api.example.com/").header(text.clone(), "a").header("cookie", text.clone()),
        6 => Request::new(text.clone(), "https://api.example.com/").header("authorization", text.clone()),
        _ => Request::new("POST", "https://api.example.com/"),
    };
    request.header("content-type", types[usize::from(how & 7)]).body(rest)
}

fn verdict(engine: &Engine, request: Request) -> Verdict {
    let mut scan = Scan::new(engine, request, ScanContext::default(), Clock(0));
    let Output::Done(verdict) = scan.poll_output() else { panic!("a local scan ends at once") };
    assert!(matches!(scan.poll_output(), Output::Finished), "exactly one verdict");
    verdict
}

fn report(verdict: &Verdict) -> &Report {
    match verdict {
        Verdict::Forward(forward) => forward.report(),
        Verdict::Block(block) => block.report(),
    }
}

/// Every span lies in its part.
fn in_bounds(request: &Request, findings: &[Finding]) {
    for finding in findings {
        let length = match finding.part {
            Part::Url => request.url.expose().len(),
            Part::Header(index) => request.headers[index].value.expose().len(),
            Part::HeaderName(index) => request.headers[index].name.len(),
            Part::Body => request.body.expose().len(),
        };
        let span = &finding.span;
        assert!(span.start <= span.end && span.end <= length, "{}: {span:?} of {length}", finding.rule.id());
    }
}

/// Any bytes as any part of a request: one verdict, the same each time, spans within their parts, a report that is JSON.
pub fn normalizer(data: &[u8]) {
    let request = request(data);
    let first = verdict(&ENGINE, request.clone());
    in_bounds(&request, &report(&first).findings);
    let text = report(&first).to_json();
    serde_json::from_str::<Value>(&text).unwrap();
    assert_eq!(text, report(&verdict(&ENGINE, request)).to_json(), "two scans differ");
}

/// Any text: what is found in it is found with other text around it.
pub fn detector(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let plain = |text: &str| Request::new("POST", "tool://fuzz/text").header("content-type", "text/plain").body(text);
    let alone = found(&plain(&text));
    // Alone it may be read as a form or a list, and is no more when there is text around it.
    let (written, _) = ENGINE.findings_in_plain_text(text.as_bytes());
    let around = format!("first line\n{}\n\n{text}\n\nlast line\n", ". ".repeat(300));
    let shift = around.len() - text.len() - "\n\nlast line\n".len();
    let inside = found(&plain(&around));
    for (rule, start, end) in alone.iter().filter(|(_, start, end)| *start > 0 && *end < text.len()) {
        // Tokens that are written as they are: what decodes may decode with what is around it.
        let raw = &text.as_bytes()[*start..*end];
        let plain = |prefix: &&str| raw.starts_with(prefix.as_bytes()) && !prefix.starts_with("eyJ");
        let token = |shape: &Shape| matches!(shape, Shape::Token { prefixes, .. } if prefixes.iter().any(plain));
        let as_text = written.iter().any(|f| f.rule.id() == *rule && f.span == (*start..*end));
        if as_text && interven::rules().any(|known| known.id == *rule && token(&known.shape)) {
            let moved = |(id, from, to): &(&str, usize, usize)| id == rule && *from <= start + shift && *to >= end + shift;
            assert!(inside.iter().any(moved), "{rule} at {start}..{end} is lost inside another text");
        }
    }
}

fn found(request: &Request) -> Vec<(&'static str, usize, usize)> {
    let verdict = verdict(&ENGINE, request.clone());
    in_bounds(request, &report(&verdict).findings);
    let findings = report(&verdict).findings.iter().filter(|f| f.part == Part::Body);
    findings.map(|f| (f.rule.built_in().unwrap().id, f.span.start, f.span.end)).collect()
}

/// Any request: what is sent in its stead is whole, differs in the ranges of the findings alone, and stays as it is when it is
/// sent again. The same for a text, which a vault gives back.
pub fn redactor(data: &[u8]) {
    let request = request(data);
    for (engine, all) in [(&*REDACTING, true), (&*ENGINE, false)] {
        let Verdict::Forward(forward) = verdict(engine, request.clone()) else { continue };
        let sent = forward.request();
        if !forward.is_redacted() {
            assert_eq!(&request, sent, "what is not redacted is sent as it was");
        } else if all {
            redaction::changes_findings_alone(&request, sent, &forward.report().findings);
        }
        let json = |request: &Request| serde_json::from_slice::<Value>(request.body.expose()).is_ok_and(|v| !v.is_number());
        assert!(!json(&request) || json(sent), "JSON is JSON no more");
        let Verdict::Forward(again) = verdict(engine, sent.clone()) else { panic!("what was sent is not sent again") };
        assert_eq!(sent, again.request(), "what was redacted is redacted again");
    }
    let text = String::from_utf8_lossy(data);
    for engine in [&*ENGINE, &*MASKING, &*HASHING] {
        redaction::of_text(engine, &text);
    }
    redaction::comes_back(&ENGINE, &text);
}

/// Any text at any place of a stream, in pieces of any size: the same findings.
pub fn streaming(data: &[u8]) {
    /// About where the first window of a stream ends.
    const WINDOW: usize = 512 * 1024;
    let Some((head, text)) = data.split_first_chunk::<4>() else { return };
    let number = |a: u8, b: u8| usize::from(u16::from_le_bytes([a, b]));
    let text = text.get(..4_096).unwrap_or(text);
    let offset = WINDOW - (number(head[0], head[1]) % (text.len() + 64)).min(WINDOW);
    let stream = |offset: usize| [" .\n".repeat(offset / 3 + 1).as_bytes().get(..offset).unwrap_or_default(), text].concat();
    let crossing = stream(offset);
    let whole = pushed(&crossing, crossing.len());
    assert_eq!(whole, pushed(&crossing, 1 + number(head[2], head[3])), "another way of cutting finds something else");
    // The same text where no window ends.
    let far = offset - 24 * 1024;
    let moved: Vec<_> =
        pushed(&stream(far), usize::MAX).into_iter().map(|(id, s, e)| (id, s + offset - far, e + offset - far)).collect();
    assert_eq!(whole, moved, "the end of a window changes what is found");
}

fn pushed(text: &[u8], piece: usize) -> Vec<(&'static str, usize, usize)> {
    let mut detector = Detector::new(&*ENGINE);
    let mut findings = Vec::new();
    for piece in text.chunks(piece.clamp(1, text.len().max(1))) {
        findings.extend(detector.push(piece));
    }
    findings.extend(detector.finish().0);
    let mut found: Vec<_> = findings.iter().map(|f| (f.rule.built_in().unwrap().id, f.span.start, f.span.end)).collect();
    found.sort_unstable();
    found
}
