//! United States social security numbers.

use super::near::alone;
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// Grouped 3-2-4 with dashes anywhere; with spaces or bare only beside a word that names it.
pub(super) static US_SSN: Rule = Rule::pii("us_ssn", "US_SSN", ssn)
    .shaped(Shape::Digits { least: 9, most: 9 })
    .known_from("Social Security Administration, \"SSN randomization\"")
    .evidence(
        &["{ssn}", "ssn={ssn}.", "social security number {ssnbare}"],
        &["x {ssnbare}", "666-12-3456", "123-00-4567", "1{ssn}", "{ssn}-1"],
    );

fn ssn(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let (area, group, serial, separator) = match text {
        [a, b, c, s, d, e, t, f, g, h, i] if s == t && b"- ".contains(s) => ([*a, *b, *c], [*d, *e], [*f, *g, *h, *i], Some(*s)),
        [a, b, c, d, e, f, g, h, i] => ([*a, *b, *c], [*d, *e], [*f, *g, *h, *i], None),
        _ => return Outcome::Reject,
    };
    let digits = area.iter().chain(&group).chain(&serial).all(u8::is_ascii_digit);
    let issued = area != *b"000" && area != *b"666" && !area.starts_with(b"9") && group != *b"00" && serial != *b"0000";
    if !digits || !issued {
        return Outcome::Reject;
    }
    // Printed on specimens and in advertising, and void ever since.
    if matches!((&area, &group, &serial), (b"078", b"05", b"1120") | (b"219", b"09", b"9999")) {
        return Outcome::Placeholder;
    }
    let context = candidate.named_any(&[&["ssn"], &["social", "security"]]);
    match (separator, context) {
        (_, true) => Outcome::Found(Confidence::High),
        (Some(b'-'), false) => Outcome::Found(Confidence::Medium),
        _ if alone(candidate) => Outcome::Found(Confidence::Low),
        _ => Outcome::Reject,
    }
}
