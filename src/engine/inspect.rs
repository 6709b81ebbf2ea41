//! What detection says about a request.

use alloc::{collections::BTreeSet, string::String, sync::Arc, vec::Vec};
use core::{cell::RefCell, ops::Range};

use super::{Engine, fields::Fields};
use crate::{
    detect::{self, Match, Placement, Shape, placement},
    finding::{DataClass, Finding, Part, identity},
    json::Steps,
    memory::Fingerprints,
    normalize::{self, Leaves, Url, View},
    options::{Allowed, Expected},
    placeholder,
    policy::BodyText,
    replacement::Replacement,
    report::{Coverage, Skip},
    request::Request,
    sort::{sort, sorted_stably},
};

/// Findings, and where each stands relative to where it belongs.
pub(super) struct Inspection {
    pub(super) findings: Vec<Finding>,
    pub(super) placements: Vec<Placement>,
    /// Findings where no placeholder can stand.
    pub(super) unredactable: BTreeSet<usize>,
    pub(super) coverage: Coverage,
    /// The body in all its decoded forms, in lower case; empty when no policy asks for it.
    pub(super) body_text: BodyText,
    /// Whether the values of the body could not all be told apart.
    pub(super) unread_fields: bool,
    /// What a body in JSON was read as.
    pub(super) steps: Steps,
}

/// What to look for besides the rules of the detector.
#[derive(Default)]
pub(super) struct Look {
    /// Milliseconds since 1970, where the host of the engine said so.
    pub(super) time_ms: Option<u64>,
    /// Fingerprints of all that is read.
    pub(super) prints: Option<Fingerprints>,
    /// What is asked about the body when the request is decided.
    pub(super) policies: bool,
}

/// What is known of the request when something in it is found.
struct Surroundings<'a> {
    host: Option<&'a str>,
    /// Milliseconds since 1970, where the host of the engine said so.
    time_ms: Option<u64>,
}

impl Inspection {
    pub(super) fn placed(&self) -> impl Iterator<Item = (&Finding, Placement)> {
        self.findings.iter().zip(self.placements.iter().copied())
    }

    fn drop_shadowed(&mut self) {
        if self.findings.is_empty() {
            return;
        }
        let shadowed = shadowed(&self.findings);
        let unredactable = core::mem::take(&mut self.unredactable);
        let mut findings = Vec::with_capacity(self.findings.len());
        let mut placements = Vec::with_capacity(self.findings.len());
        let found = self.findings.drain(..).zip(self.placements.drain(..)).zip(shadowed);
        for (index, ((finding, placement), shadowed)) in found.enumerate() {
            if !shadowed {
                if unredactable.contains(&index) {
                    self.unredactable.insert(findings.len());
                }
                findings.push(finding);
                placements.push(placement);
            }
        }
        (self.findings, self.placements) = (findings, placements);
    }
}

/// Which findings are generic ones over a specific one, and say nothing new: those inside it, and those around a credential in
/// its own place. What reaches beyond a leak is a finding of its own.
fn shadowed(findings: &[Finding]) -> Vec<bool> {
    let mut specific: Vec<(Part, usize, usize, bool)> = findings
        .iter()
        .filter(|f| f.rule.class() == DataClass::Secrets && !is_generic(f) && !f.placeholder)
        .map(|f| (f.part, f.span.start, f.span.end, f.in_place && f.allowed.is_none()))
        .collect();
    sort(&mut specific, |a, b| a < b);
    specific.dedup();
    let is_shadowed = |f: &Finding| {
        // The specific spans that begin before this one ends; a few before it are enough, since they hardly overlap.
        let end = specific.partition_point(|place| *place < (f.part, f.span.end, 0, false));
        let mut before = specific.iter().take(end).rev().take(8);
        let over = |(part, start, end, in_place): &(Part, usize, usize, bool)| {
            let covers = *start <= f.span.start && *end >= f.span.end;
            *part == f.part && *end > f.span.start && (covers || *in_place)
        };
        is_generic(f) && before.any(over)
    };
    findings.iter().map(is_shadowed).collect()
}

/// Whether a match is a value that somebody could carry away.
fn is_value(matched: &Match) -> bool {
    !matched.placeholder && matches!(matched.rule.class(), DataClass::Secrets | DataClass::Pii | DataClass::Phi)
}

fn lower(text: &[u8]) -> String {
    String::from_utf8_lossy(text).to_lowercase()
}

/// The range with the rest of the characters (UTF-8) that it begins and ends in: what is left of one would be no text.
fn whole_characters(text: &[u8], range: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 4;
    let inside = |at: &usize| text.get(*at).is_some_and(|b| b & 0xc0 == 0x80);
    let start = (range.start.saturating_sub(LONGEST - 1)..=range.start).rev().find(|at| !inside(at)).unwrap_or(range.start);
    let end = (range.end..range.end + LONGEST).find(|at| !inside(at)).unwrap_or(range.end);
    start..end
}

fn is_generic(finding: &Finding) -> bool {
    finding.rule.built_in().is_some_and(|rule| matches!(rule.shape, Shape::Assigned))
}

impl Engine {
    /// Findings, and fingerprints of all that was read, where they are asked for.
    pub(super) fn inspect(&self, request: &Request, look: Look) -> (Inspection, Option<Fingerprints>) {
        self.inspect_at(request, normalize::parse_url(request.url.expose()).as_ref(), look)
    }

    /// The same for a request whose URL was read before.
    pub(super) fn inspect_at(&self, request: &Request, url: Option<&Url<'_>>, look: Look) -> (Inspection, Option<Fingerprints>) {
        let prints = RefCell::new(look.prints);
        let host = url.map(Url::host);
        let surroundings = Surroundings { host, time_ms: look.time_ms };
        let limit = self.options.limits.max_findings;
        let mut found = Inspection {
            findings: Vec::new(),
            placements: Vec::new(),
            unredactable: BTreeSet::new(),
            coverage: Coverage::default(),
            body_text: BodyText::default(),
            unread_fields: false,
            steps: Steps::default(),
        };
        let mut seen = BTreeSet::new();
        let mut overflow = false;
        let mut take = |view: &View<'_>, matched: Match| {
            if found.findings.len() >= limit {
                overflow = true;
                return;
            }
            let place = |rule| placement(rule, view.place, host, &self.options.credential_hosts);
            let placement = matched.rule.built_in().map_or(Placement::Content, place);
            if let (Some(prints), true) = (&mut *prints.borrow_mut(), is_value(&matched)) {
                prints.add_value(view.text.get(matched.range.clone()).unwrap_or_default());
            }
            for span in view.wires(&matched) {
                let finding = self.finding(view, &matched, span, placement, &surroundings);
                // A decoded piece maps as a whole: two values in it have one span and are still two findings.
                let place = (finding.part, finding.span.start, finding.span.end, view.redactable());
                if seen.insert((finding.rule.address(), place, finding.identity, finding.placeholder)) {
                    if !view.redactable() {
                        found.unredactable.insert(found.findings.len());
                    }
                    found.findings.push(finding);
                    found.placements.push(placement);
                }
            }
        };
        let reads_text = look.policies && self.policies.reads_body_text();
        let mut body_text = if reads_text { lower(request.body.expose()) } else { String::new() };
        let mut fields = Fields::default();
        let mut leaf = |view: Option<&View<'_>>| self.field(view, limit, &mut fields);
        let leaves: Option<Leaves<'_>> = if look.policies && self.policies.names_fields() { Some(&mut leaf) } else { None };
        let mut steps = Steps::default();
        let coverage = normalize::visit(
            request,
            url,
            &self.options.limits,
            &mut |view| {
                if reads_text && view.part == Part::Body {
                    body_text.push('\n');
                    body_text.push_str(&lower(&view.text));
                }
                if let Some(prints) = &mut *prints.borrow_mut() {
                    prints.add_text(&view.text);
                }
                self.matches(view, &mut take)
            },
            leaves,
            look.policies.then_some(&mut steps),
        );
        found.coverage = coverage;
        found.steps = steps;
        found.body_text = self.policies.read(body_text);
        found.drop_shadowed();
        overflow |= fields.add_to(&mut found);
        if overflow {
            found.coverage.skipped.push(Skip::TooManyFindings);
        }
        (found, prints.into_inner())
    }

    /// Findings in a text of any size, as plain text.
    pub(super) fn findings_in_text(&self, text: &str) -> Vec<Finding> {
        let view = View::of_text(text.as_bytes());
        let nowhere = Surroundings { host: None, time_ms: None };
        let mut findings = Vec::new();
        self.matches(&view, &mut |view, matched| {
            let span = matched.range.clone();
            findings.push(self.finding(view, &matched, span, Placement::Content, &nowhere));
        });
        findings
    }

    /// Findings in a plain text and in what is encoded in it (escapes, look-alikes, base64, hexadecimal), in order, and whether
    /// all of it was decoded. [`Detector`](crate::Detector) finds the same in a stream.
    pub fn findings_in_plain_text(&self, text: &[u8]) -> (Vec<Finding>, bool) {
        self.findings_in_piece(text, 0)
    }

    /// Findings in a piece of plain text and in what is encoded in it, in order, and whether all of it was decoded.
    /// `base` is where the piece begins.
    pub(crate) fn findings_in_piece(&self, piece: &[u8], base: usize) -> (Vec<Finding>, bool) {
        let nowhere = Surroundings { host: None, time_ms: None };
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        let mut take = |view: &View<'_>, matched: Match| {
            for span in view.wires(&matched) {
                let finding = self.finding(view, &matched, span, Placement::Content, &nowhere);
                let place = (finding.span.start, finding.span.end);
                if seen.insert((finding.rule.address(), place, finding.identity, finding.placeholder)) {
                    findings.push(finding);
                }
            }
        };
        let decoded = normalize::visit_text(piece, base, &mut |view| self.matches(view, &mut take));
        let mut shadowed = shadowed(&findings).into_iter();
        findings.retain(|_| !shadowed.next().unwrap_or_default());
        let place = |f: &Finding| (f.span.start, f.span.end);
        (sorted_stably(findings, |a, b| place(a) < place(b)), decoded)
    }

    /// Built-in rules, then those of the configuration. Whether anything was found.
    // INVARIANT(I7): what stands for a value, in whatever layer, is no value.
    fn matches(&self, view: &View<'_>, take: &mut dyn FnMut(&View<'_>, Match)) -> bool {
        let mut any = false;
        let mut take = |mut matched: Match| {
            matched.range = whole_characters(&view.text, matched.range);
            // A gateway does not know the labels of its clients: what only a name gives away may have any.
            let foreign = matched.rule.built_in().is_some_and(|rule| matches!(rule.shape, Shape::Assigned));
            let known = |label: &str| self.custom.is_label(label) || foreign && placeholder::is_foreign(label);
            let placed = foreign && placeholder::is_password_of_url(&view.text, matched.range.start);
            if !placed && !placeholder::covers(&view.text, &matched.range, &known) {
                any = true;
                take(view, matched);
            }
        };
        detect::detect(view, &mut |hit| take(hit.into()));
        self.custom.detect(view, &mut take);
        any
    }

    fn finding(
        &self,
        view: &View<'_>,
        matched: &Match,
        span: Range<usize>,
        placement: Placement,
        around: &Surroundings<'_>,
    ) -> Finding {
        let text = view.text.get(matched.range.clone()).unwrap_or_default();
        let pointer = view.pointer.render();
        let expected = Expected {
            value: text,
            rule: matched.rule.id(),
            host: around.host,
            pointer: pointer.as_deref(),
            time_ms: around.time_ms,
        };
        let allowed = Allowed::find(&self.options.allowlist, &expected).map(|entry| Arc::from(entry.reason.as_str()));
        Finding {
            rule: matched.rule.clone(),
            confidence: matched.confidence,
            part: view.part,
            span,
            pointer: pointer.filter(|pointer| self.shows_nothing(pointer)),
            in_place: matches!(placement, Placement::Own | Placement::UnknownHost),
            placeholder: matched.placeholder,
            allowed,
            identity: identity(text),
            writing: view.writing,
            replacement: Replacement::of(&matched.rule, text, &self.options.redaction),
        }
    }

    /// Whether a pointer can be shown: neither it nor any key in it holds anything.
    pub(super) fn shows_nothing(&self, pointer: &str) -> bool {
        let mut keys = pointer.split('/').map(|key| key.replace("~1", "/").replace("~0", "~"));
        // A key can be a document itself, and hold what is found only when it is read as one.
        let written = |key: &str| key.contains(['"', '{', '[', '<', '=', '%', '\\', '&']);
        !self.holds_anything(pointer.as_bytes()) && !keys.any(|key| written(&key) || self.holds_anything(key.as_bytes()))
    }

    /// A pointer is made of the body's own keys: one that holds a secret is not shown.
    // INVARIANT(I6): no matched text in any report.
    pub(super) fn holds_anything(&self, text: &[u8]) -> bool {
        self.matches(&View::of_text(text), &mut |_, _| {})
    }
}
