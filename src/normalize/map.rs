//! The way back from decoded text to the wire.

use alloc::{vec, vec::Vec};
use core::ops::Range;

/// Maps decoded ranges to wire ranges: one step out of the text, then whatever is around it.
#[derive(Clone, Debug)]
pub(crate) struct Map<'a> {
    step: Step<'a>,
    outer: Option<&'a Map<'a>>,
}

/// How one decoded text lies in the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Nothing was decoded: add the base.
    Linear(usize),
    /// Escapes were decoded. Breakpoints `(decoded, raw)` come in pairs: where an escape begins, where it ends. An escape
    /// may stand for nothing.
    Escapes {
        /// Outer offset of raw offset 0.
        base: usize,
        breaks: Vec<(usize, usize)>,
    },
    /// Any range means the whole piece (base64 and the like).
    Whole(Range<usize>),
    /// Pieces from different places, one after the other.
    Joined(&'a [Piece]),
}

/// One piece of a joined text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it stands in the joined text.
    pub(crate) at: Range<usize>,
    /// How it lies in the text that it was cut from; never itself joined.
    pub(crate) step: Step<'static>,
}

impl<'a> Step<'a> {
    #[inline]
    pub(crate) fn escapes(base: usize, breaks: Vec<(usize, usize)>) -> Self {
        if breaks.is_empty() { Self::Linear(base) } else { Self::Escapes { base, breaks } }
    }

    /// How many escapes were decoded.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Escapes { breaks, .. } => breaks.len() / 2,
            _ => 0,
        }
    }

    #[inline]
    fn shifted(self, by: usize) -> Self {
        match self {
            Self::Linear(base) => Self::Linear(base + by),
            Self::Escapes { base, breaks } => Self::Escapes { base: base + by, breaks },
            Self::Whole(range) => Self::Whole(range.start + by..range.end + by),
            Self::Joined(pieces) => Self::Joined(pieces),
        }
    }

    fn outward(&self, decoded: &Range<usize>) -> Range<usize> {
        match self {
            Self::Linear(base) => base + decoded.start..base + decoded.end,
            Self::Whole(range) => range.clone(),
            Self::Escapes { base, breaks } => {
                let start = base + byte(breaks, decoded.start).start;
                let end = decoded.end.checked_sub(1).filter(|last| *last >= decoded.start);
                start..end.map_or(start, |last| base + byte(breaks, last).end)
            }
            Self::Joined(pieces) => {
                let first = pieces.iter().find(|piece| piece.at.end > decoded.start).or(pieces.last());
                let last = pieces.iter().rev().find(|piece| piece.at.start < decoded.end).or(pieces.first());
                let part = |piece: Option<&Piece>| piece.map_or(0..0, |piece| piece.outward(decoded));
                part(first).start..part(last).end
            }
        }
    }
}

impl Piece {
    fn outward(&self, decoded: &Range<usize>) -> Range<usize> {
        let start = decoded.start.clamp(self.at.start, self.at.end) - self.at.start;
        let end = decoded.end.clamp(self.at.start, self.at.end) - self.at.start;
        self.step.outward(&(start..end))
    }
}

impl<'a> Map<'a> {
    /// Straight to the wire.
    pub(crate) fn of(step: Step<'a>) -> Self {
        Self { step, outer: None }
    }

    /// For text that was decoded out of text which `outer` maps.
    #[inline]
    pub(crate) fn within(step: Step<'a>, outer: &'a Map<'a>) -> Self {
        match &outer.step {
            Step::Whole(range) => Self { step: Step::Whole(range.clone()), outer: outer.outer },
            Step::Linear(base) if !matches!(step, Step::Joined(_)) => Self { step: step.shifted(*base), outer: outer.outer },
            _ => Self { step, outer: Some(outer) },
        }
    }

    /// The pieces that the text was joined from.
    pub(crate) fn pieces(&self) -> Option<&'a [Piece]> {
        if let Step::Joined(pieces) = self.step { Some(pieces) } else { None }
    }

    /// The wire bytes that a decoded range came from. A range that begins or ends inside an escape takes all of it.
    pub(crate) fn wire(&self, decoded: &Range<usize>) -> Range<usize> {
        let outward = self.step.outward(decoded);
        self.outer.map_or(outward.clone(), |outer| outer.wire(&outward))
    }

    /// The same, piece by piece where the text is joined. What lies in one piece of a joined text belongs to the view of
    /// that piece, so there is nothing here.
    pub(crate) fn wires(&self, decoded: &Range<usize>) -> Vec<Range<usize>> {
        let Some(pieces) = self.pieces() else { return vec![self.wire(decoded)] };
        let outward = |piece: &Piece| {
            let outward = piece.outward(decoded);
            self.outer.map_or(outward.clone(), |outer| outer.wire(&outward))
        };
        let touched = |piece: &&Piece| piece.at.start < decoded.end && piece.at.end > decoded.start;
        let found: Vec<Range<usize>> = pieces.iter().filter(touched).map(outward).collect();
        if found.len() > 1 { found } else { Vec::new() }
    }
}

/// The raw bytes of the decoded byte at `at`.
fn byte(breaks: &[(usize, usize)], at: usize) -> Range<usize> {
    let next = breaks.partition_point(|(decoded, _)| *decoded <= at);
    let Some((decoded, raw)) = next.checked_sub(1).and_then(|i| breaks.get(i)) else { return at..at + 1 };
    match breaks.get(next) {
        Some((_, raw_end)) if next % 2 == 1 => *raw..*raw_end,
        _ => {
            let raw = raw + (at - decoded);
            raw..raw + 1
        }
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "a list of one range")]
mod tests {
    use super::*;
    use crate::json::unescape;

    #[test]
    fn ranges_map_to_whole_escapes() {
        // decoded: a A \n U+1F600 b
        let raw = br"a\u0041\n\ud83d\ude00b";
        let (text, breaks) = unescape(raw);
        let map = Map::of(Step::escapes(10, breaks));
        let cut = |range: Range<usize>| {
            let wire = map.wire(&range);
            raw.get(wire.start - 10..wire.end - 10)
        };
        assert_eq!(text.len(), 8);
        assert_eq!(cut(0..1), Some(&b"a"[..]));
        assert_eq!(cut(1..2), Some(&br"\u0041"[..]));
        assert_eq!(cut(2..3), Some(&br"\n"[..]));
        assert_eq!(cut(4..6), Some(&br"\ud83d\ude00"[..]));
        assert_eq!(cut(1..8), Some(&br"\u0041\n\ud83d\ude00b"[..]));
    }

    #[test]
    fn escapes_for_nothing_are_taken_only_from_inside() {
        // `a--b`, where the dashes stand for nothing.
        let map = Map::of(Step::escapes(0, vec![(1, 1), (1, 3)]));
        assert_eq!(map.wire(&(0..1)), 0..1);
        assert_eq!(map.wire(&(1..2)), 3..4);
        assert_eq!(map.wire(&(0..2)), 0..4);
    }

    #[test]
    fn layers_compose() {
        let outer = Map::of(Step::escapes(5, vec![(2, 2), (3, 8)]));
        let inner = Map::within(Step::Linear(1), &outer);
        assert_eq!(inner.wire(&(0..1)), 6..7);
        assert_eq!(inner.wire(&(1..2)), 7..13);
        let base = Map::of(Step::Linear(7));
        assert_eq!(Map::within(Step::Whole(1..3), &base).wire(&(0..9)), 8..10);
        let whole = Map::of(Step::Whole(2..4));
        assert_eq!(Map::within(Step::Linear(100), &whole).wire(&(0..9)), 2..4);
    }

    #[test]
    fn joined_pieces_map_one_by_one() {
        let pieces =
            [Piece { at: 0..3, step: Step::Linear(10) }, Piece { at: 3..5, step: Step::escapes(20, vec![(0, 0), (1, 6)]) }];
        let base = Map::of(Step::Linear(100));
        let map = Map::within(Step::Joined(&pieces), &base);
        assert_eq!(map.wires(&(1..4)), [111..113, 120..126]);
        assert!(map.wires(&(0..3)).is_empty());
        assert_eq!(Map::of(Step::Linear(1)).wires(&(0..2)), [1..3]);
    }
}
