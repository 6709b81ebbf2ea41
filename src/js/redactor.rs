//! Redactors by number, beside detectors.

use alloc::{rc::Rc, string::String, vec::Vec};
use core::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{BUFFER, ENGINES, clock, memory, slab::Slab, stream::list};
use crate::{
    Engine, Given, Reading, Redactor, RedactorOptions, Redacts, Withheld,
    json::{Object, push_string},
    report::push_coverage,
};

std::thread_local! {
    static REDACTORS: RefCell<Slab<Running>> = const { RefCell::new(Slab::new()) };
}

struct Running {
    redactor: Redactor<Rc<Engine>>,
    /// What may go out and was not taken yet.
    bytes: Vec<u8>,
    memory: u32,
    trace: String,
}

/// Begins a redactor; it keeps its engine. `memory` is the number of what is remembered, 0 for nothing; `trace` is what the response
/// is remembered as. `flags`: 1 to end at orders to the agent, 2 to look for values over several events. 0 when there is no such engine, or an option has another value.
#[wasm_bindgen(js_name = redactorNew)]
pub fn redactor_new(engine: u32, memory: u32, trace: &str, reading: &str, content_type: &str, redacts: &str, flags: u32) -> u32 {
    let Some(engine) = ENGINES.with_borrow(|engines| engines.get(engine).cloned()) else { return 0 };
    let reading = match reading {
        "text" => Reading::Text,
        "events" => Reading::Events,
        "lines" => Reading::Lines,
        "document" => Reading::Document,
        _ => return 0,
    };
    let redacts = match redacts {
        "nothing" => Redacts::Nothing,
        "sensitive" => Redacts::Sensitive,
        "everything" => Redacts::Everything,
        _ => return 0,
    };
    let (denies_injection, joins) = (flags & 1 != 0, flags & 2 != 0);
    let options = RedactorOptions { reading, content_type: content_type.into(), redacts, denies_injection, joins };
    let known = memory::get(memory);
    let redactor = Redactor::new(engine, options, known.as_deref());
    REDACTORS.with_borrow_mut(|all| all.insert(Running { redactor, bytes: Vec::new(), memory, trace: trace.into() }))
}

/// Drops a redactor.
#[wasm_bindgen(js_name = redactorFree)]
pub fn redactor_free(redactor: u32) {
    REDACTORS.with_borrow_mut(|all| all.remove(redactor));
}

/// Hands over so many bytes of the buffer; `ends` after the last. Empty when nothing was found, else
/// `{"withheld":null,"findings":[…]}`, with a reason where nothing more may go out.
#[wasm_bindgen(js_name = redactorPush)]
pub fn redactor_push(redactor: u32, length: usize, ends: bool, time_ms: f64) -> Option<String> {
    REDACTORS.with_borrow_mut(|all| {
        let running = all.get_mut(redactor)?;
        let Running { redactor, bytes, memory, trace } = running;
        let mut found = Vec::new();
        let mut take = |given: Result<Given, Withheld>| {
            if let Ok(given) = given {
                bytes.extend(given.bytes);
                found.extend(given.findings);
            }
        };
        let pushed = BUFFER.with_borrow(|buffer| Some(redactor.push(buffer.get(..length)?)))?;
        take(pushed);
        if ends {
            take(redactor.finish());
        }
        found.extend(redactor.take_findings());
        memory::change(*memory, |memory| redactor.taint(memory, trace, clock(time_ms).0));
        let withheld = redactor.withheld();
        if found.is_empty() && withheld.is_none() {
            return Some(String::new());
        }
        let mut out = String::new();
        Object::begin(&mut out)
            .text_or_null("withheld", withheld.as_ref().map(Withheld::as_str))
            .raw("findings", &list(&found))
            .end();
        Some(out)
    })
}

/// What may go out by now.
#[wasm_bindgen(js_name = redactorTake)]
pub fn redactor_take(redactor: u32) -> Option<Vec<u8>> {
    REDACTORS.with_borrow_mut(|all| Some(core::mem::take(&mut all.get_mut(redactor)?.bytes)))
}

/// What is known of the response: `{"data_classes":[…],"fields_redacted_count":n,"content_fingerprint":…,"coverage":{…}}`.
#[wasm_bindgen(js_name = redactorReport)]
pub fn redactor_report(redactor: u32) -> Option<String> {
    REDACTORS.with_borrow(|all| {
        let redactor = &all.get(redactor)?.redactor;
        let mut out = String::new();
        Object::begin(&mut out)
            .list("data_classes", redactor.classifications(), |out, class| push_string(out, class.as_str()))
            .number("fields_redacted_count", redactor.redacted())
            .text_or_null("content_fingerprint", redactor.fingerprint())
            .written("coverage", |out| push_coverage(out, redactor.coverage()))
            .end();
        Some(out)
    })
}
