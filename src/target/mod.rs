//! What a call is: tool, operation, verb.

mod tools;

use alloc::{borrow::ToOwned, string::String};

use crate::normalize::Url;

/// Whether a call reads, writes or administers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Changes nothing.
    Read,
    /// Changes data.
    Write,
    /// Changes who may do what.
    Admin,
}

impl Verb {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "READ",
            Self::Write => "WRITE",
            Self::Admin => "ADMIN",
        }
    }

    /// Reads the name on the wire, without case.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Admin].into_iter().find(|verb| verb.as_str().eq_ignore_ascii_case(name))
    }
}

/// Where a call goes and what it does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The service: `slack`, `github`, …; `custom_proxy` for a host that no table knows.
    pub tool: String,
    /// The action: a known operation, a tool's name, or `request`.
    pub operation: String,
    /// Read, write or administer.
    pub verb: Verb,
    /// Host in lower case; empty when the URL could not be read.
    pub host: String,
}

impl Target {
    /// Derives the target. Without a readable URL everything is unknown and counts as a write.
    ///
    /// `methods` is the method of the request, and whatever it asks to be taken for: the strictest of them counts.
    pub(crate) fn of(methods: &[&str], url: Option<&Url<'_>>) -> Self {
        let reads = |method: &&str| ["GET", "HEAD", "OPTIONS"].iter().any(|m| method.eq_ignore_ascii_case(m));
        let read = methods.iter().all(reads);
        let method = methods.last().copied().unwrap_or_default();
        let verb = if read { Verb::Read } else { Verb::Write };
        let Some(url) = url else {
            return Self {
                tool: "custom_proxy".to_owned(),
                operation: "request".to_owned(),
                verb: Verb::Write,
                host: String::new(),
            };
        };
        let host = url.host();
        let (tool, operation) = match url.scheme().as_str() {
            "mcp" => ("mcp".to_owned(), host.clone()),
            "tool" => (host.clone(), url.path().trim_start_matches('/').to_owned()),
            _ => {
                let tool = tools::of_host(&host);
                (tool.to_owned(), tools::operation(tool, method, url.path()).to_owned())
            }
        };
        Self { tool, operation, verb, host }
    }
}
