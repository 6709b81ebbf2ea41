//! The engine: configuration in, and for every request its effect and report. Pure: no state between scans.

mod conceal;
mod decide;
mod document;
mod explain;
mod facts;
mod fields;
mod inspect;
#[cfg(feature = "full")]
mod recorded;
#[cfg(feature = "full")]
mod replay;
mod response;
mod text;

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};

pub(crate) use document::Leaf;
use inspect::{Inspection, Look};
pub use response::ResponseReport;

use crate::{
    decision::{Effect, Gate, ReasonCode},
    detect::CustomRules,
    digest::Digest,
    error::ConfigError,
    finding::Finding,
    memory::{Memory, Source},
    normalize::{Url, parse_url},
    options::{Operator, Options},
    policy::{Policies, Policy},
    redact::{Form, redact},
    report::Report,
    request::Request,
    scan::ScanContext,
    sort::{holds, sort},
};

/// Decides requests by its built-in rules, those of its options, and its policies.
#[derive(Debug)]
pub struct Engine {
    options: Options,
    custom: CustomRules,
    policies: Policies,
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

impl Engine {
    /// An engine with these options.
    ///
    /// # Errors
    /// [`ConfigError`] when an option has a value that cannot be used.
    pub fn new(mut options: Options) -> Result<Self, ConfigError> {
        options.suppress();
        options.validate()?;
        let custom = CustomRules::new(&options.detectors)?;
        let version = Digest::of_options(&options).to_string();
        let policies = Policies::new(core::mem::take(&mut options.policies));
        Ok(Self { options, custom, policies, policy_version: version.get(..16).unwrap_or_default().into() })
    }

    /// Identifies engine, options and policies together; part of what an approval is bound to.
    pub fn policy_version(&self) -> &str {
        &self.policy_version
    }

    /// Names of the time zones that the policies need the offsets of, for [`ScanContext::zone_offsets`].
    pub fn time_zones(&self) -> Vec<String> {
        let mut zones: Vec<String> = self.policies.iter().flat_map(Policy::time_zones).collect();
        sort(&mut zones, |a, b| a < b);
        zones.dedup();
        zones
    }

    /// Inspects, decides, redacts, and inspects the result again.
    pub(crate) fn evaluate(&self, request: &Request, context: &ScanContext) -> Local {
        let (effect, report, redacted) = self.evaluated(request, context);
        Local { effect, report, outgoing: redacted.unwrap_or_else(|| request.clone()) }
    }

    /// The same for a request that nobody needs any more.
    // INVARIANT(I2): without redactions, what was scanned is what goes out.
    pub(crate) fn evaluate_owned(&self, request: Request, context: &ScanContext) -> Local {
        let (effect, report, redacted) = self.evaluated(&request, context);
        Local { effect, report, outgoing: redacted.unwrap_or(request) }
    }

    /// The request only where something in it is redacted.
    fn evaluated(&self, request: &Request, context: &ScanContext) -> (Effect, Report, Option<Request>) {
        let url = parse_url(request.url.expose());
        let (inspection, source) = self.inspected(request, url.as_ref(), context);
        let facts = self.facts(request, context, url.as_ref(), &inspection, source);
        #[cfg(feature = "full")]
        let recorded = context.facts.then(|| self.recorded(&facts));
        let (mut effect, mut report) = self.decide(facts);
        #[cfg(feature = "full")]
        {
            report.facts = recorded;
        }
        let (redacted, clean) = self.redacted(request, context, &inspection, &effect);
        if !clean && effect.gate != Gate::Deny {
            effect.gate = Gate::Deny;
            report.add_reason(ReasonCode::RedactionFailed.as_str());
        }
        let bound = effect.gate != Gate::Deny && (effect.gate == Gate::RequireApproval || context.binds());
        let outgoing = redacted.as_ref().unwrap_or(request);
        report.digest = bound.then(|| Digest::of(outgoing, &context.agent, &self.policy_version));
        if let Some(refused) = self.remembered(context, &report) {
            effect.gate = Gate::Deny;
            report.digest = None;
            report.add_reason(refused.as_str());
        }
        report.decision = effect.decision();
        // A field that no rule asked to redact is none of the report's business.
        let mut at = 0..;
        report.findings = inspection.findings;
        report.findings.retain(|f| at.next().is_some_and(|at| !f.rule.is_fields() || effect.redactions.contains(&at)));
        (effect, report, redacted)
    }

    /// What was found, and the response that a piece of the request comes from.
    fn inspected(&self, request: &Request, url: Option<&Url<'_>>, context: &ScanContext) -> (Inspection, Option<Source>) {
        let tainted = context.memory.as_deref().filter(|memory| cfg!(feature = "full") && memory.has_taint());
        let look = Look { time_ms: context.time_ms, prints: tainted.map(Memory::fingerprints), policies: true };
        let (inspection, prints) = self.inspect_at(request, url, look);
        let source = tainted.zip(prints).and_then(|(memory, prints)| memory.source_of(prints, context.time_ms?));
        (inspection, source)
    }

    /// What a person has said about exactly this call before.
    fn remembered(&self, context: &ScanContext, report: &Report) -> Option<ReasonCode> {
        let (memory, time_ms, digest) = (context.memory.as_deref()?, context.time_ms?, report.digest?);
        memory.is_refused(&digest.to_string(), &context.agent, time_ms).then_some(ReasonCode::RecentDenial)
    }

    /// The redacted request, if anything in it is redacted, and whether it is clean. Where the configured operators leave
    /// something to be found (a mask its tail, an omission its neighbours joined), placeholders stand instead.
    // INVARIANT(I7): a redacted request holds nothing that caused the redaction.
    fn redacted(
        &self,
        request: &Request,
        context: &ScanContext,
        before: &Inspection,
        effect: &Effect,
    ) -> (Option<Request>, bool) {
        let chosen = || effect.redactions.iter().filter_map(|i| before.findings.get(*i));
        let form =
            if chosen().any(|f| f.replacement.operator() != Operator::Replace) { Form::Configured } else { Form::Placeholders };
        if effect.redactions.is_empty() {
            return (None, true);
        }
        let made = redact(request, &before.findings, &effect.redactions, form);
        if effect.gate == Gate::Deny {
            return (Some(made), true);
        }
        if self.is_clean(&made, context, before, effect, form) {
            return (Some(made), true);
        }
        if form == Form::Placeholders {
            return (Some(made), false);
        }
        let made = redact(request, &before.findings, &effect.redactions, Form::Placeholders);
        let clean = self.is_clean(&made, context, before, effect, Form::Placeholders);
        (Some(made), clean)
    }

    fn is_clean(&self, outgoing: &Request, context: &ScanContext, before: &Inspection, effect: &Effect, form: Form) -> bool {
        let of = |f: &Finding| f.rule.address();
        let sorted = |mut addresses: Vec<usize>| {
            sort(&mut addresses, |a, b| a < b);
            addresses
        };
        let removed = sorted(effect.redactions.iter().filter_map(|i| before.findings.get(*i)).map(of).collect());
        let known = sorted(before.findings.iter().map(of).collect());
        // What a rule redacts in one place and leaves in another may be found as often as it was left.
        let mut kept: BTreeMap<(usize, u64), usize> = BTreeMap::new();
        for (_, f) in before.findings.iter().enumerate().filter(|(index, _)| !effect.redactions.contains(index)) {
            *kept.entry((of(f), f.identity)).or_default() += 1;
        }
        let look = Look { time_ms: context.time_ms, prints: None, policies: true };
        let url = parse_url(outgoing.url.expose());
        let (after, _) = self.inspect_at(outgoing, url.as_ref(), look);
        // What is sent is decided as it stands: sending it again changes nothing any more.
        let again = self.decide(self.facts(outgoing, context, url.as_ref(), &after, None)).0;
        if again.gate > effect.gate || !again.redactions.is_empty() {
            return false;
        }
        let mut is_left = |f: &Finding| {
            let meant = f.is_active() || f.rule.is_fields();
            // Placeholders join nothing; other operators might make something that was not there.
            let new = form == Form::Configured && !holds(&known, &of(f));
            let again = holds(&removed, &of(f)) && {
                let left = kept.entry((of(f), f.identity)).or_default();
                let spent = *left == 0;
                *left = left.saturating_sub(1);
                spent
            };
            meant && (again || new)
        };
        after.coverage.skipped.is_empty() && !after.findings.iter().any(&mut is_left)
    }
}
