//! Memories, by number, and what the scans that use them leave in them.

use alloc::{
    string::{String, ToString},
    sync::Arc,
};
use core::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{BUFFER, ENGINES, clock, error_json, read, slab::Slab};
use crate::{Judgement, Memory, MemoryKey, Verdict};

std::thread_local! {
    static MEMORIES: RefCell<Slab<Arc<Memory>>> = const { RefCell::new(Slab::new()) };
}

/// A memory under a key of 16 bytes, told from others by 8 random bytes, with what `state` holds (empty: nothing). Throws the
/// error as JSON text.
#[wasm_bindgen(js_name = memoryNew)]
pub fn memory_new(key: &[u8], replica: &[u8], state: &str) -> Result<u32, String> {
    let key: [u8; 16] = key.try_into().map_err(|_| "a key has 16 bytes".to_string())?;
    let replica = replica.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    let key = MemoryKey::new(key);
    let made = match state {
        "" => Memory::new(key, replica),
        state => Memory::from_json(state, key, replica).map_err(|error| error_json(&error))?,
    };
    Ok(MEMORIES.with_borrow_mut(|memories| memories.insert(Arc::new(made))))
}

/// Drops a memory. Scans that look at it go on.
#[wasm_bindgen(js_name = memoryFree)]
pub fn memory_free(memory: u32) {
    MEMORIES.with_borrow_mut(|memories| memories.remove(memory));
}

/// A memory as JSON text, without its key.
#[wasm_bindgen(js_name = memoryState)]
pub fn memory_state(memory: u32) -> String {
    get(memory).map(|memory| memory.to_json()).unwrap_or_default()
}

/// Takes over what the state of another memory of the same key holds. Throws the error as JSON text.
#[wasm_bindgen(js_name = memoryMerge)]
pub fn memory_merge(memory: u32, key: &[u8], state: &str) -> Result<(), String> {
    let key: [u8; 16] = key.try_into().map_err(|_| "a key has 16 bytes".to_string())?;
    let other = Memory::from_json(state, MemoryKey::new(key), 0).map_err(|error| error_json(&error))?;
    change(memory, |memory| memory.merge(&other));
    Ok(())
}

/// Forgets what no rule can ask about any more.
#[wasm_bindgen(js_name = memoryForget)]
pub fn memory_forget(memory: u32, time_ms: f64) {
    change(memory, |memory| memory.forget(clock(time_ms).0));
}

/// Remembers what was said about an agent: `approved`, `denied` or `threat`.
#[wasm_bindgen(js_name = memoryJudge)]
pub fn memory_judge(memory: u32, agent: &str, judgement: &str) {
    let judgement = match judgement {
        "approved" => Judgement::Approved,
        "denied" => Judgement::Denied,
        _ => Judgement::Threat,
    };
    change(memory, |memory| memory.judge(agent, judgement));
}

/// The trust in an agent, in hundredths.
#[wasm_bindgen(js_name = memoryTrust)]
pub fn memory_trust(memory: u32, agent: &str) -> u32 {
    get(memory).map_or(0, |memory| memory.trust(agent))
}

/// Remembers that a person has approved (`true`) or denied exactly one call, until a time.
#[wasm_bindgen(js_name = memoryDecide)]
pub fn memory_decide(memory: u32, digest: &str, agent: &str, approved: bool, until_ms: f64) {
    let until = clock(until_ms).0;
    change(memory, |memory| match approved {
        true => memory.grant(digest, agent, until),
        false => memory.refuse(digest, agent, until),
    });
}

/// Inspects the response in the buffer: the lengths of `texts` texts (trace, then headers by name and value), the texts, and at
/// `at` the body. Memory 0 is none.
#[wasm_bindgen(js_name = engineScanResponse)]
pub fn engine_scan_response(engine: u32, memory: u32, texts: usize, at: usize, body: usize, time_ms: f64) -> Option<String> {
    let (trace, response) = read::response(BUFFER.take(), texts, at, body)?;
    let time_ms = clock(time_ms).0;
    ENGINES.with_borrow(|engines| {
        let engine = engines.get(engine)?;
        let mut report = None;
        if !change(memory, |memory| report = Some(engine.scan_response(&response, Some(memory), &trace, time_ms))) {
            report = Some(engine.scan_response(&response, None, &trace, time_ms));
        }
        Some(report?.to_json())
    })
}

/// The memory of a number, as it is now.
pub(super) fn get(memory: u32) -> Option<Arc<Memory>> {
    MEMORIES.with_borrow(|memories| memories.get(memory).cloned())
}

/// What a scan leaves behind: the call, and a grant used up.
pub(super) fn note(memory: u32, agent: &str, time_ms: u64, verdict: &Verdict) {
    let report = verdict.report();
    change(memory, |memory| {
        memory.note(&report.event(agent), time_ms);
        if let (Verdict::Forward(_), Some(digest)) = (verdict, report.digest) {
            memory.consume_grant(&digest.to_string(), agent, time_ms);
        }
    });
}

/// Changes a memory; whether there is one.
pub(super) fn change(memory: u32, action: impl FnOnce(&mut Memory)) -> bool {
    MEMORIES.with_borrow_mut(|memories| memories.get_mut(memory).map(|memory| action(Arc::make_mut(memory)))).is_some()
}
