//! Numbers as JSON and forms write them, compared exactly: no rounding, so `0.1` is less than `0.10000000000000000001`.

use core::cmp::Ordering;

/// Most digits, and the largest exponent, of a number that is compared.
const MOST: usize = 256;

/// A number, taken apart: its digits without leading and trailing zeros, and where the point stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    digits: alloc::vec::Vec<u8>,
    /// The value is `0.digits × 10^exponent`.
    exponent: i64,
}

impl Number {
    /// Reads `-12.5e3` and the like, with spaces around it; `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, rest) =
            text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        let plain = digits().all(|b| b.is_ascii_digit()) && digits().next().is_some();
        if !plain || digits().count() > MOST {
            return None;
        }
        let zeros = digits().take_while(|b| *b == b'0').count();
        let mut significant: alloc::vec::Vec<u8> = digits().skip(zeros).collect();
        while significant.last() == Some(&b'0') {
            significant.pop();
        }
        let point = i64::try_from(whole.len()).ok()?.saturating_sub(i64::try_from(zeros).ok()?);
        let exponent = if significant.is_empty() { 0 } else { i64::from(exponent).saturating_add(point) };
        Some(Self { negative: negative && !significant.is_empty(), digits: significant, exponent })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn order() {
        let ascending = [
            "-1e9",
            "-10.5",
            "-10",
            "-0.1",
            "0",
            "1e-9",
            "0.1",
            "0.10000000000000000001",
            "1",
            "9.99",
            "10",
            "1e3",
            "1000.5",
            "1e300",
        ];
        for pair in ascending.windows(2) {
            let [a, b] = pair else { continue };
            assert!(Number::parse(a).unwrap() < Number::parse(b).unwrap(), "{a} {b}");
        }
        for (a, b) in [("10", "1e1"), ("-0", "0.00"), ("100", "100.0"), (" +5 ", "5"), ("007", "7")] {
            assert_eq!(Number::parse(a), Number::parse(b), "{a} {b}");
        }
        for text in ["", "-", "1e", "1,000", "0x10", "NaN", "1.2.3", "e5", "١"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
