//! What a request comes to: built-in effects, policies, risk, and the report about them.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{Engine, conceal::conceal, facts::Facts, inspect::Inspection};
use crate::{
    decision::{Effect, Gate, ReasonCode},
    detect::{self, Placement},
    finding::{Confidence, DataClass, Finding, Severity},
    options::UnknownHostCredentials,
    policy::{Action, Matched, Mode},
    report::{MatchedRule, Report, Skip},
    request::Request,
    risk,
    scan::ScanContext,
    target::Target,
};

impl Engine {
    pub(super) fn decide(&self, facts: Facts<'_>) -> (Effect, Report) {
        let Facts { request, context, inspection, .. } = facts;
        let matched = self.policies.matching(&facts.subject());

        let mut effect = self.without_policies(inspection, context);
        for matched in &matched {
            effect = effect.combine(&matched.effect);
        }
        let unread = inspection.unread_fields && matched.iter().any(Matched::redacts_fields);
        if unread || effect.redactions.iter().any(|i| inspection.unredactable.contains(i)) {
            effect.gate = Gate::Deny;
        }
        if facts.private {
            effect.gate = Gate::Deny;
        }
        let unknown_host = !facts.misdirected && self.has_unknown_host_credential(request, &facts.target);
        let web = facts.is_web();
        let mut target = facts.target;
        conceal(&mut target, request, inspection, web);
        let hundredths = risk::score(&facts.signals);
        let mut report = Report {
            decision: effect.decision(),
            reason_codes: Vec::new(),
            risk_hundredths: hundredths,
            risk_band: risk::band(hundredths),
            signals: facts.signals,
            source_trace: facts.source.map(|source| source.trace),
            classifications: classifications(inspection, &effect, &context.claimed),
            findings: Vec::new(),
            matched_rules: Vec::new(),
            policy_version: self.policy_version.clone(),
            digest: None,
            coverage: inspection.coverage.clone(),
            incident: None,
            facts: None,
            destination: facts.destination,
            target,
        };
        self.add_reasons(&mut report, inspection);
        if facts.private {
            report.add_reason(ReasonCode::PrivateDestination.as_str());
        }
        if unread {
            report.add_reason(ReasonCode::Uninspectable.as_str());
        }
        if report.source_trace.is_some() {
            report.add_reason(ReasonCode::ReadThenWrite.as_str());
        }
        for Matched { policy, rule, effect, suppressed } in matched {
            let acts = rule.mode == Mode::Enforce && !suppressed;
            // A redaction of nothing is no reason for anything.
            let idle = rule.action == Action::Sanitize && effect.redactions.is_empty() && !unread;
            if acts && !idle {
                report.add_reason(rule.reason_code.as_deref().unwrap_or(ReasonCode::PolicyMatch.as_str()));
            }
            if acts && rule.action == Action::OpenIncident {
                report.incident = report.incident.max(Some(rule.incident_severity));
            }
            report.matched_rules.push(MatchedRule {
                policy: policy.name.clone(),
                rule_id: rule.rule_id.clone(),
                action: rule.action,
                mode: rule.mode,
                suppressed,
                escalate_to: rule.escalate_to.clone(),
            });
        }
        if unknown_host {
            report.add_reason(ReasonCode::UnknownHostCredential.as_str());
            if self.options.unknown_host_credentials == UnknownHostCredentials::Deny {
                effect.gate = Gate::Deny;
            }
        }
        if !self.valid_method(&request.method) {
            effect.gate = Gate::Deny;
            report.add_reason(ReasonCode::InvalidRequest.as_str());
        }
        (effect, report)
    }

    /// A header credential, whatever it looks like, to a host that no table knows.
    pub(super) fn has_unknown_host_credential(&self, request: &Request, target: &Target) -> bool {
        let given = |h: &crate::request::Header| detect::credential_header(&h.name) && !h.value.expose().trim().is_empty();
        request.headers.iter().any(given) && !detect::known_host(&target.host, &self.options.credential_hosts)
    }

    /// RFC 9110 section 9.1: a token.
    pub(super) fn valid_method(&self, method: &str) -> bool {
        !method.is_empty()
            && method.len() <= 64
            && method.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
            && !self.holds_anything(method.as_bytes())
    }

    /// What holds without any policy: what was asked for, and one table over severity, confidence and place.
    pub(super) fn without_policies(&self, inspection: &Inspection, context: &ScanContext) -> Effect {
        let mut effect = Effect { gate: context.floor, redactions: BTreeSet::new() };
        if !inspection.coverage.skipped.is_empty() {
            effect.gate = Gate::Deny;
        }
        for (index, (finding, placement)) in inspection.placed().enumerate() {
            match default_effect(finding, placement, self.options.unknown_host_credentials) {
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
        for (finding, placement) in inspection.placed().filter(|(finding, _)| finding.allowed.is_none()) {
            match placement {
                Placement::UnknownHost => report.add_reason(ReasonCode::UnknownHostCredential.as_str()),
                Placement::Misdirected => report.add_reason(ReasonCode::CredentialMisdirected.as_str()),
                _ => {}
            }
            if finding.is_active() {
                report.add_reason(ReasonCode::of_class(finding.rule.class()).as_str());
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
    use DataClass::{Injection, Internal, Phi, Pii, Secrets};
    match (placement, finding.rule.class(), finding.rule.severity(), finding.confidence) {
        _ if finding.placeholder || finding.allowed.is_some() => Builtin::Report,
        (Placement::Own, ..) => Builtin::Report,
        (Placement::UnknownHost, ..) if unknown_host == UnknownHostCredentials::Allow => Builtin::Report,
        (Placement::UnknownHost | Placement::Misdirected, ..) => Builtin::Deny,
        (_, Secrets, Severity::High, Confidence::Medium | Confidence::High) => Builtin::Deny,
        (_, Secrets, ..) | (_, Pii | Phi, Severity::High, _) => Builtin::Redact,
        (_, Pii | Phi, Severity::Low, _) | (_, Internal | Injection, ..) => Builtin::Report,
    }
}

fn classifications(inspection: &Inspection, effect: &Effect, claimed: &[DataClass]) -> Vec<DataClass> {
    let counts = |index: usize, f: &Finding| f.is_active() || f.rule.is_fields() && effect.redactions.contains(&index);
    let found = |class| inspection.findings.iter().enumerate().any(|(index, f)| f.rule.class() == class && counts(index, f));
    DataClass::ALL.into_iter().filter(|class| claimed.contains(class) || found(*class)).collect()
}
