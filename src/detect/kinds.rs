#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! The rules by how their candidates are cut, sorted by the compiler into the lists that the scan loop goes through.

use super::{FAMILIES, rule::Rule, shape::Shape};

#[derive(Clone, Copy)]
enum Kind {
    Assigned,
    Base58,
    Decimal,
    Digits,
    Email,
    Field,
    Forms,
    Iban,
    Keyed,
    Link,
    Mrz,
    Network,
    Pem,
    Phone,
    Phrase,
    Street,
    Tag,
    Task,
    Token,
    Unnamed,
}

const fn is(shape: &Shape, kind: Kind) -> bool {
    match kind {
        Kind::Assigned => matches!(shape, Shape::Assigned),
        Kind::Base58 => matches!(shape, Shape::Base58),
        Kind::Decimal => matches!(shape, Shape::Decimal),
        Kind::Digits => matches!(shape, Shape::Digits { .. }),
        Kind::Email => matches!(shape, Shape::Email),
        Kind::Field => matches!(shape, Shape::Field { .. }),
        Kind::Forms => matches!(shape, Shape::Forms(_)),
        Kind::Iban => matches!(shape, Shape::Iban),
        Kind::Keyed => matches!(shape, Shape::Keyed { .. }) && !is(shape, Kind::Unnamed),
        Kind::Link => matches!(shape, Shape::Link),
        Kind::Mrz => matches!(shape, Shape::Mrz),
        Kind::Network => matches!(shape, Shape::Network),
        Kind::Pem => matches!(shape, Shape::Pem),
        Kind::Phone => matches!(shape, Shape::Phone),
        Kind::Phrase => matches!(shape, Shape::Phrase(_)),
        Kind::Street => matches!(shape, Shape::Street),
        Kind::Tag => matches!(shape, Shape::Tag(_)),
        Kind::Task => matches!(shape, Shape::Task),
        Kind::Token => matches!(shape, Shape::Token { .. }),
        // No word is asked for: the shape alone calls for a look.
        Kind::Unnamed => matches!(shape, Shape::Keyed { words: [[]], .. }),
    }
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

macro_rules! lists {
    ($($name:ident: $kind:ident),+ $(,)?) => {
        $(pub(super) const $name: &[&Rule] = &{
            const LIST: [&Rule; count(Kind::$kind)] = list(Kind::$kind);
            LIST
        };)+
    };
}

lists! {
    ASSIGNED: Assigned,
    BASE58: Base58,
    DECIMAL: Decimal,
    DIGITS: Digits,
    EMAIL: Email,
    FIELDS: Field,
    FORMS: Forms,
    IBAN: Iban,
    KEYED: Keyed,
    LINK: Link,
    MRZ: Mrz,
    NETWORK: Network,
    PEM: Pem,
    PHONE: Phone,
    PHRASES: Phrase,
    STREET: Street,
    TAGS: Tag,
    TASK: Task,
    TOKENS: Token,
    UNNAMED: Unnamed,
}
