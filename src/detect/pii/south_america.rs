//! South America: numbers of persons and companies.

use super::near::{Compact, if_named, if_named_or_grouped};
use crate::detect::{
    checksums,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&BR_CPF, &BR_CNPJ, &AR_CUIT, &CL_RUT];

/// Brazil: persons.
static BR_CPF: Rule = Rule::pii("br_cpf", "BR_CPF", cpf)
    .shaped(Shape::Forms(&["000.000.000-00", "000000000-00", "00000000000"]))
    .needs_name_or_groups(&["cpf", "cadastro de pessoa", "contribuinte"])
    .known_from("Receita Federal, Cadastro de Pessoas Físicas")
    .evidence(
        &["{id:cpf:000.000.000-00}", "CPF {id:cpf}", "cpf={id:cpf:000000000-00}"],
        &["{bad:cpf:000.000.000-00}", "x {id:cpf}", "CPF {id:cpf}1"],
    );

fn cpf(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::br_cpf(&Compact::of(candidate.text)), BR_CPF.names)
}

/// Brazil: companies.
static BR_CNPJ: Rule = Rule::pii("br_cnpj", "BR_CNPJ", cnpj)
    .shaped(Shape::Forms(&["XX.XXX.XXX/XXXX-00", "XXXXXXXXXXXX00"]))
    .needs_name_or_groups(&["cnpj", "pessoa jurídica"])
    .known_from("Receita Federal, Cadastro Nacional da Pessoa Jurídica; Instrução Normativa RFB 2229/2024")
    .evidence(
        &["{id:cnpj:00.000.000/0000-00}", "CNPJ {id:cnpj}", "cnpj: {id:cnpj:00.000.000/0000-00}"],
        &["{bad:cnpj:00.000.000/0000-00}", "x {id:cnpj}", "CNPJ {id:cnpj}1"],
    );

fn cnpj(candidate: &Candidate<'_>) -> Outcome {
    if_named_or_grouped(candidate, checksums::br_cnpj(&Compact::of(candidate.text)), BR_CNPJ.names)
}

/// Argentina: taxpayers.
static AR_CUIT: Rule = Rule::pii("ar_cuit", "AR_CUIT", cuit)
    .shaped(Shape::Forms(&["00-00000000-0", "00000000000"]))
    .needs_name_or_groups(&["cuit", "cuil"])
    .known_from("AFIP, Clave Única de Identificación Tributaria")
    .evidence(
        &["{id:cuit:00-00000000-0}", "CUIT {id:cuit}", "cuil={id:cuit}"],
        &["{bad:cuit:00-00000000-0}", "x {id:cuit}", "circuit {id:cuit}"],
    );

fn cuit(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let kinds = [&b"20"[..], b"23", b"24", b"25", b"26", b"27", b"30", b"33", b"34"];
    let kind = kinds.contains(&compact.get(..2).unwrap_or_default());
    if_named_or_grouped(candidate, kind && checksums::ar_cuit(&compact), AR_CUIT.names)
}

/// Chile: persons and companies.
static CL_RUT: Rule = Rule::pii("cl_rut", "CL_RUT", rut)
    .shaped(Shape::Forms(&["00.000.000-X", "0.000.000-X", "00000000-X", "0000000-X", "00000000X"]))
    .needs_name_or_groups(&["rut", "rol único", "rol unico"])
    .known_from("Servicio de Impuestos Internos, Rol Único Tributario")
    .evidence(
        &["{id:rut:00.000.000-0}", "RUT {id:rut:00000000-0}", "rut={id:rut}"],
        &["{bad:rut:00.000.000-0}", "x {id:rut}", "x {id:rut:00000000-0}"],
    );

fn rut(candidate: &Candidate<'_>) -> Outcome {
    let valid = checksums::cl_rut(&Compact::of(candidate.text));
    if candidate.text.contains(&b'.') {
        return if_named_or_grouped(candidate, valid, CL_RUT.names);
    }
    if_named(candidate, valid, CL_RUT.names)
}
