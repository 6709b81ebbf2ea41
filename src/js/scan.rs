//! Scans, by number, and what they put out.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::cell::RefCell;

use wasm_bindgen::prelude::*;

#[cfg(feature = "full")]
use super::memory;
use super::{BUFFER, ENGINES, clock, read, remembering, slab::Slab};
#[cfg(feature = "full")]
use crate::Failure;
use crate::{
    Output, Scan, Verdict,
    json::{Object, push_string},
    report::Report,
};

std::thread_local! {
    static SCANS: RefCell<Slab<Running>> = const { RefCell::new(Slab::new()) };
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

/// Begins a scan over the buffer: the lengths of `texts` texts, the texts, and at `at` the body. `memory` is the number of what is
/// remembered, 0 for nothing. 0 when that is no request.
#[wasm_bindgen(js_name = scanBegin)]
pub fn scan_begin(engine: u32, texts: usize, at: usize, body: usize, memory: u32, now: f64) -> u32 {
    begun(engine, texts, at, body, memory, now).map_or(0, kept)
}

/// Decides the request in the buffer, which is laid out as for [`scan_begin`]; its context has no gateway. 0 when that is no
/// request. Below 0 what was scanned may be sent as it is: with `reports`, a report of one byte less than the number says stands
/// at `scanReportAt`. Else the number of a scan, whose `scanOutput` says how it ended.
#[wasm_bindgen(js_name = scanHere)]
pub fn scan_here(engine: u32, texts: usize, at: usize, body: usize, memory: u32, reports: bool) -> i32 {
    let Some(mut running) = begun(engine, texts, at, body, memory, 0.0) else { return 0 };
    let kind = running.poll();
    match &running.verdict {
        Some(Verdict::Forward(forward)) if matches!(kind, OutputKind::Forward) => {
            let length = if reports { write_report(forward.report()) } else { 0 };
            -i32::try_from(length).unwrap_or(i32::MAX - 1) - 1
        }
        _ => i32::try_from(kept(running)).unwrap_or(0),
    }
}

fn begun(engine: u32, texts: usize, at: usize, body: usize, memory: u32, now: f64) -> Option<Running> {
    let (request, context) = read::request(BUFFER.take(), texts, at, body)?;
    let (remembers, context) = remembering(memory, context);
    let scan = ENGINES.with_borrow(|engines| Some(Scan::new(engines.get(engine)?, request, context, clock(now))))?;
    Some(Running { scan, output: String::new(), verdict: None, remembers })
}

/// The number of a scan.
fn kept(running: Running) -> u32 {
    SCANS.with_borrow_mut(|scans| scans.insert(running))
}

/// Drops a scan.
#[wasm_bindgen(js_name = scanFree)]
pub fn scan_free(scan: u32) {
    SCANS.with_borrow_mut(|scans| scans.remove(scan));
}

/// Polls the next output.
#[wasm_bindgen(js_name = scanPoll)]
pub fn scan_poll(scan: u32) -> OutputKind {
    with(scan, Running::poll).unwrap_or(OutputKind::Finished)
}

impl Running {
    fn poll(&mut self) -> OutputKind {
        self.output = match self.scan.poll_output() {
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
                if let Some((memory, agent, time_ms)) = self.remembers.take() {
                    memory::note(memory, &agent, time_ms, &verdict);
                }
                let plain = is_plain(&verdict);
                let text = if plain { String::new() } else { describe(&verdict) };
                self.verdict = Some(verdict);
                if plain {
                    return OutputKind::Forward;
                }
                text
            }
            Output::Finished => return OutputKind::Finished,
        };
        OutputKind::Told
    }
}

/// A request that goes as it was scanned, of which there is nothing to say but its report.
fn is_plain(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Forward(forward) => {
            let named = forward.approval_id().is_some() || forward.trace_id().is_some();
            !forward.is_redacted() && !named && forward.report().facts.is_none()
        }
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
    with(scan, |running| running.verdict.as_ref().map(|verdict| write_report(verdict.report()))).flatten().unwrap_or_default()
}

fn write_report(report: &Report) -> usize {
    REPORT.with_borrow_mut(|text| {
        text.clear();
        report.write_json(text);
        text.len()
    })
}

/// Where the report stands that was written last.
#[wasm_bindgen(js_name = scanReportAt)]
pub fn scan_report_at() -> *const u8 {
    REPORT.with_borrow(|text| text.as_ptr())
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
    if let Some(facts) = &verdict.report().facts {
        object.raw("facts", facts);
    }
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
