//! What must hold between a request or a text and its redaction.

use std::ops::Range;

use interven::{Clock, DataClass, Engine, Finding, Output, Part, Report, Request, Scan, ScanContext, Vault, Verdict};

/// Of a request in which every finding is redacted: in the range of each stands a placeholder, and every other byte is what
/// it was.
pub fn changes_findings_alone(request: &Request, sent: &Request, findings: &[Finding]) {
    assert_eq!((&request.method, request.headers.len()), (&sent.method, sent.headers.len()));
    let spans = |part: Part| findings.iter().filter(|f| f.is_active() && f.part == part).map(|f| f.span.clone()).collect();
    differs_in(request.url.expose().as_bytes(), sent.url.expose().as_bytes(), spans(Part::Url));
    for (index, (before, after)) in request.headers.iter().zip(&sent.headers).enumerate() {
        assert_eq!(before.name, after.name);
        differs_in(before.value.expose().as_bytes(), after.value.expose().as_bytes(), spans(Part::Header(index)));
    }
    differs_in(request.body.expose(), sent.body.expose(), spans(Part::Body));
}

fn differs_in(before: &[u8], after: &[u8], spans: Vec<Range<usize>>) {
    let (mut at, mut rest) = (0, after);
    for span in joined(before, spans) {
        rest = rest.strip_prefix(&before[at..span.start]).unwrap_or_else(|| panic!("bytes before {span:?} differ"));
        let length = placeholder(rest).unwrap_or_else(|| panic!("no placeholder stands for {span:?}"));
        (at, rest) = (span.end, &rest[length..]);
    }
    assert!(rest == &before[at..], "bytes from {at} on differ");
}

/// The ranges in order, overlapping ones as one; a placeholder that stood there is taken as a whole.
fn joined(text: &[u8], spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let begins = |at: &usize| matches!(text[*at], b'[' | b'%');
    let known = (0..text.len()).filter(begins).filter_map(|at| Some(at..at + placeholder(&text[at..])?));
    let known: Vec<Range<usize>> = known.filter(|token| !text[token.clone()].contains(&b'"')).collect();
    let cut = |span: &Range<usize>| {
        let cut = known.iter().filter(|token| token.start < span.end && span.start < token.end);
        let (first, last) = (cut.clone().map(|token| token.start).min(), cut.map(|token| token.end).max());
        first.map_or(span.start, |first| first.min(span.start))..last.map_or(span.end, |last| last.max(span.end))
    };
    let mut spans: Vec<Range<usize>> = spans.iter().map(cut).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    joined
}

/// How long the placeholder is that a text begins with, with the quotes around it where a number stood. Where a URL stands inside
/// another, its signs are percent-encoded more than once.
fn placeholder(text: &[u8]) -> Option<usize> {
    let sign = |text: &[u8], plain: u8, hex: &str| -> Option<usize> {
        if text.first() == Some(&plain) {
            return Some(1);
        }
        let encoded = text.strip_prefix(b"%")?;
        let again = encoded.chunks(2).take_while(|two| *two == b"25").count() * 2;
        encoded[again..].get(..2).is_some_and(|two| two.eq_ignore_ascii_case(hex.as_bytes())).then_some(again + 3)
    };
    let rest = |text: &[u8], signs: &[&str]| -> Option<usize> {
        signs.iter().find(|sign| text.get(..sign.len()).is_some_and(|t| t.eq_ignore_ascii_case(sign.as_bytes()))).map(|s| s.len())
    };
    let run = |text: &[u8], fits: fn(&u8) -> bool| text.iter().take_while(|b| fits(b)).count();
    let quote = |text: &[u8]| {
        let mut length = 0;
        while let Some(more) = rest(&text[length..], &["\\", "%5c"]) {
            length += more;
        }
        rest(&text[length..], &["\"", "%22"]).map(|more| length + more)
    };
    let quoted = quote(text);
    let mut at = quoted.unwrap_or_default();
    at += sign(&text[at..], b'[', "5b")?;
    let label = run(&text[at..], |b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_');
    at += label;
    at += sign(&text[at..], b':', "3a")?;
    let digits = run(&text[at..], u8::is_ascii_digit);
    at += digits;
    at += sign(&text[at..], b']', "5d")?;
    if quoted.is_some() {
        at += quote(&text[at..])?;
    }
    ((1..=64).contains(&label) && (1..=6).contains(&digits)).then_some(at)
}

/// Of a text: its redaction holds nothing more that is redacted, and is its own redaction.
pub fn of_text(engine: &Engine, text: &str) {
    let redacted = engine.redact_text(text);
    assert_eq!(engine.redact_text(&redacted), redacted, "what was redacted is redacted again");
    let request = Request::new("POST", "tool://interven/redact").body(redacted.clone());
    let Output::Done(verdict) = Scan::new(engine, request, ScanContext::default(), Clock(0)).poll_output() else {
        panic!("a local scan ends at once")
    };
    let report: &Report = match &verdict {
        Verdict::Forward(forward) => forward.report(),
        Verdict::Block(block) => block.report(),
    };
    let left = report.findings.iter().find(|f| f.rule.class() != DataClass::Internal);
    assert!(report.coverage.skipped().next().is_some() || left.is_none(), "{left:?} is left");
}

/// Of a text redacted by placeholders: it comes back from a vault.
pub fn comes_back(engine: &Engine, text: &str) {
    let mut vault = Vault::new();
    if let Ok(redacted) = engine.redact_with(text, &mut vault) {
        let tokens = engine.redact_with(&redacted, &mut vault).unwrap();
        assert_eq!(tokens, redacted, "a vault redacts what was redacted");
        assert_eq!(vault.restore(&redacted), text, "what a vault restores is not what was redacted");
    }
}
