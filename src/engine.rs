//! The engine: configuration in, and for every request its effect and report. Pure: no state between scans.

mod decide;
mod inspect;
mod text;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use inspect::Inspection;

use crate::{
    decision::{Effect, Gate, ReasonCode},
    detect::CustomRules,
    digest::Digest,
    error::ConfigError,
    finding::Finding,
    options::{Operator, Options},
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
    pub fn new(options: Options) -> Result<Self, ConfigError> {
        options.validate()?;
        let custom = CustomRules::new(&options.detectors)?;
        let version = Digest::of_options(&options).to_string();
        Ok(Self { options, custom, policy_version: version.get(..16).unwrap_or_default().into() })
    }

    /// Identifies engine, options and policies together; part of what an approval is bound to.
    pub fn policy_version(&self) -> &str {
        &self.policy_version
    }

    /// Inspects, decides, redacts, and inspects the result again.
    pub(crate) fn evaluate(&self, request: &Request, context: &ScanContext) -> Local {
        let inspection = self.inspect(request, context.time_ms);
        let (mut effect, mut report) = self.decide(request, context, &inspection);
        let (outgoing, clean) = self.redacted(request, context, &inspection, &effect);
        if !clean && effect.gate != Gate::Deny {
            effect.gate = Gate::Deny;
            report.add_reason(ReasonCode::RedactionFailed.as_str());
        }
        report.decision = effect.decision();
        report.digest = (effect.gate != Gate::Deny).then(|| Digest::of(&outgoing, &context.agent, &self.policy_version));
        report.findings = inspection.findings;
        Local { effect, report, outgoing }
    }

    /// The redacted request, and whether it is clean. Where the configured operators leave something to be found (a mask its
    /// tail, an omission its neighbours joined), placeholders stand instead.
    // INVARIANT(I7): a redacted request holds nothing that caused the redaction.
    fn redacted(&self, request: &Request, context: &ScanContext, before: &Inspection, effect: &Effect) -> (Request, bool) {
        let chosen = || effect.redactions.iter().filter_map(|i| before.findings.get(*i));
        let form =
            if chosen().any(|f| f.replacement.operator() != Operator::Replace) { Form::Configured } else { Form::Placeholders };
        if effect.redactions.is_empty() {
            return (request.clone(), true);
        }
        let made = redact(request, &before.findings, &effect.redactions, form);
        if effect.gate == Gate::Deny {
            return (made, true);
        }
        if self.is_clean(&made, context, before, effect, form) {
            return (made, true);
        }
        if form == Form::Placeholders {
            return (made, false);
        }
        let made = redact(request, &before.findings, &effect.redactions, Form::Placeholders);
        let clean = self.is_clean(&made, context, before, effect, Form::Placeholders);
        (made, clean)
    }

    fn is_clean(&self, outgoing: &Request, context: &ScanContext, before: &Inspection, effect: &Effect, form: Form) -> bool {
        let of = |f: &Finding| f.rule.address();
        let sorted = |mut addresses: Vec<usize>| {
            sort(&mut addresses, |a, b| a < b);
            addresses
        };
        let removed = sorted(effect.redactions.iter().filter_map(|i| before.findings.get(*i)).map(of).collect());
        let known = sorted(before.findings.iter().map(of).collect());
        let after = self.inspect(outgoing, context.time_ms);
        // What is sent is decided as it stands: sending it again changes nothing any more.
        let again = self.decide(outgoing, context, &after).0;
        if again.gate > effect.gate || !again.redactions.is_empty() {
            return false;
        }
        // Placeholders join nothing; other operators might make something that was not there.
        let left =
            |f: &Finding| f.is_active() && (holds(&removed, &of(f)) || (form == Form::Configured && !holds(&known, &of(f))));
        after.coverage.skipped.is_empty() && !after.findings.iter().any(left)
    }
}
