#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! The rules that are not found by a prefix, sorted by the compiler into the lists that the scan loop goes through.

use super::{FAMILIES, rule::Rule, shape::Shape};

const fn is(shape: &Shape, kind: Kind) -> bool {
    matches!((kind, shape), (Kind::Keyed, Shape::Keyed { .. }) | (Kind::Assigned, Shape::Assigned) | (Kind::Other, _))
        && !matches!((kind, shape), (Kind::Other, Shape::Keyed { .. } | Shape::Assigned | Shape::Token { .. } | Shape::Forms(_)))
}

#[derive(Clone, Copy)]
enum Kind {
    Keyed,
    Assigned,
    Other,
}

const fn count(kind: Kind) -> usize {
    let (mut total, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            total += is(&FAMILIES[family][rule].shape, kind) as usize;
            rule += 1;
        }
        family += 1;
    }
    total
}

const fn list<const N: usize>(kind: Kind) -> [&'static Rule; N] {
    let mut found = [FAMILIES[0][0]; N];
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            if is(&FAMILIES[family][rule].shape, kind) {
                found[at] = FAMILIES[family][rule];
                at += 1;
            }
            rule += 1;
        }
        family += 1;
    }
    found
}

/// Looked at where a long run has a vendor's name before it.
pub(super) static KEYED: [&Rule; count(Kind::Keyed)] = list(Kind::Keyed);
/// Looked at where a value stands under a name.
pub(super) static ASSIGNED: [&Rule; count(Kind::Assigned)] = list(Kind::Assigned);
/// Looked at by their own shapes.
pub(super) static OTHERS: [&Rule; count(Kind::Other)] = list(Kind::Other);
