//! Stretches of text in which something was looked for in vain, so that neighbouring places need not look there again.

/// Where something is known not to be.
#[derive(Clone, Copy, Default)]
pub(super) struct Stretch {
    from: usize,
    to: usize,
}

impl Stretch {
    /// Where to begin reading, so that all from `start` on is known.
    pub(super) fn unread(self, start: usize) -> usize {
        if self.reaches(start) { self.to } else { start }
    }

    /// From `start` to `end` there is nothing: it was read from where `unread` said.
    pub(super) fn extended(self, start: usize, end: usize) -> Self {
        if self.reaches(start) { Self { to: end.max(self.to), ..self } } else { Self { from: start, to: end } }
    }

    fn reaches(self, start: usize) -> bool {
        (self.from..=self.to).contains(&start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_not_read_again() {
        let known = Stretch::default().extended(10, 20);
        assert_eq!((known.unread(10), known.unread(15), known.unread(20)), (20, 20, 20));
        assert_eq!((known.unread(9), known.unread(21)), (9, 21));
        let known = known.extended(15, 30);
        assert_eq!((known.unread(10), known.unread(31)), (30, 31));
        assert_eq!(known.extended(12, 14).unread(12), 30);
        assert_eq!(known.extended(40, 50).unread(12), 12);
    }
}
