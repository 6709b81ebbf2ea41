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
mod scan;
mod slab;
#[cfg(feature = "full")]
mod stream;
mod vault;

#[cfg(feature = "full")]
use alloc::format;
use alloc::{
    rc::Rc,
    string::{String, ToString},
    vec::Vec,
};
use core::cell::RefCell;

use slab::Slab;
use wasm_bindgen::prelude::*;

#[cfg(feature = "full")]
use crate::Policy;
use crate::{
    Engine, ScanContext,
    error::ConfigError,
    json::{Object, push_string},
    scan::Clock,
};

std::thread_local! {
    static ENGINES: RefCell<Slab<Rc<Engine>>> = const { RefCell::new(Slab::new()) };
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
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

/// The status in an answer about an approval, if it is one that can be believed.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = readApproval)]
pub fn read_approval(body: &[u8], approval_id: &str) -> Option<String> {
    crate::read_approval(body, approval_id).map(|status| status.as_str().into())
}

/// Milliseconds since some start. Negative and undefined times are 0; the cast saturates.
#[expect(clippy::as_conversions, reason = "float to integer casts saturate, and core has no other conversion")]
fn clock(ms: f64) -> Clock {
    Clock(ms.max(0.0) as u64)
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
