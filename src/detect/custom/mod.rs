//! Rules of the configuration, compiled once for each engine.
//!
//! In: the detectors of the options. Out: matches in views, beside those of the built-in rules. Literals of all detectors are
//! found in one pass; regular expressions, where the build has them, one after the other.

mod literals;
#[cfg(feature = "patterns")]
mod patterns;
mod validators;

#[cfg(feature = "patterns")]
pub(crate) use patterns::Expression;

use alloc::{format, string::String, sync::Arc, vec::Vec};
use core::ops::Range;

use literals::Literals;

use super::{context::Folded, reference::Match, rule::Rule, rules};
use crate::{
    error::{ConfigError, did_you_mean},
    finding::{Confidence, DataClass, Severity},
    normalize::View,
    options::{CustomDetector, Pattern},
};

/// One rule of the configuration.
pub(crate) struct CustomRule {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) class: DataClass,
    pub(crate) severity: Severity,
    pub(crate) shows_tail: bool,
    near: Vec<String>,
    validator: Option<validators::Validator>,
    /// What a match amounts to: a literal is certain, an expression is as good as it was written.
    confidence: Confidence,
}

/// All of them.
#[derive(Default)]
pub(crate) struct CustomRules {
    rules: Vec<Arc<CustomRule>>,
    literals: Literals,
    #[cfg(feature = "patterns")]
    patterns: Vec<(usize, patterns::Expression)>,
}

// INVARIANT(I6): what is looked for is not shown.
impl core::fmt::Debug for CustomRules {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.rules.iter().map(|rule| &rule.id)).finish()
    }
}

/// Most detectors of one configuration.
const MOST_DETECTORS: usize = 1_000;
/// Most context words of a detector.
const MOST_WORDS: usize = 32;

impl CustomRules {
    /// Compiles the detectors.
    ///
    /// # Errors
    /// [`ConfigError`] for whatever could not work as written. It never shows a literal or an expression.
    pub(crate) fn new(detectors: &[CustomDetector]) -> Result<Self, ConfigError> {
        let mut made = Self::default();
        if detectors.len() > MOST_DETECTORS {
            return Err(ConfigError::option("detectors", format!("more than {MOST_DETECTORS} detectors"), None));
        }
        for (index, detector) in detectors.iter().enumerate() {
            made.add(index, detector, &format!("detectors[{index}]"))?;
        }
        made.literals.link();
        made.stays_out_of_placeholders()?;
        Ok(made)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str())
    }

    /// Whether placeholders have it.
    pub(crate) fn is_label(&self, label: &str) -> bool {
        rules().any(|rule| rule.label == label) || self.rules.iter().any(|rule| rule.label == label)
    }

    fn add(&mut self, index: usize, detector: &CustomDetector, key: &str) -> Result<(), ConfigError> {
        self.check_id(&detector.id, &format!("{key}.id"))?;
        let literal = matches!(detector.pattern, Pattern::Literals { .. });
        self.rules.push(Arc::new(CustomRule {
            id: detector.id.clone(),
            label: detector.id.to_ascii_uppercase(),
            class: detector.class,
            severity: detector.severity,
            shows_tail: detector.shows_tail,
            near: words(&detector.near, &format!("{key}.near"))?,
            validator: detector.validator.as_deref().map(|name| validator(name, &format!("{key}.validator"))).transpose()?,
            confidence: if literal || detector.validator.is_some() { Confidence::High } else { Confidence::Medium },
        }));
        match &detector.pattern {
            Pattern::Literals { values, ignore_case } => self.literals.add(index, values, *ignore_case, key),
            Pattern::Regex(text) => self.add_expression(index, text.expose(), &format!("{key}.regex")),
        }
    }

    fn check_id(&self, id: &str, key: &str) -> Result<(), ConfigError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let problem = if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.bytes().all(plain) || id.len() > 64 {
            "must be lower-case letters, digits and `_`, at most 64, beginning with a letter"
        } else if self.ids().any(|known| known == id) {
            "is used twice"
        } else if rules().any(|rule: &Rule| rule.id == id || rule.label.eq_ignore_ascii_case(id)) {
            "is the name of a built-in rule"
        } else {
            return Ok(());
        };
        Err(ConfigError::option(key, problem, None))
    }

    #[cfg(feature = "patterns")]
    fn add_expression(&mut self, index: usize, text: &str, key: &str) -> Result<(), ConfigError> {
        let expression = patterns::Expression::new(text).map_err(|problem| ConfigError::option(key, problem, None))?;
        self.patterns.push((index, expression));
        Ok(())
    }

    #[cfg(not(feature = "patterns"))]
    #[expect(clippy::unused_self, reason = "the other build keeps the expression")]
    fn add_expression(&mut self, _index: usize, _text: &str, key: &str) -> Result<(), ConfigError> {
        let message = "regular expressions are not in this build";
        Err(ConfigError::option(key, message, Some("use `interven/patterns`, or literals".into())))
    }

    /// A rule that finds what stands in for findings would find its own redactions.
    // INVARIANT(I7): scanning a redacted request finds nothing that caused the redaction.
    fn stays_out_of_placeholders(&self) -> Result<(), ConfigError> {
        if self.is_empty() {
            return Ok(());
        }
        let labels = rules().map(|rule| rule.label).chain(self.rules.iter().map(|rule| rule.label.as_str()));
        for label in labels {
            let text = format!("[{label}:1]");
            let mut found = None;
            self.candidates(text.as_bytes(), &mut |index, _| found = Some(index));
            if let Some(index) = found {
                let message = format!("finds the placeholder {text}, with which findings are replaced");
                return Err(ConfigError::option(format!("detectors[{index}]"), message, None));
            }
        }
        Ok(())
    }

    /// Finds every match in a view.
    pub(crate) fn detect(&self, view: &View<'_>, found: &mut dyn FnMut(Match)) {
        if self.is_empty() {
            return;
        }
        self.candidates(&view.text, &mut |index, range| {
            let Some(rule) = self.rules.get(index) else { return };
            if rule.holds(&view.text, view.key, &range) {
                found(Match::custom(rule, range, rule.confidence));
            }
        });
    }

    fn candidates(&self, text: &[u8], found: &mut dyn FnMut(usize, Range<usize>)) {
        self.literals.find(text, found);
        #[cfg(feature = "patterns")]
        for (index, expression) in &self.patterns {
            expression.find(text, &mut |range| found(*index, range));
        }
    }
}

impl CustomRule {
    /// Context and validator.
    fn holds(&self, text: &[u8], key: Option<&[u8]>, range: &Range<usize>) -> bool {
        let value = text.get(range.clone()).unwrap_or_default();
        (self.near.is_empty() || self.is_named(text.get(..range.start).unwrap_or_default(), key))
            && self.validator.is_none_or(|validator| validator(value))
    }

    fn is_named(&self, before: &[u8], key: Option<&[u8]>) -> bool {
        let (key, before) = (Folded::of_key(key), Folded::of_text(before));
        self.near.iter().any(|word| key.holds(&[word]) || before.holds(&[word]))
    }
}

/// Context words in the form in which keys and texts are compared: letters and digits, without case.
fn words(near: &[String], key: &str) -> Result<Vec<String>, ConfigError> {
    let fold = |word: &String| -> String {
        word.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let folded: Vec<String> = near.iter().map(fold).collect();
    let usable = |(word, given): (&String, &String)| !word.is_empty() && word.len() <= 32 && given.is_ascii();
    if folded.len() > MOST_WORDS || !folded.iter().zip(near).all(usable) {
        let message = format!("must be at most {MOST_WORDS} words of ASCII letters and digits, at most 32 long");
        return Err(ConfigError::option(key, message, None));
    }
    Ok(folded)
}

fn validator(name: &str, key: &str) -> Result<validators::Validator, ConfigError> {
    validators::named(name).ok_or_else(|| {
        let known: Vec<&str> = validators::names().collect();
        let suggestion = did_you_mean(name, &known).or_else(|| Some(format!("one of {}", known.join(", "))));
        ConfigError::option(key, format!("unknown validator `{name}`"), suggestion)
    })
}
