//! A table of objects by number. Numbers start at 1 and are used again.

use alloc::vec::Vec;

pub(super) struct Slab<T> {
    slots: Vec<Option<T>>,
}

impl<T> Slab<T> {
    pub(super) const fn new() -> Self {
        Self { slots: Vec::new() }
    }

    pub(super) fn insert(&mut self, value: T) -> u32 {
        let free = self.slots.iter().position(Option::is_none);
        let at = free.unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() - 1
        });
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some(value);
        }
        u32::try_from(at + 1).unwrap_or(0)
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.slots.get(index(number)?)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.slots.get_mut(index(number)?)?.as_mut()
    }

    pub(super) fn remove(&mut self, number: u32) {
        self.take(number);
    }

    pub(super) fn take(&mut self, number: u32) -> Option<T> {
        self.slots.get_mut(index(number)?)?.take()
    }
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}
