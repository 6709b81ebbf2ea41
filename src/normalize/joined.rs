//! A value split over neighbours: the short strings of one container, joined in order.

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

use super::{
    Pointer, View, Walk,
    map::{Piece, Step},
};
use crate::{
    detect::{Match, Shape, detect},
    finding::{Confidence, DataClass, Severity},
};

/// Longest piece.
pub(super) const PIECE: usize = 200;
/// Longest joined text; more pieces go into the next, which begins with the last of this one.
const JOINED: usize = 4096;
/// How much of a joined text the next one begins with.
const OVERLAP: usize = 512;
/// Shortest joined text, and the fewest digits and capitals in it: nothing that is hidden this way has less.
const LEAST: usize = 9;
const MARKS: usize = 3;

/// Collects pieces and visits them together.
#[derive(Default)]
pub(super) struct Joiner {
    text: Vec<u8>,
    pieces: Vec<Piece>,
    marks: usize,
    /// Whether there is anything that was not seen yet.
    fresh: bool,
}

impl Joiner {
    /// The next piece. One that cannot be part of a token ends what was joined so far.
    pub(super) fn push(&mut self, piece: &[u8], step: impl FnOnce() -> Step<'static>, outer: &Context<'_>, walk: &mut Walk<'_>) {
        if !is_fragment(piece) {
            return self.flush(outer, walk);
        }
        if begins_anew(piece) {
            self.flush(outer, walk);
        }
        if self.text.len() + piece.len() > JOINED {
            let kept = self.pieces.iter().rposition(|kept| self.text.len() - kept.at.start > OVERLAP).unwrap_or_default() + 1;
            let mut next = Self::default();
            for piece in self.pieces.get(kept..).unwrap_or_default() {
                next.add(self.text.get(piece.at.clone()).unwrap_or_default(), piece.step.clone());
            }
            self.flush(outer, walk);
            *self = next;
        }
        self.add(piece, step());
        self.fresh = true;
    }

    fn add(&mut self, piece: &[u8], step: Step<'static>) {
        let start = self.text.len();
        self.text.extend_from_slice(piece);
        self.marks += piece.iter().filter(|b| b.is_ascii_digit() || b.is_ascii_uppercase()).count();
        self.pieces.push(Piece { at: start..self.text.len(), step });
    }

    /// Visits what was joined, and begins anew.
    pub(super) fn flush(&mut self, outer: &Context<'_>, walk: &mut Walk<'_>) {
        if self.fresh && self.pieces.len() > 1 && self.text.len() >= LEAST && self.marks >= MARKS && walk.decode(self.text.len())
        {
            let text = Cow::Borrowed(self.text.as_slice());
            let child = outer.view.child(text, Step::Joined(&self.pieces));
            walk.see(&View { key: outer.key, pointer: outer.pointer, ..child });
        }
        self.text.clear();
        self.pieces.clear();
        (self.marks, self.fresh) = (0, false);
    }
}

/// What the pieces are cut from, and the name and place of what holds them.
pub(super) struct Context<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) key: Option<&'a [u8]>,
    pub(super) pointer: Pointer<'a>,
}

/// Pieces of tokens have no spaces in them, pieces of numbers may; the head of a private key does.
fn is_fragment(piece: &[u8]) -> bool {
    let short = (1..=PIECE).contains(&piece.len());
    let number = |piece: &[u8]| piece.iter().all(|b| b.is_ascii_digit() || b" -".contains(b));
    short && (piece.iter().all(|b| *b > b' ') || number(piece) || piece.starts_with(b"-----"))
}

/// A URL is no part of what stands before it; lists of links are common.
fn begins_anew(piece: &[u8]) -> bool {
    piece.starts_with(b"https://") || piece.starts_with(b"http://")
}

/// Whether a hit in a view means anything. Neighbours that are not one value can look like one by accident: only a value
/// that says what it is counts, and only where no piece is such a value already; of personal data only one that takes up
/// all pieces.
pub(super) fn counts(view: &View<'_>, hit: &Match) -> bool {
    let Some(pieces) = view.map.pieces() else { return true };
    let certain = hit.confidence >= Confidence::Medium && !hit.placeholder;
    let Some(rule) = hit.rule.built_in() else { return false };
    let kind = match rule.class {
        DataClass::Secrets => !matches!(rule.shape, Shape::Assigned | Shape::Keyed { .. }),
        _ => rule.severity == Severity::High && hit.range == Range { start: 0, end: view.text.len() },
    };
    let edge = |at: usize| pieces.iter().any(|piece| piece.at.start == at || piece.at.end == at);
    let touched = |piece: &&Piece| piece.at.start < hit.range.end && piece.at.end > hit.range.start;
    let alone = |piece: &Piece| {
        let mut any = false;
        let text = View::of_text(view.text.get(piece.at.clone()).unwrap_or_default());
        detect(&text, &mut |other| any |= other.rule.id == rule.id);
        any
    };
    certain && kind && edge(hit.range.start) && edge(hit.range.end) && !pieces.iter().filter(touched).any(alone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// What is joined out of the pieces.
    fn joined(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut seen = Vec::new();
        let limits = Limits::default();
        let mut see = |view: &View<'_>| {
            seen.push(view.text.to_vec());
            false
        };
        let mut walk = Walk::new(&limits, 0, &mut see, None);
        let whole = View::of_text(b"");
        let context = Context { view: &whole, key: None, pointer: Pointer::None };
        let mut joiner = Joiner::default();
        for piece in pieces {
            joiner.push(piece, || Step::Linear(0), &context, &mut walk);
        }
        joiner.flush(&context, &mut walk);
        seen
    }

    #[test]
    fn neighbours_are_joined_up_to_prose_and_links() {
        assert_eq!(joined(&[b"ABC1", b"DEF2", b"x3"]), [b"ABC1DEF2x3"]);
        assert_eq!(joined(&[b"ABC1", b"some words", b"DEF2"]), [b""; 0]);
        let link = b"https://api.example.com/A/1/2";
        assert_eq!(joined(&[link, link, b"ABC1"]), [[&link[..], b"ABC1"].concat()]);
    }
}
