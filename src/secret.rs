//! A wrapper for payload: what it holds cannot reach a log, an error or a report by accident.

use core::fmt;

/// Holds payload. `Debug` prints a fixed text, there is no `Display` and no `Deref`: reading it takes a visible
/// [`expose`](Sensitive::expose).
// INVARIANT(I6): no payload in any Debug, Display, error, log or audit record.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value. Call it only where the payload is scanned, redacted, digested or sent.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Unwraps the value, for the one place that sends it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sensitive]")
    }
}
