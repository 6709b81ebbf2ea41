//! Regular expressions of the configuration: linear time, bounded size, bounded matches.
//!
//! The text is searched block by block, so that whether something is found rests on a bounded piece of it, and so that no
//! text makes a search from each of its bytes run to the end.

use alloc::{format, string::String};
use core::ops::Range;

use regex_automata::{Anchored, Input, meta::Regex, util::syntax};

/// Longest expression.
const MOST_PATTERN_BYTES: usize = 4096;
/// Largest compiled expression.
const MOST_COMPILED_BYTES: usize = 1024 * 1024;
/// Longest match; also how many starts are searched at once.
const LONGEST_MATCH: usize = 1024;

/// A compiled expression.
pub(crate) struct Expression(Regex);

impl Expression {
    /// # Errors
    /// What is wrong, without the expression.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        if text.len() > MOST_PATTERN_BYTES {
            return Err(format!("longer than {MOST_PATTERN_BYTES} bytes"));
        }
        let tree = syntax::parse_with(text, &syntax::Config::new().nest_limit(64)).map_err(|error| match error {
            regex_syntax::Error::Parse(error) => format!("at byte {}: {}", error.span().start.offset, error.kind()),
            regex_syntax::Error::Translate(error) => format!("at byte {}: {}", error.span().start.offset, error.kind()),
            _ => "not a regular expression".into(),
        })?;
        if tree.properties().minimum_len().is_none_or(|length| length == 0) {
            return Err("matches nothing at all, or the empty text".into());
        }
        let config = Regex::config().nfa_size_limit(Some(MOST_COMPILED_BYTES));
        let made = Regex::builder().configure(config).build_from_hir(&tree);
        made.map(Self).map_err(|error| match error.size_limit() {
            Some(_) => format!("larger than {MOST_COMPILED_BYTES} bytes when compiled"),
            None => "not in the language of this build".into(),
        })
    }

    /// Matches that do not overlap, from left to right.
    pub(crate) fn find(&self, text: &[u8], found: &mut dyn FnMut(Range<usize>)) {
        let mut at = 0;
        while at < text.len() {
            let next_block = (at / LONGEST_MATCH + 1) * LONGEST_MATCH;
            let end = (next_block + LONGEST_MATCH).min(text.len());
            let Some(hit) = self.0.search(&Input::new(text).span(at..end)).filter(|hit| hit.start() < next_block) else {
                at = next_block;
                continue;
            };
            at = hit.end().max(at + 1);
            if let Some(range) = self.bounded(text, hit.range()) {
                at = range.end;
                found(range);
            }
        }
    }

    /// The same wherever a block ends: a longer match is looked at again as if the text went no further.
    fn bounded(&self, text: &[u8], range: Range<usize>) -> Option<Range<usize>> {
        if range.len() <= LONGEST_MATCH {
            return Some(range);
        }
        let span = range.start..range.start + LONGEST_MATCH;
        Some(self.0.search(&Input::new(text).span(span).anchored(Anchored::Yes))?.range())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use alloc::{vec, vec::Vec};

    fn found(pattern: &str, text: &str) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        Expression::new(pattern).unwrap().find(text.as_bytes(), &mut |range| all.push(range));
        all
    }

    #[test]
    fn matches_across_blocks() {
        for before in [0, 1, 1018, 1020, 1024, 2047, 5000] {
            let text = format!("{} EMP-12345 {}", ".".repeat(before), ".".repeat(3000));
            assert_eq!(found(r"\bEMP-\d{5}\b", &text), vec![before + 1..before + 10], "{before}");
        }
    }

    #[test]
    fn a_match_has_the_same_bound_everywhere() {
        for before in [0, 1, 600, 1023, 1024, 3000] {
            let text = format!("{}b{} ", ".".repeat(before), "a".repeat(3000));
            assert_eq!(found("ba+", &text), vec![before..before + 1024], "{before}");
            assert_eq!(found("ba{1500}", &text), Vec::<Range<usize>>::new(), "{before}");
        }
    }

    #[test]
    fn what_cannot_work_is_refused_without_being_shown() {
        for pattern in
            ["a*", "(secretword", "[z-a]secretword", r"(secretword)\1", r"(?-u:\xff)", "x{1000}{1000}", r"\b", r"[a&&b]"]
        {
            let problem = Expression::new(pattern).err().unwrap();
            assert!(!problem.contains("secretword"), "{problem}");
        }
        assert!(Expression::new(&"a".repeat(5000)).is_err());
    }
}
