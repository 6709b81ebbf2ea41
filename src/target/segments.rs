//! The pieces of a text between bytes of one kind: the segments of a path, the words of a name.

use crate::seek::cut;

/// What stands between the slashes of a path, or what else divides a text, as far as there is anything.
#[derive(Clone, Debug)]
pub(super) struct Segments<'p> {
    left: &'p str,
    between: u8,
}

impl<'p> Segments<'p> {
    pub(super) fn of(path: &'p str) -> Self {
        Self::between(path, b'/')
    }

    /// `between` is ASCII.
    pub(super) fn between(text: &'p str, between: u8) -> Self {
        Self { left: text, between }
    }
}

impl<'p> Iterator for Segments<'p> {
    type Item = &'p str;

    fn next(&mut self) -> Option<&'p str> {
        while !self.left.is_empty() {
            let (segment, rest) = cut(self.left, self.between);
            self.left = rest.unwrap_or_default();
            if !segment.is_empty() {
                return Some(segment);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn segments_as_split() {
        for path in ["", "/", "a", "/a", "a/", "//a//b\u{e4}/", "/a b/%2F/c"] {
            let split: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
            assert_eq!(Segments::of(path).collect::<Vec<_>>(), split, "{path}");
        }
    }
}
