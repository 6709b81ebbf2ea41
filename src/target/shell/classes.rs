//! What a command does, as a set.

/// A set of the things that commands do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::target) struct Classes(u8);

impl Classes {
    pub(in crate::target) const READ: Self = Self(1);
    pub(in crate::target) const WRITE: Self = Self(2);
    pub(in crate::target) const DESTRUCTIVE: Self = Self(4);
    pub(in crate::target) const NETWORK: Self = Self(8);
    pub(in crate::target) const ADMIN: Self = Self(16);
    pub(in crate::target) const EXECUTE: Self = Self(32);

    /// Whether all of another set are in this one.
    pub(in crate::target) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// By the letters that the tables use.
    pub(super) fn of_letters(letters: &str) -> Self {
        let of = |letter| match letter {
            'r' => Self::READ,
            'w' => Self::WRITE,
            'd' => Self::DESTRUCTIVE.and(Self::WRITE),
            'n' => Self::NETWORK,
            'a' => Self::ADMIN,
            'x' => Self::EXECUTE,
            _ => Self(0),
        };
        letters.chars().map(of).fold(Self(0), Self::and)
    }
}
