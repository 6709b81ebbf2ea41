//! Everything that rules look at, gathered once for a call.

use alloc::{string::String, vec::Vec};

use super::{gaps::Gaps, glob, keys::Flag, words::BodyText};
use crate::{
    finding::{DataClass, Finding},
    memory::Recalled,
    risk::Signal,
    target::{Arguments, Target},
};

/// What rules look at.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The method, and what the request asks to be taken for.
    pub(crate) methods: &'a [&'a str],
    /// The URL up to the query: as it is, decoded, and without `..`; empty when it could not be read.
    pub(crate) urls: &'a [String; 3],
    /// The path of the URL in the same forms.
    pub(crate) paths: &'a [String; 3],
    /// Scheme of the URL, in lower case.
    pub(crate) scheme: &'a str,
    pub(crate) agent: &'a str,
    pub(crate) runtime: &'a str,
    pub(crate) target: &'a Target,
    pub(crate) arguments: &'a Arguments<'a>,
    pub(crate) findings: &'a [Finding],
    /// Classes that a client found and redacted before it asked.
    pub(crate) claimed: &'a [DataClass],
    /// The body in all its decoded forms.
    pub(crate) body_text: &'a BodyText,
    pub(crate) body_bytes: usize,
    pub(crate) external_principal: bool,
    /// Whether the destination is on a threat list.
    pub(crate) threat: bool,
    pub(crate) risk_hundredths: u32,
    pub(crate) signals: &'a [Signal],
    pub(crate) time_ms: Option<u64>,
    /// Minutes east of UTC of the time zones that policies name.
    pub(crate) zone_offsets: &'a [(String, i32)],
    pub(crate) mcp: McpSignals,
    pub(crate) recalled: &'a Recalled<'a>,
    /// What is not known, of a call that was recorded.
    pub(crate) gaps: Option<&'a Gaps>,
}

/// What the host of an MCP server noticed about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct McpSignals {
    /// The tools are not those that were agreed to.
    pub drift: bool,
    /// The server is at another address than before.
    pub origin_changed: bool,
    /// A description gives orders to the agent.
    pub injection: bool,
    /// A tool has gained a parameter such as a path, a URL or a command.
    pub risky_param_added: bool,
}

impl McpSignals {
    /// From their names.
    pub(crate) fn of(is: impl Fn(&str) -> bool) -> Self {
        Self {
            drift: is("drift"),
            origin_changed: is("origin_changed"),
            injection: is("injection"),
            risky_param_added: is("risky_param_added"),
        }
    }

    /// The names of those that are set.
    #[cfg(feature = "full")]
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            ("drift", self.drift),
            ("origin_changed", self.origin_changed),
            ("injection", self.injection),
            ("risky_param_added", self.risky_param_added),
        ];
        all.into_iter().filter_map(|(name, set)| set.then_some(name))
    }
}

impl Subject<'_> {
    /// The host, and those that the body names.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &str> {
        let named = self.target.destinations.iter().map(|destination| destination.expose().host.as_str());
        core::iter::once(self.target.host.as_str()).chain(named)
    }

    /// The port of the URL, or that of its scheme.
    pub(crate) fn port(&self) -> Option<u16> {
        self.target.port.or(match self.scheme {
            "https" | "wss" => Some(443),
            "http" | "ws" => Some(80),
            _ => None,
        })
    }

    /// The names of a resource: a repository has one with its owner and one without.
    pub(super) fn resources(&self, name: &str) -> Vec<String> {
        let resource = &self.target.resource;
        let one: Option<&str> = resource.shown().find(|(known, _)| *known == name).map(|(_, value)| value);
        let mut all: Vec<String> = one.into_iter().map(Into::into).collect();
        if let ("repo", Some(org), Some(repo)) = (name, &resource.org, &resource.repo) {
            all.push([org, "/", repo].concat());
        }
        all
    }

    pub(crate) fn has_class(&self, classes: &[DataClass]) -> bool {
        let found = self.findings.iter().filter(|f| f.is_active()).any(|f| classes.contains(&f.rule.class()));
        found || self.claimed.iter().any(|class| classes.contains(class))
    }

    pub(super) fn flag(&self, flag: Flag) -> bool {
        flag.of(self)
    }
}

/// An IPv6 literal is compared as it is: its brackets are no set. Globs are in lower case, as hosts are.
pub(crate) fn host_matches(pattern: &str, host: &str) -> bool {
    if pattern.starts_with('[') && pattern.contains(':') { pattern == host } else { glob::matches(pattern, host) }
}
