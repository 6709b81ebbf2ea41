//! One walk over a request: who sees the views, what work is left, and what was left out.

use super::View;
use crate::{
    json::Steps,
    limits::Limits,
    report::{Coverage, Skip},
};

/// Who sees the whole values of a structured body: `None` where it could not be read to its end.
pub(crate) type Leaves<'v> = &'v mut dyn FnMut(Option<&View<'_>>);

/// The state of a walk.
pub(super) struct Walk<'v> {
    see: &'v mut dyn FnMut(&View<'_>) -> bool,
    leaves: Option<Leaves<'v>>,
    /// The body, and where its events are kept.
    steps: Option<(&'v [u8], &'v mut Steps)>,
    limits: &'v Limits,
    coverage: Coverage,
    nodes: usize,
    decoded: usize,
    inflated: usize,
    hits: usize,
}

impl<'v> Walk<'v> {
    /// Compressed bytes may become so many times as many, and a little more.
    const RATIO: usize = 200;
    /// Decoded text that any request may have, whatever its size.
    const SMALL: usize = 64 * 1024;

    pub(super) fn new(
        limits: &'v Limits,
        body: usize,
        see: &'v mut dyn FnMut(&View<'_>) -> bool,
        leaves: Option<Leaves<'v>>,
    ) -> Self {
        Self {
            see,
            leaves,
            steps: None,
            limits,
            coverage: Coverage::default(),
            nodes: limits.max_nodes,
            hits: 0,
            decoded: body.saturating_mul(8).saturating_add(Self::SMALL),
            inflated: limits.max_body_bytes.min(Limits::BODY_CEILING).saturating_mul(4),
        }
    }

    #[inline]
    pub(super) fn see(&mut self, view: &View<'_>) {
        self.hits += usize::from((self.see)(view));
    }

    /// A whole value of the body, or that some could not be told apart.
    #[inline]
    pub(super) fn leaf(&mut self, view: Option<&View<'_>>) {
        if let Some(leaves) = &mut self.leaves {
            leaves(view);
        }
    }

    /// Whether anybody sees the values.
    #[inline]
    pub(super) fn has_leaves(&self) -> bool {
        self.leaves.is_some()
    }

    /// How many views there was anything in.
    #[inline]
    pub(super) fn hits(&self) -> usize {
        self.hits
    }

    /// Has the events of the body kept, should it be JSON as it stands.
    pub(super) fn keep(&mut self, body: &'v [u8], steps: &'v mut Steps) {
        self.steps = Some((body, steps));
    }

    /// Where the events of a document are kept: only those of the body itself, not of a text that reads alike.
    #[inline]
    pub(super) fn steps(&mut self, document: &[u8]) -> Option<&mut Steps> {
        self.steps.as_mut().filter(|(body, _)| core::ptr::eq(*body, document)).map(|(_, steps)| &mut **steps)
    }

    pub(super) fn limits(&self) -> &'v Limits {
        self.limits
    }

    /// Counts bytes of the wire that are read.
    #[inline]
    pub(super) fn read(&mut self, bytes: usize) {
        self.coverage.bytes += bytes;
    }

    pub(super) fn skip(&mut self, skip: Skip) {
        if !self.coverage.skipped.contains(&skip) {
            self.coverage.skipped.push(skip);
        }
    }

    pub(super) fn coverage(self) -> Coverage {
        self.coverage
    }

    /// One more node of a structure; false, and named, when there are too many.
    #[inline]
    pub(super) fn node(&mut self) -> bool {
        match self.nodes.checked_sub(1) {
            Some(left) => self.nodes = left,
            None => self.skip(Skip::TooManyNodes),
        }
        self.nodes > 0
    }

    /// So many bytes of decoded text; false, and named, when that is too much.
    pub(super) fn decode(&mut self, bytes: usize) -> bool {
        match self.decoded.checked_sub(bytes) {
            Some(left) => {
                self.decoded = left;
                true
            }
            None => {
                self.skip(Skip::DecodingBudget);
                false
            }
        }
    }

    /// How many bytes may come out of so many compressed ones.
    pub(super) fn inflatable(&self, compressed: usize) -> usize {
        compressed.saturating_mul(Self::RATIO).saturating_add(Self::SMALL).min(self.inflated)
    }

    /// So many bytes came out of compressed ones; what is decoded out of those counts against them.
    pub(super) fn inflate(&mut self, bytes: usize) {
        self.inflated = self.inflated.saturating_sub(bytes);
        self.decoded = self.decoded.saturating_add(bytes.saturating_mul(8));
    }
}
