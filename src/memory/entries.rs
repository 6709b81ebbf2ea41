//! Sorted lists of entries that merge in any order to the same list.
//!
//! An entry is a key and what is known under it; two of one key join to what both know. Which entries are kept when there are
//! too many depends on the keys alone, so merging is associative, commutative and idempotent even at the bound.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Something with a key.
pub(super) trait Entry: Clone {
    /// What it is known by. The smallest keys are kept.
    type Key: Ord;
    /// The key.
    fn key(&self) -> Self::Key;
    /// Takes over what another entry of the same key knows.
    fn join(&mut self, other: &Self);
}

/// Entries by key, bounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entries<T> {
    list: Vec<T>,
    most: usize,
}

impl<T: Entry> Entries<T> {
    pub(super) const fn new(most: usize) -> Self {
        Self { list: Vec::new(), most }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The entry of a key, made first when there is none. `None` when it is past the bound.
    pub(super) fn entry(&mut self, new: T) -> Option<&mut T> {
        let at = match self.list.binary_search_by(|known| known.key().cmp(&new.key())) {
            Ok(at) => at,
            Err(at) if at >= self.most => return None,
            Err(at) => {
                self.list.insert(at, new);
                self.list.truncate(self.most);
                at
            }
        };
        self.list.get_mut(at)
    }

    /// Adds many, in any order.
    pub(super) fn extend(&mut self, mut more: Vec<T>) {
        crate::sort::sort(&mut more, |a, b| a.key() < b.key());
        let mut joined: Vec<T> = Vec::with_capacity(more.len());
        for entry in more {
            match joined.last_mut() {
                Some(last) if last.key() == entry.key() => last.join(&entry),
                _ => joined.push(entry),
            }
        }
        self.merge(&Self { list: joined, most: self.most });
    }

    /// The entries whose keys are within two bounds that the order of keys respects.
    pub(super) fn range(&self, below: impl Fn(&T) -> bool, within: impl Fn(&T) -> bool) -> impl Iterator<Item = &T> {
        let from = self.list.partition_point(below);
        self.list.iter().skip(from).take_while(move |entry| within(entry))
    }

    pub(super) fn for_each(&mut self, change: impl FnMut(&mut T)) {
        self.list.iter_mut().for_each(change);
    }

    pub(super) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.list.retain(keep);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let mut merged: Vec<T> = Vec::with_capacity((self.list.len() + other.list.len()).min(self.most));
        let (mut left, mut right) = (self.list.iter().peekable(), other.list.iter().peekable());
        while merged.len() < self.most {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.key().cmp(&b.key()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let mut next = if order == Ordering::Greater { right.next().cloned() } else { left.next().cloned() };
            if order == Ordering::Equal
                && let (Some(next), Some(other)) = (&mut next, right.next())
            {
                next.join(other);
            }
            merged.extend(next);
        }
        self.list = merged;
    }
}
