//! `regex_automata`'s meta engine: all patterns in one pass.

use regex_automata::{meta::Regex, util::syntax};
use std::cell::RefCell;

thread_local! {
    static ENGINE: RefCell<Option<Regex>> = const { RefCell::new(None) };
}

pub(crate) fn load(patterns: &str) -> usize {
    let patterns: Vec<&str> = patterns.lines().collect();
    // The texts are bytes, and the patterns mean ASCII, as they do in JavaScript without the flag `u`.
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let config = Regex::config().utf8_empty(false).nfa_size_limit(None).hybrid_cache_capacity(128 << 20);
    let regex = Regex::builder().configure(config).syntax(syntax).build_many(&patterns);
    let count = regex.as_ref().map_or(0, Regex::pattern_len);
    ENGINE.with_borrow_mut(|engine| *engine = regex.ok());
    count
}

pub(crate) fn scan(text: &[u8]) -> usize {
    ENGINE.with_borrow(|engine| engine.as_ref().map_or(0, |engine| engine.find_iter(text).count()))
}
