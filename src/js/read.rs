//! What JavaScript writes: options and requests. It was checked there, numbers are whole, and what is missing is
//! the default.

use alloc::vec::Vec;

use crate::{
    CredentialHost, DataClass, FailMode, Gate, Gateway, Limits, Options, Policy, Request, ScanContext, UnknownHostCredentials,
    error::ConfigError,
    json::{self, Node, Value},
};

fn number(node: Option<&Node>) -> Option<u64> {
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
        options.limits = Limits { max_body_bytes: usize::try_from(bytes).unwrap_or(usize::MAX), ..options.limits };
    }
    if let Some(text) = root.field("detection").and_then(Node::text) {
        // It was an object: its lines are nobody's.
        options.read_detection(text, "options").map_err(|error| ConfigError { line: 0, column: 0, ..error })?;
    }
    Ok(options)
}

/// The buffer that JavaScript has filled: `texts` lengths of four bytes, the texts, and at `at` the body. `None` when it was
/// not filled like that.
pub(super) fn request(mut buffer: Vec<u8>, texts: usize, at: usize, body: usize) -> Option<(Request, ScanContext)> {
    let (request, context) = head(&buffer, texts)?;
    buffer.truncate(at.checked_add(body)?);
    let body = (buffer.len() == at + body).then(|| buffer.split_off(at))?;
    Some((request.body(body), context))
}

/// The texts: context, agent, method, URL, and the headers by name and value.
fn head(buffer: &[u8], texts: usize) -> Option<(Request, ScanContext)> {
    let (lengths, mut rest) = buffer.split_at_checked(texts.checked_mul(4)?)?;
    let (lengths, _) = lengths.as_chunks::<4>();
    let mut lengths = lengths.iter();
    let mut next = || {
        let length = usize::try_from(u32::from_le_bytes(*lengths.next()?)).ok()?;
        let (text, after) = rest.split_at_checked(length)?;
        rest = after;
        core::str::from_utf8(text).ok()
    };
    let (context, agent) = (context(next()?)?, next()?.into());
    let mut request = Request::new(next()?, next()?);
    for _ in 0..texts.saturating_sub(4) / 2 {
        request = request.header(next()?, next()?);
    }
    Some((request, ScanContext { agent, ..context }))
}

/// What is known beside the request, as JSON; usually nothing.
fn context(text: &str) -> Option<ScanContext> {
    if text.is_empty() {
        return Some(ScanContext::default());
    }
    let root = json::parse(text.as_bytes(), "context").ok()?;
    let field = |name| root.field(name).and_then(Node::text);
    let classes = root.field("claimed").and_then(Node::items).unwrap_or_default();
    Some(ScanContext {
        agent_name: field("agent_name").map(Into::into),
        grant: field("grant").map(Into::into),
        claimed: classes.iter().filter_map(|class| DataClass::parse(class.text()?)).collect(),
        floor: match field("floor") {
            Some("REQUIRE_APPROVAL") => Gate::RequireApproval,
            Some("DENY") => Gate::Deny,
            _ => Gate::Allow,
        },
        time_ms: number(root.field("time_ms")),
        gateway: root.field("gateway").map(gateway),
        ..ScanContext::default()
    })
}

fn gateway(node: &Node) -> Gateway {
    let defaults = Gateway::default();
    let ms = |name, default| number(node.field(name)).unwrap_or(default);
    Gateway {
        fail_mode: if node.field("fail_mode").and_then(Node::text) == Some("open") { FailMode::Open } else { FailMode::Closed },
        timeout_ms: ms("timeout_ms", defaults.timeout_ms),
        max_retries: u32::try_from(ms("max_retries", u64::from(defaults.max_retries))).unwrap_or(defaults.max_retries),
        wait: !matches!(node.field("wait").map(|n| &n.value), Some(Value::Bool(false))),
        approval_timeout_ms: ms("approval_timeout_ms", defaults.approval_timeout_ms),
        poll_interval_ms: ms("poll_interval_ms", defaults.poll_interval_ms),
    }
}
