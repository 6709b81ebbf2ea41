//! Addresses of crypto currencies. They are public by nature, so they are reported only.

use super::near::near;
use crate::{
    detect::{
        base58, bech32,
        checks::repetitive,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&BASE58, &BECH32, &ETHEREUM];

/// Bitcoin and its relatives, Tron, and, where a word says so, Solana.
static BASE58: Rule = Rule::pii("crypto_address", "CRYPTO_ADDRESS", base58_address)
    .low()
    .shaped(Shape::Base58)
    .known_from("Bitcoin developer reference, Base58Check; TRON developer documentation")
    .evidence(
        &["{base58check:00}", "send to {base58check:05}", "tron {base58check:41}"],
        &["1{base62:33}", "{base58check:00}1", "{word:34}"],
    );

fn base58_address(candidate: &Candidate<'_>) -> Outcome {
    let checked = matches!(candidate.text.first(), Some(b'1' | b'3' | b'T' | b'L' | b'M' | b'D' | b'X'));
    if checked && base58::is_checked(candidate.text, 21) {
        return Outcome::Found(Confidence::High);
    }
    let solana = candidate.text.len() >= 32 && base58::decode(candidate.text).is_some_and(|bytes| bytes.len() == 32);
    if solana && near(candidate, &["solana", "sol address", "wallet"]) {
        Outcome::Found(Confidence::Medium)
    } else {
        Outcome::Reject
    }
}

/// Bitcoin addresses since segregated witness.
static BECH32: Rule = Rule::pii("crypto_bech32_address", "CRYPTO_ADDRESS", segwit)
    .low()
    .token(&["bc1q", "bc1p"], &[Alphabet::Lower.between(38, 70)])
    .known_from("BIP 173, BIP 350")
    .evidence(&["{bech32}", "pay {bech32}.", "address={bech32}"], &["bc1q{word:38}", "{bech32}q", "abc1q{hex:38}"]);

fn segwit(candidate: &Candidate<'_>) -> Outcome {
    // Version 0 has one constant, later versions the other.
    let right = match candidate.text.get(3) {
        Some(b'q') => bech32::checksum(candidate.text) == Some(1),
        _ => bech32::checksum(candidate.text) == Some(0x2bc8_30a3),
    };
    if right { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Ethereum and its relatives.
static ETHEREUM: Rule = Rule::pii("crypto_ethereum_address", "CRYPTO_ADDRESS", ethereum)
    .low()
    .token(&["0x"], &[Alphabet::AnyHex.exactly(40)])
    .known_from("ERC-55")
    .evidence(
        &["0x{hex:40}", "wallet 0x{hex:40}", "to=0x{hex:40}"],
        &["0x{hex:39}", "0x{hex:64}", "0x0000000000000000000000000000000000000000"],
    );

fn ethereum(candidate: &Candidate<'_>) -> Outcome {
    if repetitive(candidate.text) { Outcome::Reject } else { Outcome::Found(Confidence::Medium) }
}
