#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Names of fields whose values are personal: a filter by their last two letters, made by the compiler.

use super::{context::Words, kinds, rule::Rule, shape::Shape};

/// A bit for the last letter of every name, by the letter before it. Case does not matter.
static ENDS: [u32; 32] = ends();

const fn ends() -> [u32; 32] {
    let mut table = [0; 32];
    let mut rule = 0;
    while rule < kinds::FIELDS.len() {
        if let Shape::Field { names, .. } = kinds::FIELDS[rule].shape {
            let mut name = 0;
            while name < names.len() {
                let bytes = names[name].as_bytes();
                assert!(bytes.len() >= 2, "a name has at least two letters");
                table[(bytes[bytes.len() - 2] & 31) as usize] |= 1 << (bytes[bytes.len() - 1] & 31);
                name += 1;
            }
        }
        rule += 1;
    }
    table
}

/// Whether a name that ends like this can be one of a rule's.
pub(super) fn can_end(name: &[u8]) -> bool {
    match name {
        [.., a, b] => ENDS[usize::from(a & 31)] >> (b & 31) & 1 == 1,
        _ => false,
    }
}

/// Calls `found` with every rule that has the name, and whether its value goes to the end of the line.
pub(super) fn named(name: &[u8], found: &mut dyn FnMut(&'static Rule, bool)) {
    if !can_end(name) {
        return;
    }
    let words = Words::of(name);
    for rule in kinds::FIELDS {
        match rule.shape {
            Shape::Field { names, line } if words.end_with_any(names) => found(rule, line),
            _ => {}
        }
    }
}
