//! Compressed bytes: gzip (RFC 1952), zlib (RFC 1950), deflate (RFC 1951), within a bound on what comes out.

use alloc::vec::Vec;
use miniz_oxide::inflate::{
    TINFLStatus,
    core::{
        DecompressorOxide, decompress,
        inflate_flags::{TINFL_FLAG_IGNORE_ADLER32, TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF},
    },
};

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not what it should be, or ends early.
    Malformed,
    /// More would come out than may.
    TooLarge,
}

/// Whether the bytes begin as gzip or zlib do.
pub(super) fn begins_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b\x08") || is_zlib(bytes)
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [method @ 0x78, flags, _, ..] if (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// gzip or zlib, by how it begins.
pub(super) fn by_magic(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    if is_zlib(bytes) { deflated(bytes, most) } else { gzip(bytes, most) }
}

/// All members, one after the other. What stands behind the last one is kept as it is, so that it is read too.
pub(super) fn gzip(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let mut rest = bytes;
    loop {
        let start = gzip_header(rest).ok_or(Fault::Malformed)?;
        let data = rest.get(start..).ok_or(Fault::Malformed)?;
        let read = inflate(data, 0, most, &mut out)?;
        // CRC and length.
        rest = data.get(read + 8..).ok_or(Fault::Malformed)?;
        if !rest.starts_with(b"\x1f\x8b") {
            out.extend_from_slice(rest);
            return Ok(out);
        }
    }
}

/// `deflate` of HTTP is zlib, though some send it bare.
pub(super) fn deflated(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    if is_zlib(bytes) {
        let read = inflate(bytes, TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_IGNORE_ADLER32, most, &mut out)?;
        out.extend_from_slice(bytes.get(read..).unwrap_or_default());
    } else {
        let read = inflate(bytes, 0, most, &mut out)?;
        out.extend_from_slice(bytes.get(read..).unwrap_or_default());
    }
    Ok(out)
}

/// Appends what one stream holds; how many bytes of input it took.
fn inflate(bytes: &[u8], flags: u32, most: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
    let mut state = DecompressorOxide::new();
    let flags = flags | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let begin = out.len();
    let (mut read, mut written) = (0, begin);
    loop {
        if out.len() >= most {
            return Err(Fault::TooLarge);
        }
        let room = (out.len() - begin).max(bytes.len().saturating_mul(2)).max(256);
        out.resize((out.len() + room).min(most), 0);
        let input = bytes.get(read..).unwrap_or_default();
        // A stream refers back within itself, not into the one before it.
        let window = out.get_mut(begin..).ok_or(Fault::Malformed)?;
        let (status, took, gave) = decompress(&mut state, input, window, written - begin, flags);
        (read, written) = (read + took, written + gave);
        match status {
            TINFLStatus::Done => {
                out.truncate(written);
                return Ok(read);
            }
            TINFLStatus::HasMoreOutput => {}
            _ => return Err(Fault::Malformed),
        }
    }
}

/// How long the header is.
fn gzip_header(bytes: &[u8]) -> Option<usize> {
    let [0x1f, 0x8b, 8, flags, _, _, _, _, _, _, ..] = *bytes else { return None };
    let mut at = 10;
    if flags & 4 != 0 {
        let [low, high] = *bytes.get(at..at + 2)?.first_chunk::<2>()?;
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|b| *b == 0)? + 1;
        }
    }
    Some(if flags & 2 != 0 { at + 2 } else { at })
}

/// Brotli (RFC 7932).
#[cfg(feature = "brotli")]
pub(super) fn brotli(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    super::brotli::decode(bytes, most)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    fn member(text: &[u8]) -> Vec<u8> {
        [b"\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0", &compress_to_vec(text, 6)[..], &[0; 8]].concat()
    }

    #[test]
    fn every_form_comes_out() {
        assert_eq!(gzip(&member(b"hello"), 1000).unwrap(), b"hello");
        assert_eq!(gzip(&[member(b"hello "), member(b"hello")].concat(), 1000).unwrap(), b"hello hello");
        assert_eq!(gzip(&[&member(b"a")[..], b"rest"].concat(), 1000).unwrap(), b"arest");
        assert_eq!(deflated(&compress_to_vec_zlib(b"hello", 6), 1000).unwrap(), b"hello");
        assert_eq!(deflated(&compress_to_vec(b"hello", 6), 1000).unwrap(), b"hello");
    }

    #[test]
    fn bounds_and_faults_are_told_apart() {
        let bomb = member(&[0; 1_000_000]);
        assert_eq!(gzip(&bomb, 100_000), Err(Fault::TooLarge));
        assert_eq!(gzip(&bomb, 2_000_000).map(|out| out.len()), Ok(1_000_000));
        assert_eq!(gzip(bomb.get(..50).unwrap(), 2_000_000), Err(Fault::Malformed));
        assert_eq!(gzip(b"\x1f\x8b", 100), Err(Fault::Malformed));
    }
}
