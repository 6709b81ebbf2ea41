//! Keys of crypto currencies.

use crate::{
    detect::{
        base58, checks,
        rule::{Candidate, Outcome, Rule},
        secrets::keyed,
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&EXTENDED_KEY, &WIF, &EVM];

/// Extended private keys (BIP 32 and its relatives for other script types).
static EXTENDED_KEY: Rule = Rule::secret("bip32_private_key", "WALLET_KEY")
    .token(&["xprv", "yprv", "zprv", "tprv"], &[Alphabet::Alphanumeric.exactly(107)])
    .checked(extended_key)
    .known_from("BIP 32, serialization format; SLIP-0132")
    .evidence(
        &["{xprv}", "seed: {xprv}", "(xprv9{base58:106})"],
        &["xpub6{base58:106}", "xprv9{base58:100}", "axprv9{base58:106}"],
    );

fn extended_key(candidate: &Candidate<'_>) -> Outcome {
    if base58::is_checked(candidate.text, 78) {
        return Outcome::Found(Confidence::High);
    }
    checks::by_shape(candidate)
}

/// Bitcoin keys in the import format of wallets. Only the checksum, or the name, tells them from other text.
static WIF: Rule = Rule::secret("bitcoin_wif_key", "WALLET_KEY")
    .shaped(Shape::Keyed { words: &[&[]], body: Alphabet::Alphanumeric, least: 51, most: 52 })
    .checked(wif)
    .known_from("Bitcoin Core documentation, dumpprivkey; Bitcoin Wiki, wallet import format")
    .evidence(
        &["{wif}", "import {wif} now", "wallet key: {wif}", "bitcoin WIF L1{base58:50}"],
        &["L1{base58:50}", "{base62:52}", "wif: 3{base58:51}"],
    );

fn wif(candidate: &Candidate<'_>) -> Outcome {
    let (compressed, start) = match candidate.text {
        [b'K' | b'L', ..] => (true, candidate.text.len() == 52),
        [b'5', b'H' | b'J' | b'K', ..] => (false, candidate.text.len() == 51),
        _ => return Outcome::Reject,
    };
    if start && base58::is_checked(candidate.text, if compressed { 34 } else { 33 }) {
        return Outcome::Found(Confidence::High);
    }
    let named = candidate.named_any(&[&["wif"], &["bitcoin", "key"], &["btc", "key"]]);
    if start && named { keyed::random(candidate) } else { Outcome::Reject }
}

/// Private keys of Ethereum and its relatives. A transaction's hash has the same form: the name is the evidence.
static EVM: Rule = Rule::secret("evm_private_key", "WALLET_KEY")
    .shaped(Shape::Keyed {
        words: &[
            &["private", "key"],
            &["privkey"],
            &["wallet", "key"],
            &["wallet", "secret"],
            &["signer", "key"],
            &["deployer", "key"],
        ],
        body: Alphabet::Alphanumeric,
        least: 64,
        most: 66,
    })
    .checked(evm)
    .known_from("Ethereum Yellow Paper, appendix F; form as observed")
    .evidence(
        &["PRIVATE_KEY=0x{hex:64}", "private key: {hex:64}", "\"privateKey\":\"0x{hex:64}\"", "DEPLOYER_KEY={hex:64}"],
        &["0x{hex:64}", "transaction 0x{hex:64}", "PRIVATE_KEY=0x{hex:63}", "private key of {base62:64}"],
    );

fn evm(candidate: &Candidate<'_>) -> Outcome {
    let digits = candidate.text.strip_prefix(b"0x").unwrap_or(candidate.text);
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Outcome::Reject;
    }
    checks::by_shape(&Candidate { text: digits, ..*candidate })
}
