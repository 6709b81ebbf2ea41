//! Brotli (RFC 7932), in an allocator of ours: the crate brings none without `std`.

use alloc::{vec, vec::Vec};

use brotli_decompressor::{Allocator, BrotliDecompressStream, BrotliResult, BrotliState, SliceWrapper, SliceWrapperMut};

use super::inflate::Fault;

/// Allocates on the heap.
struct Heap;

struct Cells<T>(Vec<T>);

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> SliceWrapper<T> for Cells<T> {
    fn slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> SliceWrapperMut<T> for Cells<T> {
    fn slice_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T: Clone + Default> Allocator<T> for Heap {
    type AllocatedMemory = Cells<T>;

    fn alloc_cell(&mut self, length: usize) -> Cells<T> {
        Cells(vec![T::default(); length])
    }

    fn free_cell(&mut self, _: Cells<T>) {}
}

/// Decodes one stream. What stands behind it is kept as it is, so that it is read too.
pub(super) fn decode(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let mut state = BrotliState::new_strict(Heap, Heap, Heap);
    let mut out = Vec::new();
    let (mut left, mut read, mut written, mut total) = (bytes.len(), 0, 0, 0);
    loop {
        if out.len() >= most {
            return Err(Fault::TooLarge);
        }
        let room = out.len().max(bytes.len().saturating_mul(2)).max(256);
        out.resize((out.len() + room).min(most), 0);
        let mut free = out.len() - written;
        match BrotliDecompressStream(&mut left, &mut read, bytes, &mut free, &mut written, &mut out, &mut total, &mut state) {
            BrotliResult::ResultSuccess => {
                out.truncate(written);
                out.extend_from_slice(bytes.get(read..).unwrap_or_default());
                return Ok(out);
            }
            BrotliResult::NeedsMoreOutput => {}
            BrotliResult::NeedsMoreInput | BrotliResult::ResultFailure => return Err(Fault::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_come_out_within_the_bound() {
        // "hello", stored.
        let stream = b"\x0b\x02\x80hello\x03";
        assert_eq!(decode(stream, 1000).as_deref(), Ok(&b"hello"[..]));
        assert_eq!(decode(b"\x0b\x02\x80hel", 1000), Err(Fault::Malformed));
        assert_eq!(decode(stream, 3), Err(Fault::TooLarge));
    }
}
