//! The key of a memory, and the fingerprints that are made with it.

use alloc::string::String;

use sha2::{Digest as _, Sha256};

/// A secret of 32 bytes. Without it nobody can try out which values a memory knows.
#[derive(Clone, PartialEq, Eq)]
pub struct MemoryKey([u8; 32]);

impl core::fmt::Debug for MemoryKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[key]")
    }
}

impl MemoryKey {
    /// A key from 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The fingerprint of a text, different for each use.
    pub(super) fn fingerprint(&self, used_for: &str, text: &[u8]) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update([u8::try_from(used_for.len()).unwrap_or(u8::MAX)]);
        hash.update(used_for);
        hash.update(text);
        let digest = hash.finalize();
        digest.iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte))
    }
}

/// A fingerprint as text.
pub(super) fn hexadecimal(value: u64) -> String {
    alloc::format!("{value:016x}")
}
