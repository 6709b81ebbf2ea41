//! What stands where a finding stood. It is made while the value is at hand, so that findings need not keep it.

use alloc::{format, string::String};

use crate::{
    detect::RuleRef,
    hmac::hmac_sha256,
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
    hmac_sha256(key, value).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_the_beginning_of_an_hmac() {
        assert_eq!(tag(b"Jefe", b"what do ya want for nothing?"), "5bdcc146bf60754e");
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
