//! What stands where a finding stood. It is made while the value is at hand, so that findings need not keep it.

use alloc::{format, string::String};

use sha2::{Digest as _, Sha256};

use crate::{
    detect::RuleRef,
    options::{Operator, Redaction},
    secret::Sensitive,
};

/// The work of one operator on one value.
#[derive(Clone, Debug)]
pub(crate) enum Replacement {
    /// A typed placeholder, numbered when all findings are known.
    Placeholder,
    /// A mask; it may hold the last characters.
    Mask(Sensitive<String>),
    /// A typed keyed hash.
    Hash(String),
    /// Nothing.
    Drop,
}

/// Of shorter values four characters would be too much of the whole.
const TAIL_FROM: usize = 12;

impl Replacement {
    pub(crate) fn of(rule: &RuleRef, value: &[u8], redaction: &Redaction) -> Self {
        match redaction.operator(rule) {
            Operator::Replace => Self::Placeholder,
            Operator::Drop => Self::Drop,
            Operator::Mask => Self::Mask(Sensitive::new(mask(value, rule.shows_tail()))),
            Operator::Hash => {
                let key = redaction.key.as_ref().map_or("", |key| key.expose());
                Self::Hash(format!("[{}:h{}]", rule.label(), tag(key.as_bytes(), value)))
            }
        }
    }

    /// The operator that made it.
    pub(crate) fn operator(&self) -> Operator {
        match self {
            Self::Placeholder => Operator::Replace,
            Self::Mask(_) => Operator::Mask,
            Self::Hash(_) => Operator::Hash,
            Self::Drop => Operator::Drop,
        }
    }
}

/// The length of the value stays hidden as well.
fn mask(value: &[u8], shows_tail: bool) -> String {
    let tail = value.split_last_chunk::<4>().map(|(_, tail)| tail);
    match tail.filter(|tail| shows_tail && value.len() >= TAIL_FROM && tail.iter().all(u8::is_ascii_alphanumeric)) {
        Some(tail) => format!("****{}", String::from_utf8_lossy(tail)),
        None => "****".into(),
    }
}

/// The first eight bytes of HMAC-SHA-256 in hexadecimal.
fn tag(key: &[u8], value: &[u8]) -> String {
    hmac(key, value).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0u8; 64];
    let hashed = Sha256::digest(key);
    let key = if key.len() > block.len() { hashed.as_slice() } else { key };
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_of_rfc_4231() {
        assert_eq!(tag(&[0x0b; 20], b"Hi There"), "b0344c61d8db3853");
        assert_eq!(tag(b"Jefe", b"what do ya want for nothing?"), "5bdcc146bf60754e");
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(tag(&[0xaa; 131], long), "60e431591ee0b67f");
    }

    #[test]
    fn masks_show_a_tail_only_where_they_may() {
        assert_eq!(mask(b"4000123412341234", true), "****1234");
        assert_eq!(mask(b"4000123412341234", false), "****");
        assert_eq!(mask(b"40001234", true), "****");
        assert_eq!(mask(b"4000 1234 1234 1-4", true), "****");
        assert_eq!(mask(b"", true), "****");
    }
}
