//! The words of names.

use alloc::string::String;

use super::{routes::snake_case, segments::Segments};
pub(super) use crate::word_list::WordList as List;

/// The words of a name: `fetchAndDelete`, `fetch_and_delete` and `fetch-and-delete` are the same three.
#[derive(Debug, Default)]
pub(super) struct Words(String);

impl Words {
    pub(super) fn of(name: &str) -> Self {
        Self(snake_case(name))
    }

    pub(super) fn iter(&self) -> Segments<'_> {
        Segments::between(&self.0, b'_')
    }

    pub(super) fn first(&self) -> &str {
        self.iter().next().unwrap_or_default()
    }

    /// Whether one of them is in one of the lists.
    pub(super) fn any(&self, lists: &[&List]) -> bool {
        self.iter().any(|word| lists.iter().any(|list| list.has(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        for name in ["fetchAndDelete", "fetch_and_delete", "fetch-and-delete", "_Fetch__and.delete"] {
            assert_eq!(Words::of(name).iter().collect::<alloc::vec::Vec<_>>(), ["fetch", "and", "delete"], "{name}");
        }
        assert_eq!(Words::of("_").first(), "");
    }
}
