//! A reading of method and path, and how far it is known.

use super::Reading;

/// What method and path say, and whether a table knew them.
pub(super) struct Found {
    pub(super) reading: Reading,
    pub(super) listed: bool,
}

impl Found {
    pub(super) fn guessed(reading: Reading) -> Self {
        Self { reading, listed: false }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self { reading: self.reading.join(other.reading), listed: self.listed || other.listed }
    }
}
