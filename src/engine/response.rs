//! What a response holds: its classes for the trace, fingerprints for the memory, and orders that it gives to the agent.

use alloc::{string::String, vec::Vec};

use super::{Engine, inspect::Look};
use crate::{
    finding::{DataClass, Finding},
    json::{Object, push_string},
    memory::Memory,
    report::{Coverage, push_coverage, push_finding},
    request::{Request, Response},
};

/// What was found in a response.
#[derive(Clone, Debug)]
pub struct ResponseReport {
    /// Classes of what was found.
    pub classifications: Vec<DataClass>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// A keyed fingerprint of the body, for comparing; `None` without a memory.
    pub content_fingerprint: Option<String>,
    /// What was inspected.
    pub coverage: Coverage,
}

impl ResponseReport {
    /// Whether it gives orders to the agent: a signal, and never a refusal by itself.
    pub fn has_injection(&self) -> bool {
        self.classifications.contains(&DataClass::Injection)
    }

    /// The canonical JSON text.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(256);
        let signals = if self.has_injection() { ["injection_marker"].as_slice() } else { &[] };
        Object::begin(&mut out)
            .list("data_classes", &self.classifications, |out, class| push_string(out, class.as_str()))
            .number("fields_redacted_count", self.findings.iter().filter(|f| f.is_active()).count())
            .text_or_null("content_fingerprint", self.content_fingerprint.as_deref())
            .list("signals", signals, |out, signal| push_string(out, signal))
            .list("findings", &self.findings, push_finding)
            .written("coverage", |out| push_coverage(out, &self.coverage))
            .end();
        out
    }
}

impl Engine {
    /// Inspects a response. Where it is sensitive, the memory keeps fingerprints of it under the trace, so that a later call
    /// that carries a piece of it raises `read_then_write`.
    pub fn scan_response(&self, response: &Response, memory: Option<&mut Memory>, trace: &str, time_ms: u64) -> ResponseReport {
        // A response is read as a request to nowhere: no credential is in its own place there.
        let Response { headers, body } = response;
        let request = Request {
            method: "GET".into(),
            headers: headers.clone(),
            body: body.clone(),
            ..Request::new("GET", "https://response.invalid/")
        };
        let prints = memory.as_ref().map(|memory| memory.fingerprints());
        let (inspection, prints) = self.inspect(&request, Look { time_ms: Some(time_ms), prints, policies: false });
        let found = |class| inspection.findings.iter().any(|f| f.is_active() && f.rule.class() == class);
        let classifications: Vec<DataClass> = DataClass::ALL.into_iter().filter(|class| found(*class)).collect();
        let content_fingerprint = memory.as_ref().map(|memory| memory.content_fingerprint(body.expose()));
        let sensitive = classifications.iter().any(|class| *class != DataClass::Injection);
        if let (Some(memory), Some(prints), true) = (memory, prints, sensitive) {
            memory.taint(trace, prints, time_ms);
        }
        ResponseReport { classifications, findings: inspection.findings, content_fingerprint, coverage: inspection.coverage }
    }
}
