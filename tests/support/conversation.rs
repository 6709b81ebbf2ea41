//! Conversations of a scan with a gateway, scripted: no sockets, no clocks.

use interven::{Block, Clock, Engine, Failure, Forward, Gateway, Options, Output, Policy, Request, Scan, ScanContext, Verdict};

/// An engine that asks for approval of writes to `payments.example.com`.
pub fn engine() -> Engine {
    let text =
        r#"{"name":"p","rules":[{"rule_id":"ask","match":{"hosts":["payments.example.com"]},"action":"REQUIRE_APPROVAL"}]}"#;
    Engine::new(Options { policies: vec![Policy::parse(text, "p").unwrap()], ..Options::default() }).unwrap()
}

pub fn request(host: &str, body: &str) -> Request {
    Request::new("POST", format!("https://{host}/x")).header("content-type", "application/json").body(body)
}

pub fn context(gateway: Gateway) -> ScanContext {
    ScanContext { agent: "a".into(), gateway: Some(gateway), ..ScanContext::default() }
}

/// What the gateway does next.
#[derive(Clone, Copy)]
pub enum Reply<'a> {
    Status(u16, &'a str),
    Lost,
    Redirect,
}

pub const ALLOW: Reply<'_> = Reply::Status(200, r#"{"decision":"ALLOW","risk_score":0,"reason_codes":[]}"#);
pub const ASK: Reply<'_> = Reply::Status(
    200,
    r#"{"decision":"REQUIRE_APPROVAL","risk_score":0.2,"reason_codes":["NEW_DESTINATION"],"approval_id":"ap-1"}"#,
);
pub const PENDING: Reply<'_> = Reply::Status(200, r#"{"approval_id":"ap-1","status":"pending"}"#);
pub const APPROVED: Reply<'_> = Reply::Status(200, r#"{"approval_id":"ap-1","status":"approved","decision":"APPROVED"}"#);
pub const CONSUMED: Reply<'_> = Reply::Status(200, r#"{"approval_id":"ap-1","status":"executed"}"#);

/// Plays a conversation to its end; also what was sent to the gateway.
pub fn play(request: Request, gateway: Gateway, script: &[Reply<'_>]) -> (Verdict, Vec<String>) {
    play_at(request, gateway, script, None)
}

/// The same, where the time of day is known.
pub fn play_at(request: Request, gateway: Gateway, script: &[Reply<'_>], time_ms: Option<u64>) -> (Verdict, Vec<String>) {
    let engine = engine();
    let mut now = Clock(1_000);
    let mut scan = Scan::new(&engine, request, ScanContext { time_ms, ..context(gateway) }, now);
    let mut replies = script.iter();
    let mut sent = Vec::new();
    let mut done = None;
    for _ in 0..10_000 {
        match scan.poll_output() {
            Output::Call(call) => {
                sent.push(format!("{} {} {}", call.method, call.path, call.body.unwrap_or_default()));
                now = Clock(now.0 + 10);
                match replies.next().unwrap_or(&Reply::Lost) {
                    Reply::Status(status, body) => scan.handle_response(&engine, *status, body.as_bytes(), None, now),
                    Reply::Lost => scan.handle_failure(Failure::Transport, now),
                    Reply::Redirect => scan.handle_failure(Failure::Protocol, now),
                }
            }
            Output::Wait(ms) => {
                now = Clock(now.0 + ms);
                scan.handle_timeout(now);
            }
            Output::Done(verdict) => {
                assert!(done.is_none(), "a second Done");
                done = Some(verdict);
            }
            Output::Finished => return (done.expect("finished without Done"), sent),
        }
    }
    panic!("the scan does not end");
}

pub fn forwarded(verdict: Verdict) -> Forward {
    match verdict {
        Verdict::Forward(forward) => forward,
        Verdict::Block(block) => panic!("blocked: {}", block.report().to_json()),
    }
}

pub fn blocked(verdict: Verdict) -> Block {
    match verdict {
        Verdict::Block(block) => block,
        Verdict::Forward(_) => panic!("forwarded"),
    }
}
