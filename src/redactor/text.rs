//! Text of any length, in windows that grow with it.

use alloc::vec::Vec;
use core::borrow::Borrow;

use super::{
    Why,
    hold::{Hold, certain},
    pen::{Pen, shift},
};
use crate::{engine::Engine, finding::Finding, report::Skip, stream::begin_before};

/// What is held of the end: more than any form has that is neither unbroken nor a block; 96 KiB of those.
const HOLD: Hold = Hold { tail: 1024, most: 96 * 1024 };
/// A look at the text is taken after so many bytes at least and at most, and in between after a sixteenth of what has come.
const STEP: (usize, usize, usize) = (256, 64 * 1024, 16);
/// How much of what went out last is looked at with what follows.
const BEFORE: usize = 1024;

/// The state of reading a text.
#[derive(Default)]
pub(super) struct Text {
    buffer: Vec<u8>,
    /// Where the buffer begins in the text.
    base: usize,
    /// What stands before this place has gone out.
    out: usize,
    /// Where the last look was taken.
    looked: usize,
    /// The end of what went out.
    given: Vec<u8>,
}

impl Text {
    pub(super) fn push<E: Borrow<Engine>>(
        &mut self,
        pen: &mut Pen<E>,
        piece: &[u8],
        ends: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), Why> {
        let mut rest = piece;
        while !rest.is_empty() {
            let (least, most, part) = STEP;
            let next = self.looked + (self.looked / part).clamp(least, most);
            let (now, later) = rest.split_at((next - self.end()).min(rest.len()));
            self.buffer.extend_from_slice(now);
            rest = later;
            if self.end() == next {
                self.look(pen, false, out)?;
            }
        }
        if ends { self.look(pen, true, out) } else { Ok(()) }
    }

    fn end(&self) -> usize {
        self.base + self.buffer.len()
    }

    fn look<E: Borrow<Engine>>(&mut self, pen: &mut Pen<E>, ends: bool, out: &mut Vec<u8>) -> Result<(), Why> {
        self.looked = self.end();
        if self.base == 0 && (self.buffer.starts_with(b"\xFF\xFE") || self.buffer.starts_with(b"\xFE\xFF")) {
            return Err(pen.unread(Skip::Charset));
        }
        let findings = pen.plain(&self.buffer, self.base)?;
        let from = self.out - self.base;
        let cut = match ends {
            true => Some(self.buffer.len()),
            false => certain(&self.buffer, from, &findings, self.base, HOLD),
        };
        let Some(cut) = cut else { return Err(pen.unread(Skip::EncodedRun)) };
        if cut > from {
            self.give(pen, cut, findings, out)?;
        }
        Ok(())
    }

    /// Gives what stands between what went out and the cut.
    fn give<E: Borrow<Engine>>(
        &mut self,
        pen: &mut Pen<E>,
        cut: usize,
        mut findings: Vec<Finding>,
        out: &mut Vec<u8>,
    ) -> Result<(), Why> {
        let from = self.out - self.base;
        findings.retain(|f| f.span.end > self.out && f.span.start < self.base + cut);
        let segment = self.buffer.get(from..cut).unwrap_or_default();
        for finding in &findings {
            let value = finding.span.start.saturating_sub(self.base)..finding.span.end.saturating_sub(self.base);
            pen.print_value(finding, self.buffer.get(value).unwrap_or_default());
        }
        let mut chosen: Vec<Finding> = findings.iter().filter(|f| pen.wants(f)).cloned().collect();
        chosen.iter_mut().for_each(|f| shift(f, self.out, segment.len()));
        pen.report(findings)?;
        // A little of what went before: a piece of text may go on over the cut.
        pen.print(self.buffer.get(from.saturating_sub(64)..cut).unwrap_or_default());
        let after = self.buffer.get(cut..).unwrap_or_default();
        let made = pen.write(&self.given, segment, after, chosen)?;
        self.given.extend_from_slice(&made);
        self.given.drain(..self.given.len().saturating_sub(BEFORE));
        out.extend(made);
        self.out = self.base + cut;
        let begin = begin_before(&self.buffer, cut);
        self.buffer.drain(..begin);
        self.base += begin;
        Ok(())
    }
}
