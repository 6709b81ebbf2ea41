//! The gateway's language: what is asked, and the strict reading of answers.
//!
//! An answer is believed only when it is exactly one that the protocol knows. Anything else is an error, and the machine
//! turns errors into refusals.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::ScanContext;
use crate::{
    decision::{Decision, Gate},
    detect::{credential_header, credential_name},
    engine::Local,
    finding::Part,
    json::{self, Node, Object, Value, push_string},
    redact::{Form, disclosed, redact},
    request::Request,
};

/// The body of `POST /v1/scan`: the request with every secret and all personal data replaced.
pub(super) fn scan_body(request: &Request, local: &Local, context: &ScanContext) -> String {
    let hidden = disclosed(&local.report.findings);
    let seen = redact(request, &local.report.findings, &hidden, Form::Placeholders);
    let mut out = String::with_capacity(seen.body.expose().len() + 512);
    let mut object = Object::begin(&mut out);
    object.text("method", &seen.method).text("url", &masked(seen.url.expose()));
    let mut headers = String::new();
    let mut fields = Object::begin(&mut headers);
    let mut names: Vec<String> = Vec::new();
    for (index, header) in seen.headers.iter().enumerate() {
        let named = |at: &usize| local.report.findings.get(*at).is_some_and(|f| f.part == Part::HeaderName(index));
        // No placeholder can stand in a name.
        let hides = hidden.iter().any(named);
        let name = if hides { format!("x-interven-hidden-{index}") } else { header.name.to_ascii_lowercase() };
        if names.contains(&name) {
            continue;
        }
        // What authenticates the call is nobody's business but the destination's.
        let value = if credential_header(&name) { "[CREDENTIAL]" } else { header.value.expose().as_str() };
        fields.text(&name, value);
        names.push(name);
    }
    fields.end();
    object.raw("headers", &headers).raw("body", &body_value(seen.body.expose()));
    object.text("agent_id", &context.agent);
    if let Some(name) = &context.agent_name {
        object.text("agent_name", name);
    }
    object.text_or_null("request_digest", local.report.digest.map(|d| d.to_string()).as_deref());
    object.text("decision_floor", if local.effect.gate == Gate::RequireApproval { "REQUIRE_APPROVAL" } else { "ALLOW" });
    object.list("classifications", &local.report.classifications, |out, class| push_string(out, class.as_str()));
    object.end();
    out
}

/// The URL without the values of query parameters that hold credentials by their name.
fn masked(url: &str) -> String {
    let Some((before, query)) = url.split_once('?') else { return url.to_owned() };
    let (query, fragment) = query.split_once('#').map_or((query, None), |(query, fragment)| (query, Some(fragment)));
    let parameters: Vec<String> = query
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if credential_name(name) => format!("{name}=%5BCREDENTIAL%5D"),
            _ => parameter.to_owned(),
        })
        .collect();
    let fragment = fragment.map(|text| format!("#{text}")).unwrap_or_default();
    format!("{before}?{}{fragment}", parameters.join("&"))
}

/// A JSON body as it is, any other text as a string, nothing as `{}`.
fn body_value(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if body.is_empty() {
        return "{}".to_owned();
    }
    if json::parse(body, "body").is_ok() {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    let mut out = String::new();
    push_string(&mut out, &text);
    out
}

/// A believable answer to `POST /v1/scan`.
#[derive(Debug)]
pub(super) struct ScanAnswer {
    pub(super) decision: Decision,
    pub(super) reason_codes: Vec<String>,
    pub(super) trace_id: Option<String>,
    pub(super) approval_id: Option<String>,
    /// The redacted body, exactly as the gateway wrote it.
    pub(super) sanitized_body: Option<Vec<u8>>,
}

/// Reads an answer to `POST /v1/scan`; `None` when it is not exactly one.
// INVARIANT(I4): no malformed answer and no unknown decision yields a `Forward`.
pub(super) fn scan_answer(bytes: &[u8], sent_body: &str) -> Option<ScanAnswer> {
    let root = json::parse(bytes, "answer").ok()?;
    let decision = Decision::parse(root.field("decision")?.text()?)?;
    if !matches!(root.field("risk_score")?.value, Value::Number(_)) {
        return None;
    }
    let reason_codes =
        root.field("reason_codes")?.items()?.iter().map(|code| Some(clean_code(code.text()?))).collect::<Option<_>>()?;
    let sanitized_body = match root.field("sanitized_body").filter(|node| node.value != Value::Null) {
        Some(node) => Some(sanitized(node, sent_body)?),
        None => None,
    };
    if decision == Decision::Sanitize && sanitized_body.is_none() {
        return None;
    }
    let approval_id = match optional_text(&root, "approval_id")? {
        Some(id) => Some(valid_id(id)?),
        None => None,
    };
    let trace_id = optional_text(&root, "trace_id")?.and_then(valid_id);
    Some(ScanAnswer { decision, reason_codes, trace_id, approval_id, sanitized_body })
}

/// A field that is absent, null, or a string; anything else makes the whole answer unbelievable.
fn optional_text<'n>(root: &'n Node, name: &str) -> Option<Option<&'n str>> {
    match root.field(name).map(|node| &node.value) {
        None | Some(Value::Null) => Some(None),
        Some(Value::Text(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

/// The redacted body must be of the same JSON type as the one that was sent.
fn sanitized(node: &Node, sent_body: &str) -> Option<Vec<u8>> {
    let sent = json::parse(sent_body.as_bytes(), "sent").ok()?;
    let sent = sent.field("body")?;
    if sent.kind() != node.kind() {
        return None;
    }
    match (&node.value, &sent.value) {
        // A text body went as a string and comes back as one.
        (Value::Text(text), _) => Some(text.as_bytes().to_vec()),
        (Value::Object(fields), Value::Object(sent)) if fields.is_empty() && !sent.is_empty() => None,
        _ => {
            let mut out = String::new();
            write(&mut out, node);
            Some(out.into_bytes())
        }
    }
}

fn write(out: &mut String, node: &Node) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => push_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (name, field)) in fields.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                push_string(out, name);
                out.push(':');
                write(out, field);
            }
            out.push('}');
        }
    }
}

/// The states of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ApprovalStatus {
    Pending,
    Approved,
    Denied,
    Expired,
    Executed,
}

/// Reads an answer to `GET /v1/approvals/{id}/status`: it must be about this approval, its decision must not contradict
/// its status, and the status must be a known one.
pub(super) fn approval_answer(bytes: &[u8], approval_id: &str) -> Option<ApprovalStatus> {
    let root = json::parse(bytes, "answer").ok()?;
    if root.field("approval_id")?.text()? != approval_id {
        return None;
    }
    let status = match root.field("status")?.text()? {
        "pending" => ApprovalStatus::Pending,
        "approved" => ApprovalStatus::Approved,
        "denied" => ApprovalStatus::Denied,
        "expired" => ApprovalStatus::Expired,
        "executed" => ApprovalStatus::Executed,
        _ => return None,
    };
    let decision = optional_text(&root, "decision")?;
    let late = root.field("remaining_seconds").is_some_and(|node| match &node.value {
        Value::Number(seconds) => not_above_zero(seconds),
        _ => false,
    });
    let contradicts =
        status == ApprovalStatus::Approved && decision.is_some_and(|d| !["APPROVED", "approved", "ALLOW"].contains(&d));
    if contradicts || (late && status == ApprovalStatus::Approved) { None } else { Some(status) }
}

/// Reads an answer to `POST /v1/approvals/{id}/consume`: this approval, now executed.
pub(super) fn consumed(bytes: &[u8], approval_id: &str) -> bool {
    let Ok(root) = json::parse(bytes, "answer") else { return false };
    let field = |name| root.field(name).and_then(Node::text);
    field("approval_id") == Some(approval_id) && field("status") == Some("executed")
}

/// Of a JSON number as it is written: below zero, or without a digit that counts.
fn not_above_zero(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    number.starts_with('-') || !mantissa.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// Ids go into paths: letters, digits, `-` and `_` only.
fn valid_id(id: &str) -> Option<String> {
    let plain = !id.is_empty() && id.len() <= 128 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    plain.then(|| id.to_owned())
}

/// Reason codes of a gateway are text from elsewhere: what is not a code is not repeated.
fn clean_code(code: &str) -> String {
    let plain =
        !code.is_empty() && code.len() <= 64 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if plain { code.to_owned() } else { "UNRECOGNISED_REASON".to_owned() }
}

/// The path of an approval's endpoint.
pub(super) fn approval_path(id: &str, endpoint: &str) -> String {
    format!("/v1/approvals/{id}/{endpoint}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const SENT: &str = r#"{"body":{"a":1}}"#;

    #[test]
    fn time_is_over_at_zero_and_below() {
        assert!(["0", "-0", "0.0", "0e9", "-1", "-0.5", "-1e-9"].into_iter().all(not_above_zero));
        assert!(!["1", "0.5", "10", "1e-9", "2E0"].into_iter().any(not_above_zero));
    }

    #[test]
    fn only_exact_answers_are_believed() {
        let good = r#"{"decision":"ALLOW","risk_score":0.1,"reason_codes":[],"trace_id":"t-1"}"#;
        assert_eq!(scan_answer(good.as_bytes(), SENT).unwrap().decision, Decision::Allow);
        let bad = [
            "",
            "[]",
            "null",
            "{}",
            "\"ALLOW\"",
            r#"{"decision":"allow","risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":"ALLOW ","risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":"BLOCK","risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":["ALLOW"],"risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":null,"risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":"DENY","decision":"ALLOW","risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":"ALLOW","risk_score":null,"reason_codes":[]}"#,
            r#"{"decision":"ALLOW","risk_score":0,"reason_codes":[1]}"#,
            r#"{"decision":"ALLOW","risk_score":0,"reason_codes":{}}"#,
            r#"{"decision":"ALLOW","risk_score":0}"#,
            r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[]}"#,
            r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":null}"#,
            r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":"x"}"#,
            r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":{}}"#,
            r#"{"decision":"REQUIRE_APPROVAL","risk_score":0,"reason_codes":[],"approval_id":"../../v1/keys"}"#,
            r#"{"decision":"REQUIRE_APPROVAL","risk_score":0,"reason_codes":[],"approval_id":7}"#,
            "{\"decision\":\"\u{ff24}\u{ff25}\u{ff2e}\u{ff39}\",\"risk_score\":0,\"reason_codes\":[]}",
        ];
        for text in bad {
            assert!(scan_answer(text.as_bytes(), SENT).is_none(), "{text}");
        }
    }

    #[test]
    fn approvals_must_be_about_this_one() {
        let status = |text: &str| approval_answer(text.as_bytes(), "a1");
        assert_eq!(status(r#"{"approval_id":"a1","status":"approved"}"#), Some(ApprovalStatus::Approved));
        assert_eq!(status(r#"{"approval_id":"a2","status":"approved"}"#), None);
        assert_eq!(status(r#"{"status":"approved"}"#), None);
        assert_eq!(status(r#"{"approval_id":"a1","status":"APPROVED"}"#), None);
        assert_eq!(status(r#"{"approval_id":"a1","status":"approved","decision":"DENY"}"#), None);
    }
}
