//! Globs: `*` any run, `?` any one byte, `[abc]` and `[a-z]` one of a set. Linear in text times pattern, no recursion.

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
    use super::matches;

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
