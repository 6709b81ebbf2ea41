//! What one way of reading a call says. A call that can be read in several ways has several, and the strictest holds.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Category, Verb, meaning, routes};

/// One reading of a call.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) operation: String,
    pub(super) verb: Verb,
    pub(super) categories: Vec<Category>,
    /// Whether the operation's name was taken from the call, not from a table.
    pub(super) quoted: bool,
}

impl Reading {
    /// A call that says nothing about itself.
    pub(super) fn unknown(verb: Verb, categories: Vec<Category>) -> Self {
        Self { operation: "request".to_owned(), verb, categories, quoted: false }
    }

    /// Something that nobody reads any more: it may do everything.
    pub(super) fn unread() -> Self {
        Self::unknown(Verb::Admin, Vec::new())
    }

    /// A tool call by the name of its function, as it is written.
    pub(super) fn of_function(name: &str) -> Self {
        let verb = meaning::verb_of_name(name);
        Self { operation: name.to_owned(), verb, categories: meaning::categories_of_name(name, verb), quoted: true }
    }

    /// An operation of a service by its name, as policies write it.
    pub(super) fn of_name(name: &str) -> Self {
        Self { operation: routes::snake_case(name), ..Self::of_function(name) }
    }

    /// Adds a category.
    pub(super) fn add(&mut self, category: Category) {
        if !self.categories.contains(&category) {
            self.categories.push(category);
        }
    }

    /// The stricter of two readings, with the categories of both. Of two that are as strict, one that a table knows leads one
    /// that names itself, and that one a nameless one; then the one of more kinds.
    pub(super) fn join(self, other: Self) -> Self {
        let rank = |reading: &Self| {
            let named = if reading.quoted { 1 } else { u8::from(reading.operation != "request") * 2 };
            (reading.verb, named, reading.categories.len())
        };
        let (mut lead, follow) = if rank(&other) > rank(&self) { (other, self) } else { (self, other) };
        follow.categories.into_iter().for_each(|category| lead.add(category));
        lead
    }
}

/// All readings as one.
pub(super) fn strictest(readings: impl IntoIterator<Item = Reading>) -> Option<Reading> {
    readings.into_iter().reduce(Reading::join)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_with_all_categories() {
        let of = |names: &[&str]| strictest(names.iter().map(|name| Reading::of_name(name))).unwrap();
        let both = of(&["listUsers", "sendMail", "deleteNote"]);
        assert_eq!((both.operation.as_str(), both.verb), ("send_mail", Verb::Write));
        assert_eq!(both.categories, [Category::Message, Category::Delete]);
        let named = Reading::unknown(Verb::Write, Vec::new()).join(Reading::of_name("sendMail"));
        assert_eq!(named.operation, "send_mail");
    }
}
