//! One heap sort for everything that is ordered. The standard library's is compiled anew for every type that is sorted or
//! collected into a set, at some kilobytes of WebAssembly each.

use alloc::vec::Vec;

/// Sorts in place, `n log n` whatever the input. Equal items may change places.
pub(crate) fn sort<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    heap_sort(items.len(), &mut By { items, less });
}

/// The items in order; equal ones as they stood.
pub(crate) fn sorted_stably<T>(items: Vec<T>, less: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut numbered: Vec<(usize, T)> = items.into_iter().enumerate().collect();
    sort(&mut numbered, |(at, a), (after, b)| less(a, b) || at < after && !less(b, a));
    numbered.into_iter().map(|(_, item)| item).collect()
}

/// Whether a sorted list has the item.
pub(crate) fn holds<T: Ord>(sorted: &[T], item: &T) -> bool {
    sorted.binary_search(item).is_ok()
}

/// What the sort does to a list, by index.
trait Places {
    fn less(&self, a: usize, b: usize) -> bool;
    fn swap(&mut self, a: usize, b: usize);
}

struct By<'a, T, F> {
    items: &'a mut [T],
    less: F,
}

impl<T, F: Fn(&T, &T) -> bool> Places for By<'_, T, F> {
    fn less(&self, a: usize, b: usize) -> bool {
        match (self.items.get(a), self.items.get(b)) {
            (Some(a), Some(b)) => (self.less)(a, b),
            _ => false,
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        if a < self.items.len() && b < self.items.len() {
            self.items.swap(a, b);
        }
    }
}

fn heap_sort(length: usize, places: &mut dyn Places) {
    for root in (0..length / 2).rev() {
        sift_down(root, length, places);
    }
    for end in (1..length).rev() {
        places.swap(0, end);
        sift_down(0, end, places);
    }
}

/// Lets the item at `root` sink until none of its children is greater.
fn sift_down(mut root: usize, end: usize, places: &mut dyn Places) {
    loop {
        let left = root * 2 + 1;
        if left >= end {
            return;
        }
        let right = left + 1;
        let greatest = if right < end && places.less(left, right) { right } else { left };
        if !places.less(root, greatest) {
            return;
        }
        places.swap(root, greatest);
        root = greatest;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_the_standard_library_sorts(mut items in prop::collection::vec(0u8..50, 0..200)) {
            let mut expected: Vec<u8> = items.clone();
            expected.sort_unstable();
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn equal_items_stay_in_order(items in prop::collection::vec((0u8..5, any::<u8>()), 0..200)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted_stably(items, |a, b| a.0 < b.0), expected);
        }
    }
}
