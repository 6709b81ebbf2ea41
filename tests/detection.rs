//! Detectors, allowlist, redaction operators and vault, through the public interface.
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

use interven::{Clock, Engine, Options, Output, Report, Request, Scan, ScanContext, Vault, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::generate::{Random, expand};

fn options(document: &Value) -> Options {
    let mut options = Options::default();
    options.read_detection(&document.to_string(), "options").unwrap();
    options
}

fn engine(document: &Value) -> Engine {
    Engine::new(options(document)).unwrap()
}

fn refusal(document: &Value) -> String {
    let mut options = Options::default();
    match options.read_detection(&document.to_string(), "options") {
        Ok(()) => Engine::new(options).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

fn post(body: &Value) -> Request {
    Request::new("POST", "https://api.example.com/notes").header("content-type", "application/json").body(body.to_string())
}

fn scan(engine: &Engine, request: Request, context: ScanContext) -> Verdict {
    match Scan::new(engine, request, context, Clock(0)).poll_output() {
        Output::Done(verdict) => verdict,
        other => panic!("{other:?}"),
    }
}

fn report(verdict: &Verdict) -> &Report {
    match verdict {
        Verdict::Forward(forward) => forward.report(),
        Verdict::Block(block) => block.report(),
    }
}

fn sent(engine: &Engine, request: Request) -> Request {
    match scan(engine, request, ScanContext::default()) {
        Verdict::Forward(forward) => forward.into_request(),
        Verdict::Block(block) => panic!("blocked: {}", block.report().to_json()),
    }
}

fn sent_body(engine: &Engine, body: &Value) -> String {
    String::from_utf8(sent(engine, post(body)).body.into_inner()).unwrap()
}

fn found(engine: &Engine, body: &Value) -> Vec<String> {
    report(&scan(engine, post(body), ScanContext::default())).findings.iter().map(|f| f.rule.id().to_owned()).collect()
}

fn value(template: &str) -> String {
    expand(template, &mut Random::named(template))
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn literals_are_found_wherever_they_are_wrapped() {
    let engine = engine(&json!({"detectors": [
        {"id": "codename", "class": "PII", "literals": ["Blue Heron", "Grey Owl"]},
        {"id": "ticket", "class": "INTERNAL", "literals": ["TICKET-9"], "ignore_case": true, "severity": "low"},
    ]}));
    assert_eq!(
        sent_body(&engine, &json!({"note": "about Blue Heron, Grey Owl, Blue Heron"})),
        r#"{"note":"about [CODENAME:1], [CODENAME:2], [CODENAME:1]"}"#
    );
    assert_eq!(found(&engine, &json!({"note": "blue heron and ticket-9"})), ["ticket"]);
    let url = Request::new("GET", "https://api.example.com/find?q=Blue%20Heron&page=2").header("x-note", "Grey Owl!");
    let sent = sent(&engine, url);
    assert_eq!(sent.url.expose(), "https://api.example.com/find?q=%5BCODENAME%3A1%5D&page=2");
    assert_eq!(sent.headers[0].value.expose(), "[CODENAME:2]!");
}

#[test]
fn a_class_and_a_severity_have_their_effects() {
    for (class, severity, decision) in [
        ("SECRETS", "high", "DENY"),
        ("SECRETS", "low", "SANITIZE"),
        ("PII", "high", "SANITIZE"),
        ("PHI", "low", "ALLOW"),
        ("INTERNAL", "high", "ALLOW"),
        ("INJECTION", "high", "ALLOW"),
    ] {
        let engine = engine(&json!({"detectors": [{"id": "own", "class": class, "severity": severity, "literals": "Heron"}]}));
        let verdict = scan(&engine, post(&json!({"a": "Heron"})), ScanContext::default());
        assert_eq!(report(&verdict).decision.as_str(), decision, "{class} {severity}");
        assert_eq!(report(&verdict).classifications[0].as_str(), class);
    }
}

#[test]
fn context_words_and_validators_are_required() {
    let engine =
        engine(&json!({"detectors": [{"id": "badge", "class": "PII", "literals": ["7992739871"], "near": ["employee badge"]}]}));
    assert_eq!(found(&engine, &json!({"employee_badge": "7992739871"})), ["badge"]);
    assert_eq!(found(&engine, &json!({"x": "employee badge 7992739871"})), ["badge"]);
    assert!(!found(&engine, &json!({"x": "7992739871"})).contains(&"badge".to_owned()));
}

#[cfg(feature = "patterns")]
#[test]
fn regular_expressions_find_and_are_checked() {
    let engine = engine(&json!({"detectors": [
        {"id": "member", "class": "PII", "regex": r"\bM-(\d{10,12})\b"},
        {"id": "checked", "class": "PII", "regex": r"\bC(?-u:\d){4}\b", "validator": "entropy"},
    ]}));
    assert_eq!(sent_body(&engine, &json!({"a": "see M-0123456789."})), r#"{"a":"see [MEMBER:1]."}"#);
    assert_eq!(found(&engine, &json!({"a": "C1111"})), [""; 0]);
    for regex in ["a*", "(", "x{1000}{1000}", r"(a)\1"] {
        let refused = refusal(&json!({"detectors": [{"id": "own", "class": "PII", "regex": regex}]}));
        assert!(refused.starts_with("options: detectors[0].regex: "), "{refused}");
    }
}

#[cfg(not(feature = "patterns"))]
#[test]
fn a_build_without_expressions_says_where_they_are() {
    let refused = refusal(&json!({"detectors": [{"id": "own", "class": "PII", "regex": "abc"}]}));
    assert!(refused.contains("detectors[0].regex") && refused.contains("interven/patterns"), "{refused}");
}

#[test]
fn what_cannot_work_is_refused_by_name() {
    let detector = |more: Value| {
        let mut made = json!({"id": "own", "class": "PII", "literals": ["heron"]});
        made.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"detectors": [made]})
    };
    let allowed = |entry: Value| json!({"allowlist": [entry]});
    let cases = [
        (detector(json!({"id": "Own"})), "detectors[0].id"),
        (detector(json!({"id": "email"})), "detectors[0].id: is the name of a built-in rule"),
        (detector(json!({"literals": ["ab"]})), "detectors[0].literals[0]: must be 3 to 1024 bytes long"),
        (detector(json!({"literals": ["x".repeat(2000)]})), "detectors[0].literals[0]"),
        (detector(json!({"near": ["--"]})), "detectors[0].near"),
        (detector(json!({"validator": "luhm"})), "unknown validator `luhm` (did you mean `luhn`?)"),
        (detector(json!({"literals": ["OWN"]})), "finds the placeholder [OWN:1]"),
        (detector(json!({"literals": ["EMAIL:"]})), "finds the placeholder [EMAIL:1]"),
        (
            json!({"detectors": [{"id": "a", "class": "PII", "literals": ["heron"]}, {"id": "a", "class": "PII", "literals": ["heron"]}]}),
            "detectors[1].id: is used twice",
        ),
        (allowed(json!({"reason": "r"})), "allowlist[0]: needs at least one of"),
        (allowed(json!({"reason": " ", "rule": "email"})), "allowlist[0].reason"),
        (allowed(json!({"reason": "r", "rule": "emaill"})), "unknown rule `emaill` (did you mean `email`?)"),
        (allowed(json!({"reason": "r", "sha256": "abc"})), "allowlist[0].sha256"),
        (allowed(json!({"reason": "r", "host": "https://a.example"})), "allowlist[0].host"),
        (json!({"redaction": {"default": "hash"}}), "redaction.key: `hash` needs a key of at least 16 bytes"),
        (json!({"redaction": {"rules": {"emial": "drop"}}}), "redaction.rules: unknown rule `emial`"),
    ];
    for (document, want) in cases {
        let refused = refusal(&document);
        assert!(refused.contains(want), "{refused} does not say {want}");
    }
}

#[test]
fn every_criterion_of_an_entry_must_hold() {
    let ssn = value("{ssn}");
    let all = json!({"reason": "a sample of ours", "rule": "us_ssn", "sha256": sha256(&ssn), "host": "*.example.com", "path": "/people/*/ssn", "expires_at_ms": 1_000});
    let body = json!({"people": [{"ssn": ssn}]});
    let at = |entry: &Value, body: &Value, time_ms| {
        let engine = engine(&json!({"allowlist": [entry]}));
        let verdict = scan(&engine, post(body), ScanContext { time_ms, ..ScanContext::default() });
        let report = report(&verdict);
        (report.decision.as_str(), report.findings[0].allowed.as_deref().map(str::to_owned))
    };
    assert_eq!(at(&all, &body, Some(999)), ("ALLOW", Some("a sample of ours".to_owned())));
    for (key, other) in [
        ("rule", json!("email")),
        ("sha256", json!(sha256("other"))),
        ("host", json!("*.example.org")),
        ("path", json!("/people/*/name")),
        ("expires_at_ms", json!(998)),
    ] {
        let mut entry = all.clone();
        entry[key] = other;
        assert_eq!(at(&entry, &body, Some(999)), ("SANITIZE", None), "{key}");
        entry.as_object_mut().unwrap().remove(key);
        assert_eq!(at(&entry, &body, Some(999)).0, "ALLOW", "without {key}");
    }
    // Without a time nothing that expires holds.
    assert_eq!(at(&all, &body, None).0, "SANITIZE");
}

#[test]
fn what_is_allowed_is_reported_and_counts_for_nothing() {
    let key = value("AKIA{base32:16}");
    let policy = r#"{"name":"p","rules":[{"rule_id":"r","condition":{"has_data_class":["SECRETS"]},"action":"DENY"}]}"#;
    let mut options = options(&json!({"allowlist": [{"reason": "revoked", "sha256": sha256(&key)}]}));
    options.policies.push(interven::Policy::parse(policy, "p").unwrap());
    let engine = Engine::new(options).unwrap();
    let verdict = scan(&engine, post(&json!({"note": key})), ScanContext::default());
    let report = report(&verdict);
    assert_eq!((report.decision.as_str(), report.risk_hundredths, report.reason_codes.len()), ("ALLOW", 0, 0));
    assert!(report.classifications.is_empty() && report.signals.is_empty());
    let shown: Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!((&shown["findings"][0]["allowed"], &shown["findings"][0]["reason"]), (&json!(true), &json!("revoked")));
    // Another key beside it is what it always was.
    let other = json!({"note": key, "more": value("AKIA{base32:16}x").trim_end_matches('x')});
    assert!(matches!(scan(&engine, post(&other), ScanContext::default()), Verdict::Block(_)));
    assert_eq!(engine.redact_text(&key), key);
}

#[test]
fn nothing_that_could_not_be_inspected_is_allowed() {
    let engine = engine(&json!({"allowlist": [{"reason": "everything", "host": "*"}]}));
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    let request = Request::new("POST", "https://api.example.com/").header("content-type", "application/json").body(deep);
    let verdict = scan(&engine, request, ScanContext::default());
    assert_eq!(report(&verdict).decision.as_str(), "DENY");
    let zipped = Request::new("POST", "https://api.example.com/").header("content-encoding", "x-unknown").body("abc");
    assert_eq!(report(&scan(&engine, zipped, ScanContext::default())).decision.as_str(), "DENY");
}

const KEY: &str = "a key of the tests";

#[test]
fn operators_by_rule_class_and_default() {
    let card = value("{luhn:4:16}");
    let ssn = value("{ssn}");
    let body = json!({"card": card, "ssn": ssn, "n": 1});
    let with = |redaction: Value| sent_body(&engine(&json!({"redaction": redaction})), &body);
    assert_eq!(with(json!({})), r#"{"card":"[CREDIT_CARD:1]","ssn":"[US_SSN:1]","n":1}"#);
    assert_eq!(with(json!({"default": "drop"})), r#"{"card":"","ssn":"","n":1}"#);
    let tail = &card[card.len() - 4..];
    assert_eq!(with(json!({"classes": {"PII": "mask"}})), format!(r#"{{"card":"****{tail}","ssn":"****","n":1}}"#));
    let hashed = with(json!({"default": "drop", "rules": {"us_ssn": "hash"}, "key": KEY}));
    let (head, rest) = hashed.split_at(r#"{"card":"","ssn":"[US_SSN:h"#.len());
    assert_eq!(head, r#"{"card":"","ssn":"[US_SSN:h"#);
    assert_eq!(rest.len(), r#"0123456789abcdef]","n":1}"#.len());
    assert_eq!(with(json!({"default": "drop", "rules": {"us_ssn": "hash"}, "key": KEY})), hashed);
    assert_ne!(with(json!({"default": "drop", "rules": {"us_ssn": "hash"}, "key": "another key of the tests"})), hashed);
}

#[test]
fn operators_keep_urls_headers_numbers_and_forms_well_formed() {
    let (card, ssn) = (value("{luhn:4:16}"), value("{ssn}"));
    for (operator, url, header, number) in [
        ("replace", "%5BUS_SSN%3A1%5D", "[US_SSN:1]", "\"[CREDIT_CARD:1]\"".to_owned()),
        ("mask", "****", "****", format!("\"****{}\"", &card[12..])),
        ("drop", "", "", "\"\"".to_owned()),
    ] {
        let engine = engine(&json!({"redaction": {"default": operator}}));
        let request = Request::new("POST", format!("https://api.example.com/find?ssn={ssn}&page=2"))
            .header("content-type", "application/json")
            .header("x-note", format!("ssn {ssn} on file"))
            .body(format!("{{\"card\":{card} }}"));
        let sent = sent(&engine, request);
        assert_eq!(sent.url.expose(), &format!("https://api.example.com/find?ssn={url}&page=2"));
        assert_eq!(sent.headers[1].value.expose(), &format!("ssn {header} on file"));
        assert_eq!(String::from_utf8_lossy(sent.body.expose()), format!("{{\"card\":{number} }}"));
        let form = Request::new("POST", "https://api.example.com/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("a=1+2&ssn={ssn}&z=%20"));
        let sent = self::sent(&engine, form);
        assert_eq!(String::from_utf8_lossy(sent.body.expose()), format!("a=1+2&ssn={url}&z=%20"));
    }
}

#[test]
fn where_an_operator_leaves_something_placeholders_stand() {
    // Dropping the word joins its neighbours to a number.
    let ssn = value("{ssn}");
    let (left, right) = ssn.split_at(5);
    let engine = engine(&json!({
        "detectors": [{"id": "filler", "class": "PII", "literals": ["heron"]}],
        "redaction": {"default": "drop"},
    }));
    assert_eq!(
        sent_body(&engine, &json!({"note": format!("ssn {left}heron{right}")})),
        format!(r#"{{"note":"ssn {left}[FILLER:1]{right}"}}"#)
    );
}

#[test]
fn a_gateway_sees_placeholders_whatever_the_operators_are() {
    let card = value("{luhn:4:16}");
    let engine = engine(&json!({"redaction": {"default": "mask"}}));
    let context = ScanContext { gateway: Some(interven::Gateway::default()), ..ScanContext::default() };
    let Output::Call(call) = Scan::new(&engine, post(&json!({"card": card})), context, Clock(0)).poll_output() else { panic!() };
    let body = call.body.unwrap();
    assert!(body.contains("[CREDIT_CARD:1]") && !body.contains(&card[12..]), "{body}");
}

#[test]
fn a_vault_numbers_across_texts_and_restores() {
    let engine = engine(&json!({}));
    let (a, b) = (value("{ssn}"), value("{ssn} ").trim().to_owned());
    assert_ne!(a, b);
    let mut vault = Vault::new();
    assert_eq!(engine.redact_with(&format!("ssn {a}"), &mut vault).unwrap(), "ssn [US_SSN:1]");
    assert_eq!(engine.redact_with(&format!("ssn {b}, ssn {a}"), &mut vault).unwrap(), "ssn [US_SSN:2], ssn [US_SSN:1]");
    assert_eq!(vault.restore("[US_SSN:2] [US_SSN:1] [US_SSN:3]"), format!("{b} {a} [US_SSN:3]"));
    assert_eq!(vault.restore_bytes(b"\xff[US_SSN:1]"), [b"\xff", a.as_bytes()].concat());
    assert_eq!(vault.len(), 2);
    // A placeholder that stands in the text already is not given to another value.
    let redacted = engine.redact_with("[EMAIL:1] or jo.doe@corp-mail.com", &mut vault).unwrap();
    assert_eq!(redacted, "[EMAIL:1] or [EMAIL:2]");
    vault.clear();
    assert_eq!((vault.restore("[US_SSN:1]").as_str(), vault.is_empty()), ("[US_SSN:1]", true));
}

#[test]
fn a_full_vault_takes_all_of_a_text_or_nothing() {
    let engine = engine(&json!({}));
    let mut vault = Vault::with_capacity(2);
    let mail = |n: usize| format!("p{n}@corp-mail.com");
    engine.redact_with(&mail(1), &mut vault).unwrap();
    let error = engine.redact_with(&format!("{} {} {}", mail(1), mail(2), mail(3)), &mut vault).unwrap_err();
    assert_eq!(error.to_string(), "the vault is full: it holds at most 2 values and 16 MiB");
    assert_eq!((vault.len(), vault.restore("[EMAIL:2]").as_str()), (1, "[EMAIL:2]"));
    assert_eq!(engine.redact_with(&mail(2), &mut vault).unwrap(), "[EMAIL:2]");
    assert_eq!(engine.redact_with(&mail(1), &mut vault).unwrap(), "[EMAIL:1]");
}

#[test]
fn json_and_encoded_text_come_back_as_they_were() {
    let engine = engine(&json!({}));
    let (card, ssn) = (value("{luhn:4:16}"), value("{ssn}"));
    for text in [
        format!("{{\"card\": {card}, \"ssn\": \"{ssn}\"}}"),
        format!("a=1&ssn={}&z=%20", ssn.replace('-', "%2D")),
        format!("{{\"note\":\"ssn\\n{ssn}\"}}"),
    ] {
        let mut vault = Vault::new();
        let redacted = engine.redact_with(&text, &mut vault).unwrap();
        assert!(redacted != text && !redacted.contains(&ssn), "{redacted}");
        assert_eq!(vault.restore(&redacted), text);
    }
    // Between plain text and a URL the encoding is that of the place.
    let mut vault = Vault::new();
    engine.redact_with("mail jo.doe+x@corp-mail.com", &mut vault).unwrap();
    assert_eq!(vault.restore("?to=%5BEMAIL%3A1%5D"), "?to=jo.doe%2Bx%40corp-mail.com");
}

#[test]
fn only_placeholders_can_be_restored() {
    let engine = engine(&json!({"redaction": {"rules": {"us_ssn": "drop"}}}));
    let ssn = value("{ssn}");
    let mut vault = Vault::new();
    assert_eq!(engine.redact_with(&format!("ssn {ssn}, jo.doe@corp-mail.com"), &mut vault).unwrap(), "ssn , [EMAIL:1]");
    assert_eq!(vault.len(), 1);
}

/// Text with values in it that rules find.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        "[0-9]{3}-[0-9]{2}-[0-9]{4}",
        "ssn [0-9]{3}-[0-9]{2}-[0-9]{4}",
        "4[0-9]{15}",
        "[a-z]{1,8}@[a-z]{3,8}\\.com",
        "(heron|Heron|HERON)",
        "\\[(EMAIL|BIRD|US_SSN):[0-9]\\]",
        "%5BEMAIL%3A[0-9]%5D",
        "(\\\\n|\"|\\{|\\}|\\[|\\]|:|,|=|&){1,4}",
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn operators() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("replace"), Just("mask"), Just("hash"), Just("drop")]
}

fn heronry(operator: &str, low: &str) -> Engine {
    engine(&json!({
        "detectors": [{"id": "bird", "class": "PII", "literals": ["heron"], "ignore_case": true}],
        "redaction": {"default": operator, "rules": {"us_ssn": low, "email": low}, "key": KEY},
    }))
}

proptest! {
    #[test]
    fn restoring_gives_back_the_very_text(text in text()) {
        let mut vault = Vault::new();
        let redacted = heronry("replace", "replace").redact_with(&text, &mut vault).unwrap();
        prop_assert_eq!(vault.restore(&redacted), text);
    }

    #[test]
    fn i7_holds_for_every_operator(text in text(), default in operators(), low in operators()) {
        let engine = heronry(default, low);
        let once = engine.redact_text(&text);
        prop_assert_eq!(engine.redact_text(&once), once);
        let body = json!({ "a": [text.clone(), 1], "b": text }).to_string();
        let request = Request::new("POST", "https://api.example.com/").header("content-type", "application/json").body(body);
        let Verdict::Forward(forward) = scan(&engine, request, ScanContext::default()) else { return Ok(()) };
        let redacts = |f: &&interven::Finding| f.is_active() && f.rule.severity() == interven::Severity::High;
        let before: Vec<String> = forward.report().findings.iter().filter(redacts).map(|f| f.rule.id().to_owned()).collect();
        let sent = forward.into_request();
        prop_assert!(serde_json::from_slice::<Value>(sent.body.expose()).is_ok());
        let again = scan(&engine, sent, ScanContext::default());
        let left: Vec<&str> = report(&again).findings.iter().filter(redacts).map(|f| f.rule.id()).collect();
        prop_assert!(!left.iter().any(|id| before.iter().any(|known| known == id)), "{before:?} {left:?}");
    }

    #[test]
    fn i6_no_canary_is_shown_by_anything(canary in "[jkqvwxz]{12}", operator in operators(), full in any::<bool>()) {
        let digest = sha256(&canary);
        let document = json!({
            "detectors": [{"id": "own", "class": "PII", "literals": [canary.clone()], "shows_tail": true}],
            "allowlist": [{"reason": "r", "sha256": digest, "host": "allowed.example.com"}],
            "redaction": {"default": operator, "key": format!("{canary}{canary}")},
        });
        let options = options(&document);
        let mut shown = format!("{options:?}");
        let engine = Engine::new(options).unwrap();
        shown.push_str(&format!("{engine:?}"));
        for host in ["api.example.com", "allowed.example.com"] {
            let body = json!({ canary.clone(): canary, "list": [canary] }).to_string();
            let request = Request::new("POST", format!("https://{host}/{canary}?q={canary}")).header("x-a", canary.clone()).body(body);
            let verdict = scan(&engine, request, ScanContext::default());
            shown.push_str(&format!("{verdict:?} {}", report(&verdict).to_json()));
        }
        let mut vault = Vault::with_capacity(usize::from(!full));
        let outcome = engine.redact_with(&format!("{canary} jo@corp-mail.com"), &mut vault);
        shown.push_str(&format!("{vault:?} {:?}", outcome.err()));
        for wrong in [json!({"validator": "none"}), json!({"near": ["é"]}), json!({"id": "EMAIL"})] {
            let mut document = document.clone();
            let detector = document["detectors"][0].as_object_mut().unwrap();
            detector.extend(wrong.as_object().unwrap().clone());
            shown.push_str(&refusal(&document));
        }
        prop_assert!(!shown.contains(&canary) && !shown.contains(&digest), "{shown}");
        prop_assert!(!shown.contains(&canary[8..]), "the tail of a mask is shown: {shown}");
    }
}
