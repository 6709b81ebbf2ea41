//! The way back from decoded text to the wire.

use alloc::{boxed::Box, vec::Vec};
use core::ops::Range;

/// Maps decoded ranges to wire ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Map {
    /// Nothing was decoded: add the base.
    Linear(usize),
    /// Escapes were decoded. Breakpoints `(decoded, raw)` come in pairs: where an escape begins, where it ends.
    Escapes {
        /// Wire offset of raw offset 0.
        base: usize,
        breaks: Vec<(usize, usize)>,
    },
    /// Any range means the whole piece (base64 and the like).
    Whole(Range<usize>),
    /// One layer inside another: first the inner map, then the outer.
    Within { outer: Box<Map>, inner: Box<Map> },
}

impl Map {
    pub(crate) fn escapes(base: usize, breaks: Vec<(usize, usize)>) -> Self {
        if breaks.is_empty() { Self::Linear(base) } else { Self::Escapes { base, breaks } }
    }

    /// This map, for text that was decoded out of text which `outer` maps.
    pub(crate) fn within(self, outer: &Self) -> Self {
        Self::Within { outer: Box::new(outer.clone()), inner: Box::new(self) }
    }

    /// The wire bytes that a decoded range came from. A range that begins or ends inside an escape takes all of it.
    pub(crate) fn wire(&self, decoded: &Range<usize>) -> Range<usize> {
        match self {
            Self::Linear(base) => base + decoded.start..base + decoded.end,
            Self::Whole(range) => range.clone(),
            Self::Within { outer, inner } => outer.wire(&inner.wire(decoded)),
            Self::Escapes { base, breaks } => base + raw(breaks, decoded.start, false)..base + raw(breaks, decoded.end, true),
        }
    }
}

fn raw(breaks: &[(usize, usize)], at: usize, end: bool) -> usize {
    let next = breaks.partition_point(|(decoded, _)| *decoded <= at);
    let Some((decoded, raw)) = next.checked_sub(1).and_then(|i| breaks.get(i)) else { return at };
    let inside_escape = next % 2 == 1 && at > *decoded;
    match breaks.get(next) {
        Some((_, raw_end)) if inside_escape && end => *raw_end,
        _ if inside_escape => *raw,
        _ => raw + (at - decoded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::unescape;

    #[test]
    fn ranges_map_to_whole_escapes() {
        // decoded: a A \n U+1F600 b
        let raw = br"a\u0041\n\ud83d\ude00b";
        let (text, breaks) = unescape(raw);
        let map = Map::escapes(10, breaks);
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
}
