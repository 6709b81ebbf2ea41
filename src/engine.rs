//! The engine: configuration in, and for every request its effect and report. Pure: no state between scans.

use alloc::{
    collections::BTreeSet,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    decision::{Effect, Gate, ReasonCode},
    detect::{self, Hit, Placement, placement},
    digest::Digest,
    error::ConfigError,
    finding::{Confidence, DataClass, Finding, Part, Severity},
    normalize::{self, View},
    options::{Options, UnknownHostCredentials},
    policy::{self, Subject},
    redact::redact,
    report::{Coverage, MatchedRule, Report, Skip},
    request::Request,
    risk,
    scan::ScanContext,
    sort::{holds, sort},
    target::Target,
};

/// Decides requests by its built-in rules and its policies.
#[derive(Debug)]
pub struct Engine {
    options: Options,
    policy_version: String,
}

/// A local evaluation: what may be sent, should nothing stricter come from elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) effect: Effect,
    pub(crate) report: Report,
    /// The request with the effect's redactions; the request itself when there are none.
    pub(crate) outgoing: Request,
}

impl Local {
    /// Denies what the evaluation would have let through.
    pub(crate) fn deny(&mut self, reason: ReasonCode) {
        self.effect.gate = Gate::Deny;
        self.report.decision = self.effect.decision();
        self.report.digest = None;
        self.report.add_reason(reason.as_str());
    }
}

/// What detection says about a request.
struct Inspection {
    findings: Vec<Finding>,
    placements: Vec<Placement>,
    /// In ascending order.
    unredactable: Vec<usize>,
    coverage: Coverage,
}

impl Inspection {
    /// A generic finding over a specific one says nothing new.
    fn drop_shadowed(&mut self) {
        if !self.findings.iter().any(is_generic) {
            return;
        }
        let specific = self.findings.iter().filter(|f| f.rule.class == DataClass::Secrets && !is_generic(f) && !f.placeholder);
        let mut specific: Vec<(Part, usize, usize)> = specific.map(|f| (f.part, f.span.start, f.span.end)).collect();
        sort(&mut specific, |a, b| a < b);
        let shadowed = |f: &Finding| {
            // The specific spans that begin before this one ends; a few before it are enough, since they hardly overlap.
            let before = specific.partition_point(|span| *span < (f.part, f.span.end, 0));
            let near = specific.get(before.saturating_sub(8)..before).unwrap_or_default();
            is_generic(f) && near.iter().any(|(part, _, end)| *part == f.part && *end > f.span.start)
        };
        let keep: Vec<bool> = self.findings.iter().map(|f| !shadowed(f)).collect();
        let unredactable = core::mem::take(&mut self.unredactable);
        let mut findings = Vec::with_capacity(self.findings.len());
        let mut placements = Vec::with_capacity(self.findings.len());
        let found = self.findings.drain(..).zip(self.placements.drain(..)).zip(keep);
        for (index, ((finding, placement), keep)) in found.enumerate() {
            if keep {
                if holds(&unredactable, &index) {
                    self.unredactable.push(findings.len());
                }
                findings.push(finding);
                placements.push(placement);
            }
        }
        (self.findings, self.placements) = (findings, placements);
    }
}

fn is_generic(finding: &Finding) -> bool {
    matches!(finding.rule.shape, crate::detect::Shape::Assigned)
}

impl Engine {
    /// An engine with these options.
    ///
    /// # Errors
    /// [`ConfigError`] when an option has a value that cannot be used.
    pub fn new(options: Options) -> Result<Self, ConfigError> {
        options.validate()?;
        let version = Digest::of_options(&options).to_string();
        Ok(Self { options, policy_version: version.get(..16).unwrap_or_default().into() })
    }

    /// Identifies engine, options and policies together; part of what an approval is bound to.
    pub fn policy_version(&self) -> &str {
        &self.policy_version
    }

    /// Inspects, decides, redacts, and inspects the result again.
    pub(crate) fn evaluate(&self, request: &Request, context: &ScanContext) -> Local {
        let inspection = self.inspect(request);
        let (effect, mut report) = self.decide(request, context, &inspection);
        let outgoing = redact(request, &inspection.findings, &effect.redactions);
        let mut effect = effect;
        // INVARIANT(I7): a redacted request holds nothing that caused the redaction.
        if !effect.redactions.is_empty() && effect.gate != Gate::Deny && !self.is_clean(&outgoing, &inspection, &effect) {
            effect.gate = Gate::Deny;
            report.add_reason(ReasonCode::RedactionFailed.as_str());
        }
        report.decision = effect.decision();
        report.digest = (effect.gate != Gate::Deny).then(|| Digest::of(&outgoing, &context.agent, &self.policy_version));
        report.findings = inspection.findings;
        Local { effect, report, outgoing }
    }

    fn is_clean(&self, outgoing: &Request, before: &Inspection, effect: &Effect) -> bool {
        let mut removed: Vec<&str> =
            effect.redactions.iter().filter_map(|i| before.findings.get(*i)).map(|f| f.rule.id).collect();
        sort(&mut removed, |a, b| a < b);
        let after = self.inspect(outgoing);
        let left = |f: &Finding| !f.in_place && !f.placeholder && holds(&removed, &f.rule.id);
        after.coverage.skipped.is_empty() && !after.findings.iter().any(left)
    }

    fn inspect(&self, request: &Request) -> Inspection {
        let url = normalize::parse_url(request.url.expose());
        let host = url.as_ref().map(normalize::Url::host);
        let limit = self.options.limits.max_findings;
        let mut found =
            Inspection { findings: Vec::new(), placements: Vec::new(), unredactable: Vec::new(), coverage: Coverage::default() };
        let mut seen = BTreeSet::new();
        let mut overflow = false;
        let coverage = normalize::visit(request, url.as_ref(), &self.options.limits, &mut |view| {
            detect::detect(view, &mut |hit| {
                if found.findings.len() >= limit {
                    overflow = true;
                    return;
                }
                let placement = placement(hit.rule, view.place, host.as_deref(), &self.options.credential_hosts);
                let finding = finding(view, &hit, placement);
                // A decoded piece maps as a whole: two values in it have one span and are still two findings.
                let place = (finding.part, finding.span.start, finding.span.end, view.place.redactable());
                if seen.insert((finding.rule.id, place, finding.identity, finding.placeholder)) {
                    if !view.place.redactable() {
                        found.unredactable.push(found.findings.len());
                    }
                    found.findings.push(finding);
                    found.placements.push(placement);
                }
            });
        });
        found.coverage = coverage;
        found.drop_shadowed();
        if overflow {
            found.coverage.skipped.push(Skip::TooManyFindings);
        }
        found
    }

    /// Findings in a text of any size, as plain text.
    pub(crate) fn findings_in_text(&self, text: &str) -> Vec<Finding> {
        let view = View::of_text(text.as_bytes());
        let mut findings = Vec::new();
        detect::detect(&view, &mut |hit| findings.push(finding(&view, &hit, Placement::Content)));
        findings
    }

    fn decide(&self, request: &Request, context: &ScanContext, inspection: &Inspection) -> (Effect, Report) {
        let url = normalize::parse_url(request.url.expose());
        let methods = request.methods();
        let mut target = Target::of(&methods, url.as_ref());
        let web = url.as_ref().is_some_and(|url| url.scheme().starts_with("http"));
        let subject = Subject {
            methods: &methods,
            urls: &url.as_ref().map(|url| [url.without_query(), url.without_query_decoded()]).unwrap_or_default(),
            agent: &context.agent,
            target: &target,
            findings: &inspection.findings,
            claimed: &context.claimed,
        };
        let matched = policy::evaluate(&self.options.policies, &subject);
        let misdirected = inspection.placements.contains(&Placement::Misdirected);
        let skipped = !inspection.coverage.skipped.is_empty();
        let signals = risk::signals(&inspection.findings, misdirected, skipped);
        let hundredths = signals.first().map_or(0, |s| s.hundredths);

        let mut effect = self.built_in(inspection).combine(&Effect { gate: context.floor, redactions: BTreeSet::new() });
        for (_, _, rule_effect) in &matched {
            effect = effect.combine(rule_effect);
        }
        if effect.redactions.iter().any(|i| holds(&inspection.unredactable, i)) {
            effect.gate = Gate::Deny;
        }
        conceal(&mut target, inspection, web);
        let mut report = Report {
            decision: effect.decision(),
            reason_codes: Vec::new(),
            risk_hundredths: hundredths,
            risk_band: risk::band(hundredths),
            signals: signals.iter().map(|s| s.name).collect(),
            classifications: classifications(inspection, &context.claimed),
            findings: Vec::new(),
            matched_rules: Vec::new(),
            policy_version: self.policy_version.clone(),
            digest: None,
            coverage: inspection.coverage.clone(),
            target: target.clone(),
        };
        self.add_reasons(&mut report, inspection);
        for (policy, rule, _) in matched {
            report.add_reason(rule.reason_code.as_deref().unwrap_or(ReasonCode::PolicyMatch.as_str()));
            report.matched_rules.push(MatchedRule {
                policy: policy.name.clone(),
                rule_id: rule.rule_id.clone(),
                action: rule.action,
            });
        }
        if !misdirected && self.has_unknown_host_credential(request, &target) {
            report.add_reason(ReasonCode::UnknownHostCredential.as_str());
            if self.options.unknown_host_credentials == UnknownHostCredentials::Deny {
                effect.gate = Gate::Deny;
            }
        }
        if !valid_method(&request.method) {
            effect.gate = Gate::Deny;
            report.add_reason(ReasonCode::InvalidRequest.as_str());
        }
        (effect, report)
    }

    /// A header credential, whatever it looks like, to a host that no table knows.
    fn has_unknown_host_credential(&self, request: &Request, target: &Target) -> bool {
        let given = |h: &crate::request::Header| detect::credential_header(&h.name) && !h.value.expose().trim().is_empty();
        request.headers.iter().any(given) && !detect::known_host(&target.host, &self.options.credential_hosts)
    }

    /// The effects that hold without any policy: one table over severity, confidence and place.
    fn built_in(&self, inspection: &Inspection) -> Effect {
        let mut effect = Effect::default();
        if !inspection.coverage.skipped.is_empty() {
            effect.gate = Gate::Deny;
        }
        for (index, (finding, placement)) in inspection.findings.iter().zip(&inspection.placements).enumerate() {
            match default_effect(finding, *placement, self.options.unknown_host_credentials) {
                Builtin::Report => {}
                Builtin::Redact => {
                    effect.redactions.insert(index);
                }
                Builtin::Deny => effect.gate = Gate::Deny,
            }
        }
        effect
    }

    fn add_reasons(&self, report: &mut Report, inspection: &Inspection) {
        for (finding, placement) in inspection.findings.iter().zip(&inspection.placements) {
            match placement {
                Placement::UnknownHost => report.add_reason(ReasonCode::UnknownHostCredential.as_str()),
                Placement::Misdirected => report.add_reason(ReasonCode::CredentialMisdirected.as_str()),
                _ => {}
            }
            if !finding.in_place && !finding.placeholder {
                report.add_reason(ReasonCode::of_class(finding.rule.class).as_str());
            }
        }
        for skip in &inspection.coverage.skipped {
            let code = match skip {
                Skip::BodyTooLarge | Skip::Headers => ReasonCode::PayloadTooLarge,
                Skip::Url => ReasonCode::InvalidRequest,
                _ => ReasonCode::Uninspectable,
            };
            report.add_reason(code.as_str());
        }
    }
}

enum Builtin {
    Report,
    Redact,
    Deny,
}

fn default_effect(finding: &Finding, placement: Placement, unknown_host: UnknownHostCredentials) -> Builtin {
    use DataClass::{Internal, Phi, Pii, Secrets};
    match (placement, finding.rule.class, finding.rule.severity, finding.confidence) {
        _ if finding.placeholder => Builtin::Report,
        (Placement::Own, ..) => Builtin::Report,
        (Placement::UnknownHost, ..) if unknown_host == UnknownHostCredentials::Allow => Builtin::Report,
        (Placement::UnknownHost | Placement::Misdirected, ..) => Builtin::Deny,
        (_, Secrets, Severity::High, Confidence::Medium | Confidence::High) => Builtin::Deny,
        (_, Secrets, ..) | (_, Pii | Phi, Severity::High, _) => Builtin::Redact,
        (_, Pii | Phi, Severity::Low, _) | (_, Internal, ..) => Builtin::Report,
    }
}

fn finding(view: &View<'_>, hit: &Hit, placement: Placement) -> Finding {
    let text = view.text.get(hit.range.clone()).unwrap_or_default();
    Finding {
        rule: hit.rule,
        confidence: hit.confidence,
        part: view.part,
        span: view.map.wire(&hit.range),
        pointer: view.pointer.render().filter(|pointer| shows_nothing(pointer)),
        in_place: matches!(placement, Placement::Own | Placement::UnknownHost),
        placeholder: hit.placeholder,
        identity: identity(text),
        writing: view.writing,
    }
}

/// Whether a pointer can be shown: neither it nor any key in it holds anything.
fn shows_nothing(pointer: &str) -> bool {
    let mut keys = pointer.split('/').map(|key| key.replace("~1", "/").replace("~0", "~"));
    !holds_anything(pointer.as_bytes()) && !keys.any(|key| holds_anything(key.as_bytes()))
}

/// A pointer is made of the body's own keys: one that holds a secret is not shown.
// INVARIANT(I6): no matched text in any report.
fn holds_anything(text: &[u8]) -> bool {
    let mut any = false;
    detect::detect(&View::of_text(text), &mut |_| any = true);
    any
}

/// Tool, operation and host come from the URL: where something was found in it they are shown only if a table gave them.
// INVARIANT(I6): no matched text in any report.
fn conceal(target: &mut Target, inspection: &Inspection, web: bool) {
    let in_url = |index: usize, f: &Finding| f.part == Part::Url && (!web || holds(&inspection.unredactable, &index));
    if inspection.findings.iter().enumerate().any(|(index, f)| in_url(index, f)) {
        target.host = String::new();
        if !web {
            (target.tool, target.operation) = ("custom_proxy".into(), "request".into());
        }
    }
}

/// FNV-1a: tells values apart for numbering, nothing else rests on it.
fn identity(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn classifications(inspection: &Inspection, claimed: &[DataClass]) -> Vec<DataClass> {
    let found = |class| inspection.findings.iter().any(|f| !f.in_place && !f.placeholder && f.rule.class == class);
    DataClass::ALL.into_iter().filter(|class| claimed.contains(class) || found(*class)).collect()
}

/// RFC 9110 section 9.1: a token.
fn valid_method(method: &str) -> bool {
    !method.is_empty()
        && method.len() <= 64
        && method.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
        && !holds_anything(method.as_bytes())
}
