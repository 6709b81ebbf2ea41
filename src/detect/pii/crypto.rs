//! Addresses of crypto currencies. They are public by nature, so they are reported only.

use sha2::{Digest as _, Sha256};

use super::near::near;
use crate::{
    detect::{
        checks::repetitive,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&BASE58, &BECH32, &ETHEREUM];

/// Bitcoin and its relatives, Tron, and, where a word says so, Solana.
static BASE58: Rule = Rule::pii("crypto_address", "CRYPTO_ADDRESS", base58)
    .low()
    .shaped(Shape::Base58)
    .known_from("Bitcoin developer reference, Base58Check; TRON developer documentation")
    .evidence(
        &["{base58check:00}", "send to {base58check:05}", "tron {base58check:41}"],
        &["1{base62:33}", "{base58check:00}1", "{word:34}"],
    );

fn base58(candidate: &Candidate<'_>) -> Outcome {
    let checked = matches!(candidate.text.first(), Some(b'1' | b'3' | b'T' | b'L' | b'M' | b'D' | b'X'));
    if checked && base58check(candidate.text) {
        return Outcome::Found(Confidence::High);
    }
    let solana = candidate.text.len() >= 32 && decode(candidate.text).is_some_and(|bytes| bytes.len() == 32);
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
    if bech32(candidate.text) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
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

/// The bytes of a base 58 text of at most 44 characters.
fn decode(text: &[u8]) -> Option<alloc::vec::Vec<u8>> {
    const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut bytes = alloc::vec::Vec::new();
    for byte in text.iter().take(44) {
        let mut carry = ALPHABET.iter().position(|b| b == byte)?;
        for slot in &mut bytes {
            carry += usize::from(*slot) * 58;
            *slot = u8::try_from(carry & 0xff).ok()?;
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push(u8::try_from(carry & 0xff).ok()?);
            carry >>= 8;
        }
    }
    bytes.extend(text.iter().take_while(|b| **b == b'1').map(|_| 0));
    bytes.reverse();
    Some(bytes)
}

/// 25 bytes, the last four of which begin the double SHA-256 of the others.
fn base58check(text: &[u8]) -> bool {
    let Some(bytes) = decode(text).filter(|bytes| bytes.len() == 25) else { return false };
    let (body, check) = bytes.split_at(21);
    Sha256::digest(Sha256::digest(body)).starts_with(check)
}

/// The checksum of `bc1…`: that of version 0, or the other one of later versions.
fn bech32(text: &[u8]) -> bool {
    const ALPHABET: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let Some(data) = text.strip_prefix(b"bc1") else { return false };
    let values = data.iter().map(|byte| ALPHABET.iter().position(|b| b == byte).and_then(|at| u32::try_from(at).ok()));
    // "bc" spread over high and low bits, with a zero between.
    let head = [3, 3, 0, 2, 3].into_iter().map(Some);
    let result = head.chain(values).try_fold(1u32, |check, value| {
        let top = check >> 25;
        let shifted = ((check & 0x01ff_ffff) << 5) ^ value?;
        Some(GENERATOR.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(shifted, |c, (_, g)| c ^ g))
    });
    matches!((result, data.first()), (Some(1), Some(b'q')) | (Some(0x2bc8_30a3), Some(b'p')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // The first block's reward, BIP 173's and BIP 350's examples.
        assert!(base58check(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") && !base58check(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"));
        assert!(bech32(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assert!(!bech32(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
        assert!(bech32(b"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
    }
}
