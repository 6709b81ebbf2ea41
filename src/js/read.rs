//! What JavaScript writes: options and requests. It was checked there, numbers are whole, and what is missing is
//! the default.

use alloc::{string::String, vec::Vec};

use crate::{
    CredentialHost, DataClass, Disclose, FailMode, Gate, Gateway, Limits, McpSignals, MemoryKey, Options, Policy, Request,
    Resume, ScanContext, Sensitive, UnknownHostCredentials,
    error::ConfigError,
    json::{self, Node, Value},
};
#[cfg(feature = "full")]
use crate::{Header, Response};

fn number(node: Option<&Node>) -> Option<u64> {
    match &node?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::text).map(Into::into).collect()
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
    options.daily_budget = number(root.field("daily_budget")).and_then(|most| u32::try_from(most).ok());
    options.threat_hosts = texts(root.field("threat_hosts"));
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
    if buffer.len() != at + body {
        return None;
    }
    buffer.drain(..at);
    Some((request.body(buffer), context))
}

/// The texts: context, agent, method, URL, and the headers by name and value.
fn head(buffer: &[u8], texts: usize) -> Option<(Request, ScanContext)> {
    let mut next = texts_of(buffer, texts)?.into_iter();
    let (context, agent) = (context(next.next()?)?, next.next()?.into());
    let mut request = Request::new(next.next()?, next.next()?);
    while let (Some(name), Some(value)) = (next.next(), next.next()) {
        request = request.header(name, value);
    }
    Some((request, ScanContext { agent, ..context }))
}

/// The texts whose lengths, four bytes each, stand before them.
fn texts_of(buffer: &[u8], texts: usize) -> Option<Vec<&str>> {
    let (lengths, mut rest) = buffer.split_at_checked(texts.checked_mul(4)?)?;
    let (lengths, _) = lengths.as_chunks::<4>();
    let one = |length: &[u8; 4]| {
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (text, after) = rest.split_at_checked(length)?;
        rest = after;
        core::str::from_utf8(text).ok()
    };
    lengths.iter().map(one).collect()
}

/// A response in the buffer, laid out like a request: the trace, then headers by name and value; at `at` the body.
#[cfg(feature = "full")]
pub(super) fn response(mut buffer: Vec<u8>, texts: usize, at: usize, body: usize) -> Option<(String, Response)> {
    let mut next = texts_of(&buffer, texts)?.into_iter();
    let trace = next.next()?.into();
    let mut headers = Vec::new();
    while let (Some(name), Some(value)) = (next.next(), next.next()) {
        headers.push(Header { name: name.into(), value: Sensitive::new(value.into()) });
    }
    buffer.truncate(at.checked_add(body)?);
    let body = (buffer.len() == at + body).then(|| buffer.split_off(at))?;
    Some((trace, Response { headers, body: Sensitive::new(body) }))
}

/// What is known beside the request, as JSON; usually nothing but the time.
fn context(text: &str) -> Option<ScanContext> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(ScanContext { time_ms: text.parse().ok(), ..ScanContext::default() });
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
        runtime: field("runtime").map(Into::into).unwrap_or_default(),
        zone_offsets: root.field("zone_offsets").map(Node::numbers).unwrap_or_default(),
        mcp: mcp(root.field("mcp")),
        gateway: root.field("gateway").map(gateway),
        facts: root.field("facts").is_some_and(Node::is_true),
        ..ScanContext::default()
    })
}

fn mcp(node: Option<&Node>) -> McpSignals {
    McpSignals::of(|name| node.and_then(|node| node.field(name)).is_some_and(Node::is_true))
}

fn gateway(node: &Node) -> Gateway {
    let defaults = Gateway::default();
    let ms = |name, default| number(node.field(name)).unwrap_or(default);
    let text = |node: &Node, name| node.field(name).and_then(Node::text).map(Into::into).unwrap_or_default();
    Gateway {
        fail_mode: if node.field("fail_mode").and_then(Node::text) == Some("open") { FailMode::Open } else { FailMode::Closed },
        disclose: match node.field("disclose").and_then(Node::text) {
            Some("pii") => Disclose::Pii,
            Some("everything") => Disclose::Everything,
            _ => Disclose::Nothing,
        },
        fingerprint_key: node.field("fingerprint_key").and_then(Node::text).and_then(key),
        digest_key: node.field("digest_key").and_then(Node::text).and_then(digest_key),
        timeout_ms: ms("timeout_ms", defaults.timeout_ms),
        max_retries: u32::try_from(ms("max_retries", u64::from(defaults.max_retries))).unwrap_or(defaults.max_retries),
        jitter: ms("jitter", 0),
        wait: !matches!(node.field("wait").map(|n| &n.value), Some(Value::Bool(false))),
        approval_timeout_ms: ms("approval_timeout_ms", defaults.approval_timeout_ms),
        poll_interval_ms: ms("poll_interval_ms", defaults.poll_interval_ms),
        resume: node
            .field("resume")
            .map(|resume| Resume { approval_id: text(resume, "approval_id"), digest: text(resume, "digest") }),
    }
}

/// Thirty-two bytes in hexadecimal.
fn digest_key(text: &str) -> Option<Sensitive<[u8; 32]>> {
    let half = |at| u128::from_str_radix(text.get(at)?, 16).ok().map(u128::to_be_bytes);
    let mut key = [0; 32];
    let (high, low) = key.split_at_mut(16);
    high.copy_from_slice(&half(0..32)?);
    low.copy_from_slice(&half(32..64)?);
    (text.len() == 64).then(|| Sensitive::new(key))
}

/// Sixteen bytes in hexadecimal.
fn key(text: &str) -> Option<MemoryKey> {
    let value = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)?;
    Some(MemoryKey::new(value.to_be_bytes()))
}
