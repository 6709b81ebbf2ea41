//! The seven invariants, one test each that bears its name, over the corpus and over scripted conversations.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

use interven::{
    Clock, Engine, FailMode, Failure, Gateway, Options, Output, Policy, ReasonCode, Request, Scan, ScanContext, Verdict,
};
use support::{
    cases::all,
    conversation::{ALLOW, APPROVED, ASK, CONSUMED, PENDING, Reply, blocked, context, engine, forwarded, play, request},
    generate::{Random, expand},
};

#[test]
fn i1_exactly_one_done() {
    for script in [&[ALLOW][..], &[ASK, PENDING, APPROVED, CONSUMED], &[], &[Reply::Redirect], &[ASK, Reply::Lost, APPROVED]] {
        play(request("payments.example.com", "{}"), Gateway::default(), script);
    }
    let engine = engine();
    let mut scan = Scan::new(&engine, request("example.com", "{}"), ScanContext::default(), Clock(0));
    assert!(matches!(scan.poll_output(), Output::Done(_)));
    assert!(matches!(scan.poll_output(), Output::Finished));
    scan.handle_response(&engine, 200, b"{}", None, Clock(1));
    scan.handle_cancel();
    assert!(matches!(scan.poll_output(), Output::Finished));
}

#[test]
fn i2_bytes_forwarded_are_the_bytes_scanned_or_their_redaction() {
    let mut forwards = 0;
    for case in all() {
        let Verdict::Forward(forward) = case.verdict() else { continue };
        forwards += 1;
        let (scanned, sent) = (case.request(), forward.request());
        if !forward.is_redacted() {
            assert_eq!(&scanned, sent, "{}", case.name);
            continue;
        }
        let count = |r: &Request| r.headers.len();
        assert_eq!((scanned.method.as_str(), count(&scanned)), (sent.method.as_str(), count(sent)), "{}", case.name);
        if !case.options["redaction"].is_null() {
            continue;
        }
        outside_is_untouched(scanned.body.expose(), sent.body.expose(), &case.name);
    }
    assert!(forwards > 100, "only {forwards} cases forward");
}

/// Everything of the redacted text but its placeholders stands in the original, in order.
fn outside_is_untouched(scanned: &[u8], sent: &[u8], name: &str) {
    let (scanned, sent) = (String::from_utf8_lossy(scanned), String::from_utf8_lossy(sent));
    let mut rest = &*scanned;
    for piece in sent.split("%5B").flat_map(|p| p.split("%5D")).flat_map(|p| p.split(['[', ']'])) {
        let piece = piece.trim_matches('"');
        if is_placeholder(&piece.replace("%3A", ":")) {
            continue;
        }
        let at = rest.find(piece).unwrap_or_else(|| panic!("{name}: {piece} is not in the original"));
        rest = &rest[at + piece.len()..];
    }
}

fn is_placeholder(piece: &str) -> bool {
    let number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    piece.split_once(':').is_some_and(|(label, n)| number(n) && label.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
}

#[test]
fn i3_an_approval_is_bound_to_the_digest_and_used_once() {
    let (verdict, sent) =
        play(request("payments.example.com", r#"{"n":1}"#), Gateway::default(), &[ASK, PENDING, APPROVED, CONSUMED]);
    let forward = forwarded(verdict);
    let digest = forward.report().digest.unwrap().to_string();
    assert!(sent[0].contains(&format!("\"request_digest\":\"{digest}\"")));
    assert_eq!(sent.last().unwrap(), &format!("POST /v1/approvals/ap-1/consume {{\"request_digest\":\"{digest}\"}}"));
    assert_eq!(forward.approval_id(), Some("ap-1"));

    let refused = [
        (Reply::Status(409, r#"{"error":{"code":"DIGEST_MISMATCH"}}"#), ReasonCode::ApprovalMismatch),
        (Reply::Status(409, r#"{"error":{"code":"APPROVAL_ALREADY_EXECUTED"}}"#), ReasonCode::ApprovalUsed),
        (Reply::Status(200, r#"{"approval_id":"ap-2","status":"executed"}"#), ReasonCode::ApprovalMismatch),
        (Reply::Status(200, "{}"), ReasonCode::ApprovalMismatch),
        (Reply::Lost, ReasonCode::ApprovalTimeout),
    ];
    for (reply, cause) in refused {
        let (verdict, _) = play(request("payments.example.com", "{}"), Gateway::default(), &[ASK, APPROVED, reply]);
        assert_eq!(blocked(verdict).cause(), Some(cause));
    }
    for (status, cause) in
        [("denied", ReasonCode::ApprovalDenied), ("expired", ReasonCode::ApprovalExpired), ("executed", ReasonCode::ApprovalUsed)]
    {
        let answer = format!(r#"{{"approval_id":"ap-1","status":"{status}"}}"#);
        let (verdict, _) = play(request("payments.example.com", "{}"), Gateway::default(), &[ASK, Reply::Status(200, &answer)]);
        assert_eq!(blocked(verdict).cause(), Some(cause));
    }
}

#[test]
fn i3_every_change_of_the_request_changes_the_digest() {
    let engine = engine();
    let digest = |r: Request| match Scan::new(&engine, r, ScanContext::default(), Clock(0)).poll_output() {
        Output::Done(Verdict::Block(block)) => block.report().digest.unwrap().to_string(),
        other => panic!("{other:?}"),
    };
    let grant = digest(request("payments.example.com", r#"{"to":"b","amount":10}"#));
    let mut random = Random::named("mutants");
    let original = r#"{"to":"b","amount":10}"#.as_bytes();
    for n in 0..1_000 {
        let mut body = original.to_vec();
        let at = random.below(body.len() as u64) as usize;
        let flipped = b'!' + (random.below(90) as u8);
        if body[at] == flipped {
            continue;
        }
        body[at] = flipped;
        let mutant = Request::new("POST", "https://payments.example.com/x").header("content-type", "application/json").body(body);
        let context = ScanContext { grant: Some(grant.clone()), ..ScanContext::default() };
        let mut scan = Scan::new(&engine, mutant, context, Clock(0));
        assert!(matches!(scan.poll_output(), Output::Done(Verdict::Block(_))), "mutant {n} was released");
    }
    let context = ScanContext { grant: Some(grant), ..ScanContext::default() };
    let same = request("payments.example.com", r#"{"to":"b","amount":10}"#);
    let mut scan = Scan::new(&engine, same, context, Clock(0));
    assert!(matches!(scan.poll_output(), Output::Done(Verdict::Forward(_))));
}

const BAD_ANSWERS: &[Reply<'_>] = &[
    Reply::Redirect,
    Reply::Status(200, ""),
    Reply::Status(200, "<html>"),
    Reply::Status(200, "{}"),
    Reply::Status(200, "[]"),
    Reply::Status(200, r#"{"decision":"allow","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(200, r#"{"decision":"PERMIT","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(200, r#"{"decision":"DENY","decision":"ALLOW","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(200, r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(200, r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":[]}"#),
    Reply::Status(200, r#"{"decision":"REQUIRE_APPROVAL","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(204, ""),
    Reply::Status(301, ""),
    Reply::Status(400, "{}"),
    Reply::Status(401, r#"{"decision":"ALLOW","risk_score":0,"reason_codes":[]}"#),
    Reply::Status(403, "{}"),
    Reply::Status(404, "{}"),
    Reply::Status(413, "{}"),
];

#[test]
fn i4_closed_mode_never_forwards_on_failure() {
    let faults =
        BAD_ANSWERS.iter().copied().chain([Reply::Lost, Reply::Status(429, ""), Reply::Status(500, ""), Reply::Status(503, "")]);
    for fault in faults {
        let (verdict, _) = play(request("example.com", "{}"), Gateway::default(), &[fault; 8]);
        assert_eq!(blocked(verdict).report().decision.as_str().replace("REQUIRE_APPROVAL", "DENY"), "DENY");
        let (verdict, _) = play(request("payments.example.com", "{}"), Gateway::default(), &[ASK, fault, fault, fault]);
        blocked(verdict);
    }
}

#[test]
fn i4_open_mode_opens_only_for_transport_faults_and_never_below_the_local_verdict() {
    let open = Gateway { fail_mode: FailMode::Open, ..Gateway::default() };
    for fault in [Reply::Lost, Reply::Status(429, ""), Reply::Status(500, ""), Reply::Status(502, "")] {
        let (verdict, sent) = play(request("example.com", "{}"), open.clone(), &[fault; 8]);
        assert_eq!(sent.len(), 3, "two retries after the first try");
        forwarded(verdict);
        blocked(play(request("payments.example.com", "{}"), open.clone(), &[fault; 8]).0);
    }
    for fault in BAD_ANSWERS {
        blocked(play(request("example.com", "{}"), open.clone(), &[*fault; 8]).0);
    }
}

#[test]
fn i4_the_stricter_decision_holds() {
    let deny = Reply::Status(200, r#"{"decision":"DENY","risk_score":1,"reason_codes":["THREAT_INTEL_HIT"]}"#);
    let block = blocked(play(request("example.com", "{}"), Gateway::default(), &[deny]).0);
    assert_eq!(block.report().reason_codes, ["REMOTE_DECISION", "THREAT_INTEL_HIT"]);
    // A remote ALLOW does not lift a local approval.
    blocked(play(request("payments.example.com", "{}"), Gateway::default(), &[ALLOW]).0);
    // A remote SANITIZE is what is sent.
    let sanitize =
        Reply::Status(200, r#"{"decision":"SANITIZE","risk_score":0.3,"reason_codes":[],"sanitized_body":{"a":"[X]"}}"#);
    let forward = forwarded(play(request("example.com", r#"{"a":"b"}"#), Gateway::default(), &[sanitize]).0);
    assert_eq!((forward.request().body.expose().as_slice(), forward.is_redacted()), (&br#"{"a":"[X]"}"#[..], true));
}

#[test]
fn i4_a_gateway_undoes_nothing_of_ours() {
    let text = r#"{"name":"p","rules":[{"rule_id":"s","condition":{"has_data_class":["INTERNAL"]},"action":"SANITIZE"},
        {"rule_id":"ask","match":{"hosts":["payments.example.com"]},"action":"REQUIRE_APPROVAL"}]}"#;
    let engine = Engine::new(Options { policies: vec![Policy::parse(text, "p").unwrap()], ..Options::default() }).unwrap();
    let sent = |host: &str, answers: &[&str]| {
        let request = request(host, r#"{"note":"strictly confidential plan"}"#);
        let mut scan = Scan::new(&engine, request, context(Gateway::default()), Clock(0));
        let mut answers = answers.iter();
        loop {
            match scan.poll_output() {
                Output::Call(_) => scan.handle_response(&engine, 200, answers.next().unwrap().as_bytes(), None, Clock(1)),
                Output::Wait(_) => scan.handle_timeout(Clock(2)),
                Output::Done(verdict) => return String::from_utf8(forwarded(verdict).request().body.expose().clone()).unwrap(),
                Output::Finished => panic!("finished"),
            }
        }
    };
    let plain =
        r#"{"decision":"SANITIZE","risk_score":0,"reason_codes":[],"sanitized_body":{"note":"strictly confidential plan"}}"#;
    assert_eq!(sent("example.com", &[plain]), r#"{"note":"strictly [INTERNAL:1] plan"}"#);
    // What a person saw redacted is sent redacted.
    let asked = r#"{"decision":"REQUIRE_APPROVAL","risk_score":0,"reason_codes":[],"approval_id":"ap-1","sanitized_body":{"note":"[HIDDEN]"}}"#;
    let approved = r#"{"approval_id":"ap-1","status":"approved"}"#;
    let consumed = r#"{"approval_id":"ap-1","status":"executed"}"#;
    assert_eq!(sent("payments.example.com", &[asked, approved, consumed]), r#"{"note":"[HIDDEN]"}"#);
}

#[test]
fn i5_a_mutation_is_drained_before_the_next() {
    let engine = engine();
    let mut scan = Scan::new(&engine, request("example.com", "{}"), context(Gateway::default()), Clock(0));
    assert!(matches!(scan.poll_output(), Output::Call(_)));
    assert!(matches!(scan.poll_output(), Output::Finished), "nothing more before the call was answered");
    scan.handle_failure(Failure::Transport, Clock(1));
    assert!(matches!(scan.poll_output(), Output::Wait(_)));
}

#[test]
fn i6_no_payload_in_debug_reports_or_what_the_gateway_sees() {
    let mut random = Random::named("canaries");
    for template in ["ghp_{base62crc:36}", "AKIA{base32:16}", "{ssn}", "{jwt}", "{luhn:4:16}", "{word:8}@{word:8}.com"] {
        let canary = expand(template, &mut random);
        let request = Request::new("POST", format!("https://api.example.com/{canary}?q={canary}#{canary}"))
            .header("authorization", format!("Bearer {canary}"))
            .header("x-note", canary.clone())
            .header("content-type", "application/json")
            .body(format!(r#"{{"{canary}":"{canary}","deep":[{{"{canary}":1}}]}}"#));
        let engine = Engine::new(Options::default()).unwrap();
        let mut seen = vec![format!("{request:?}")];
        let mut scan = Scan::new(&engine, request.clone(), context(Gateway::default()), Clock(0));
        seen.push(format!("{scan:?}"));
        let output = scan.poll_output();
        if let Output::Call(call) = &output {
            seen.push(call.body.clone().unwrap());
        }
        seen.push(format!("{output:?}"));
        if let Output::Done(verdict) = &output {
            seen.push(support::cases::report_text(verdict));
        }
        for text in seen {
            assert!(!text.contains(&canary), "{template} is shown in {text}");
        }
    }
}

#[test]
fn i6_credentials_by_name_are_masked_for_the_gateway() {
    let engine = Engine::new(Options::default()).unwrap();
    let request = Request::new("GET", "https://api.example.com/?access_token=opaque1&sig=opaque2&page=2")
        .header("x-auth", "opaque3")
        .header("api_key", "opaque4");
    let Output::Call(call) = Scan::new(&engine, request, context(Gateway::default()), Clock(0)).poll_output() else {
        panic!("no call")
    };
    let body = call.body.unwrap();
    assert!(body.contains("page=2") && !body.contains("opaque"), "{body}");
}

#[test]
fn i6_redaction_of_a_text_has_no_limit() {
    let key = expand("AKIA{base32:16}", &mut Random::named("beyond"));
    for text in [
        format!("{} {key}", "[".repeat(300)),
        format!("{} {key}", "x y ".repeat(300_000)),
        format!("{}{key}", "a@b.co ".repeat(10_001)),
    ] {
        assert!(!interven::redact_text(&text).contains(&key));
    }
}

#[test]
fn i6_the_gateway_never_sees_a_secret_of_the_corpus() {
    let mut asked = 0;
    for case in all() {
        let engine = support::cases::engine(&case.options);
        let mut scan = Scan::new(&engine, case.request(), context(Gateway::default()), Clock(0));
        let Output::Call(call) = scan.poll_output() else { continue };
        asked += 1;
        let body = call.body.unwrap();
        let again = Request::new("POST", "tool://interven/seen").body(body);
        let Output::Done(verdict) = Scan::new(&engine, again, ScanContext::default(), Clock(0)).poll_output() else { panic!() };
        let report = match &verdict {
            Verdict::Forward(forward) => forward.report(),
            Verdict::Block(block) => block.report(),
        };
        let left: Vec<_> = report
            .findings
            .iter()
            .filter(|f| !["INTERNAL", "INJECTION"].contains(&f.rule.class().as_str()) && !f.placeholder)
            .collect();
        assert!(left.is_empty(), "{}: {left:?}", case.name);
    }
    assert!(asked > 100, "only {asked} cases asked the gateway");
}

#[test]
fn i7_a_redacted_request_holds_nothing_that_caused_the_redaction() {
    let mut redacted = 0;
    for case in all() {
        let Verdict::Forward(forward) = case.verdict() else { continue };
        if !forward.is_redacted() {
            continue;
        }
        redacted += 1;
        let engine = support::cases::engine(&case.options);
        let before: Vec<_> = forward.report().findings.iter().map(|f| f.rule.id().to_owned()).collect();
        let sent = forward.into_request();
        let json = |r: &Request| serde_json::from_slice::<serde_json::Value>(r.body.expose()).is_ok();
        if case.headers.iter().any(|(_, value)| value.contains("json")) {
            assert_eq!(json(&case.request()), json(&sent), "{}: JSON in, JSON out", case.name);
        }
        let Output::Done(Verdict::Forward(again)) = Scan::new(&engine, sent.clone(), case.scan_context(), Clock(0)).poll_output()
        else {
            panic!("{}: the redacted request is not sendable", case.name);
        };
        assert!(!again.is_redacted(), "{}: a second pass changes it ({before:?})", case.name);
        assert_eq!(again.request(), &sent);
    }
    assert!(redacted > 30, "only {redacted} cases redact");
}
