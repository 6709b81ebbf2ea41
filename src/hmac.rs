//! HMAC-SHA-256 (RFC 2104), and a comparison that takes as long wherever two tags differ.

use sha2::{Digest as _, Sha256};

/// HMAC-SHA-256 of a message.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0u8; 64];
    let hashed = Sha256::digest(key);
    let key = if key.len() > block.len() { hashed.as_slice() } else { key };
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

/// Whether a tag is the HMAC-SHA-256 of a message. How long it takes tells nothing about the right tag; a tag of another length
/// than 32 bytes is wrong.
pub fn verify_hmac_sha256(key: &[u8], message: &[u8], tag: &[u8]) -> bool {
    let right = hmac_sha256(key, message);
    if tag.len() != right.len() {
        return false;
    }
    let difference = right.iter().zip(tag).fold(0, |all, (a, b)| core::hint::black_box(all | (a ^ b)));
    difference == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String, vec, vec::Vec};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Test cases 1 to 7 of RFC 4231; of the fifth, only the first 16 bytes are given there.
    #[test]
    fn hmac_of_rfc_4231() {
        let counting: Vec<u8> = (1..=25).collect();
        let long = b"This is a test using a larger than block-size key and a larger than block-size data. \
            The key needs to be hashed before being used by the HMAC algorithm.";
        let cases: [(&[u8], &[u8], &str); 7] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (&counting, &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
            (&[0x0c; 20], b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (&[0xaa; 131], long, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        ];
        for (key, message, tag) in cases {
            assert!(hex(&hmac_sha256(key, message)).starts_with(tag), "{tag}");
        }
    }

    #[test]
    fn only_the_right_tag_is_right() {
        let right = hmac_sha256(b"key", b"message");
        assert!(verify_hmac_sha256(b"key", b"message", &right));
        assert!(!verify_hmac_sha256(b"kez", b"message", &right));
        assert!(!verify_hmac_sha256(b"key", b"messagf", &right));
        for bit in 0..256 {
            let mut wrong = right;
            if let Some(byte) = wrong.get_mut(bit / 8) {
                *byte ^= 1 << (bit % 8);
            }
            assert!(!verify_hmac_sha256(b"key", b"message", &wrong), "bit {bit}");
        }
        for length in (0..=128).filter(|length| *length != right.len()) {
            let tag: Vec<u8> = right.iter().copied().cycle().take(length).collect();
            assert!(!verify_hmac_sha256(b"key", b"message", &tag), "length {length}");
            assert!(!verify_hmac_sha256(b"key", b"message", &vec![0; length]), "length {length}");
        }
    }
}
