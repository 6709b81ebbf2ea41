//! North America: tax and social insurance numbers.

use super::near::{Compact, by_itself, date, if_named, if_named_or_grouped, only_named, short_date};
use crate::detect::{
    checks::luhn,
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&US_ITIN, &US_EIN, &CA_SIN, &MX_CURP, &MX_RFC];

/// United States: taxpayers without a social security number.
static US_ITIN: Rule = Rule::pii("us_itin", "US_ITIN", itin)
    .shaped(Shape::Forms(&["000-00-0000", "000 00 0000", "000000000"]))
    .needs_name_or_groups(&["itin", "taxpayer identification", "individual taxpayer", "tax id", "taxpayer id", "tin"])
    .known_from("IRS, Individual Taxpayer Identification Number; Internal Revenue Manual 3.21.263")
    .evidence(
        &["9{two}-7{one}-{digits:4}", "ITIN 9{two}7{one}{digits:4}", "itin=9{two}-7{one}-{digits:4}"],
        &["9{two}-49-{digits:4}", "x 9{two}7{one}{digits:4}", "x 8{two}-7{one}-{digits:4}"],
    );

fn itin(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = matches!(&*compact, [b'9', _, _, a, b, ..]
        if matches!((a, b), (b'5', _) | (b'6', b'0'..=b'5') | (b'7', _) | (b'8', b'0'..=b'8') | (b'9', b'0'..=b'2' | b'4'..=b'9')));
    if candidate.text.contains(&b'-') {
        return if_named_or_grouped(candidate, valid, US_ITIN.names);
    }
    if_named(candidate, valid, US_ITIN.names)
}

/// United States: employers.
static US_EIN: Rule = Rule::pii("us_ein", "US_EIN", ein)
    .shaped(Shape::Forms(&["00-0000000", "000000000"]))
    .needs_name(&["ein", "fein", "employer identification", "employer id", "federal tax id", "tax id", "tax identification"])
    .known_from("IRS, How EINs are assigned and valid EIN prefixes")
    .evidence(
        &["EIN 12-{digits:7}", "employer identification number: 45-{digits:7}", "ein=36{digits:7}"],
        &["12-{digits:7}", "EIN 07-{digits:7}", "being 12-{digits:7}"],
    );

fn ein(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let unused = [
        &b"00"[..],
        b"07",
        b"08",
        b"09",
        b"17",
        b"18",
        b"19",
        b"28",
        b"29",
        b"49",
        b"69",
        b"70",
        b"78",
        b"79",
        b"89",
        b"96",
        b"97",
    ];
    let issued = !unused.contains(&compact.get(..2).unwrap_or_default());
    only_named(candidate, issued, US_EIN.names)
}

/// Canada: social insurance numbers.
static CA_SIN: Rule = Rule::pii("ca_sin", "CA_SIN", sin)
    .shaped(Shape::Forms(&["000-000-000", "000 000 000", "000000000"]))
    .needs_name(&["sin", "social insurance", "nas", "assurance sociale"])
    .known_from("Employment and Social Development Canada, Social Insurance Number validation")
    .evidence(
        &["SIN {id:sin}", "social insurance number {id:sin:000-000-000}", "sin={id:sin:000 000 000}"],
        &["x {bad:sin}", "x {id:sin:000-000-000}", "using {id:sin}"],
    );

fn sin(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let issued = !matches!(compact.first(), Some(b'0' | b'8'));
    if_named(candidate, issued && luhn(&compact), CA_SIN.names)
}

/// Mexico: population registry codes.
static MX_CURP: Rule = Rule::pii("mx_curp", "MX_CURP", curp)
    .shaped(Shape::Forms(&["AAAA000000AAAAAAX0"]))
    .known_from("RENAPO, Instructivo normativo para la asignación de la CURP")
    .evidence(&["{id:curp}", "CURP: {id:curp}", "curp={id:curp}&x=1"], &["{bad:curp}", "{id:curp}9", "A{id:curp}"]);

fn curp(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let born = short_date(compact.get(4..10).unwrap_or_default());
    by_itself(candidate, born && checksums::mx_curp(&compact), &["curp"])
}

/// Mexico: tax registry codes.
static MX_RFC: Rule = Rule::pii("mx_rfc", "MX_RFC", rfc)
    .shaped(Shape::Forms(&["AAAA000000XXX", "AAA000000XXX"]))
    .needs_name(&["rfc", "registro federal", "contribuyente"])
    .known_from("SAT, Registro Federal de Contribuyentes")
    .evidence(&["RFC {id:rfc}", "rfc: {id:rfc}", "registro federal {id:rfc}"], &["x {bad:rfc}", "x {id:rfc}", "rfc {id:rfc}9"]);

fn rfc(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let head = compact.len().saturating_sub(9);
    let year = compact.get(head..head + 2).unwrap_or_default();
    let born =
        date(year, compact.get(head + 2..head + 4).unwrap_or_default(), compact.get(head + 4..head + 6).unwrap_or_default());
    if_named(candidate, born && checksums::mx_rfc(&compact), MX_RFC.names)
}
