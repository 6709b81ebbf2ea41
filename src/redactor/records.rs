//! Events and lines: each is read when it is complete, and goes out as soon as no text that goes on in later ones may still
//! become a finding.

use alloc::{collections::VecDeque, vec::Vec};
use core::{borrow::Borrow, ops::Range};

use super::{
    Why,
    deltas::{Delta, Deltas},
    pen::Pen,
    record::Payload,
};
use crate::{
    engine::Engine,
    finding::{DataClass, Finding, Writing},
    redact::{Form, joined},
    replacement::Replacement,
    report::Skip,
};

/// Most bytes of records that wait.
const MOST_HELD: usize = 8 * 1024 * 1024;
/// How often a record is looked at again until nothing more comes into view.
const MOST_PASSES: usize = 16;

/// Where records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// With an empty line.
    Events,
    /// With every line.
    Lines,
}

/// A record that waits.
struct Record {
    /// Where it begins in the response.
    at: usize,
    bytes: Vec<u8>,
    findings: Vec<Finding>,
    deltas: Vec<Delta>,
}

/// The state of reading records.
pub(super) struct Records {
    framing: Framing,
    /// The record that is not complete.
    buffer: Vec<u8>,
    at: usize,
    /// Where its last line begins, and up to where that was read.
    line: usize,
    read: usize,
    waiting: VecDeque<Record>,
    held: usize,
    deltas: Deltas,
}

impl Records {
    pub(super) fn new(framing: Framing) -> Self {
        let (buffer, waiting) = (Vec::new(), VecDeque::new());
        Self { framing, buffer, at: 0, line: 0, read: 0, waiting, held: 0, deltas: Deltas::default() }
    }

    pub(super) fn push<E: Borrow<Engine>>(
        &mut self,
        pen: &mut Pen<E>,
        piece: &[u8],
        ends: bool,
        joins: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), Why> {
        self.buffer.extend_from_slice(piece);
        let mut done = 0;
        while let Some(end) = self.record_end(done) {
            let record = self.buffer.get(done..end).unwrap_or_default().to_vec();
            done = end;
            (self.line, self.read) = (end, end);
            self.take(pen, record, joins, out)?;
        }
        self.buffer.drain(..done);
        (self.line, self.read) = (self.line.saturating_sub(done), self.read.saturating_sub(done));
        if self.buffer.len() > pen.largest_body() {
            return Err(pen.unread(Skip::BodyTooLarge));
        }
        if ends {
            let record = core::mem::take(&mut self.buffer);
            if !record.is_empty() {
                self.take(pen, record, joins, out)?;
            }
            self.deltas.close(pen)?;
            self.give(pen, out)?;
        }
        Ok(())
    }

    /// Where the record that begins at `start` of the buffer ends.
    fn record_end(&mut self, start: usize) -> Option<usize> {
        loop {
            let from = self.read.max(self.line);
            let Some(found) = self.buffer.get(from..)?.iter().position(|b| matches!(b, b'\n' | b'\r')) else {
                self.read = self.buffer.len();
                return None;
            };
            let at = from + found;
            let next = match (self.buffer.get(at), self.buffer.get(at + 1)) {
                // Whether a line feed follows is not known yet.
                (Some(b'\r'), None) => {
                    self.read = at;
                    return None;
                }
                (Some(b'\r'), Some(b'\n')) => at + 2,
                _ => at + 1,
            };
            let empty = at == self.line;
            self.line = next;
            self.read = next;
            // Empty lines before a record are records of their own: nothing is in them.
            if self.framing == Framing::Lines || empty || next == start {
                return Some(next);
            }
        }
    }

    fn take<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, bytes: Vec<u8>, joins: bool, out: &mut Vec<u8>) -> Result<(), Why> {
        if bytes.len() > pen.largest_body() {
            return Err(pen.unread(Skip::BodyTooLarge));
        }
        let payload = Payload::of(&bytes, self.framing);
        let findings = read(pen, &bytes, &payload, true)?;
        let deltas = if joins { self.deltas.take(pen, &payload, self.framing)? } else { Vec::new() };
        self.held += bytes.len();
        let at = self.at;
        self.at += bytes.len();
        self.waiting.push_back(Record { at, bytes, findings, deltas });
        self.give(pen, out)?;
        if self.held > MOST_HELD { Err(pen.unread(Skip::BodyTooLarge)) } else { Ok(()) }
    }

    /// Gives the records of which everything is certain, in order.
    fn give<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, out: &mut Vec<u8>) -> Result<(), Why> {
        while let Some(first) = self.waiting.front() {
            if !first.deltas.iter().all(|delta| self.deltas.is_certain(delta)) {
                break;
            }
            let Some(record) = self.waiting.pop_front() else { break };
            self.held -= record.bytes.len();
            out.extend(self.write(pen, record)?);
        }
        Ok(())
    }

    fn write<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, record: Record) -> Result<Vec<u8>, Why> {
        let Record { at, bytes, mut findings, deltas } = record;
        let mut chosen: Vec<Finding> = Vec::new();
        for delta in &deltas {
            let wanted: Vec<Finding> = self.deltas.found(delta).iter().filter(|f| pen.wants(f)).cloned().collect();
            for finding in joined(&wanted) {
                let Some((span, begins)) = delta.piece(&finding) else { continue };
                // What a piece looks like by itself is not what it is a piece of.
                if !delta.holds(&finding) {
                    let inside = |f: &Finding| span.start <= f.span.start && f.span.end <= span.end;
                    findings.retain(|f| f.rule.class() == DataClass::Injection || !inside(f));
                }
                // What stands for the whole stands where it begins.
                let replacement = if begins { finding.replacement.clone() } else { Replacement::Drop };
                chosen.push(Finding { span, replacement, writing: Writing::Plain, ..finding });
            }
        }
        chosen.extend(findings.iter().filter(|f| pen.wants(f)).cloned());
        for delta in &deltas {
            for finding in self.deltas.found(delta) {
                let Some((span, true)) = delta.piece(finding) else { continue };
                if !findings.iter().any(|f| f.rule.address() == finding.rule.address() && overlap(&f.span, &span)) {
                    findings.push(Finding { span, pointer: None, ..finding.clone() });
                }
            }
        }
        self.deltas.forget(&deltas);
        pen.report(findings.into_iter().map(|f| Finding { span: f.span.start + at..f.span.end + at, ..f }))?;
        let mut made = bytes;
        let mut form = Form::Configured;
        for _ in 0..MOST_PASSES {
            match pen.replace(&made, chosen, form)? {
                Some(next) => made = next,
                None => return Ok(made),
            }
            form = Form::Placeholders;
            chosen = read(pen, &made, &Payload::of(&made, self.framing), false)?;
            chosen.retain(|f| pen.wants(f));
        }
        Err(Why::NotClean)
    }
}

/// Findings in a record; spans count in its bytes.
fn read<E: Borrow<Engine>>(pen: &mut Pen<E>, record: &[u8], payload: &Payload, first: bool) -> Result<Vec<Finding>, Why> {
    let mut findings = if payload.bytes.is_empty() { Vec::new() } else { pen.document(&payload.bytes, first)? };
    findings.iter_mut().for_each(|f| f.span = payload.in_record(&f.span));
    for line in &payload.others {
        let more = pen.plain(record.get(line.clone()).unwrap_or_default(), line.start)?;
        findings.extend(more);
    }
    Ok(findings)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
