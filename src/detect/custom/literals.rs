//! Many literals in one pass (Aho and Corasick 1975), over bytes with ASCII case folded.
//!
//! Time is linear in text and matches for any text and any literals; a state has only the edges that it needs.

use alloc::{format, string::String, vec, vec::Vec};
use core::ops::Range;

use crate::{error::ConfigError, secret::Sensitive};

/// Shortest literal; shorter ones are in every text.
const SHORTEST: usize = 3;
/// Longest literal.
const LONGEST: usize = 1024;
/// All literals together.
const MOST_BYTES: usize = 256 * 1024;

#[derive(Default)]
pub(super) struct Literals {
    /// The first is the start; empty when there are no literals.
    states: Vec<State>,
    literals: Vec<Literal>,
    bytes: usize,
}

#[derive(Default)]
struct State {
    /// Sorted by byte.
    edges: Vec<(u8, usize)>,
    /// The longest proper suffix that is a state.
    fallback: usize,
    /// The nearest state on the way of fallbacks where a literal ends; 0 for none.
    shorter: usize,
    ends: Vec<usize>,
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
            let end = self.insert(text.as_bytes());
            let number = self.literals.len();
            self.literals.push(Literal { detector, text: value.clone(), ignore_case });
            if let Some(state) = self.states.get_mut(end) {
                state.ends.push(number);
            }
        }
        if values.is_empty() {
            return Err(ConfigError::option(format!("{key}.literals"), "the list is empty", None));
        }
        Ok(())
    }

    /// The state at the end of the literal.
    fn insert(&mut self, text: &[u8]) -> usize {
        if self.states.is_empty() {
            self.states.push(State::default());
        }
        let mut at = 0;
        for byte in text {
            let byte = byte.to_ascii_lowercase();
            at = match self.edge(at, byte) {
                Some(next) => next,
                None => {
                    let next = self.states.len();
                    self.states.push(State::default());
                    if let Some(state) = self.states.get_mut(at) {
                        let place = state.edges.partition_point(|(known, _)| *known < byte);
                        state.edges.insert(place, (byte, next));
                    }
                    next
                }
            };
        }
        at
    }

    /// Finds the fallbacks, states nearest to the start first.
    pub(super) fn link(&mut self) {
        let mut queue = vec![0];
        let mut read = 0;
        while let Some(&at) = queue.get(read) {
            read += 1;
            let Some(state) = self.states.get(at) else { return };
            let (edges, fallback) = (state.edges.clone(), state.fallback);
            for (byte, next) in edges {
                let target = if at == 0 { 0 } else { self.next(fallback, byte) };
                let shorter = match self.states.get(target) {
                    Some(state) if state.ends.is_empty() => state.shorter,
                    _ => target,
                };
                if let Some(state) = self.states.get_mut(next) {
                    (state.fallback, state.shorter) = (target, shorter);
                }
                queue.push(next);
            }
        }
    }

    fn edge(&self, at: usize, byte: u8) -> Option<usize> {
        let edges = &self.states.get(at)?.edges;
        let place = edges.binary_search_by_key(&byte, |(known, _)| *known).ok()?;
        edges.get(place).map(|(_, next)| *next)
    }

    fn next(&self, mut at: usize, byte: u8) -> usize {
        loop {
            match self.edge(at, byte) {
                Some(next) => return next,
                None if at == 0 => return 0,
                None => at = self.states.get(at).map_or(0, |state| state.fallback),
            }
        }
    }

    /// Calls `found` with the detector and the place of every literal in the text.
    pub(super) fn find(&self, text: &[u8], found: &mut dyn FnMut(usize, Range<usize>)) {
        if self.states.is_empty() {
            return;
        }
        let mut at = 0;
        for (place, byte) in text.iter().enumerate() {
            at = self.next(at, byte.to_ascii_lowercase());
            let mut end = at;
            while let Some(state) = self.states.get(end).filter(|_| end != 0) {
                for literal in state.ends.iter().filter_map(|number| self.literals.get(*number)) {
                    let wanted = literal.text.expose().as_bytes();
                    let range = (place + 1).saturating_sub(wanted.len())..place + 1;
                    if literal.ignore_case || text.get(range.clone()) == Some(wanted) {
                        found(literal.detector, range);
                    }
                }
                end = state.shorter;
            }
        }
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
