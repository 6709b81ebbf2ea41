//! United Kingdom: insurance, health and tax numbers.

use super::near::{Compact, if_named, if_named_or_grouped, only_named};
use crate::detect::{
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&UK_NINO, &UK_NHS, &UK_UTR];

/// National insurance numbers.
static UK_NINO: Rule = Rule::pii("uk_nino", "UK_NINO", nino)
    .shaped(Shape::Forms(&["AA000000A", "AA 00 00 00 A", "AA-00-00-00-A", "AA 000000 A", "AA 000000A"]))
    .needs_name_or_groups(&["nino", "national insurance", "ni number", "ni no"])
    .known_from("HMRC National Insurance Manual NIM39110")
    .evidence(
        &["AB {two} {two} {two} C", "NINO AB{digits:6}C", "national insurance number: CE{digits:6}A"],
        &["x AB{digits:6}C", "x QQ{digits:6}C", "GB {two} {two} {two} C"],
    );

fn nino(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = match &*compact {
        [first, second, .., suffix] => {
            let pair = [*first, *second];
            let barred = [*b"BG", *b"GB", *b"KN", *b"NK", *b"NT", *b"TN", *b"ZZ"].contains(&pair);
            !b"DFIQUV".contains(first) && !b"DFIOQUV".contains(second) && !barred && matches!(suffix, b'A'..=b'D')
        }
        _ => false,
    };
    if_named_or_grouped(candidate, valid, UK_NINO.names)
}

/// NHS numbers.
static UK_NHS: Rule = Rule::pii("uk_nhs", "UK_NHS_NUMBER", nhs)
    .shaped(Shape::Forms(&["000 000 0000", "000-000-0000", "0000000000"]))
    .needs_name(&["nhs", "health service number"])
    .known_from("NHS Data Dictionary, NHS NUMBER")
    .evidence(
        &["NHS {id:nhs}", "NHS number: {id:nhs:000 000 0000}", "nhs_number={id:nhs:000-000-0000}"],
        &["x {bad:nhs}", "x {id:nhs}", "x {id:nhs:000 000 0000}"],
    );

fn nhs(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::uk_nhs(&Compact::of(candidate.text)), UK_NHS.names)
}

/// Unique taxpayer references.
static UK_UTR: Rule = Rule::pii("uk_utr", "UK_UTR", utr)
    .shaped(Shape::Forms(&["0000000000", "00000 00000", "0000000000K"]))
    .needs_name(&["utr", "taxpayer reference", "tax reference"])
    .known_from("HMRC, unique taxpayer reference; check digit specification of the online services")
    .evidence(
        &["UTR {id:utr}", "unique taxpayer reference: {id:utr:00000 00000}", "utr={id:utr}"],
        &["x {bad:utr}", "x {id:utr}", "utr {id:utr}1"],
    );

fn utr(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let digits = compact.strip_suffix(b"K").unwrap_or(&compact);
    only_named(candidate, checksums::uk_utr(digits), UK_UTR.names)
}
