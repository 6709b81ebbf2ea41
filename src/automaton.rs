//! Many literals in one pass (Aho and Corasick 1975), over bytes with ASCII case folded.
//!
//! Time is linear in text and matches for any text and any literals; a state has only the edges that it needs.

use alloc::{vec, vec::Vec};

/// A set of literals, each known by its number.
#[derive(Debug, Default)]
pub(crate) struct Automaton {
    /// The first is the start; empty when there are no literals.
    states: Vec<State>,
    /// Where the start goes with each byte: most bytes of a text are read there.
    begins: Vec<usize>,
    literals: usize,
}

#[derive(Debug, Default)]
struct State {
    /// Sorted by byte.
    edges: Vec<(u8, usize)>,
    /// The longest proper suffix that is a state.
    fallback: usize,
    /// The nearest state on the way of fallbacks where a literal ends; 0 for none.
    shorter: usize,
    ends: Option<usize>,
}

impl Automaton {
    /// Adds a literal; its number, which is that of the first one that is the same without case.
    pub(crate) fn add(&mut self, text: &[u8]) -> usize {
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
        let next = self.literals;
        let number = self.states.get_mut(at).map_or(next, |state| *state.ends.get_or_insert(next));
        self.literals += usize::from(number == next);
        number
    }

    /// How many different literals there are.
    pub(crate) fn len(&self) -> usize {
        self.literals
    }

    /// Finds the fallbacks, states nearest to the start first. To be called once, when all literals are added.
    pub(crate) fn link(&mut self) {
        if self.states.is_empty() {
            return;
        }
        let mut queue = vec![0];
        let mut read = 0;
        while let Some(&at) = queue.get(read) {
            read += 1;
            let Some(state) = self.states.get(at) else { return };
            let (edges, fallback) = (state.edges.clone(), state.fallback);
            for (byte, next) in edges {
                let target = if at == 0 { 0 } else { self.next(fallback, byte) };
                let shorter = match self.states.get(target) {
                    Some(state) if state.ends.is_none() => state.shorter,
                    _ => target,
                };
                if let Some(state) = self.states.get_mut(next) {
                    (state.fallback, state.shorter) = (target, shorter);
                }
                queue.push(next);
            }
        }
        self.begins = (0..=u8::MAX).map(|byte| self.edge(0, byte).unwrap_or(0)).collect();
    }

    fn edge(&self, at: usize, byte: u8) -> Option<usize> {
        let edges = &self.states.get(at)?.edges;
        let place = edges.binary_search_by_key(&byte, |(known, _)| *known).ok()?;
        edges.get(place).map(|(_, next)| *next)
    }

    fn next(&self, mut at: usize, byte: u8) -> usize {
        loop {
            if at == 0 {
                let begun = self.begins.get(usize::from(byte)).copied();
                return begun.or_else(|| self.edge(0, byte)).unwrap_or(0);
            }
            match self.edge(at, byte) {
                Some(next) => return next,
                None => at = self.states.get(at).map_or(0, |state| state.fallback),
            }
        }
    }

    /// Calls `found` with the number of every literal in the text, and where it ends.
    pub(crate) fn find(&self, text: &[u8], found: &mut dyn FnMut(usize, usize)) {
        if self.states.is_empty() {
            return;
        }
        let mut at = 0;
        for (place, byte) in text.iter().enumerate() {
            at = self.next(at, byte.to_ascii_lowercase());
            let mut end = at;
            while let Some(state) = self.states.get(end).filter(|_| end != 0) {
                if let Some(number) = state.ends {
                    found(number, place + 1);
                }
                end = state.shorter;
            }
        }
    }
}
