//! What a record leaves out of a call: its content, most names in it, and how often others like it were made before.

use alloc::vec::Vec;

use super::{
    keys::Asks,
    rule::{Policy, PolicyRule},
    test::{Doubt, Test, Want},
};

/// Which questions have no answer in a record, and which way they are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    pub(crate) tool: bool,
    pub(crate) operation: bool,
    pub(crate) methods: bool,
    pub(crate) hosts: bool,
    pub(crate) urls: bool,
    pub(crate) agent: bool,
    pub(crate) runtime: bool,
    pub(crate) body: bool,
    pub(crate) principals: bool,
    pub(crate) tags: bool,
    /// Names of resources that the record hides.
    pub(crate) resources: Vec<&'static str>,
    /// Whether a rule that asks matches; both are tried.
    pub(crate) matches: bool,
}

impl Gaps {
    /// The answer to a question that the record has none to.
    pub(super) fn answer(&self, asks: Asks, doubt: Doubt) -> Option<bool> {
        self.covers(asks).then_some(self.matches == (doubt == Doubt::Yes))
    }

    fn covers(&self, asks: Asks) -> bool {
        match asks {
            Asks::Tools => self.tool,
            // By name, by kind or by method: a list may have all three.
            Asks::Operations => self.operation || self.methods,
            Asks::Methods => self.methods,
            Asks::Hosts => self.hosts,
            Asks::Urls => self.urls,
            Asks::Agents => self.agent,
            Asks::Runtimes => self.runtime,
            Asks::Principals => self.principals,
            Asks::Tags => self.tags,
            Asks::Resource(name) => self.resources.contains(&name),
            Asks::ContainsAny
            | Asks::ContainsAll
            | Asks::Pattern
            | Asks::PathEquals
            | Asks::PathGt
            | Asks::PathGte
            | Asks::PathLt
            | Asks::PathLte => self.body,
            Asks::Count => true,
            Asks::Verbs
            | Asks::Ports
            | Asks::Classes
            | Asks::SizeGt
            | Asks::Flag(_)
            | Asks::RiskGt
            | Asks::Signals
            | Asks::TrustLt
            | Asks::HoursOutside
            | Asks::Any
            | Asks::All
            | Asks::Not => false,
        }
    }

    /// Names of the keys of a rule that the record cannot answer, each once.
    pub(super) fn keys(&self, policy: &Policy, rule: &PolicyRule, asked: bool) -> Vec<&'static str> {
        let mut keys = Vec::new();
        let mut add = |name| {
            if !keys.contains(&name) {
                keys.push(name);
            }
        };
        if asked {
            rule.tests.iter().for_each(|test| self.collect(test, &mut add));
        }
        if !rule.sanitize_fields.is_empty() {
            add("sanitize_fields");
        }
        if (self.urls || self.hosts) && policy.suppresses(rule) {
            add("suppressions");
        }
        keys
    }

    fn collect(&self, test: &Test, add: &mut dyn FnMut(&'static str)) {
        match &test.want {
            Want::Groups(groups) => groups.iter().flatten().for_each(|test| self.collect(test, add)),
            _ if self.covers(test.key.asks) => add(test.key.name),
            _ => {}
        }
    }
}
