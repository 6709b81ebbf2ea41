//! Globs: `*` any run, `?` any one byte, `[abc]` and `[a-z]` one of a set. At most text times pattern steps, no recursion.

/// Whether the whole text matches.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stood, and the text position to try next when what follows it does not fit.
    let mut star: Option<(usize, usize)> = None;
    while let Some(&byte) = text.get(t) {
        match (pattern.get(p), one(pattern, p, byte)) {
            (Some(b'*'), _) => {
                star = Some((p, t));
                p += 1;
            }
            (Some(_), Some(next)) => {
                p = next;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|b| *b == b'*')
}

/// Why a pattern can never match what it seems to say.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    let mut rest = pattern;
    while let Some((_, after)) = rest.split_once('[') {
        let Some((set, after)) = after.split_once(']') else { return Some("has a `[` without its `]`") };
        match set.bytes().next() {
            None => return Some("has an empty set"),
            Some(b'!' | b'^') => return Some("has a set of what is not meant, which globs do not have: use `not`"),
            _ => rest = after,
        }
    }
    None
}

/// Matches one byte against the pattern element at `p`; the next element's position when it fits.
fn one(pattern: &[u8], p: usize, byte: u8) -> Option<usize> {
    match pattern.get(p)? {
        b'?' => Some(p + 1),
        b'[' => {
            let length = pattern.get(p + 1..)?.iter().position(|b| *b == b']')?;
            let set = pattern.get(p + 1..p + 1 + length)?;
            let range = set.windows(3).any(|w| matches!(w, [low, b'-', high] if (low..=high).contains(&&byte)));
            (range || set.contains(&byte)).then_some(p + length + 2)
        }
        literal => (*literal == byte).then_some(p + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{fault, matches};

    #[test]
    fn globs_that_seem_to_say_something_else() {
        assert!(["[a", "a[]b", "[!a]", "x[^a]*"].iter().all(|pattern| fault(pattern).is_some()));
        assert!(["", "a]b", "[a-z]*[!]".trim_end_matches("[!]"), "[ab]?"].iter().all(|pattern| fault(pattern).is_none()));
    }

    #[test]
    fn globs() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "a.b"),
            ("*.example.com", "a.b.example.com"),
            ("a?c", "abc"),
            ("[ab]x", "bx"),
            ("v[0-9]*", "v12"),
            ("a*b*c", "aXbYbZc"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("*.example.com", "example.com"), ("a?c", "ac"), ("[ab]x", "cx"), ("", "a"), ("a*b", "aXc"), ("[a", "a")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
