//! What is said about a verdict: one canonical text, the same bytes on every host. Content never appears in it.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    decision::Decision,
    digest::Digest,
    finding::{DataClass, Finding, Part, Severity},
    json::{Object, push_number, push_string},
    memory::Event,
    policy::{Action, Mode},
    risk::Signal,
    secret::Sensitive,
    target::Target,
};

/// Band of a risk score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskBand {
    /// Below 0.25.
    Low,
    /// Below 0.50.
    Medium,
    /// Below 0.75.
    High,
    /// From 0.75.
    Critical,
}

impl RiskBand {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Critical => "CRITICAL",
        }
    }
}

/// A part that was not inspected, and why. Any of these is a DENY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skip {
    Url,
    Headers,
    BodyTooLarge,
    ContentEncoding,
    #[cfg(not(feature = "brotli"))]
    Brotli,
    Malformed,
    Charset,
    TooDeep,
    TooManyNodes,
    TooManyFindings,
    DecodingBudget,
    EncodedRun,
    TooManyLayers,
}

impl Skip {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url_unreadable",
            Self::Headers => "headers_too_large",
            Self::BodyTooLarge => "body_too_large",
            Self::ContentEncoding => "body_content_encoding",
            #[cfg(not(feature = "brotli"))]
            Self::Brotli => "body_content_encoding_br",
            Self::Malformed => "body_content_encoding_malformed",
            Self::Charset => "body_charset",
            Self::TooDeep => "body_too_deep",
            Self::TooManyNodes => "body_too_many_nodes",
            Self::TooManyFindings => "too_many_findings",
            Self::DecodingBudget => "decoding_budget_spent",
            Self::EncodedRun => "encoded_run_too_long",
            Self::TooManyLayers => "too_many_layers",
        }
    }
}

/// What was inspected.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Bytes read.
    pub bytes: usize,
    pub(crate) skipped: Vec<Skip>,
}

impl Coverage {
    /// Names of the parts that were not inspected.
    pub fn skipped(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.skipped.iter().map(|skip| skip.as_str())
    }
}

/// A policy rule that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedRule {
    /// Name of the policy.
    pub policy: String,
    /// Id of the rule.
    pub rule_id: String,
    /// Its action.
    pub action: Action,
    /// Whether it acts, or only watches.
    pub mode: Mode,
    /// Whether a suppression of the policy kept it from acting.
    pub suppressed: bool,
    /// Whom an approval or an incident is for.
    pub escalate_to: Option<String>,
}

/// Everything about a verdict but the payload.
#[derive(Clone, Debug)]
pub struct Report {
    /// The decision on the wire.
    pub decision: Decision,
    /// Built-in codes and those of policies, sorted, without repetition.
    pub reason_codes: Vec<String>,
    /// Risk in hundredths, 0 to 100.
    pub risk_hundredths: u32,
    /// Its band.
    pub risk_band: RiskBand,
    /// What the call is.
    pub target: Target,
    /// What a memory knows the destination by, though the report may not show it.
    pub(crate) destination: Sensitive<String>,
    /// The risk signals with what each adds, heaviest first. The score is their sum, from 0 to 100.
    pub signals: Vec<Signal>,
    /// The trace of the response that the call carries a piece of.
    pub source_trace: Option<String>,
    /// Classes of the findings that count, and those that the client claimed.
    pub classifications: Vec<DataClass>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// How bad the incident is that a rule with OPEN_INCIDENT makes of the call.
    pub incident: Option<Severity>,
    /// Which policy rules matched.
    pub matched_rules: Vec<MatchedRule>,
    /// Version of engine, options and policies together.
    pub policy_version: String,
    /// Digest of the request that may be sent; `None` when nothing may, and when nobody is asked about it.
    pub digest: Option<Digest>,
    /// What was inspected.
    pub coverage: Coverage,
    /// What [`Engine::replay`](crate::Engine::replay) needs beside the report, as JSON text, where the context asks for it. No
    /// payload is in it, and no name that the report does not have.
    pub facts: Option<String>,
}

impl Report {
    /// What a memory should note of the call, once it is known what became of it.
    pub fn event(&self, agent: &str) -> Event {
        Event {
            agent: agent.into(),
            tool: self.target.tool.clone(),
            destination: self.destination.clone(),
            verb: self.target.verb,
            decision: self.decision,
        }
    }

    /// Adds a reason and keeps the codes sorted.
    pub(crate) fn add_reason(&mut self, code: &str) {
        if let Err(at) = self.reason_codes.binary_search_by(|known| known.as_str().cmp(code)) {
            self.reason_codes.insert(at, code.into());
        }
    }

    /// The canonical JSON text.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        self.write_json(&mut out);
        out
    }

    /// The same, behind what `out` holds.
    pub(crate) fn write_json(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object
            .text("decision", self.decision.as_str())
            .list("reason_codes", &self.reason_codes, |out, code| push_string(out, code))
            .written("risk_score", |out| push_hundredths(out, self.risk_hundredths))
            .text("risk_band", self.risk_band.as_str())
            .text("tool_name", &self.target.tool)
            .text("operation", &self.target.operation)
            .text("verb", self.target.verb.as_str())
            .text("host", &self.target.host)
            .list("categories", &self.target.categories, |out, category| push_string(out, category.as_str()))
            .written("resource", |out| {
                let mut object = Object::begin(out);
                for (name, value) in self.target.resource.shown() {
                    object.text(name, value);
                }
                object.end();
            })
            .list("destinations", &self.target.destinations, |out, destination| push_string(out, &destination.expose().host))
            .number("principals", self.target.principals)
            .number("external_principals", self.target.external_principals)
            .list("classifications", &self.classifications, |out, class| push_string(out, class.as_str()))
            .list("signals", &self.signals, |out, signal| push_string(out, signal.name))
            .written("risk_contributions", |out| {
                let mut object = Object::begin(out);
                for signal in &self.signals {
                    object.written(signal.name, |out| {
                        if signal.hundredths < 0 {
                            out.push('-');
                        }
                        push_hundredths(out, signal.hundredths.unsigned_abs());
                    });
                }
                object.end();
            })
            .text_or_null("source_trace", self.source_trace.as_deref())
            .list("findings", &self.findings, push_finding)
            .list("matched_rules", &self.matched_rules, |out, rule| {
                let mut object = Object::begin(out);
                object
                    .text("policy", &rule.policy)
                    .text("rule_id", &rule.rule_id)
                    .text("action", rule.action.as_str())
                    .text("mode", rule.mode.as_str())
                    .boolean("suppressed", rule.suppressed);
                if let Some(who) = &rule.escalate_to {
                    object.text("escalate_to", who);
                }
                object.end();
            })
            .text_or_null("incident", self.incident.map(Severity::as_str))
            .text("policy_version", &self.policy_version)
            .text_or_null("digest", self.digest.map(|d| d.to_string()).as_deref())
            .written("coverage", |out| push_coverage(out, &self.coverage))
            .end();
    }
}

/// Two digits after the point.
fn push_hundredths(out: &mut String, hundredths: u32) {
    for (number, after) in [(hundredths / 100, "."), (hundredths / 10 % 10, ""), (hundredths % 10, "")] {
        push_number(out, usize::try_from(number).unwrap_or_default());
        out.push_str(after);
    }
}

/// Writes a coverage.
pub(crate) fn push_coverage(out: &mut String, coverage: &Coverage) {
    Object::begin(out).number("bytes", coverage.bytes).list("skipped", coverage.skipped(), push_string).end();
}

/// Writes a finding.
pub(crate) fn push_finding(out: &mut String, finding: &Finding) {
    let mut object = Object::begin(out);
    object
        .text("rule_id", finding.rule.id())
        .text("class", finding.rule.class().as_str())
        .text("severity", finding.rule.severity().as_str())
        .text("confidence", finding.confidence.as_str())
        .text("part", finding.part.as_str());
    if let Part::Header(index) | Part::HeaderName(index) = finding.part {
        object.number("header", index);
    }
    object
        .number("start", finding.span.start)
        .number("end", finding.span.end)
        .text_or_null("pointer", finding.pointer.as_deref())
        .boolean("in_place", finding.in_place)
        .boolean("placeholder", finding.placeholder)
        .boolean("allowed", finding.allowed.is_some());
    if let Some(reason) = &finding.allowed {
        object.text("reason", reason);
    }
    object.end();
}
