#![allow(clippy::indexing_slicing, clippy::as_conversions, reason = "in a table that the compiler makes")]
//! How random a text looks, in integers: the same on every host.

/// `log2(n)` in 1/1024 bits, for n from 1 to 256.
static LOG2: [u32; 257] = log2_table();

/// Longest text that is measured; of a longer one the beginning is.
const MEASURED: usize = 256;

const fn log2_table() -> [u32; 257] {
    let mut table = [0; 257];
    let mut n = 2u64;
    while n <= 256 {
        // Integer part, then ten fractional bits by squaring a fixed-point mantissa in [1, 2).
        let integer = 63 - n.leading_zeros();
        let mut mantissa = (n << 32) >> integer;
        let mut fraction = 0;
        let mut bit = 0;
        while bit < 10 {
            mantissa = ((mantissa as u128 * mantissa as u128) >> 32) as u64;
            fraction <<= 1;
            if mantissa >= 2 << 32 {
                mantissa >>= 1;
                fraction |= 1;
            }
            bit += 1;
        }
        table[n as usize] = (integer << 10) | fraction;
        n += 1;
    }
    table
}

/// Shannon entropy of the bytes, in hundredths of a bit per byte.
pub(super) fn hundredths(text: &[u8]) -> u32 {
    let text = text.get(..MEASURED).unwrap_or(text);
    let mut counts = [0u16; 256];
    for byte in text {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let log = |n: usize| LOG2.get(n).copied().unwrap_or_default();
    // Each byte adds its share of `n log2(n)` of its kind.
    let total: u32 = text.iter().map(|byte| log(counts.get(usize::from(*byte)).copied().map_or(0, usize::from))).sum();
    let length = u32::try_from(text.len()).unwrap_or(1).max(1);
    log(text.len()).saturating_sub(total / length) * 100 / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(hundredths(b""), 0);
        assert_eq!(hundredths(b"aaaa"), 0);
        assert_eq!(hundredths(b"abab"), 100);
        assert_eq!(hundredths(b"0123456789abcdef"), 400);
        // 3 of 4 and 1 of 4: 0.811 bits.
        assert_eq!(hundredths(b"aaab"), 81);
    }
}
