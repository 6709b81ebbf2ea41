//! Sixteen bytes at a time: the few vector operations that classifying needs, for WebAssembly with vectors, and in
//! plain integers for every other target (vectors of other targets need `unsafe`).
//!
//! Every comparison gives a vector whose lanes are all ones where it holds; `bits` gathers one bit a lane, the first lane in
//! the lowest bit.

pub(crate) use imp::{Vector, and, bits, equal, load, lower, or, range};

/// How many bytes a vector has.
pub(crate) const WIDTH: usize = 16;

/// Sixteen bytes as a vector, or fewer with zeros behind them.
#[inline]
pub(crate) fn read(bytes: &[u8]) -> Vector {
    match bytes.as_chunks::<8>() {
        ([low, high], _) => load(u64::from_le_bytes(*low), u64::from_le_bytes(*high)),
        _ => read_rest(bytes),
    }
}

/// The same for the end of a text. Kept out of the loops that `read` stands in.
#[inline(never)]
fn read_rest(bytes: &[u8]) -> Vector {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let (low, high) = bytes.split_at_checked(WIDTH / 2).unwrap_or((bytes, &[]));
    load(number(low), number(high))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128, v128_and, v128_or};

    pub(crate) type Vector = v128;

    #[inline]
    pub(crate) fn load(low: u64, high: u64) -> Vector {
        u64x2(low, high)
    }

    #[inline]
    pub(crate) fn equal(text: Vector, byte: u8) -> Vector {
        u8x16_eq(text, u8x16_splat(byte))
    }

    #[inline]
    pub(crate) fn range(text: Vector, first: u8, last: u8) -> Vector {
        u8x16_lt(u8x16_sub(text, u8x16_splat(first)), u8x16_splat(last - first + 1))
    }

    #[inline]
    pub(crate) fn lower(text: Vector) -> Vector {
        v128_or(text, u8x16_splat(0x20))
    }

    #[inline]
    pub(crate) fn or(a: Vector, b: Vector) -> Vector {
        v128_or(a, b)
    }

    #[inline]
    pub(crate) fn and(a: Vector, b: Vector) -> Vector {
        v128_and(a, b)
    }

    #[inline]
    pub(crate) fn bits(mask: Vector) -> u64 {
        u64::from(u8x16_bitmask(mask))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod imp {
    //! Eight bytes in an integer; a lane is true where its highest bit is set.

    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;

    pub(crate) type Vector = [u64; 2];

    /// The same for both integers. The `map` of arrays stays a call, which takes longer than all that is done in it.
    #[inline(always)]
    fn both(vector: Vector, each: impl Fn(u64) -> u64) -> Vector {
        let [low, high] = vector;
        [each(low), each(high)]
    }

    #[inline]
    pub(crate) fn load(low: u64, high: u64) -> Vector {
        [low, high]
    }

    #[inline]
    pub(crate) fn equal(text: Vector, byte: u8) -> Vector {
        both(text, |text| {
            let differs = text ^ ONES.wrapping_mul(u64::from(byte));
            // Any of the lower bits carries into the highest one.
            !((differs & !HIGH).wrapping_add(!HIGH) | differs) & HIGH
        })
    }

    /// ASCII only: a byte with its highest bit set is in no range.
    #[inline]
    pub(crate) fn range(text: Vector, first: u8, last: u8) -> Vector {
        let least = |text: u64, byte: u8| (text | HIGH).wrapping_sub(ONES.wrapping_mul(u64::from(byte)));
        both(text, |text| least(text, first) & !least(text, last + 1) & !text & HIGH)
    }

    #[inline]
    pub(crate) fn lower(text: Vector) -> Vector {
        both(text, |text| text | ONES.wrapping_mul(0x20))
    }

    #[inline]
    pub(crate) fn or(a: Vector, b: Vector) -> Vector {
        let ([a, b], [c, d]) = (a, b);
        [a | c, b | d]
    }

    #[inline]
    pub(crate) fn and(a: Vector, b: Vector) -> Vector {
        let ([a, b], [c, d]) = (a, b);
        [a & c, b & d]
    }

    #[inline]
    pub(crate) fn bits(mask: Vector) -> u64 {
        // One bit of every byte, gathered in the highest byte by one multiplication.
        let [low, high] = both(mask, |mask| ((mask & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56);
        low | high << 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_lane() {
        for byte in 0..=255u8 {
            let mut text = [b' '; WIDTH];
            if let Some(slot) = text.get_mut(11) {
                *slot = byte;
            }
            let lanes = read(&text);
            let expect = |holds: bool| if holds { 1 << 11 } else { 0 };
            assert_eq!(bits(range(lanes, b'0', b'9')), expect(byte.is_ascii_digit()), "{byte}");
            assert_eq!(bits(range(lower(lanes), b'a', b'z')), expect(byte.is_ascii_alphabetic()), "{byte}");
            assert_eq!(bits(equal(lanes, b'@')), expect(byte == b'@'), "{byte}");
        }
    }
}
