//! Detectors by number, beside engines and scans.

use alloc::{rc::Rc, string::String};
use core::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{BUFFER, ENGINES, slab::Slab};
use crate::{
    Detector, Engine, Finding,
    json::Object,
    report::{push_coverage, push_finding},
};

std::thread_local! {
    static DETECTORS: RefCell<Slab<Detector<Rc<Engine>>>> = const { RefCell::new(Slab::new()) };
}

/// Begins a detector. It keeps its engine. 0 when there is no such engine.
#[wasm_bindgen(js_name = detectorNew)]
pub fn detector_new(engine: u32) -> u32 {
    let engine = ENGINES.with_borrow(|engines| engines.get(engine).cloned());
    engine.map_or(0, |engine| DETECTORS.with_borrow_mut(|detectors| detectors.insert(Detector::new(engine))))
}

/// Drops a detector.
#[wasm_bindgen(js_name = detectorFree)]
pub fn detector_free(detector: u32) {
    DETECTORS.with_borrow_mut(|detectors| detectors.remove(detector));
}

/// Hands over so many bytes of the buffer. Findings as a JSON list; empty when there are none.
#[wasm_bindgen(js_name = detectorPush)]
pub fn detector_push(detector: u32, length: usize) -> Option<String> {
    DETECTORS.with_borrow_mut(|detectors| {
        let detector = detectors.get_mut(detector)?;
        let found = BUFFER.with_borrow(|buffer| Some(detector.push(buffer.get(..length)?)))?;
        Some(if found.is_empty() { String::new() } else { list(&found) })
    })
}

/// Findings that begin before this place have all been given.
#[wasm_bindgen(js_name = detectorSettled)]
pub fn detector_settled(detector: u32) -> Option<usize> {
    DETECTORS.with_borrow(|detectors| detectors.get(detector).map(Detector::settled))
}

/// Ends a detector: `{"findings":[…],"coverage":{…}}`.
#[wasm_bindgen(js_name = detectorFinish)]
pub fn detector_finish(detector: u32) -> Option<String> {
    let (found, coverage) = DETECTORS.with_borrow_mut(|detectors| detectors.take(detector))?.finish();
    let mut text = String::new();
    push_coverage(&mut text, &coverage);
    let mut out = String::new();
    Object::begin(&mut out).raw("findings", &list(&found)).raw("coverage", &text).end();
    Some(out)
}

pub(super) fn list(found: &[Finding]) -> String {
    let mut out = String::from("[");
    for (index, finding) in found.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_finding(&mut out, finding);
    }
    out.push(']');
    out
}
