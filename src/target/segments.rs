//! The segments of a path.

/// What stands between the slashes of a path, as far as there is anything. Paths are short: looking at byte after byte takes less
/// than any search that has to be set up.
#[derive(Clone, Debug)]
pub(super) struct Segments<'p>(&'p str);

impl<'p> Segments<'p> {
    pub(super) fn of(path: &'p str) -> Self {
        Self(path)
    }
}

impl<'p> Iterator for Segments<'p> {
    type Item = &'p str;

    fn next(&mut self) -> Option<&'p str> {
        while !self.0.is_empty() {
            let (segment, rest) = cut(self.0, b'/');
            self.0 = rest.unwrap_or_default();
            if !segment.is_empty() {
                return Some(segment);
            }
        }
        None
    }
}

/// The text before the first of an ASCII byte, and what is behind it.
#[inline]
pub(super) fn cut(text: &str, byte: u8) -> (&str, Option<&str>) {
    let found = text.bytes().position(|one| one == byte).and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    found.map_or((text, None), |(before, behind)| (before, Some(behind)))
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

    #[test]
    fn cut_at_the_first() {
        assert_eq!(cut("a=b=c", b'='), ("a", Some("b=c")));
        assert_eq!(cut("\u{e4}=", b'='), ("\u{e4}", Some("")));
        assert_eq!(cut("a", b'='), ("a", None));
    }
}
