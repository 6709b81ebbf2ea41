//! Approvals in conversations with a gateway: what is asked, taken up again, changed by a person, and used once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use interven::{Disclose, Gateway, MemoryKey, ReasonCode, Request, Resume, Sensitive};
use support::{
    conversation::{ALLOW, APPROVED, ASK, CONSUMED, PENDING, Reply, blocked, forwarded, play, play_at, request},
    generate::{Random, expand},
};

fn resuming(digest: &str) -> Gateway {
    Gateway { resume: Some(Resume { approval_id: "ap-1".into(), digest: digest.into() }), ..Gateway::default() }
}

/// The digest that the gateway is asked with.
fn asked_digest(request: Request) -> String {
    let waits = Gateway { wait: false, ..Gateway::default() };
    blocked(play(request, waits, &[ASK]).0).report().digest.unwrap().to_string()
}

#[test]
fn a_resumed_call_asks_for_nothing_new_and_is_sent_once() {
    let digest = asked_digest(request("payments.example.com", "{}"));
    let (verdict, sent) = play(request("payments.example.com", "{}"), resuming(&digest), &[PENDING, APPROVED, CONSUMED]);
    assert_eq!(forwarded(verdict).approval_id(), Some("ap-1"));
    let used = format!("POST /v1/approvals/ap-1/consume {{\"request_digest\":\"{digest}\"}}");
    assert_eq!(sent, ["GET /v1/approvals/ap-1/status ", "GET /v1/approvals/ap-1/status ", used.as_str()]);
    // Used: whose use it was, the gateway says.
    let executed = Reply::Status(200, r#"{"approval_id":"ap-1","status":"executed"}"#);
    for (answer, cause) in [(USED, Some(ReasonCode::ApprovalUsed)), (LATE, Some(ReasonCode::ApprovalExpired)), (CONSUMED, None)] {
        let (verdict, sent) = play(request("payments.example.com", "{}"), resuming(&digest), &[executed, answer]);
        assert_eq!(sent.last(), Some(&used));
        match cause {
            None => assert_eq!(forwarded(verdict).approval_id(), Some("ap-1")),
            cause => assert_eq!(blocked(verdict).cause(), cause),
        }
    }
}

const USED: Reply<'_> = Reply::Status(409, r#"{"error":{"code":"APPROVAL_ALREADY_EXECUTED"}}"#);
const LATE: Reply<'_> = Reply::Status(409, r#"{"error":{"code":"APPROVAL_EXPIRED"}}"#);

/// A key that the gateway does not know.
fn keyed() -> Gateway {
    Gateway { digest_key: Some(Sensitive::new([7; 32])), ..Gateway::default() }
}

fn field<'t>(text: &'t str, name: &str) -> &'t str {
    text.split_once(&format!("\"{name}\":\"")).unwrap().1.split_once('"').unwrap().0
}

#[test]
fn what_is_hidden_cannot_be_tried_out_on_the_digest() {
    let body = |tail: u32| format!(r#"{{"ssn":"536-22-{tail:04}"}}"#);
    let stated = |body: &str, gateway: Gateway| {
        let sent = play(request("payments.example.com", body), gateway, &[ALLOW]).1;
        sent[0].contains("request_digest\":\"").then(|| field(&sent[0], "request_digest").to_owned())
    };
    // The placeholder stands in what is sent: only what is hidden of what is sent needs the key.
    assert_eq!(stated(&body(8145), Gateway::default()), stated(&body(8146), Gateway::default()));
    let mail = |name: u32| format!(r#"{{"to":"someone{name}@mail-host.com"}}"#);
    assert_eq!(stated(&mail(1), Gateway::default()), None, "a digest that tells");
    let hidden = stated(&mail(1), keyed()).unwrap();
    assert_eq!(stated(&mail(1), keyed()).unwrap(), hidden);
    assert_ne!(stated(&mail(2), keyed()).unwrap(), hidden);
    let other = Gateway { digest_key: Some(Sensitive::new([8; 32])), ..Gateway::default() };
    assert_ne!(stated(&mail(1), other).unwrap(), hidden);
    let plain = Gateway { disclose: Disclose::Everything, ..keyed() };
    assert_ne!(stated(&mail(1), plain.clone()).unwrap(), hidden);
    assert_eq!(stated(&mail(1), plain), stated(&mail(1), Gateway { disclose: Disclose::Everything, ..Gateway::default() }));
    let (verdict, _) = play(request("payments.example.com", &mail(1)), Gateway::default(), &[ASK, APPROVED, CONSUMED]);
    assert_eq!(blocked(verdict).cause(), Some(ReasonCode::ApprovalUnavailable));
    let (verdict, sent) = play(request("payments.example.com", &mail(1)), keyed(), &[ASK, APPROVED, CONSUMED]);
    assert_eq!(field(&sent[2], "request_digest"), hidden);
    assert_ne!(forwarded(verdict).report().digest.unwrap().to_string(), hidden);
}

#[test]
fn a_resumed_call_that_does_not_wait_asks_once() {
    let digest = asked_digest(request("payments.example.com", "{}"));
    let once = Gateway { wait: false, ..resuming(&digest) };
    for still_open in [PENDING, Reply::Lost, Reply::Status(503, "")] {
        let (verdict, sent) = play(request("payments.example.com", "{}"), once.clone(), &[still_open, APPROVED, CONSUMED]);
        let block = blocked(verdict);
        assert_eq!((block.report().decision.as_str(), block.cause(), sent.len()), ("REQUIRE_APPROVAL", None, 1));
    }
    forwarded(play(request("payments.example.com", "{}"), once, &[APPROVED, CONSUMED]).0);
}

#[test]
fn another_call_is_not_resumed() {
    let digest = asked_digest(request("payments.example.com", "{}"));
    let script = &[APPROVED, CONSUMED];
    for other in [request("payments.example.com", "[]"), request("pay.example.com", "{}")] {
        let (verdict, sent) = play(other, resuming(&digest), script);
        assert_eq!((blocked(verdict).cause(), sent.len()), (Some(ReasonCode::ApprovalMismatch), 0));
    }
    let elsewhere = Gateway { resume: Some(Resume { approval_id: "../keys".into(), digest }), ..Gateway::default() };
    let (verdict, sent) = play(request("payments.example.com", "{}"), elsewhere, script);
    assert_eq!((blocked(verdict).cause(), sent.len()), (Some(ReasonCode::ApprovalMismatch), 0));
}

#[test]
fn a_call_that_is_denied_here_is_not_resumed() {
    let key = expand("AKIA{base32:16}", &mut Random::named("resumed"));
    let leak = request("payments.example.com", &format!(r#"{{"note":"{key}"}}"#));
    let (verdict, sent) = play(leak, resuming(&"0".repeat(64)), &[APPROVED, CONSUMED]);
    assert_eq!((blocked(verdict).report().decision.as_str(), sent.len()), ("DENY", 0));
}

#[test]
fn the_answer_to_a_use_may_be_lost_but_not_the_approval() {
    let failed = Reply::Status(503, "");
    for lost in [Reply::Lost, failed] {
        let script = &[ASK, APPROVED, lost, APPROVED, CONSUMED];
        assert_eq!(
            forwarded(play(request("payments.example.com", "{}"), Gateway::default(), script).0).approval_id(),
            Some("ap-1")
        );
        let executed = Reply::Status(200, r#"{"approval_id":"ap-1","status":"executed"}"#);
        let script = [ASK, APPROVED, lost, executed, USED];
        let (verdict, _) = play(request("payments.example.com", "{}"), Gateway::default(), &script);
        assert_eq!(blocked(verdict).cause(), Some(ReasonCode::ApprovalUsed));
    }
}

#[test]
fn an_approval_that_expired_long_ago_is_none() {
    let time = 1_800_000_000_000; // 2027-01-15T08:00:00Z
    for (expires_at, passes) in
        [("2027-01-15T07:00:00.000Z", false), ("2027-01-15T07:58:00Z", true), ("2027-01-15T09:00:00Z", true)]
    {
        let approved = format!(r#"{{"approval_id":"ap-1","status":"approved","expires_at":"{expires_at}"}}"#);
        let script = [ASK, Reply::Status(200, &approved), CONSUMED];
        let (verdict, sent) = play_at(request("payments.example.com", "{}"), Gateway::default(), &script, Some(time));
        if passes {
            forwarded(verdict);
        } else {
            assert_eq!(blocked(verdict).cause(), Some(ReasonCode::ApprovalExpired));
            assert!(!sent.iter().any(|call| call.contains("/consume")));
        }
    }
}

fn edited(body: &str) -> String {
    let text = serde_json::to_string(body).unwrap();
    format!(r#"{{"approval_id":"ap-1","status":"approved","edited_body":{text},"edited_version":"v2"}}"#)
}

#[test]
fn what_a_person_made_of_the_body_is_sent_with_the_values_that_were_only_hidden() {
    let mail = expand("{word:8}@{word:8}.com", &mut Random::named("edited"));
    let ssn = ["536", "22", "8145"].join("-");
    let body = format!(r#"{{"to":"{mail}","ssn":"{ssn}","amount":10}}"#);
    let answer = edited(r#"{"to":"[EMAIL:1]","ssn":"[US_SSN:1]","amount":5}"#);
    let script = [ASK, Reply::Status(200, &answer), CONSUMED];
    let (verdict, sent) = play(request("payments.example.com", &body), keyed(), &script);
    assert!(!sent.concat().contains(&mail) && !sent.concat().contains(&ssn), "{sent:?}");
    assert!(sent[2].ends_with(r#","edited_version":"v2"}"#), "{}", sent[2]);
    let forward = forwarded(verdict);
    let body = String::from_utf8(forward.request().body.expose().clone()).unwrap();
    assert_eq!(body, format!(r#"{{"to":"{mail}","ssn":"[US_SSN:1]","amount":5}}"#));
    let digest = forward.report().digest.unwrap().to_string();
    assert!(!sent[2].contains(&digest), "what was changed has a digest of its own");
}

#[test]
fn what_a_person_made_of_the_body_is_decided_as_well() {
    let key = expand("AKIA{base32:16}", &mut Random::named("smuggled"));
    for body in [format!(r#"{{"note":"{key}"}}"#), "[]".to_owned(), "no json".to_owned()] {
        let answer = edited(&body);
        let script = [ASK, Reply::Status(200, &answer), CONSUMED];
        let (verdict, sent) = play(request("payments.example.com", r#"{"note":"x"}"#), Gateway::default(), &script);
        blocked(verdict);
        assert!(!sent.iter().any(|call| call.contains("/consume")), "{body}");
    }
}

#[test]
fn a_gateway_sees_what_is_disclosed_and_nothing_else() {
    let mut random = Random::named("disclosed");
    let mail = expand("{word:8}@{word:8}.com", &mut random);
    let key = expand("sk_test_{base62:24}", &mut random);
    let token = expand("ghp_{base62crc:36}", &mut random);
    let ssn = ["536", "22", "8145"].join("-");
    let body = format!(r#"{{"to":"{mail}","ssn":"{ssn}","key":"{key}"}}"#);
    let asked = |disclose| {
        let call = Request::new("POST", "https://api.github.com/x")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(body.clone());
        let fingerprint_key = Some(MemoryKey::new([7; 16]));
        play(call, Gateway { disclose, fingerprint_key, ..Gateway::default() }, &[ALLOW]).1.concat()
    };
    let sees = |disclose| {
        let asked = asked(disclose);
        [&mail, &ssn, &key, &token].map(|value| asked.contains(value.as_str()))
    };
    assert_eq!(sees(Disclose::Nothing), [false; 4]);
    // What is redacted for the destination is shown as it will be sent.
    assert_eq!(sees(Disclose::Pii), [true, false, false, false]);
    assert_eq!(sees(Disclose::Everything), [true, false, false, false]);
    let nothing = asked(Disclose::Nothing);
    assert!(nothing.contains(r#""hidden_counts":{"PII":2,"SECRETS":2}"#), "{nothing}");
    let listed = nothing.split_once(r#"{"placeholder":"[EMAIL:1]","class":"PII","fingerprint":""#).unwrap().1;
    assert!(listed.bytes().take(16).all(|byte| byte.is_ascii_hexdigit()), "{listed}");
    assert_eq!(nothing, asked(Disclose::Nothing));
}

#[test]
fn a_gateway_sees_every_header_and_no_credential_by_name() {
    let url = "https://api.example.com/?access_token=opaque1&page=2;api_key=opaque2&access%5Ftoken=opaque3#id_token=opaque4&top";
    let call = Request::new("GET", url).header("X-Amount", "1").header("x-amount", "999").header("x-api-key", "opaque5");
    let asked = play(call, Gateway::default(), &[ALLOW]).1.concat();
    assert!(asked.contains(r#""x-amount":"1, 999""#), "{asked}");
    assert!(!asked.contains("opaque"), "{asked}");
    assert!(asked.contains("page=2;") && asked.contains("&top\""), "{asked}");
}
