//! The key of a memory, and the fingerprints that are made with it.

use alloc::string::String;

/// A secret of 16 bytes. Without it nobody can try out which values a memory knows.
#[derive(Clone, PartialEq, Eq)]
pub struct MemoryKey([u8; 16]);

impl core::fmt::Debug for MemoryKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[key]")
    }
}

impl MemoryKey {
    /// A key from 16 random bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The fingerprint of a text, different for each use.
    pub(super) fn fingerprint(&self, used_for: &str, text: &[u8]) -> u64 {
        self.hash([used_for.as_bytes(), b"\0", text].concat().as_slice())
    }

    /// The fingerprint of a value that is known by its hash, as text.
    pub(crate) fn tag(&self, used_for: &str, identity: u64) -> String {
        hexadecimal(self.fingerprint(used_for, &identity.to_le_bytes()))
    }

    /// `SipHash`-2-4 (Aumasson, Bernstein, INDOCRYPT 2012): short, keyed, and nobody can tell its values from chance.
    fn hash(&self, text: &[u8]) -> u64 {
        let half = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        let (low, high) = self.0.split_at(8);
        let (k0, k1) = (half(low), half(high));
        let mut v =
            [k0 ^ 0x736f_6d65_7073_6575, k1 ^ 0x646f_7261_6e64_6f6d, k0 ^ 0x6c79_6765_6e65_7261, k1 ^ 0x7465_6462_7974_6573];
        let (words, rest) = text.as_chunks::<8>();
        let mut take = |word: u64| {
            v[3] ^= word;
            v = round(round(v));
            v[0] ^= word;
        };
        words.iter().map(|word| u64::from_le_bytes(*word)).for_each(&mut take);
        let length = u64::try_from(text.len() & 0xff).unwrap_or(0);
        take(half(rest) | length << 56);
        v[2] ^= 0xff;
        let [a, b, c, d] = round(round(round(round(v))));
        a ^ b ^ c ^ d
    }
}

const fn round([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// A fingerprint as text.
pub(super) fn hexadecimal(value: u64) -> String {
    alloc::format!("{value:016x}")
}

#[cfg(test)]
mod tests {
    use super::MemoryKey;
    use alloc::vec::Vec;

    #[test]
    fn the_vector_of_the_paper() {
        let counting = |end: u8| (0..end).collect::<Vec<u8>>();
        let key = MemoryKey::new(core::array::from_fn(|at| u8::try_from(at).unwrap_or(0)));
        assert_eq!(key.hash(&counting(15)), 0xa129_ca61_49be_45e5);
        assert_ne!(key.fingerprint("a", b"bc"), key.fingerprint("ab", b"c"));
    }
}
