//! Spain, Italy and Turkey.

use super::near::{Compact, by_itself, if_named, if_named_or_grouped};
use crate::{
    detect::{
        checks::luhn,
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&ES_NIF, &ES_CIF, &IT_FISCAL_CODE, &IT_VAT, &IT_IDENTITY_CARD, &TR_ID];

/// Spain: identity numbers of citizens and foreigners.
static ES_NIF: Rule = Rule::pii("es_nif", "ES_NIF", nif)
    .shaped(Shape::Forms(&["00000000A", "00000000-A", "00.000.000-A", "A0000000A", "A0000000-A", "A-0000000-A"]))
    .needs_name_or_groups(&[
        "dni",
        "nif",
        "nie",
        "documento nacional",
        "identidad",
        "extranjero",
        "número de identificación fiscal",
    ])
    .known_from("Ministerio del Interior, cálculo del dígito de control del NIF/NIE")
    .evidence(
        &["DNI {id:nif}", "nif={id:nif:00000000-0}", "NIE: {id:nie}", "{id:nif:00.000.000-0}"],
        &["x {bad:nif}", "x {id:nif}", "nie {id:nie}1"],
    );

fn nif(candidate: &Candidate<'_>) -> Outcome {
    let valid = checksums::es_letter(&Compact::of(candidate.text));
    if_named_or_grouped(candidate, valid, ES_NIF.names)
}

/// Spain: companies.
static ES_CIF: Rule = Rule::pii("es_cif", "ES_CIF", cif)
    .shaped(Shape::Forms(&["A0000000X", "A-0000000-X", "A-00000000"]))
    .needs_name(&["cif", "nif", "nif empresa", "identificación fiscal"])
    .known_from("Agencia Tributaria, número de identificación fiscal de las personas jurídicas")
    .evidence(&["CIF {id:cif}", "cif={id:cif}", "NIF empresa: {id:cif}"], &["x {bad:cif}", "x {id:cif}", "cif {id:cif}1"]);

fn cif(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::es_cif(&Compact::of(candidate.text)), ES_CIF.names)
}

/// Italy: fiscal codes of persons.
static IT_FISCAL_CODE: Rule = Rule::pii("it_codice_fiscale", "IT_CODICE_FISCALE", fiscal_code)
    .shaped(Shape::Forms(&["AAAAAAXXAXXAXXXA"]))
    .known_from("D.M. 23 dicembre 1976, codice fiscale")
    .evidence(
        &["{id:codice}", "codice fiscale: {id:codice}", "cf={id:codice}"],
        &["ABCDEF80F12{digits:4}X", "{id:codice}1", "X{id:codice}"],
    );

fn fiscal_code(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let month = compact.get(8).is_some_and(|b| b"ABCDEHLMPRST".contains(b));
    // Digits, or the letters that stand for them where two people would have the same code.
    let numbers = [6, 7, 9, 10, 12, 13, 14].map(|at| compact.get(at).copied().unwrap_or_default());
    let numeric = numbers.iter().all(|b| b.is_ascii_digit() || b"LMNPQRSTUV".contains(b));
    let plain = numbers.iter().filter(|b| b.is_ascii_digit()).count() >= 4;
    let valid = month && numeric && plain;
    let found = by_itself(candidate, valid, &["codice fiscale", "cf", "fiscal code"]);
    // Nothing else is built like this: a wrong check letter lowers the confidence only.
    if found != Outcome::Reject && !checksums::it_fiscal_code(&compact) { Outcome::Found(Confidence::Low) } else { found }
}

/// Italy: value added tax.
static IT_VAT: Rule = Rule::pii("it_partita_iva", "IT_PARTITA_IVA", vat)
    .shaped(Shape::Forms(&["00000000000", "IT00000000000", "IT 00000000000"]))
    .needs_name(&["partita iva", "p iva", "piva", "vat", "vat number"])
    .known_from("Agenzia delle Entrate, partita IVA")
    .evidence(
        &["Partita IVA {luhn:0:11}", "P.IVA: {luhn:0:11}", "piva=IT{luhn:0:11}"],
        &["x 1{luhn:0:10}", "x {luhn:0:11}", "private {luhn:0:11}"],
    );

fn vat(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let digits = compact.strip_prefix(b"IT").unwrap_or(&compact);
    if_named(candidate, luhn(digits), IT_VAT.names)
}

/// Italy: electronic identity cards.
static IT_IDENTITY_CARD: Rule = Rule::pii("it_identity_card", "IT_IDENTITY_CARD", identity_card)
    .shaped(Shape::Forms(&["AA00000AA", "AA 00000 AA"]))
    .needs_name(&["cie", "carta d identità", "carta d identita", "carta identita", "identity card"])
    .known_from("Ministero dell'Interno, carta d'identità elettronica")
    .evidence(
        &["CIE CA{digits:5}AA", "carta d'identità: CA{digits:5}BC", "carta_identita=CA{digits:5}DE"],
        &["x CA{digits:5}AA", "society CA{digits:5}AA", "CIE CA{digits:4}AAA"],
    );

fn identity_card(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, candidate.text.iter().all(|b| !b.is_ascii_lowercase()), IT_IDENTITY_CARD.names)
}

/// Turkey: identity numbers.
static TR_ID: Rule = Rule::pii("tr_identity", "TR_IDENTITY", tr_id)
    .shaped(Shape::Forms(&["00000000000"]))
    .needs_name(&["tckn", "kimlik", "tc kimlik", "tc no", "vatandaşlık"])
    .known_from("Nüfus ve Vatandaşlık İşleri, T.C. kimlik numarası")
    .evidence(
        &["TCKN {id:tckn}", "TC kimlik no: {id:tckn}", "kimlik_no={id:tckn}"],
        &["x {bad:tckn}", "x {id:tckn}", "tckn {id:tckn}1"],
    );

fn tr_id(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, checksums::tr_id(candidate.text), TR_ID.names)
}
