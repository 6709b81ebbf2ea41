//! The literals of all detectors, found in one pass.

use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

use crate::{automaton::Automaton, error::ConfigError, secret::Sensitive};

/// Shortest literal; shorter ones are in every text.
const SHORTEST: usize = 3;
/// Longest literal.
const LONGEST: usize = 1024;
/// All literals together.
const MOST_BYTES: usize = 256 * 1024;

#[derive(Default)]
pub(super) struct Literals {
    automaton: Automaton,
    /// By number: those that are the same without case.
    literals: Vec<Vec<Literal>>,
    bytes: usize,
}

struct Literal {
    detector: usize,
    text: Sensitive<String>,
    ignore_case: bool,
}

impl Literals {
    pub(super) fn add(
        &mut self,
        detector: usize,
        values: &[Sensitive<String>],
        ignore_case: bool,
        key: &str,
    ) -> Result<(), ConfigError> {
        for (at, value) in values.iter().enumerate() {
            let text = value.expose();
            self.bytes += text.len();
            if !(SHORTEST..=LONGEST).contains(&text.len()) {
                let message = format!("must be {SHORTEST} to {LONGEST} bytes long");
                return Err(ConfigError::option(format!("{key}.literals[{at}]"), message, None));
            }
            if self.bytes > MOST_BYTES {
                let message = format!("all literals together are more than {MOST_BYTES} bytes");
                return Err(ConfigError::option(format!("{key}.literals"), message, None));
            }
            let number = self.automaton.add(text.as_bytes());
            self.literals.resize_with(self.automaton.len(), Vec::new);
            if let Some(same) = self.literals.get_mut(number) {
                same.push(Literal { detector, text: value.clone(), ignore_case });
            }
        }
        if values.is_empty() {
            return Err(ConfigError::option(format!("{key}.literals"), "the list is empty", None));
        }
        Ok(())
    }

    /// To be called once, when all are added.
    pub(super) fn link(&mut self) {
        self.automaton.link();
    }

    /// Calls `found` with the detector and the place of every literal in the text.
    pub(super) fn find(&self, text: &[u8], found: &mut dyn FnMut(usize, Range<usize>)) {
        self.automaton.find(text, &mut |number, end| {
            for literal in self.literals.get(number).into_iter().flatten() {
                let wanted = literal.text.expose().as_bytes();
                let range = end.saturating_sub(wanted.len())..end;
                if literal.ignore_case || text.get(range.clone()) == Some(wanted) {
                    found(literal.detector, range);
                }
            }
        });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn literals(values: &[&str], ignore_case: bool) -> Literals {
        let mut made = Literals::default();
        for (index, value) in values.iter().enumerate() {
            made.add(index, &[Sensitive::new((*value).into())], ignore_case, "d").unwrap();
        }
        made.link();
        made
    }

    fn found(literals: &Literals, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut all = Vec::new();
        literals.find(text.as_bytes(), &mut |detector, range| all.push((detector, range)));
        all.sort_by_key(|(detector, range)| (range.start, *detector));
        all
    }

    #[test]
    fn every_occurrence_of_every_literal() {
        let values = ["hers", "she", "his", "her", "ers", "aaa", "aaaa", "ushers"];
        let literals = literals(&values, false);
        for text in ["ushers his hershe", "aaaaaa", "", "sh", "xushershis", "Hers"] {
            let mut want = Vec::new();
            for (index, value) in values.iter().enumerate() {
                let starts = (0..text.len()).filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(value)));
                want.extend(starts.map(|at| (index, at..at + value.len())));
            }
            want.sort_by_key(|(detector, range)| (range.start, *detector));
            assert_eq!(found(&literals, text), want, "{text}");
        }
    }

    #[test]
    fn case_counts_only_where_it_was_asked_to() {
        assert_eq!(found(&literals(&["Apollo"], false), "apollo APOLLO Apollo"), [(0, 14..20)]);
        assert_eq!(found(&literals(&["Apollo"], true), "apollo APOLLO Apollo").len(), 3);
    }
}
