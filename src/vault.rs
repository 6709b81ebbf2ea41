//! What stood where the placeholders stand, for the process that redacted it.
//!
//! A vault is never written anywhere: it has no text form but a fixed one, and what it held is overwritten when it goes.

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::fmt;

use crate::{
    digest::Digest,
    finding::Writing,
    normalize::percent_decode,
    placeholder::{Token, tokens},
    redact::{percent, quote},
    sort::sort,
};

/// Remembers what [`Engine::redact_with`](crate::Engine::redact_with) replaced. Numbers go on from text to text, and the same
/// value keeps its placeholder for as long as the vault lives.
///
/// ```
/// use interven::{Engine, Options, Vault};
///
/// let engine = Engine::new(Options::default()).unwrap();
/// let mut vault = Vault::new();
/// let redacted = engine.redact_with("mail jo.doe@corp-mail.com", &mut vault).unwrap();
/// assert_eq!(redacted, "mail [EMAIL:1]");
/// assert_eq!(vault.restore("dear [EMAIL:1], dear [EMAIL:2]"), "dear jo.doe@corp-mail.com, dear [EMAIL:2]");
/// assert_eq!(format!("{vault:?}"), "[Vault]");
/// ```
pub struct Vault {
    /// In the order in which they came.
    entries: Vec<Entry>,
    /// Places of entries, sorted by label and number.
    by_name: Vec<usize>,
    /// Places of entries, sorted by label and digest.
    by_value: Vec<usize>,
    bytes: usize,
    most_entries: usize,
}

struct Entry {
    label: String,
    number: usize,
    digest: Digest,
    wire: Vec<u8>,
    writing: Writing,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.wire.fill(0);
        // Otherwise the compiler may leave out a write that nobody reads.
        core::hint::black_box(&self.wire);
    }
}

/// A vault cannot hold what a text would add. The text was not redacted, and the vault is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultFull {
    /// Most values that it holds.
    pub most_entries: usize,
}

impl fmt::Display for VaultFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vault is full: it holds at most {} values and 16 MiB", self.most_entries)
    }
}

impl core::error::Error for VaultFull {}

// INVARIANT(I6): nothing of what it holds is shown.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[Vault]")
    }
}

impl Default for Vault {
    fn default() -> Self {
        Self::with_capacity(Self::MOST_ENTRIES)
    }
}

impl Vault {
    /// Most values of a vault that was made without a number of its own: 10,000.
    pub const MOST_ENTRIES: usize = 10_000;
    /// Most bytes of all values together: 16 MiB.
    pub const MOST_BYTES: usize = 16 * 1024 * 1024;

    /// An empty vault.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty vault for at most so many values.
    pub fn with_capacity(most_entries: usize) -> Self {
        Self { entries: Vec::new(), by_name: Vec::new(), by_value: Vec::new(), bytes: 0, most_entries }
    }

    /// How many values it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets everything, and overwrites it.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.by_name.clear();
        self.by_value.clear();
        self.bytes = 0;
    }

    /// Where in `by_name` the placeholder is, or would be.
    fn name_place(&self, label: &str, number: usize) -> Result<usize, usize> {
        self.by_name.binary_search_by(|at| match self.entries.get(*at) {
            Some(entry) => (entry.label.as_str(), entry.number).cmp(&(label, number)),
            None => core::cmp::Ordering::Greater,
        })
    }

    /// Where in `by_value` the value is, or would be.
    fn value_place(&self, label: &str, digest: &Digest) -> Result<usize, usize> {
        self.by_value.binary_search_by(|at| match self.entries.get(*at) {
            Some(entry) => (entry.label.as_str(), &entry.digest).cmp(&(label, digest)),
            None => core::cmp::Ordering::Greater,
        })
    }

    fn named(&self, label: &str, number: usize) -> Option<&Entry> {
        let place = self.name_place(label, number).ok()?;
        self.entries.get(*self.by_name.get(place)?)
    }

    fn push(&mut self, entry: Entry) {
        let at = self.entries.len();
        let (Err(name), Err(value)) =
            (self.name_place(&entry.label, entry.number), self.value_place(&entry.label, &entry.digest))
        else {
            return;
        };
        self.by_name.insert(name, at);
        self.by_value.insert(value, at);
        self.bytes += entry.wire.len();
        self.entries.push(entry);
    }

    fn pop(&mut self) {
        let Some(entry) = self.entries.last() else { return };
        if let (Ok(name), Ok(value)) =
            (self.name_place(&entry.label, entry.number), self.value_place(&entry.label, &entry.digest))
        {
            self.bytes -= entry.wire.len();
            self.by_name.remove(name);
            self.by_value.remove(value);
        }
        self.entries.pop();
    }

    /// The highest number of a label.
    fn last(&self, label: &str) -> usize {
        let (Ok(place) | Err(place)) = self.name_place(label, usize::MAX);
        let entry = place.checked_sub(1).and_then(|before| self.entries.get(*self.by_name.get(before)?));
        entry.filter(|entry| entry.label == label).map_or(0, |entry| entry.number)
    }

    /// The text with the originals in place of the placeholders that this vault gave out. Others stay as they are.
    ///
    /// Whoever wrote the text chose where the originals go: restore only what goes no further than the values may.
    pub fn restore(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.restore_bytes(text.as_bytes())).into_owned()
    }

    /// The same for bytes.
    pub fn restore_bytes(&self, text: &[u8]) -> Vec<u8> {
        self.restored(text, &|_| true)
    }

    fn restored(&self, text: &[u8], wanted: &dyn Fn(&Token<'_>) -> bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        for token in tokens(text).filter(|token| wanted(token)) {
            let Some(entry) = self.named(token.label, token.number) else { continue };
            out.extend_from_slice(text.get(at..token.range.start).unwrap_or_default());
            at = token.range.end;
            if let Writing::Quoted(strings) | Writing::PercentQuoted(strings) = entry.writing {
                // A JSON number became a string: it becomes a number again.
                let quote = if token.percent { quote(strings, "%5C", "%22") } else { quote(strings, "\\", "\"") };
                let same = |text: Option<&[u8]>| text.is_some_and(|t| t.eq_ignore_ascii_case(quote.as_bytes()));
                let before = out.len().saturating_sub(quote.len());
                if same(out.get(before..)) && same(text.get(at..at + quote.len())) {
                    out.truncate(before);
                    at += quote.len();
                }
            }
            match (entry.writing, token.percent) {
                (Writing::Percent | Writing::PercentQuoted(_), false) => out.extend_from_slice(&percent_decode(&entry.wire)),
                (Writing::Plain | Writing::Fixed | Writing::Quoted(_), true) => out.extend(percent(&entry.wire)),
                _ => out.extend_from_slice(&entry.wire),
            }
        }
        out.extend_from_slice(text.get(at..).unwrap_or_default());
        out
    }
}

/// What one redaction adds to a vault: all of it, or nothing.
pub(crate) struct Recording<'v> {
    vault: &'v mut Vault,
    /// How many entries there were before.
    before: usize,
    /// Placeholders that stand in the text already, sorted: a new value must not be mistaken for one of them.
    taken: Vec<(String, usize)>,
    full: bool,
}

impl<'v> Recording<'v> {
    pub(crate) fn of(text: &str, vault: &'v mut Vault) -> Self {
        let mut taken: Vec<_> = tokens(text.as_bytes()).map(|token| (token.label.to_owned(), token.number)).collect();
        sort(&mut taken, |a, b| a < b);
        Self { before: vault.len(), vault, taken, full: false }
    }

    /// The number of a value, by what stands on the wire, so that restoring it gives back the very bytes.
    pub(crate) fn number(&mut self, label: &str, wire: &[u8], writing: Writing) -> usize {
        let kind: &[u8] = match writing {
            Writing::Plain | Writing::Fixed => b"",
            Writing::Quoted(_) => b"\0",
            Writing::Percent => b"\x01",
            Writing::PercentQuoted(_) => b"\x02",
        };
        let digest = Digest::of_bytes(&[kind, wire].concat());
        let known = self.vault.value_place(label, &digest).ok().and_then(|place| self.vault.by_value.get(place));
        if let Some(entry) = known.and_then(|at| self.vault.entries.get(*at)) {
            return entry.number;
        }
        // What is taken out around something that was taken out of this text holds the placeholder of that.
        let wire = self.vault.restored(wire, &|token| !self.is_taken(token.label, token.number));
        self.full |= self.vault.len() >= self.vault.most_entries || self.vault.bytes + wire.len() > Vault::MOST_BYTES;
        if self.full {
            return 0;
        }
        let mut number = self.vault.last(label) + 1;
        while self.is_taken(label, number) {
            number += 1;
        }
        self.vault.push(Entry { label: label.to_owned(), number, digest, wire, writing });
        number
    }

    fn is_taken(&self, label: &str, number: usize) -> bool {
        self.taken.binary_search_by(|(l, n)| (l.as_str(), *n).cmp(&(label, number))).is_ok()
    }

    /// Takes back what was added.
    pub(crate) fn undo(&mut self) {
        while self.vault.len() > self.before {
            self.vault.pop();
        }
        self.full = false;
    }

    /// # Errors
    /// [`VaultFull`] when there was no room; nothing was added then.
    pub(crate) fn finish(mut self) -> Result<(), VaultFull> {
        if self.full {
            self.undo();
            return Err(VaultFull { most_entries: self.vault.most_entries });
        }
        Ok(())
    }
}
