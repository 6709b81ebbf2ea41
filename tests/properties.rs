//! Properties that hold for every input.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use interven::{Clock, Effect, Engine, Gate, Options, Output, Request, Scan, ScanContext, Verdict, redact_text};
use proptest::prelude::*;

fn effects() -> impl Strategy<Value = Effect> {
    let gate = prop_oneof![Just(Gate::Allow), Just(Gate::RequireApproval), Just(Gate::Deny)];
    (gate, proptest::collection::btree_set(0usize..8, 0..4)).prop_map(|(gate, redactions)| Effect { gate, redactions })
}

/// Text around the shapes that rules look at.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,20}",
        "\\PC{0,8}",
        "[0-9]{3}-[0-9]{2}-[0-9]{4}",
        "4[0-9]{3}( |-)?[0-9]{4}( |-)?[0-9]{4}( |-)?[0-9]{4}",
        "[a-z]{1,8}@[a-z]{1,8}\\.(com|org)",
        "DE[0-9]{2}( ?[0-9]{4}){4}[0-9]{2}",
        "(\\\\u00[0-9a-f]{2}|%[0-9a-f]{2}|\\\\n|\"|\\{|\\[|:|,){1,4}",
        "-----BEGIN [A-Z ]{0,12}",
        "eyJ[A-Za-z0-9_.-]{0,40}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn verdict(request: Request) -> Verdict {
    let engine = Engine::new(Options::default()).unwrap();
    match Scan::new(&engine, request, ScanContext::default(), Clock(0)).poll_output() {
        Output::Done(verdict) => verdict,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn effects_form_a_semilattice(a in effects(), b in effects(), c in effects()) {
        let combine = |x: &Effect, y: &Effect| x.clone().combine(y);
        prop_assert_eq!(combine(&a, &b), combine(&b, &a));
        prop_assert_eq!(combine(&combine(&a, &b), &c), combine(&a, &combine(&b, &c)));
        prop_assert_eq!(combine(&a, &a), a.clone());
        prop_assert!(combine(&a, &b).gate >= a.gate);
    }

    #[test]
    fn redaction_is_idempotent(text in text()) {
        let once = redact_text(&text);
        prop_assert_eq!(redact_text(&once), once);
    }

    #[test]
    fn json_in_json_out(text in text()) {
        let body = serde_json::json!({ "a": [text.clone(), 1], "b": text }).to_string();
        let request = Request::new("POST", "https://api.example.com/").header("content-type", "application/json").body(body);
        if let Verdict::Forward(forward) = verdict(request) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(forward.request().body.expose()).is_ok());
        }
    }

    #[test]
    fn every_request_gets_a_verdict(method in ".{0,8}", url in ".{0,40}", name in ".{0,8}", value in text(), body in proptest::collection::vec(any::<u8>(), 0..200)) {
        verdict(Request::new(method, url).header(name, value).body(body));
    }
}
