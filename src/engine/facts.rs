//! Everything that is known of a call before it is decided.

use alloc::{string::String, vec::Vec};

use super::{Engine, inspect::Inspection};
use crate::{
    address::{AddressClass, Host},
    decision::Decision,
    detect::Placement,
    memory::{Count, Counted, Event, Per, Recalled, Source},
    normalize::Url,
    options::allows_private,
    policy::Subject,
    request::Request,
    risk::{self, Circumstances, Signal},
    scan::ScanContext,
    secret::Sensitive,
    target::{Arguments, Category, Target, Verb, default_port},
};

/// Changing calls to one tool within a minute.
const MASS_ACTION: Count = Count { of: Counted::Writes, per: Per::Tool, window_minutes: 1, limit: 10 };

pub(super) struct Facts<'a> {
    pub(super) request: &'a Request,
    pub(super) context: &'a ScanContext,
    pub(super) inspection: &'a Inspection,
    urls: [String; 3],
    paths: [String; 3],
    scheme: String,
    methods: Vec<&'a str>,
    arguments: Arguments<'a>,
    pub(super) target: Target,
    pub(super) destination: Sensitive<String>,
    pub(super) recalled: Recalled<'a>,
    /// Whether the call leads to a network that agents have no business in.
    pub(super) private: bool,
    /// Whether a credential is on its way to a host that is not its vendor's.
    pub(super) misdirected: bool,
    threat: bool,
    pub(super) source: Option<Source>,
    pub(super) signals: Vec<Signal>,
}

impl Engine {
    pub(super) fn facts<'a>(
        &self,
        request: &'a Request,
        context: &'a ScanContext,
        url: Option<&Url<'a>>,
        inspection: &'a Inspection,
        source: Option<Source>,
    ) -> Facts<'a> {
        // Only rules look at these.
        let spelt = url.filter(|_| !self.policies.is_empty());
        let paths = spelt.map(Url::paths).unwrap_or_default();
        let arguments = Arguments::read(request, url, &self.options.limits, &inspection.steps);
        let mut target = Target::of(request, url, &arguments);
        target.count_principals(&self.options.organisation);
        let scheme = url.map(Url::scheme).unwrap_or_default();
        let destination = Sensitive::new(target.destination());
        let known = context.memory.as_deref().zip(context.time_ms).filter(|_| cfg!(feature = "full"));
        let recalled = known.map_or(Recalled::NOTHING, |(memory, time_ms)| {
            let event = Event {
                agent: context.agent.clone(),
                tool: target.tool.clone(),
                destination: destination.clone(),
                verb: target.verb,
                decision: Decision::Allow,
            };
            Recalled::of(memory, &event, time_ms, self.options.daily_budget)
        });
        let mut facts = Facts {
            request,
            context,
            inspection,
            urls: spelt.map(|url| url.forms(&paths)).unwrap_or_default(),
            paths,
            private: self.leads_inside(&target, scheme),
            scheme: scheme.into(),
            methods: request.methods(),
            arguments,
            misdirected: inspection.placed().any(|(f, place)| place == Placement::Misdirected && f.allowed.is_none()),
            threat: self.options.is_threat(&target.host),
            target,
            destination,
            recalled,
            source,
            signals: Vec::new(),
        };
        facts.signals = risk::signals(&inspection.findings, facts.circumstances());
        facts
    }

    /// Whether the call's host, or one that it names, is of a network that agents have no business in. What `tool://` and
    /// `mcp://` have where a host stands is a name.
    fn leads_inside(&self, target: &Target, scheme: &str) -> bool {
        let refused = |host: &str, port: Option<u16>| {
            let Some(Host { name, class }) = Host::read(host) else { return true };
            class != AddressClass::Public && !allows_private(&self.options.allow_private, &name, port)
        };
        let own = !matches!(scheme, "" | "tool" | "mcp") && target.tool != "computer_use";
        let destinations = || target.destinations.iter().map(Sensitive::expose);
        target.more_private
            || own && refused(&target.host, target.port.or(default_port(scheme)))
            || destinations().any(|destination| refused(&destination.host, destination.effective_port()))
    }
}

impl Facts<'_> {
    fn circumstances(&self) -> Circumstances {
        let writes = self.target.verb != Verb::Read;
        Circumstances {
            misdirected: self.misdirected,
            private: self.private,
            uninspectable: !self.inspection.coverage.skipped.is_empty(),
            threat: self.threat,
            read_then_write: self.source.is_some(),
            burst: self.recalled.volume_burst,
            mass: writes && self.recalled.count(&MASS_ACTION) >= MASS_ACTION.limit,
            destructive: self.target.categories.contains(&Category::Delete),
            external: self.target.external_principals > 0,
            // Where nothing is remembered, nothing can be said.
            new_destination: writes && self.recalled.trust.is_some() && self.recalled.new_destination,
            admin: self.target.verb == Verb::Admin,
            trust: self.recalled.trust,
        }
    }

    /// Whether the URL is one of the web.
    pub(super) fn is_web(&self) -> bool {
        self.scheme.starts_with("http")
    }

    /// What rules look at.
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            methods: &self.methods,
            urls: &self.urls,
            paths: &self.paths,
            scheme: &self.scheme,
            agent: &self.context.agent,
            runtime: &self.context.runtime,
            target: &self.target,
            arguments: &self.arguments,
            findings: &self.inspection.findings,
            claimed: &self.context.claimed,
            body_text: &self.inspection.body_text,
            body_bytes: self.request.body.expose().len(),
            external_principal: self.target.external_principals > 0,
            threat: self.threat,
            risk_hundredths: risk::score(&self.signals),
            signals: &self.signals,
            time_ms: self.context.time_ms,
            zone_offsets: &self.context.zone_offsets,
            mcp: self.context.mcp,
            recalled: &self.recalled,
            gaps: None,
        }
    }
}
