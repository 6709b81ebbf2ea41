//! Text that goes on from event to event, as models stream it: put together, and looked at as one.

use alloc::{string::String, vec::Vec};
use core::{borrow::Borrow, ops::Range};

use super::{
    Why,
    hold::{Hold, at_space, certain},
    pen::Pen,
    record::Payload,
    records::Framing,
};
use crate::{
    engine::{Engine, Leaf},
    finding::Finding,
    report::Skip,
};

/// What is held of the end of a text: shorter than in a whole text, since somebody reads along.
const HOLD: Hold = Hold { tail: 256, most: 16 * 1024 };
/// After so many records without more of it, a text has ended.
const SILENT: usize = 32;
/// Most texts at a time; another one ends the one that was silent for longest.
const MOST_TEXTS: usize = 64;
/// So much text leaves fingerprints together.
const PRINTED: usize = 1024;
/// How much of a text is kept that is certain: what names a value, and what has left no fingerprints yet.
const BEFORE: usize = PRINTED + 256;

/// What a record adds to a text.
pub(super) struct Delta {
    text: usize,
    range: Range<usize>,
    /// Where in the record each byte of it stands.
    places: Vec<Range<usize>>,
}

impl Delta {
    /// Whether a finding is in this delta from its beginning to its end.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        self.range.start <= finding.span.start && finding.span.end <= self.range.end
    }

    /// Where in the record the piece of a finding stands that is in this delta, and whether the finding begins there.
    pub(super) fn piece(&self, finding: &Finding) -> Option<(Range<usize>, bool)> {
        let start = finding.span.start.max(self.range.start);
        let last = finding.span.end.min(self.range.end).checked_sub(1).filter(|last| *last >= start)?;
        let first = self.places.get(start - self.range.start)?;
        let last = self.places.get(last - self.range.start)?;
        Some((first.start..last.end, finding.span.start >= self.range.start))
    }
}

/// One text.
struct Growing {
    name: String,
    bytes: Vec<u8>,
    /// Where the bytes begin in the text.
    base: usize,
    /// Before this place everything is certain.
    certain: usize,
    /// Before this place everything has left fingerprints.
    printed: usize,
    /// The last record that added something.
    record: usize,
    /// What was found before `certain` and may still be in records that wait.
    found: Vec<Finding>,
}

/// The texts of a response.
#[derive(Default)]
pub(super) struct Deltas {
    texts: Vec<Growing>,
    records: usize,
}

impl Deltas {
    /// Takes what a record adds.
    pub(super) fn take<E: Borrow<Engine>>(
        &mut self,
        pen: &mut Pen<E>,
        payload: &Payload,
        framing: Framing,
    ) -> Result<Vec<Delta>, Why> {
        self.records += 1;
        let (leaves, ends) = read(pen, payload, framing);
        let mut deltas = Vec::new();
        for (name, leaf) in leaves.into_iter().filter(|(_, leaf)| !leaf.text.is_empty()) {
            let text = self.text(pen, name)?;
            let Some(growing) = self.texts.get_mut(text) else { continue };
            let start = growing.base + growing.bytes.len();
            growing.bytes.extend_from_slice(&leaf.text);
            growing.record = self.records;
            growing.advance(pen, false)?;
            let places = leaf.wire.iter().map(|range| payload.in_record(range)).collect();
            deltas.push(Delta { text, range: start..start + leaf.text.len(), places });
        }
        for growing in &mut self.texts {
            if ends || growing.record + SILENT <= self.records {
                growing.advance(pen, true)?;
            }
        }
        Ok(deltas)
    }

    /// The number of the text with a name.
    fn text<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, name: String) -> Result<usize, Why> {
        if let Some(known) = self.texts.iter().position(|text| text.name == name) {
            return Ok(known);
        }
        if self.texts.len() < MOST_TEXTS {
            let (bytes, found) = (Vec::new(), Vec::new());
            self.texts.push(Growing { name, bytes, base: 0, certain: 0, printed: 0, record: self.records, found });
            return Ok(self.texts.len() - 1);
        }
        let oldest = self.texts.iter().enumerate().min_by_key(|(_, text)| text.record).map_or(0, |(index, _)| index);
        if let Some(growing) = self.texts.get_mut(oldest) {
            growing.advance(pen, true)?;
            growing.name = name;
        }
        Ok(oldest)
    }

    /// Ends all texts.
    pub(super) fn close<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>) -> Result<(), Why> {
        self.texts.iter_mut().try_for_each(|growing| growing.advance(pen, true))
    }

    /// Whether nothing more can be found in what a record added.
    pub(super) fn is_certain(&self, delta: &Delta) -> bool {
        self.texts.get(delta.text).is_none_or(|text| delta.range.end <= text.certain)
    }

    /// What was found in the text that a delta belongs to, and may reach into it.
    pub(super) fn found(&self, delta: &Delta) -> &[Finding] {
        self.texts.get(delta.text).map_or(&[], |text| &text.found)
    }

    /// The record that added this has gone out, and all before it.
    pub(super) fn forget(&mut self, deltas: &[Delta]) {
        for delta in deltas {
            if let Some(text) = self.texts.get_mut(delta.text) {
                text.found.retain(|finding| finding.span.end > delta.range.end);
            }
        }
    }
}

impl Growing {
    /// Looks at the text; when it ends, everything in it is certain, and what comes next is another text.
    fn advance<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, ends: bool) -> Result<(), Why> {
        let from = self.certain - self.base;
        if ends && self.bytes.is_empty() {
            return Ok(());
        }
        let mut findings = pen.plain(&self.bytes, self.base)?;
        let cut = match ends {
            true => Some(self.bytes.len()),
            false => certain(&self.bytes, from, &findings, self.base, HOLD),
        };
        let Some(cut) = cut else { return Err(pen.unread(Skip::EncodedRun)) };
        let certain = self.base + cut;
        findings.retain(|f| f.span.end > self.certain && f.span.start < certain);
        for finding in &mut findings {
            finding.span.start = finding.span.start.max(self.certain);
            let value = finding.span.start - self.base..finding.span.end - self.base;
            pen.print_value(finding, self.bytes.get(value).unwrap_or_default());
        }
        self.found.append(&mut findings);
        self.certain = certain;
        if ends || certain - self.printed >= PRINTED {
            let from = (self.printed - self.base.min(self.printed)).saturating_sub(64);
            pen.print(self.bytes.get(from..cut).unwrap_or_default());
            self.printed = certain;
        }
        let begin = if ends { cut } else { at_space(&self.bytes, 0, cut.saturating_sub(BEFORE)) };
        self.bytes.drain(..begin);
        self.base += begin;
        Ok(())
    }
}

/// What a payload adds to which text, and whether it ends them.
fn read<E: Borrow<Engine>>(pen: &Pen<E>, payload: &Payload, framing: Framing) -> (Vec<(String, Leaf)>, bool) {
    let text = payload.bytes.trim_ascii();
    if !matches!(text.first(), Some(b'{' | b'[')) || text == b"[DONE]" {
        let whole = Leaf {
            pointer: String::new(),
            text: payload.bytes.clone(),
            wire: (0..payload.bytes.len()).map(|at| at..at + 1).collect(),
        };
        let ends = text == b"[DONE]";
        let joins = !ends && framing == Framing::Events;
        return (if joins { [(String::new(), whole)].into() } else { Vec::new() }, ends);
    }
    let leaves = pen.leaves(&payload.bytes, &|pointer| is_delta(pointer) || tells_which(pointer) || tells_the_end(pointer));
    let ends = leaves.iter().any(|leaf| tells_the_end(&leaf.pointer) && is_end(&leaf.pointer, &leaf.text));
    let which: String = leaves.iter().filter(|leaf| tells_which(&leaf.pointer)).map(name).collect();
    let named = |leaf: Leaf| ([leaf.pointer.as_str(), which.as_str()].concat(), leaf);
    (leaves.into_iter().filter(|leaf| is_delta(&leaf.pointer)).map(named).collect(), ends)
}

fn name(leaf: &Leaf) -> String {
    [" ", &leaf.pointer, "=", &String::from_utf8_lossy(leaf.text.get(..leaf.text.len().min(32)).unwrap_or_default())].concat()
}

fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// Whether the value at a pointer is a piece of a text, in the shapes that model APIs stream.
fn is_delta(pointer: &str) -> bool {
    const PLACES: &[&str] =
        &["/content", "/text", "/token", "/answer", "/response", "/completion", "/message/content", "/token/text", "/textDelta"];
    const TOLD: &[&str] =
        &["type", "role", "id", "call_id", "item_id", "name", "index", "model", "object", "status", "signature"];
    if TOLD.contains(&last(pointer)) || tells_the_end(pointer) || tells_which(pointer) {
        return false;
    }
    let mut steps = pointer.split('/').skip(1);
    let choice = pointer.starts_with("/choices/") || pointer.starts_with("/candidates/");
    PLACES.contains(&pointer) || steps.any(|step| step == "delta") || choice && last(pointer) == "text"
}

/// Whether the value at a pointer tells texts of one shape apart.
fn tells_which(pointer: &str) -> bool {
    let last = last(pointer);
    last == "index" || last.ends_with("_index") || last.ends_with("Index")
}

fn tells_the_end(pointer: &str) -> bool {
    pointer == "/type"
        || pointer == "/done"
        || matches!(last(pointer), "finish_reason" | "finishReason" | "stop_reason" | "stopReason")
}

fn is_end(pointer: &str, text: &[u8]) -> bool {
    match pointer {
        "/type" => [&b"stop"[..], b"done", b"completed", b"end", b"finish", b"error"].iter().any(|end| text.ends_with(end)),
        "/done" => text == b"true",
        _ => !text.is_empty() && text != b"null",
    }
}
