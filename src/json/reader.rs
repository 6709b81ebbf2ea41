//! The strict reading of configurations: every key is known or an error, and every error names its place.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::{Field, Node, Value, position};
use crate::error::{ConfigError, did_you_mean};

/// A node and its path, for messages.
pub(crate) struct Place<'a> {
    pub(crate) node: &'a Node<'a>,
    pub(crate) key: String,
}

/// Reads one document.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) source: &'a str,
}

impl Reader<'_> {
    pub(crate) fn fail<T>(
        &self,
        place: &Place<'_>,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) -> Result<T, ConfigError> {
        let (line, column) = position(self.text.as_bytes(), place.node.at);
        Err(ConfigError {
            source: self.source.to_owned(),
            line,
            column,
            key: place.key.clone(),
            message: message.into(),
            suggestion,
        })
    }

    pub(crate) fn fields<'n>(&self, place: &Place<'n>) -> Result<&'n [Field<'n>], ConfigError> {
        match &place.node.value {
            Value::Object(fields) => Ok(fields),
            _ => self.fail(place, format!("must be an object, not {}", place.node.kind()), None),
        }
    }

    pub(crate) fn only_keys(&self, place: &Place<'_>, known: &[&str]) -> Result<(), ConfigError> {
        for (name, node) in self.fields(place)? {
            if !known.contains(&&**name) {
                let suggestion = did_you_mean(name, known).or_else(|| Some(format!("known keys: {}", known.join(", "))));
                return self.fail(&child(place, name, node), "unknown key", suggestion);
            }
        }
        Ok(())
    }

    pub(crate) fn optional<'n>(&self, place: &Place<'n>, name: &str) -> Option<Place<'n>> {
        place.node.field(name).map(|node| child(place, name, node))
    }

    pub(crate) fn required<'n>(&self, place: &Place<'n>, name: &str) -> Result<Place<'n>, ConfigError> {
        self.fields(place)?;
        match self.optional(place, name) {
            Some(found) => Ok(found),
            None => self.fail(place, format!("the key `{name}` is missing"), None),
        }
    }

    pub(crate) fn text(&self, place: &Place<'_>) -> Result<String, ConfigError> {
        match place.node.text() {
            Some("") => self.fail(place, "must not be empty", None),
            Some(text) => Ok(text.to_owned()),
            None => self.fail(place, format!("must be a string, not {}", place.node.kind()), None),
        }
    }

    pub(crate) fn items<'n>(&self, place: &Place<'n>) -> Result<Vec<Place<'n>>, ConfigError> {
        let Some(items) = place.node.items() else {
            return self.fail(place, format!("must be a list, not {}", place.node.kind()), None);
        };
        Ok(items.iter().enumerate().map(|(i, node)| Place { node, key: format!("{}[{i}]", place.key) }).collect())
    }

    /// A list of strings, or one string; an empty list would match nothing and is an error.
    pub(crate) fn texts(&self, place: &Place<'_>) -> Result<Vec<String>, ConfigError> {
        if place.node.text().is_some() {
            return Ok([self.text(place)?].into());
        }
        let items = self.items(place)?;
        if items.is_empty() {
            return self.fail(
                place,
                "the list is empty, so the rule would never match",
                Some("remove the key to match everything".to_owned()),
            );
        }
        items.iter().map(|item| self.text(item)).collect()
    }

    /// A list of strings, or one string, or none.
    pub(crate) fn any_texts(&self, place: &Place<'_>) -> Result<Vec<String>, ConfigError> {
        let none = place.node.items().is_some_and(<[Node]>::is_empty);
        if none { Ok(Vec::new()) } else { self.texts(place) }
    }

    pub(crate) fn named<T>(
        &self,
        place: &Place<'_>,
        what: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, ConfigError> {
        let mut found = Vec::new();
        for text in self.texts(place)? {
            match parse(&text) {
                Some(value) => found.push(value),
                None => {
                    let suggestion = did_you_mean(&text, known).or_else(|| Some(format!("one of {}", known.join(", "))));
                    return self.fail(place, format!("unknown {what} `{text}`"), suggestion);
                }
            }
        }
        Ok(found)
    }

    pub(crate) fn whole_number(&self, place: &Place<'_>) -> Result<i64, ConfigError> {
        let number = if let Value::Number(text) = &place.node.value { text.parse().ok() } else { None };
        number.map_or_else(|| self.fail(place, "must be a whole number", None), Ok)
    }

    /// Exactly one of some names.
    pub(crate) fn one<T: Copy>(
        &self,
        place: &Place<'_>,
        what: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        let found: Vec<T> = self.named(place, what, known, parse)?;
        match found.as_slice() {
            [one] => Ok(*one),
            _ => self.fail(place, "must be one, not a list", None),
        }
    }

    /// True or false; false when it is not given.
    pub(crate) fn flag(&self, place: &Place<'_>, name: &str) -> Result<bool, ConfigError> {
        match self.optional(place, name) {
            None => Ok(false),
            Some(flag) => match flag.node.value {
                Value::Bool(set) => Ok(set),
                _ => self.fail(&flag, "must be true or false", None),
            },
        }
    }
}

fn child<'n>(parent: &Place<'_>, name: &str, node: &'n Node<'n>) -> Place<'n> {
    let key = if parent.key.is_empty() { name.to_owned() } else { format!("{}.{name}", parent.key) };
    Place { node, key }
}
