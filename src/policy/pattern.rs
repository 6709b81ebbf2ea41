//! Regular expressions over the body: linear time, bounded size.

use alloc::string::String;

#[cfg(feature = "patterns")]
use alloc::sync::Arc;

#[cfg(feature = "patterns")]
use crate::detect::Expression;

/// A compiled expression. Two are the same when they are written the same.
#[derive(Clone)]
pub(super) struct BodyPattern {
    text: String,
    #[cfg(feature = "patterns")]
    compiled: Arc<Expression>,
}

impl BodyPattern {
    /// # Errors
    /// What is wrong with the expression, or that this build has none.
    #[cfg(feature = "patterns")]
    pub(super) fn new(text: &str) -> Result<Self, String> {
        // The body is in lower case when it is searched, and so must be what is searched for.
        let compiled = Expression::new(&["(?i)", text].concat())
            // Positions in the message are those of the expression as it was written.
            .map_err(|problem| Expression::new(text).err().unwrap_or(problem))?;
        Ok(Self { text: text.into(), compiled: Arc::new(compiled) })
    }

    /// # Errors
    /// Always: this build has no regular expressions.
    #[cfg(not(feature = "patterns"))]
    pub(super) fn new(_text: &str) -> Result<Self, String> {
        Err("regular expressions are not in this build".into())
    }

    #[cfg(feature = "patterns")]
    pub(super) fn is_in(&self, text: &str) -> bool {
        let mut found = false;
        self.compiled.find(text.as_bytes(), &mut |_| found = true);
        found
    }

    #[cfg(not(feature = "patterns"))]
    pub(super) fn is_in(&self, _text: &str) -> bool {
        true
    }
}

impl PartialEq for BodyPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl core::fmt::Debug for BodyPattern {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[expression]")
    }
}
