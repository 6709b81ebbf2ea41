//! Errors in what the host configures. Requests never make errors: a bad request is a DENY.

use alloc::{format, string::String};
use core::fmt;

/// A policy or an option that cannot be used. Nothing is dropped or guessed: loading stops here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where it was read from: a file name, or `policy`, `options`.
    pub source: String,
    /// 1-based line, 0 when the input has no lines.
    pub line: usize,
    /// 1-based column in bytes, 0 when the input has no lines.
    pub column: usize,
    /// Path of the offending key, such as `rules[2].match.verb`.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead, when there is a good guess.
    pub suggestion: Option<String>,
}

impl ConfigError {
    /// An option that cannot be used, named by its path.
    pub(crate) fn option(key: impl Into<String>, message: impl Into<String>, suggestion: Option<String>) -> Self {
        Self { source: "options".into(), line: 0, column: 0, key: key.into(), message: message.into(), suggestion }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " ({suggestion})"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for ConfigError {}

/// The closest of the known names, for "did you mean": edit distance at most a third of the length.
pub(crate) fn did_you_mean(name: &str, known: &[&str]) -> Option<String> {
    let best = known.iter().map(|k| (distance(name, k), *k)).min()?;
    (best.0 <= name.len().max(3) / 3).then(|| format!("did you mean `{}`?", best.1))
}

/// Levenshtein distance over bytes, ASCII case folded.
fn distance(a: &str, b: &str) -> usize {
    let mut row: alloc::vec::Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let substitution = diagonal + usize::from(!x.eq_ignore_ascii_case(&y));
            diagonal = *cell;
            left = substitution.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
