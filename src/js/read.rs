//! What JavaScript writes: options and the head of a request. It was checked there, so what is missing is the default.

use alloc::vec::Vec;

use super::clock;
use crate::{
    CredentialHost, DataClass, FailMode, Gate, Gateway, Limits, Options, Policy, Request, ScanContext, UnknownHostCredentials,
    error::ConfigError,
    json::{self, Node, Value},
};

fn number(node: Option<&Node>) -> Option<f64> {
    match &node?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// Engine options.
pub(super) fn options(text: &str) -> Result<Options, ConfigError> {
    let root = json::parse(text.as_bytes(), "options")?;
    let mut options = Options::default();
    for policy in root.field("policies").and_then(Node::items).unwrap_or_default() {
        let field = |name| policy.field(name).and_then(Node::text).unwrap_or_default();
        options.policies.push(Policy::parse(field("text"), field("source"))?);
    }
    if root.field("unknown_host_credentials").and_then(Node::text) == Some("deny") {
        options.unknown_host_credentials = UnknownHostCredentials::Deny;
    }
    for own in root.field("credential_hosts").and_then(Node::items).unwrap_or_default() {
        let field = |name| own.field(name).and_then(Node::text).unwrap_or_default().into();
        options.credential_hosts.push(CredentialHost { vendor: field("vendor"), host: field("host") });
    }
    if let Some(bytes) = number(root.field("max_body_bytes")) {
        options.limits = Limits { max_body_bytes: usize::try_from(clock(bytes).0).unwrap_or(usize::MAX), ..options.limits };
    }
    if let Some(text) = root.field("detection").and_then(Node::text) {
        // It was an object: its lines are nobody's.
        options.read_detection(text, "options").map_err(|error| ConfigError { line: 0, column: 0, ..error })?;
    }
    Ok(options)
}

/// A request and its context; `None` when the text is not a head.
pub(super) fn head(text: &[u8], body: Vec<u8>) -> Option<(Request, ScanContext)> {
    let root = json::parse(text, "head").ok()?;
    let field = |name| root.field(name).and_then(Node::text);
    let mut request = Request::new(field("method")?, field("url")?);
    for header in root.field("headers").and_then(Node::items)? {
        let [name, value] = header.items()? else { return None };
        request = request.header(name.text()?, value.text()?);
    }
    let classes = root.field("claimed").and_then(Node::items).unwrap_or_default();
    let context = ScanContext {
        agent: field("agent").unwrap_or_default().into(),
        agent_name: field("agent_name").map(Into::into),
        grant: field("grant").map(Into::into),
        claimed: classes.iter().filter_map(|class| DataClass::parse(class.text()?)).collect(),
        floor: match field("floor") {
            Some("REQUIRE_APPROVAL") => Gate::RequireApproval,
            Some("DENY") => Gate::Deny,
            _ => Gate::Allow,
        },
        time_ms: number(root.field("time_ms")).map(|ms| clock(ms).0),
        gateway: root.field("gateway").map(gateway),
    };
    Some((request.body(body), context))
}

fn gateway(node: &Node) -> Gateway {
    let defaults = Gateway::default();
    let ms = |name, default| number(node.field(name)).map_or(default, |ms| clock(ms).0);
    Gateway {
        fail_mode: if node.field("fail_mode").and_then(Node::text) == Some("open") { FailMode::Open } else { FailMode::Closed },
        timeout_ms: ms("timeout_ms", defaults.timeout_ms),
        max_retries: u32::try_from(ms("max_retries", u64::from(defaults.max_retries))).unwrap_or(defaults.max_retries),
        wait: !matches!(node.field("wait").map(|n| &n.value), Some(Value::Bool(false))),
        approval_timeout_ms: ms("approval_timeout_ms", defaults.approval_timeout_ms),
        poll_interval_ms: ms("poll_interval_ms", defaults.poll_interval_ms),
    }
}
