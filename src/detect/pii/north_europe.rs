//! Poland and the Nordic countries.

use super::near::{Compact, by_itself, if_named, if_named_or_grouped, only_named, short_date};
use crate::detect::{
    checks::luhn,
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PL_PESEL, &PL_NIP, &SE_PERSON, &SE_ORGANISATION, &NO_BIRTH, &DK_CPR, &FI_HETU];

/// Poland: persons.
static PL_PESEL: Rule = Rule::pii("pl_pesel", "PL_PESEL", pesel)
    .shaped(Shape::Forms(&["00000000000"]))
    .needs_name(&["pesel"])
    .known_from("Ustawa o ewidencji ludności, numer PESEL")
    .evidence(
        &["PESEL {id:pesel}", "pesel={id:pesel}", "numer PESEL: {id:pesel}"],
        &["x {bad:pesel}", "x {id:pesel}", "pesel {id:pesel}1"],
    );

fn pesel(candidate: &Candidate<'_>) -> Outcome {
    let number = |at: usize| candidate.text.get(at..at + 2).map_or(0, |two| checksums::remainder(two, 100));
    // Twenty for each century is added to the month.
    let born = (1..=12).contains(&(number(2) % 20)) && (1..=31).contains(&number(4));
    if_named(candidate, born && checksums::pl_pesel(candidate.text), PL_PESEL.names)
}

/// Poland: taxpayers.
static PL_NIP: Rule = Rule::pii("pl_nip", "PL_NIP", nip)
    .shaped(Shape::Forms(&["000-000-00-00", "000-00-00-000", "0000000000", "PL0000000000"]))
    .needs_name_or_groups(&["nip", "numer identyfikacji podatkowej"])
    .known_from("Ustawa o zasadach ewidencji i identyfikacji podatników, NIP")
    .evidence(
        &["NIP {id:nip}", "nip={id:nip:000-000-00-00}", "{id:nip:000-000-00-00}"],
        &["x {bad:nip}", "x {id:nip}", "snip {id:nip}"],
    );

fn nip(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let digits = compact.strip_prefix(b"PL").unwrap_or(&compact);
    let valid = checksums::pl_nip(digits);
    if candidate.text.contains(&b'-') {
        return if_named_or_grouped(candidate, valid, PL_NIP.names);
    }
    only_named(candidate, valid, PL_NIP.names)
}

/// Sweden: persons; the century is no part of the checked number.
static SE_PERSON: Rule = Rule::pii("se_personnummer", "SE_PERSONNUMMER", se_person)
    .shaped(Shape::Forms(&["000000-0000", "00000000-0000", "0000000000", "000000000000"]))
    .needs_name_or_groups(&[
        "personnummer",
        "personnr",
        "pnr",
        "samordningsnummer",
        "personal identity number",
        "personal identity code",
        "personal number",
        "swedish id",
        "social security",
    ])
    .known_from("Skatteverket, personnummer och samordningsnummer")
    .evidence(
        &["personnummer {id:personnummer}", "{id:personnummer:000000-0000}", "pnr=19{id:personnummer:000000-0000}"],
        &["x {bad:personnummer}", "x {id:personnummer}", "1-{id:personnummer:000000-0000}"],
    );

fn se_person(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let digits = compact.get(compact.len().saturating_sub(10)..).unwrap_or_default();
    let century = compact.len() == 10 || matches!(compact.get(..2), Some(b"18" | b"19" | b"20"));
    // Coordination numbers have 60 added to the day.
    let [y, e, m, o, day @ b'0'..=b'9', d, ..] = digits else { return Outcome::Reject };
    let born = short_date(&[*y, *e, *m, *o, if *day >= b'6' { day - 6 } else { *day }, *d]);
    if_named_or_grouped(candidate, century && born && luhn(digits), SE_PERSON.names)
}

/// Sweden: organisations.
static SE_ORGANISATION: Rule = Rule::pii("se_organisationsnummer", "SE_ORGANISATIONSNUMMER", se_organisation)
    .shaped(Shape::Forms(&["000000-0000", "0000000000"]))
    .needs_name_or_groups(&["organisationsnummer", "orgnr", "org nr", "organisation number"])
    .known_from("Bolagsverket, organisationsnummer")
    .evidence(
        &["organisationsnummer {luhn:556:10}", "org nr: {luhn:556:10}", "orgnr={luhn:769:10}"],
        &["x {luhn:556:10}", "orgnr {luhn:55:9}", "orgnr {luhn:556:10}1"],
    );

fn se_organisation(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = compact.get(2).is_some_and(|b| *b >= b'2') && luhn(&compact);
    // The state, companies, associations and partnerships.
    let common = matches!(compact.first(), Some(b'2' | b'5' | b'7'..=b'9'));
    if common {
        if_named_or_grouped(candidate, valid, SE_ORGANISATION.names)
    } else {
        only_named(candidate, valid, SE_ORGANISATION.names)
    }
}

/// Norway: birth numbers.
static NO_BIRTH: Rule = Rule::pii("no_fodselsnummer", "NO_FODSELSNUMMER", no_birth)
    .shaped(Shape::Forms(&["00000000000", "000000 00000"]))
    .needs_name_or_groups(&["fødselsnummer", "fodselsnummer", "fnr", "personnummer", "fødselsnr"])
    .known_from("Skatteetaten, fødselsnummer")
    .evidence(
        &["fødselsnummer {id:fnr}", "fodselsnummer={id:fnr}", "{id:fnr:000000 00000}"],
        &["x {bad:fnr}", "x {id:fnr}", "fnr {id:fnr}1"],
    );

fn no_birth(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::no_birth(&Compact::of(candidate.text)), NO_BIRTH.names)
}

/// Denmark: CPR numbers; those since 2007 may fail the check digit, so they need a word.
static DK_CPR: Rule = Rule::pii("dk_cpr", "DK_CPR", cpr)
    .shaped(Shape::Forms(&["000000-0000", "0000000000", "000000 0000"]))
    .needs_name_or_groups(&["cpr", "cpr nummer", "cpr nr", "personnummer"])
    .known_from("CPR-kontoret, Personnummeret i CPR")
    .evidence(
        &["CPR {id:cpr:000000-0000}", "cpr-nummer: {id:cpr}", "cpr={id:cpr:000000-0000}"],
        &["x {id:cpr}", "CPR 99{digits:4}-{digits:4}", "cpr {id:cpr}1"],
    );

fn cpr(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let [d1, d2, m1, m2, y1, y2, ..] = &*compact else { return Outcome::Reject };
    let born = short_date(&[*y1, *y2, *m1, *m2, *d1, *d2]);
    if candidate.text.contains(&b'-') && checksums::dk_cpr(&compact) {
        return if_named_or_grouped(candidate, born, DK_CPR.names);
    }
    only_named(candidate, born, DK_CPR.names)
}

/// Finland: personal identity codes; the sign tells the century.
static FI_HETU: Rule = Rule::pii("fi_hetu", "FI_HETU", hetu)
    .shaped(Shape::Forms(&["000000-000X", "000000A000X"]))
    .known_from("Digi- ja väestötietovirasto, henkilötunnus")
    .evidence(
        &["{id:hetu:000000-0000}", "henkilötunnus {id:hetu:000000-0000}", "hetu={id:hetu:000000A0000}"],
        &["{id:hetu:000000-0000}1", "{badletter:hetu:000000-0000}", "x-{id:hetu:000000-0000}-y"],
    );

fn hetu(candidate: &Candidate<'_>) -> Outcome {
    let [d1, d2, m1, m2, y1, y2, sign, serial @ .., check] = candidate.text else { return Outcome::Reject };
    let born = short_date(&[*y1, *y2, *m1, *m2, *d1, *d2]);
    let century = b"-+ABCDEFYXWVU".contains(sign);
    let number = [&[*d1, *d2, *m1, *m2, *y1, *y2], serial].concat();
    let valid = born && century && checksums::fi_hetu(&number, check.to_ascii_uppercase());
    by_itself(candidate, valid, &["hetu", "henkilötunnus", "personbeteckning"])
}
