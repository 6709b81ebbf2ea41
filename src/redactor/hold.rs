//! How much of the end of a text is held: what may still begin or grow into a finding.

use crate::{finding::Finding, normalize};

/// How long the end is that is always held, and how far back something unbroken is held at most.
#[derive(Clone, Copy)]
pub(super) struct Hold {
    pub(super) tail: usize,
    pub(super) most: usize,
}

/// In how many bytes before the place of a cut a space is looked for.
const SPACE: usize = 128;
/// A line of encoded text that goes on in the next one has as many characters at least.
const LINE: usize = 15;

/// The place in `text` before which everything is certain, not before `from`. `findings` are those in the text. `None` when
/// something is longer than may be held.
pub(super) fn certain(text: &[u8], from: usize, findings: &[Finding], base: usize, hold: Hold) -> Option<usize> {
    let end = text.len();
    let tail = end.saturating_sub(hold.tail).max(from);
    let run = run_start(text).max(from);
    // A run that is too long is let go when it is neither part of a finding nor text in disguise.
    let unbroken = if end - run > hold.most { tail } else { run };
    if unbroken != run && normalize::encodes_text(text.get(run..run + 128).unwrap_or_default()) {
        return None;
    }
    let mut cut = at_space(text, from, tail.min(unbroken));
    loop {
        let crossing = |f: &&Finding| f.span.start < base + cut && f.span.end > base + cut && f.span.end > base + from;
        let Some(start) = findings.iter().filter(crossing).map(|f| f.span.start).min() else { break };
        let start = start.saturating_sub(base).max(from);
        if start == cut {
            break;
        }
        cut = start;
    }
    (end - cut <= hold.most + hold.tail).then_some(cut)
}

/// Just behind the last space before a place, if there is one near.
pub(super) fn at_space(text: &[u8], from: usize, place: usize) -> usize {
    let first = place.saturating_sub(SPACE).max(from);
    let near = text.get(first..place).unwrap_or_default();
    near.iter().rposition(u8::is_ascii_whitespace).map_or(place, |at| first + at + 1)
}

/// Where what has no end yet begins: a run without spaces, quotes and brackets, over the lines of encoded text.
fn run_start(text: &[u8]) -> usize {
    let breaks = |b: &u8| b.is_ascii_whitespace() || b"\"'<>(){}[]".contains(b);
    let mut start = text.iter().rposition(breaks).map_or(0, |at| at + 1);
    loop {
        let before = text.get(..start).unwrap_or_default().trim_ascii_end();
        let gap = text.get(before.len()..start).unwrap_or_default();
        let line = before.iter().rev().take_while(|b| normalize::is_run(**b)).count();
        if !gap.contains(&b'\n') || line < LINE {
            return start;
        }
        start = before.len() - line;
    }
}
