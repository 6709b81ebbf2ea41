//! Redaction: typed placeholders over byte ranges of the wire. What is outside the ranges is untouched.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};
use core::ops::Range;

use crate::{
    detect::{Rule, rules},
    engine::Engine,
    finding::{DataClass, Finding, Part, Writing},
    options::Options,
    request::{Header, Request},
    scan::ScanContext,
    secret::Sensitive,
    sort::sort,
};

/// Replaces the findings at the given indexes. Same text, same number, within one request.
pub(crate) fn redact(request: &Request, findings: &[Finding], indexes: &BTreeSet<usize>) -> Request {
    let chosen: Vec<&Finding> = indexes.iter().filter_map(|i| findings.get(*i)).collect();
    let mut names = Names::default();
    let mut part = |part: Part, bytes: &[u8]| replace(bytes, &spans(&chosen, part), &mut names);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let url = text(part(Part::Url, request.url.expose().as_bytes()));
    let headers = request.headers.iter().enumerate().map(|(index, header)| {
        let value = text(part(Part::Header(index), header.value.expose().as_bytes()));
        Header { name: header.name.clone(), value: Sensitive::new(value) }
    });
    let headers = headers.collect();
    let body = Sensitive::new(part(Part::Body, request.body.expose()));
    Request { method: request.method.clone(), url: Sensitive::new(url), headers, body }
}

/// Redacts every secret and all personal data in a text, low risk included. Any other text comes back as it was.
///
/// ```
/// let text = interven::redact_text("mail jo.doe@corp-mail.com, ssn 536-22-8145");
/// assert_eq!(text, "mail [EMAIL:1], ssn [US_SSN:1]");
/// ```
pub fn redact_text(text: &str) -> String {
    let Ok(engine) = Engine::new(Options::default()) else { return String::new() };
    let request = Request::new("POST", "tool://interven/redact").body(text);
    let local = engine.evaluate(&request, &ScanContext::default());
    let mut findings = local.report.findings;
    if local.report.coverage.skipped().next().is_some() {
        // Past the limits of a request there is still the text, from end to end.
        findings = engine.findings_in_text(text);
    }
    let indexes = disclosed(&findings);
    let bytes = redact(&request, &findings, &indexes).body.into_inner();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What must not be seen by anybody but the destination: every secret and all personal data, credentials in their own
/// place included.
pub(crate) fn disclosed(findings: &[Finding]) -> BTreeSet<usize> {
    let sensitive = |f: &Finding| matches!(f.rule.class, DataClass::Secrets | DataClass::Pii | DataClass::Phi);
    let mut indexes = BTreeSet::new();
    indexes.extend(findings.iter().enumerate().filter(|(_, f)| sensitive(f)).map(|(i, _)| i));
    indexes
}

struct Span {
    range: Range<usize>,
    rule: &'static Rule,
    /// The rule's place in the table.
    rank: usize,
    identity: u64,
    writing: Writing,
}

/// The ranges of one part in order, overlapping ones joined under the name of the first rule of the table.
fn spans(chosen: &[&Finding], part: Part) -> Vec<Span> {
    let mut found: Vec<Span> = chosen
        .iter()
        .filter(|f| f.part == part)
        .map(|f| Span { range: f.span.clone(), rule: f.rule, rank: rank(f.rule), identity: f.identity, writing: f.writing })
        .collect();
    sort(&mut found, |a, b| (a.range.start, a.rank, a.range.end) < (b.range.start, b.rank, b.range.end));
    let mut joined: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match joined.last_mut().filter(|last| span.range.start < last.range.end) {
            Some(last) => {
                last.range.end = last.range.end.max(span.range.end);
                if span.rank < last.rank {
                    (last.rule, last.rank, last.identity) = (span.rule, span.rank, span.identity);
                }
                if span.writing == Writing::Quoted {
                    last.writing = Writing::Quoted;
                }
            }
            None => joined.push(span),
        }
    }
    joined
}

fn rank(rule: &Rule) -> usize {
    rules().position(|r| core::ptr::eq(r, rule)).unwrap_or(usize::MAX)
}

fn replace(bytes: &[u8], spans: &[Span], names: &mut Names) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for span in spans {
        out.extend_from_slice(bytes.get(at..span.range.start).unwrap_or_default());
        let (label, n) = (span.rule.label, names.number(span.rule.label, span.identity));
        let placeholder = match span.writing {
            Writing::Plain => format!("[{label}:{n}]"),
            Writing::Percent => format!("%5B{label}%3A{n}%5D"),
            Writing::Quoted => format!("\"[{label}:{n}]\""),
        };
        out.extend_from_slice(placeholder.as_bytes());
        at = span.range.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

/// Numbers of the values of each label, in order of appearance.
#[derive(Default)]
struct Names {
    numbers: BTreeMap<(&'static str, u64), usize>,
    last: Vec<(&'static str, usize)>,
}

impl Names {
    fn number(&mut self, label: &'static str, identity: u64) -> usize {
        *self.numbers.entry((label, identity)).or_insert_with(|| {
            if let Some((_, last)) = self.last.iter_mut().find(|(known, _)| *known == label) {
                *last += 1;
                return *last;
            }
            self.last.push((label, 1));
            1
        })
    }
}
