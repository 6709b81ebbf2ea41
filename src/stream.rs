//! Findings in text that arrives in pieces, in bounded memory.
//!
//! The text is read in windows at positions that depend on the text alone, never on how it was cut, so every way of
//! cutting it gives the same findings. A window begins before the first byte that it answers for, because what stands
//! before a value can name it, and goes on past the last one, because a value may be long.

use alloc::vec::Vec;
use core::{borrow::Borrow, fmt};

use crate::{
    detect::Shape,
    engine::Engine,
    finding::Finding,
    normalize,
    report::{Coverage, Skip},
};

/// How many bytes one window answers for.
const STEP: usize = 512 * 1024;
/// How far past them it reads: a private key block of 64 KiB, in base64.
const AHEAD: usize = 96 * 1024;
/// How far before them it begins: 256 bytes of decoded text, several layers deep.
const BACK: usize = 8 * 1024;
/// In how many bytes before that a line or a word is looked for to begin with.
const ALIGN: usize = 4 * 1024;
/// Longest text: spans must fit into the machine's words, 4 GiB where those have 32 bits.
const LONGEST: usize = usize::MAX - 2 * (STEP + AHEAD);
/// How much of a run that is too long is decoded to see whether there is text in it.
const SAMPLE: usize = 128;

/// Finds the same in a text that comes in pieces as in the whole.
///
/// The text is plain text: what is encoded in it (escapes, percent-encoding, entities, base64, hexadecimal) is read, as
/// long as one encoded piece has at most 96 KiB. A longer one is named in the coverage when it holds text.
/// About 600 KiB are kept, and what is found is given as soon as no later byte can change it.
///
/// ```
/// use interven::{Detector, Engine, Options};
///
/// let engine = Engine::new(Options::default()).unwrap();
/// let mut detector = Detector::new(&engine);
/// let mut findings = detector.push(b"ssn 536-22");
/// findings.extend(detector.push(b"-8145"));
/// let (last, coverage) = detector.finish();
/// findings.extend(last);
/// assert_eq!((findings[0].rule.id(), findings[0].span.clone()), ("us_ssn", 4..15));
/// assert_eq!((coverage.bytes, coverage.skipped().count()), (15, 0));
/// ```
pub struct Detector<E> {
    engine: E,
    buffer: Vec<u8>,
    /// Where the buffer begins in the text.
    base: usize,
    /// What was found before this place has been given.
    settled: usize,
    coverage: Coverage,
}

impl<E: Borrow<Engine>> Detector<E> {
    /// A detector at the beginning of a text.
    pub fn new(engine: E) -> Self {
        Self { engine, buffer: Vec::new(), base: 0, settled: 0, coverage: Coverage::default() }
    }

    /// Takes the next piece and gives what is certain by now, in order. Spans count from the beginning of the text.
    pub fn push(&mut self, piece: &[u8]) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut rest = piece.get(..LONGEST - self.coverage.bytes).unwrap_or(piece);
        if rest.len() < piece.len() {
            self.skip(Skip::BodyTooLarge);
        }
        while !rest.is_empty() {
            let room = (self.settled + STEP + AHEAD).saturating_sub(self.end());
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.buffer.extend_from_slice(now);
            self.coverage.bytes += now.len();
            rest = later;
            if self.end() >= self.settled + STEP + AHEAD {
                self.window(&mut found);
            }
        }
        found
    }

    /// Ends the text: what is left to give, and what was read of the text.
    pub fn finish(mut self) -> (Vec<Finding>, Coverage) {
        let settled = self.settled;
        let mut found = self.findings();
        found.retain(|finding| finding.span.start >= settled);
        (found, self.coverage)
    }

    /// Findings that begin before this place have all been given.
    pub fn settled(&self) -> usize {
        self.settled
    }

    fn end(&self) -> usize {
        self.base + self.buffer.len()
    }

    fn findings(&mut self) -> Vec<Finding> {
        if self.base == 0 && (self.buffer.starts_with(b"\xFF\xFE") || self.buffer.starts_with(b"\xFE\xFF")) {
            self.skip(Skip::Charset);
        }
        let (findings, decoded) = self.engine.borrow().findings_in_piece(&self.buffer, self.base);
        if !decoded {
            self.skip(Skip::DecodingBudget);
        }
        findings
    }

    fn skip(&mut self, skip: Skip) {
        if !self.coverage.skipped.contains(&skip) {
            self.coverage.skipped.push(skip);
        }
    }

    /// Reads the buffer, gives what begins in its step, and drops what no later window needs.
    fn window(&mut self, found: &mut Vec<Finding>) {
        let findings = self.findings();
        let step = self.settled + STEP;
        // Nothing is looked for inside a key block: the next window must not begin in one.
        let block = |f: &&Finding| {
            f.rule.built_in().is_some_and(|rule| matches!(rule.shape, Shape::Pem))
                && (self.settled + 1..step).contains(&f.span.start)
        };
        let cut = findings.iter().filter(block).find(|f| f.span.end > step).map_or(step, |f| f.span.start);
        let given = self.settled..cut;
        found.extend(findings.into_iter().filter(|f| given.contains(&f.span.start)));
        if self.cuts_encoded_text(cut) {
            self.skip(Skip::EncodedRun);
        }
        self.settled = cut;
        let begin = begin_before(&self.buffer, cut - self.base);
        self.buffer.drain(..begin);
        self.base += begin;
    }

    /// Whether encoded text begins before `cut` and goes on to the end of the buffer.
    fn cuts_encoded_text(&self, cut: usize) -> bool {
        let after = self.buffer.get(cut - self.base..).unwrap_or_default();
        after.iter().all(|b| normalize::is_run(*b)) && normalize::encodes_text(after.get(..SAMPLE).unwrap_or(after))
    }
}

/// Where in a buffer the window that answers from `cut` on begins: at a line or a word, if there is one.
pub(crate) fn begin_before(buffer: &[u8], cut: usize) -> usize {
    let latest = cut.saturating_sub(BACK);
    let earliest = latest.saturating_sub(ALIGN);
    let range = buffer.get(earliest..latest).unwrap_or_default();
    let line = range.iter().rposition(|b| *b == b'\n');
    let word = || range.iter().rposition(u8::is_ascii_whitespace);
    line.or_else(word).map_or(latest, |at| earliest + at + 1)
}

impl<E> fmt::Debug for Detector<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detector").field("settled", &self.settled).field("coverage", &self.coverage).finish_non_exhaustive()
    }
}
