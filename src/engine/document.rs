//! One document of a response, read for what is in it.

use alloc::{collections::BTreeSet, string::String, vec::Vec};
use core::ops::Range;

use super::{Engine, inspect::Look};
use crate::{
    finding::{Finding, Part},
    json::unescape,
    limits::Limits,
    memory::Fingerprints,
    normalize,
    report::Skip,
    request::Request,
};

/// What is in a document.
pub(crate) struct ReadDocument {
    pub(crate) findings: Vec<Finding>,
    /// Those of them where no placeholder can stand.
    pub(crate) fixed: Vec<Finding>,
    /// The first thing that could not be read.
    pub(crate) skipped: Option<Skip>,
    pub(crate) prints: Option<Fingerprints>,
}

/// A string or a number of a JSON document.
pub(crate) struct Leaf {
    /// RFC 6901.
    pub(crate) pointer: String,
    /// Without escapes.
    pub(crate) text: Vec<u8>,
    /// The bytes of the document that each byte of the text comes from.
    pub(crate) wire: Vec<Range<usize>>,
}

impl Engine {
    /// The largest body that is read.
    pub(crate) fn largest_body(&self) -> usize {
        self.options.limits.max_body_bytes.min(Limits::BODY_CEILING)
    }

    /// Reads a document as a response to nowhere: no credential is in its own place there.
    pub(crate) fn read_document(&self, document: &[u8], content_type: &str, prints: Option<Fingerprints>) -> ReadDocument {
        let request = as_request(document, content_type);
        let (inspection, prints) = self.inspect(&request, Look { time_ms: None, prints, policies: false });
        let of = |indexes: &BTreeSet<usize>| indexes.iter().filter_map(|i| inspection.findings.get(*i)).cloned().collect();
        let (fixed, skipped) = (of(&inspection.unredactable), inspection.coverage.skipped.first().copied());
        let mut findings = inspection.findings;
        findings.retain(|f| f.part == Part::Body);
        ReadDocument { findings, fixed, skipped, prints }
    }

    /// The strings and numbers of a JSON document for which `wanted` says so by their pointer.
    pub(crate) fn leaves(&self, document: &[u8], wanted: &dyn Fn(&str) -> bool) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        let mut leaf = |view: Option<&normalize::View<'_>>| {
            let Some(view) = view else { return };
            if let Some(pointer) = view.pointer.render().filter(|pointer| wanted(pointer)) {
                let (text, breaks) = unescape(&view.text);
                let wire = places(text.len(), &breaks, view.wire(0..view.text.len()).start);
                leaves.push(Leaf { pointer, text: text.into_owned(), wire });
            }
        };
        normalize::visit(&as_request(document, ""), None, &self.options.limits, &mut |_| false, Some(&mut leaf), None);
        leaves
    }
}

/// Where each byte of an unescaped text stands.
fn places(length: usize, breaks: &[(usize, usize)], base: usize) -> Vec<Range<usize>> {
    let (pairs, _) = breaks.as_chunks::<2>();
    let mut pairs = pairs.iter().peekable();
    let mut drift = 0;
    let place = |at: usize| {
        while let Some([_, (end, raw)]) = pairs.next_if(|[_, (end, _)]| *end <= at) {
            drift = raw - end;
        }
        match pairs.peek() {
            Some([(start, raw), (_, after)]) if *start <= at => base + raw..base + after,
            _ => base + at + drift..base + at + drift + 1,
        }
    };
    (0..length).map(place).collect()
}

fn as_request(document: &[u8], content_type: &str) -> Request {
    let request = Request::new("GET", "https://response.invalid/").body(document);
    if content_type.is_empty() { request } else { request.header("content-type", content_type) }
}
