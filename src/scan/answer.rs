//! What a gateway answers, strictly read.
//!
//! An answer is believed only when it is exactly one that the protocol knows. Anything else is an error, and the machine
//! turns errors into refusals.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::shape::same_shape;
use crate::{
    decision::Decision,
    json::{self, Node, Value, push_string},
    policy::milliseconds,
    secret::Sensitive,
};

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
        Some(node) => Some(redacted(node, sent_body)?),
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

/// A body in the place of the one that was sent: the same, redacted.
fn redacted(node: &Node, sent_body: &str) -> Option<Vec<u8>> {
    let sent = json::parse(sent_body.as_bytes(), "sent").ok()?;
    let sent = sent.field("body")?;
    if sent.kind() != node.kind() || !same_shape(sent, node) {
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
pub enum ApprovalStatus {
    /// Nobody has decided.
    Pending,
    /// A person has approved, and nobody has used it.
    Approved,
    /// A person has denied.
    Denied,
    /// Its time is over.
    Expired,
    /// It was used.
    Executed,
}

impl ApprovalStatus {
    const ALL: [(&'static str, Self); 5] = [
        ("pending", Self::Pending),
        ("approved", Self::Approved),
        ("denied", Self::Denied),
        ("expired", Self::Expired),
        ("executed", Self::Executed),
    ];

    /// The exact string on the wire.
    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, status)| *status == self).map_or("", |(text, _)| text)
    }
}

/// What is said about an approval.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ApprovalAnswer {
    pub(super) status: ApprovalStatus,
    /// When it expires, in milliseconds since 1970, if that is said.
    pub(super) expires_at: Option<u64>,
    /// What a person made of the body, and the gateway's name of that version.
    pub(super) edited: Option<Edited>,
}

/// A body that a person has changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edited {
    pub(super) body: Sensitive<Vec<u8>>,
    pub(super) version: String,
}

/// The status in an answer to `GET /v1/approvals/{id}/status`, if it is exactly one that the protocol knows.
pub fn read_approval(bytes: &[u8], approval_id: &str) -> Option<ApprovalStatus> {
    Some(approval_answer(bytes, approval_id, None)?.status)
}

/// Reads an answer to `GET /v1/approvals/{id}/status`: it must be about this approval, its decision must not contradict
/// its status, and the status must be a known one.
///
/// With `sent_body`, an edited body must have the shape of the body in it.
pub(super) fn approval_answer(bytes: &[u8], approval_id: &str, sent_body: Option<&str>) -> Option<ApprovalAnswer> {
    let root = json::parse(bytes, "answer").ok()?;
    if root.field("approval_id")?.text()? != approval_id {
        return None;
    }
    let named = root.field("status")?.text()?;
    let (_, status) = ApprovalStatus::ALL.into_iter().find(|(text, _)| *text == named)?;
    let decision = optional_text(&root, "decision")?;
    let late = root.field("remaining_seconds").is_some_and(|node| match &node.value {
        Value::Number(seconds) => not_above_zero(seconds),
        _ => false,
    });
    let contradicts =
        status == ApprovalStatus::Approved && decision.is_some_and(|d| !["APPROVED", "approved", "ALLOW"].contains(&d));
    if contradicts || (late && status == ApprovalStatus::Approved) {
        return None;
    }
    let edited = match (root.field("edited_body").filter(|node| node.value != Value::Null), sent_body) {
        (Some(node), Some(sent)) => {
            let version = valid_id(root.field("edited_version")?.text()?)?;
            Some(Edited { body: Sensitive::new(edited_body(node.text()?, sent)?), version })
        }
        _ => None,
    };
    let expires_at = optional_text(&root, "expires_at")?.and_then(milliseconds);
    Some(ApprovalAnswer { status, expires_at, edited })
}

/// An edited body is text, so that no number in it is read and written anew on the way. What it says must be of the JSON type
/// that the body has that was sent.
fn edited_body(text: &str, sent_body: &str) -> Option<Vec<u8>> {
    let sent = json::parse(sent_body.as_bytes(), "sent").ok()?;
    let sent = sent.field("body")?;
    let same = matches!(sent.value, Value::Text(_)) || json::parse(text.as_bytes(), "edited").ok()?.kind() == sent.kind();
    same.then(|| text.as_bytes().to_vec())
}

/// What came of using an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consumed {
    /// This one use is ours.
    Ours,
    /// Somebody was faster.
    Before,
    /// Its time is over.
    Late,
    /// It is for something else, or not what an answer is.
    Refused,
}

/// Reads an answer to `POST /v1/approvals/{id}/consume`.
pub(super) fn consumed(status: u16, bytes: &[u8], approval_id: &str) -> Consumed {
    let Ok(root) = json::parse(bytes, "answer") else { return Consumed::Refused };
    let field = |name| root.field(name).and_then(Node::text);
    let code = root.field("error").and_then(|error| error.field("code")).and_then(Node::text);
    match status {
        200 if field("approval_id") == Some(approval_id) && field("status") == Some("executed") => Consumed::Ours,
        409 if code == Some("APPROVAL_ALREADY_EXECUTED") => Consumed::Before,
        409 if code == Some("APPROVAL_EXPIRED") => Consumed::Late,
        _ => Consumed::Refused,
    }
}

/// Of a JSON number as it is written: below zero, or without a digit that counts.
fn not_above_zero(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    number.starts_with('-') || !mantissa.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// Ids go into paths: letters, digits, `-` and `_` only.
pub(super) fn valid_id(id: &str) -> Option<String> {
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
            r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":{"b":1}}"#,
            r#"{"decision":"ALLOW","risk_score":0,"reason_codes":[],"sanitized_body":{"a":1,"b":2}}"#,
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
        let status = |text: &str| read_approval(text.as_bytes(), "a1");
        assert_eq!(status(r#"{"approval_id":"a1","status":"approved"}"#), Some(ApprovalStatus::Approved));
        assert_eq!(status(r#"{"approval_id":"a2","status":"approved"}"#), None);
        assert_eq!(status(r#"{"status":"approved"}"#), None);
        assert_eq!(status(r#"{"approval_id":"a1","status":"APPROVED"}"#), None);
        assert_eq!(status(r#"{"approval_id":"a1","status":"approved","decision":"DENY"}"#), None);
    }

    #[test]
    fn edited_bodies_have_a_version_and_the_same_shape() {
        let read = |fields: &str| {
            let text = format!(r#"{{"approval_id":"a1","status":"approved",{fields}}}"#);
            approval_answer(text.as_bytes(), "a1", Some(SENT))
        };
        let edited = read(r#""edited_body":"{\"a\": 2}","edited_version":"v2""#).unwrap().edited.unwrap();
        assert_eq!((edited.body.expose().as_slice(), edited.version.as_str()), (&br#"{"a": 2}"#[..], "v2"));
        assert_eq!(read(r#""edited_body":null"#).unwrap().edited, None);
        for bad in [
            r#""edited_body":"{\"a\":2}""#,
            r#""edited_body":"[2]","edited_version":"v2""#,
            r#""edited_body":"{","edited_version":"v2""#,
            r#""edited_body":{"a":2},"edited_version":"v2""#,
            r#""edited_body":"{}","edited_version":7"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
