//! The JavaScript face. It translates and never decides.
//!
//! Engines, scans, detectors and redactors are numbers here: they live in tables inside the instance, so that a host that had to replace
//! the instance can never hand an old object to a new memory. Requests cross as bytes: the host reserves a buffer, writes the
//! lengths of the texts, the texts (context, method, URL, headers) and the body, and begins a scan with one flat call. What
//! comes back is a number; JSON text where there is more to say, and bytes only where they differ from what the host holds
//! already.
#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public, and nothing in Rust uses it")]

#[cfg(feature = "full")]
mod hmac;
#[cfg(feature = "full")]
mod memory;
mod read;
#[cfg(feature = "full")]
mod redactor;
mod slab;
#[cfg(feature = "full")]
mod stream;
mod vault;

use alloc::{
    format,
    rc::Rc,
    string::{String, ToString},
    vec::Vec,
};
use core::cell::RefCell;

use slab::Slab;
use wasm_bindgen::prelude::*;

use crate::{
    Engine, Output, Scan, ScanContext, Verdict,
    error::ConfigError,
    json::{Object, push_string},
    scan::Clock,
};
#[cfg(feature = "full")]
use crate::{Failure, Policy};

std::thread_local! {
    static ENGINES: RefCell<Slab<Rc<Engine>>> = const { RefCell::new(Slab::new()) };
    static SCANS: RefCell<Slab<Running>> = const { RefCell::new(Slab::new()) };
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static REPORT: RefCell<String> = const { RefCell::new(String::new()) };
}

struct Running {
    scan: Scan,
    /// What the last output says, unless its number says it all.
    output: String,
    verdict: Option<Verdict>,
    /// The memory that is told of the verdict, the agent, and the time.
    remembers: Option<(u32, String, u64)>,
}

/// The number of an output.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum OutputKind {
    /// The scan has ended already.
    Finished = 0,
    /// `scanOutput` says more.
    Told = 1,
    /// What was scanned may be sent as it is, and there is no more to say.
    Forward = 2,
}

/// Kind of network behind an address: see [`crate::classify_address`].
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = classifyAddress)]
pub fn classify_address(text: &str) -> String {
    crate::classify_address(text).as_str().into()
}

/// Redacts a text: see [`crate::redact_text`].
#[wasm_bindgen(js_name = redactText)]
pub fn redact_text(text: &str) -> String {
    crate::redact_text(text)
}

/// Makes an engine from options as JSON. Throws the error as JSON text.
#[wasm_bindgen(js_name = engineNew)]
pub fn engine_new(options: &str) -> Result<u32, String> {
    let options = read::options(options).map_err(|error| error_json(&error))?;
    let engine = Engine::new(options).map_err(|error| error_json(&error))?;
    Ok(ENGINES.with_borrow_mut(|engines| engines.insert(Rc::new(engine))))
}

/// Drops an engine. Scans that it began go on without it.
#[wasm_bindgen(js_name = engineFree)]
pub fn engine_free(engine: u32) {
    ENGINES.with_borrow_mut(|engines| engines.remove(engine));
}

/// Version of engine, options and policies together.
#[wasm_bindgen(js_name = enginePolicyVersion)]
pub fn engine_policy_version(engine: u32) -> Option<String> {
    ENGINES.with_borrow(|engines| engines.get(engine).map(|e| e.policy_version().into()))
}

/// Names of the time zones that the policies of an engine need the offsets of, as a JSON list.
#[wasm_bindgen(js_name = engineTimeZones)]
pub fn engine_time_zones(engine: u32) -> String {
    let zones = ENGINES.with_borrow(|engines| engines.get(engine).map(|engine| engine.time_zones()).unwrap_or_default());
    let mut out = String::new();
    Object::begin(&mut out).list("zones", zones, |out, zone| push_string(out, &zone)).end();
    out
}

/// Why the request in the buffer is decided as it is: see [`Engine::explain`]. The buffer is that of `scanBegin`.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = engineExplain)]
pub fn engine_explain(engine: u32, texts: usize, at: usize, body: usize, memory: u32) -> Option<String> {
    let (request, context) = read::request(BUFFER.take(), texts, at, body)?;
    let (_, context) = remembering(memory, context);
    ENGINES.with_borrow(|engines| Some(engines.get(engine)?.explain(&request, &context)))
}

/// What the policies make of a recorded call: see [`Engine::replay`].
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = engineReplay)]
pub fn engine_replay(engine: u32, record: &str) -> Option<String> {
    ENGINES.with_borrow(|engines| engines.get(engine)?.replay(record))
}

/// What is odd about a policy that can be used, as a JSON list. Throws the error of one that cannot, as JSON text.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = policyNotices)]
pub fn policy_notices(text: &str, source: &str, time_ms: f64) -> Result<String, String> {
    let policy = Policy::parse(text, source).map_err(|error| error_json(&error))?;
    let notices: Vec<String> = policy.notices(Some(clock(time_ms).0)).iter().map(error_json).collect();
    Ok(format!("[{}]", notices.join(",")))
}

/// Makes room for the next request and returns where to write it.
#[wasm_bindgen]
pub fn reserve(length: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.resize(length, 0);
        buffer.as_mut_ptr()
    })
}

/// Begins a scan over the buffer: the lengths of `texts` texts, the texts, and at `at` the body. `memory` is the number of what is
/// remembered, 0 for nothing. 0 when that is no request.
#[wasm_bindgen(js_name = scanBegin)]
pub fn scan_begin(engine: u32, texts: usize, at: usize, body: usize, memory: u32, now: f64) -> u32 {
    let Some((request, context)) = read::request(BUFFER.take(), texts, at, body) else { return 0 };
    let (remembers, context) = remembering(memory, context);
    let scan = ENGINES.with_borrow(|engines| Some(Scan::new(engines.get(engine)?, request, context, clock(now))));
    let running = |scan| Running { scan, output: String::new(), verdict: None, remembers };
    scan.map_or(0, |scan| SCANS.with_borrow_mut(|scans| scans.insert(running(scan))))
}

/// The context with the memory, and what to tell it afterwards.
#[cfg(feature = "full")]
fn remembering(memory: u32, context: ScanContext) -> (Option<(u32, String, u64)>, ScanContext) {
    let (Some(known), Some(time_ms)) = (memory::get(memory), context.time_ms) else { return (None, context) };
    (Some((memory, context.agent.clone(), time_ms)), ScanContext { memory: Some(known), ..context })
}

#[cfg(not(feature = "full"))]
fn remembering(_memory: u32, context: ScanContext) -> (Option<(u32, String, u64)>, ScanContext) {
    (None, context)
}

/// Drops a scan.
#[wasm_bindgen(js_name = scanFree)]
pub fn scan_free(scan: u32) {
    SCANS.with_borrow_mut(|scans| scans.remove(scan));
}

/// Polls the next output.
#[wasm_bindgen(js_name = scanPoll)]
pub fn scan_poll(scan: u32) -> OutputKind {
    let polled = with(scan, |running| {
        running.output = match running.scan.poll_output() {
            Output::Call(call) => {
                let mut fields = String::new();
                Object::begin(&mut fields)
                    .text("kind", call.kind.as_str())
                    .text("method", call.method)
                    .text("path", &call.path)
                    .text_or_null("body", call.body.as_deref())
                    .raw("timeout_ms", &call.timeout_ms.to_string())
                    .end();
                format!("{{\"call\":{fields}}}")
            }
            Output::Wait(ms) => format!("{{\"wait\":{ms}}}"),
            Output::Done(verdict) => {
                #[cfg(feature = "full")]
                if let Some((memory, agent, time_ms)) = running.remembers.take() {
                    memory::note(memory, &agent, time_ms, &verdict);
                }
                let plain = is_plain(&verdict);
                let text = if plain { String::new() } else { describe(&verdict) };
                running.verdict = Some(verdict);
                if plain {
                    return OutputKind::Forward;
                }
                text
            }
            Output::Finished => return OutputKind::Finished,
        };
        OutputKind::Told
    });
    polled.unwrap_or(OutputKind::Finished)
}

/// A request that goes as it was scanned, without a gateway having said anything.
fn is_plain(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Forward(forward) => !forward.is_redacted() && forward.approval_id().is_none() && forward.trace_id().is_none(),
        Verdict::Block(_) => false,
    }
}

/// The last output as JSON: `{"call":{…}}`, `{"wait":ms}`, `{"forward":{…}}` or `{"block":{…}}`.
#[wasm_bindgen(js_name = scanOutput)]
pub fn scan_output(scan: u32) -> String {
    with(scan, |running| core::mem::take(&mut running.output)).unwrap_or_default()
}

/// Writes the verdict's report in its canonical text, and returns how long it is; 0 where there is no verdict. It is to be
/// copied from `scanReportAt` at once: the next one is written over it.
#[wasm_bindgen(js_name = scanReport)]
pub fn scan_report(scan: u32) -> usize {
    let written = with(scan, |running| {
        let report = running.verdict.as_ref()?.report();
        REPORT.with_borrow_mut(|text| {
            text.clear();
            report.write_json(text);
            Some(text.len())
        })
    });
    written.flatten().unwrap_or_default()
}

/// Where the report stands that was written last.
#[wasm_bindgen(js_name = scanReportAt)]
pub fn scan_report_at() -> *const u8 {
    REPORT.with_borrow(|text| text.as_ptr())
}

/// What a replay needs beside the report, where the context asked for it.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanFacts)]
pub fn scan_facts(scan: u32) -> Option<String> {
    with(scan, |running| running.verdict.as_ref()?.report().facts.clone())?
}

/// Body of the redacted request that may be sent, or of the preview. `undefined` when it is the one that was scanned.
#[wasm_bindgen(js_name = scanTakeBody)]
pub fn scan_take_body(scan: u32) -> Option<Vec<u8>> {
    with(scan, |running| match running.verdict.take()? {
        Verdict::Forward(forward) => forward.is_redacted().then(|| forward.into_request().body.into_inner()),
        Verdict::Block(block) => block.preview().map(|preview| preview.body.expose().clone()),
    })?
}

/// The approval that is being waited for: its id, the digest that it was asked for with, and that of what will be sent,
/// with spaces between them.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanPendingApproval)]
pub fn scan_pending_approval(scan: u32) -> Option<String> {
    with(scan, |running| {
        let pending = running.scan.pending_approval()?;
        Some(format!("{} {} {}", pending.approval_id, pending.asked_digest, pending.digest))
    })?
}

/// Hands the answer to the last call to a scan.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanHandleResponse)]
pub fn scan_handle_response(scan: u32, engine: u32, status: u16, body: &[u8], retry_after_ms: Option<f64>, now: f64) {
    ENGINES.with_borrow(|engines| {
        let Some(engine) = engines.get(engine) else { return };
        with(scan, |r| r.scan.handle_response(engine, status, body, retry_after_ms.map(|ms| clock(ms).0), clock(now)));
    });
}

/// The last call had no answer; `transport` tells a network fault from an unusable answer.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanHandleFailure)]
pub fn scan_handle_failure(scan: u32, transport: bool, now: f64) {
    let failure = if transport { Failure::Transport } else { Failure::Protocol };
    with(scan, |running| running.scan.handle_failure(failure, clock(now)));
}

/// The host has no retries left to spend.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanHandleExhausted)]
pub fn scan_handle_exhausted(scan: u32) {
    with(scan, |running| running.scan.handle_exhausted());
}

/// The status in an answer about an approval, if it is one that can be believed.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = readApproval)]
pub fn read_approval(body: &[u8], approval_id: &str) -> Option<String> {
    crate::read_approval(body, approval_id).map(|status| status.as_str().into())
}

/// The wait is over.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = scanHandleTimeout)]
pub fn scan_handle_timeout(scan: u32, now: f64) {
    with(scan, |running| running.scan.handle_timeout(clock(now)));
}

/// The caller gives up.
#[wasm_bindgen(js_name = scanHandleCancel)]
pub fn scan_handle_cancel(scan: u32) {
    with(scan, |running| running.scan.handle_cancel());
}

fn with<T>(scan: u32, action: impl FnOnce(&mut Running) -> T) -> Option<T> {
    SCANS.with_borrow_mut(|scans| scans.get_mut(scan).map(action))
}

/// Milliseconds since some start. Negative and undefined times are 0; the cast saturates.
#[expect(clippy::as_conversions, reason = "float to integer casts saturate, and core has no other conversion")]
fn clock(ms: f64) -> Clock {
    Clock(ms.max(0.0) as u64)
}

fn describe(verdict: &Verdict) -> String {
    let mut fields = String::new();
    let mut object = Object::begin(&mut fields);
    let (kind, request, approval, trace) = match verdict {
        Verdict::Forward(forward) => {
            object.boolean("redacted", forward.is_redacted());
            ("forward", forward.is_redacted().then(|| forward.request()), forward.approval_id(), forward.trace_id())
        }
        Verdict::Block(block) => {
            object.text_or_null("cause", block.cause().map(crate::ReasonCode::as_str));
            ("block", block.preview(), block.approval_id(), block.trace_id())
        }
    };
    object.text_or_null("approval_id", approval).text_or_null("trace_id", trace);
    if let Verdict::Block(block) = verdict {
        object.text_or_null("asked_digest", block.asked_digest());
    }
    match request {
        Some(request) => {
            let mut text = String::new();
            let mut inner = Object::begin(&mut text);
            inner.text("url", request.url.expose()).list("headers", &request.headers, |out, header| {
                out.push('[');
                push_string(out, &header.name);
                out.push(',');
                push_string(out, header.value.expose());
                out.push(']');
            });
            inner.end();
            object.raw("request", &text)
        }
        None => object.raw("request", "null"),
    };
    object.end();
    format!("{{\"{kind}\":{fields}}}")
}

fn error_json(error: &ConfigError) -> String {
    let mut out = String::new();
    Object::begin(&mut out)
        .text("message", &error.to_string())
        .text("source", &error.source)
        .number("line", error.line)
        .number("column", error.column)
        .text("key", &error.key)
        .text("problem", &error.message)
        .text_or_null("suggestion", error.suggestion.as_deref())
        .end();
    out
}
