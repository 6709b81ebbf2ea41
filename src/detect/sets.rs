//! Sets that the compiler makes.
#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "filled by the compiler, where a wrong index does not compile; a byte is always an index"
)]

/// A set of bytes.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// With the controls of ASCII.
    pub(super) const fn and_controls(self) -> Self {
        let mut set = self.0;
        let mut byte = 0;
        while byte < 256 {
            set[byte] |= (byte as u8).is_ascii_control();
            byte += 1;
        }
        Self(set)
    }

    /// With every byte that is not ASCII.
    pub(super) const fn and_others(self) -> Self {
        let mut set = self.0;
        let mut byte = 128;
        while byte < 256 {
            set[byte] = true;
            byte += 1;
        }
        Self(set)
    }

    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }
}
