//! Germany, France, Belgium and the Netherlands.

use super::near::{Compact, by_itself, if_named, if_named_or_grouped, only_named};
use crate::detect::{
    checks::luhn,
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&DE_TAX, &DE_PENSION, &DE_VAT, &DE_IDENTITY_CARD, &FR_NIR, &FR_SIREN, &NL_BSN, &BE_REGISTER];

/// Germany: tax identification numbers.
static DE_TAX: Rule = Rule::pii("de_tax_id", "DE_TAX_ID", tax)
    .shaped(Shape::Forms(&["00000000000", "00 000 000 000", "00/000/000/000"]))
    .needs_name(&[
        "steuer id",
        "steuerid",
        "idnr",
        "steuer idnr",
        "identifikationsnummer",
        "steueridentifikationsnummer",
        "tin",
        "tax id",
    ])
    .known_from("Abgabenordnung section 139b; Bundeszentralamt für Steuern")
    .evidence(
        &["Steuer-ID {id:steuer}", "steuerliche Identifikationsnummer: {id:steuer:00 000 000 000}", "idnr={id:steuer}"],
        &["x {bad:steuer}", "x {id:steuer}", "steuer id {id:steuer}1"],
    );

fn tax(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    // Of the first ten digits one occurs twice or three times; numbers for tests have all ten.
    let count = |digit: u8| compact.iter().take(10).filter(|b| **b == digit).count();
    let repeated = (b'0'..=b'9').filter(|digit| count(*digit) > 1).count() <= 1 && (b'0'..=b'9').all(|digit| count(digit) <= 3);
    let valid = !compact.starts_with(b"0") && repeated && checksums::iso_11_10(&compact);
    if_named(candidate, valid, DE_TAX.names)
}

/// Germany: pension insurance.
static DE_PENSION: Rule = Rule::pii("de_pension_insurance", "DE_PENSION_NUMBER", pension)
    .shaped(Shape::Forms(&["00000000A000", "00 000000 A 000", "00 000000 A000"]))
    .needs_name_or_groups(&[
        "rentenversicherungsnummer",
        "sozialversicherungsnummer",
        "versicherungsnummer",
        "rvnr",
        "svnr",
        "sv nummer",
        "vsnr",
    ])
    .known_from("VKVV section 2; Deutsche Rentenversicherung")
    .evidence(
        &["Rentenversicherungsnummer {id:rvnr}", "SV-Nummer: {id:rvnr:00 000000 0 000}", "rvnr={id:rvnr}"],
        &["{bad:rvnr}", "x {id:rvnr}", "rvnr {id:rvnr}1"],
    );

fn pension(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::de_pension(&Compact::of(candidate.text)), DE_PENSION.names)
}

/// Germany: value added tax.
static DE_VAT: Rule = Rule::pii("de_vat_id", "DE_VAT_ID", vat)
    .shaped(Shape::Forms(&[
        "DE000000000",
        "DE 000000000",
        "DE 000 000 000",
        "DE-000-000-000",
        "DE-000000000",
        "DE 000.000.000",
        "DE 000-000-000",
        "DE 000-000.000",
    ]))
    .known_from("UStG section 27a; Bundeszentralamt für Steuern")
    .evidence(
        &["{id:devat}", "USt-IdNr. {id:devat}", "vat={id:devat:00 000 000 000}"],
        &["{bad:devat}", "{id:devat}1", "X{id:devat}"],
    );

fn vat(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let digits = compact.get(2..).unwrap_or_default();
    let upper = candidate.text.starts_with(b"DE");
    by_itself(
        candidate,
        upper && !digits.starts_with(b"0") && checksums::iso_11_10(digits),
        &["ust", "ust idnr", "vat", "umsatzsteuer"],
    )
}

/// Germany: identity cards since 2010, nine characters and a check digit.
static DE_IDENTITY_CARD: Rule = Rule::pii("de_identity_card", "DE_IDENTITY_CARD", identity_card)
    .shaped(Shape::Forms(&["AXXXXXXXX0", "AXXXXXXXX"]))
    .needs_name(&[
        "personalausweis",
        "ausweisnummer",
        "personalausweisnummer",
        "ausweis",
        "id card",
        "reisepass",
        "reisepassnummer",
    ])
    .known_from("ICAO 9303 part 3; Personalausweisverordnung")
    .evidence(
        &["Personalausweis {id:ausweis}", "Ausweisnummer: {id:ausweis}", "personalausweisnummer={id:ausweis}"],
        &["x {bad:ausweis}", "x {id:ausweis}", "Ausweis {word:10}"],
    );

fn identity_card(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let (body, check) = compact.split_at(compact.len().min(9));
    let alphabet = body.iter().all(|b| b.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(b));
    let digits = body.iter().filter(|b| b.is_ascii_digit()).count();
    let valid = alphabet && digits >= 2 && check.first().is_none_or(|check| checksums::icao(body, *check));
    // Of nine characters the last one may be the check digit, or the first of ten's body may stand alone.
    let checked = compact.split_last().is_some_and(|(check, body)| valid && checksums::icao(body, *check));
    if checked {
        if_named(candidate, valid, DE_IDENTITY_CARD.names)
    } else {
        only_named(candidate, valid, DE_IDENTITY_CARD.names)
    }
}

/// France: social security.
static FR_NIR: Rule = Rule::pii("fr_nir", "FR_NIR", nir)
    .shaped(Shape::Forms(&["00000XX00000000", "0 00 00 XX 000 000 00", "00000XX000000 00"]))
    .needs_name_or_groups(&["nir", "sécurité sociale", "securite sociale", "numéro insee", "insee", "social security"])
    .known_from("INSEE, numéro d'inscription au répertoire")
    .evidence(
        &["{id:nir:0 00 00 00 000 000 00}", "NIR {id:nir}", "numéro de sécurité sociale: {id:nir}"],
        &["{bad:nir:0 00 00 00 000 000 00}", "x {id:nir}", "NIR {id:nir}1"],
    );

fn nir(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let sex = matches!(compact.first(), Some(b'1'..=b'4' | b'7' | b'8'));
    if_named_or_grouped(candidate, sex && checksums::fr_nir(&compact), FR_NIR.names)
}

/// France: companies and their establishments.
static FR_SIREN: Rule = Rule::pii("fr_siren", "FR_SIREN", siren)
    .shaped(Shape::Forms(&["000000000", "000 000 000", "00000000000000", "000 000 000 00000"]))
    .needs_name(&["siren", "siret"])
    .known_from("INSEE, système Sirene")
    .evidence(
        &["SIREN {luhn:7:9}", "SIRET: {luhn:7:14}", "siren={luhn:8:9}"],
        &["SIREN 1{luhn:9:9}", "x {luhn:7:14}", "siren song {luhn:7:8}"],
    );

fn siren(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, luhn(&Compact::of(candidate.text)), FR_SIREN.names)
}

/// Netherlands: citizen service numbers.
static NL_BSN: Rule = Rule::pii("nl_bsn", "NL_BSN", bsn)
    .shaped(Shape::Forms(&["000000000", "0000.00.000", "000 000 000", "0000-00-000"]))
    .needs_name(&["bsn", "burgerservicenummer", "sofinummer", "sofi"])
    .known_from("Rijksdienst voor Identiteitsgegevens, Logisch Ontwerp BSN")
    .evidence(
        &["BSN {id:bsn}", "burgerservicenummer: {id:bsn}", "bsn={id:bsn:0000.00.000}"],
        &["x {bad:bsn}", "x {id:bsn}", "bsn {id:bsn}1"],
    );

fn bsn(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::nl_bsn(&Compact::of(candidate.text)), NL_BSN.names)
}

/// Belgium: national register.
static BE_REGISTER: Rule = Rule::pii("be_national_register", "BE_NATIONAL_NUMBER", register)
    .shaped(Shape::Forms(&["00.00.00-000.00", "00000000000", "000000-000-00", "000000-000.00"]))
    .needs_name_or_groups(&[
        "rijksregisternummer",
        "rijksregister",
        "registre national",
        "numéro national",
        "nn",
        "insz",
        "niss",
        "national number",
    ])
    .known_from("Arrêté royal du 3 avril 1984, numéro d'identification du Registre national")
    .evidence(
        &["{id:rrn:00.00.00-000.00}", "rijksregisternummer {id:rrn}", "registre national: {id:rrn:000000-000-00}"],
        &["{bad:rrn:00.00.00-000.00}", "x {id:rrn}", "insz {id:rrn}1"],
    );

fn register(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::be_register(&Compact::of(candidate.text)), BE_REGISTER.names)
}
