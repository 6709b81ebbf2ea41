//! The checksum of Bech32 (BIP 173).

const ALPHABET: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/// The checksum of a text of one case, its prefix up to the last `1`: 1 where it is right, another constant for Bech32m.
pub(super) fn checksum(text: &[u8]) -> Option<u32> {
    let separator = text.iter().rposition(|b| *b == b'1')?;
    let (prefix, data) = text.split_at(separator);
    let prefix = || prefix.iter().map(|b| u32::from(b.to_ascii_lowercase()));
    let position = |byte: &u8| ALPHABET.iter().position(|b| *b == byte.to_ascii_lowercase());
    let digits = data.iter().skip(1).map(|byte| position(byte).and_then(|at| u32::try_from(at).ok()));
    let values = prefix().map(|b| Some(b >> 5)).chain([Some(0)]).chain(prefix().map(|b| Some(b & 31))).chain(digits);
    values.into_iter().try_fold(1u32, |check, value| {
        let top = check >> 25;
        let shifted = ((check & 0x01ff_ffff) << 5) ^ value?;
        Some(GENERATOR.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(shifted, |c, (_, g)| c ^ g))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // BIP 173 and BIP 350.
        assert_eq!(checksum(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), Some(1));
        assert_eq!(checksum(b"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"), Some(1));
        assert_eq!(checksum(b"a1lqfn3a"), Some(0x2bc8_30a3));
        assert_ne!(checksum(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"), Some(1));
    }
}
