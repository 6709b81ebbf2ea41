//! Base 58 in Bitcoin's alphabet, and the checksum over it.

use alloc::vec::Vec;

use sha2::{Digest as _, Sha256};

const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Longest text that is decoded, a little more than an extended key has: the work grows with its square.
const LONGEST: usize = 120;

/// The bytes of a text.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::new();
    for byte in text {
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

/// Whether the text is so many bytes and the first four of their double SHA-256.
pub(super) fn is_checked(text: &[u8], length: usize) -> bool {
    let Some(bytes) = decode(text).filter(|bytes| bytes.len() == length + 4) else { return false };
    let (payload, check) = bytes.split_at(length);
    Sha256::digest(Sha256::digest(payload)).starts_with(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // From draft-msporny-base58-03, section 5, and the reward of Bitcoin's first block.
        assert_eq!(decode(b"2NEpo7TZRRrLZSi2U").as_deref(), Some(&b"Hello World!"[..]));
        assert_eq!(decode(b"11233QC4").as_deref(), Some(&[0, 0, 0x28, 0x7f, 0xb4, 0xcd][..]));
        assert_eq!(decode(b"0"), None);
        assert!(is_checked(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", 21) && !is_checked(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", 21));
    }
}
