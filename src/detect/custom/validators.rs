//! Checks that the configuration can ask for by name.

use alloc::vec::Vec;

use crate::detect::{checks, checksums, entropy};

/// Whether a value is well-formed.
pub(super) type Validator = fn(&[u8]) -> bool;

const TABLE: &[(&str, Validator)] = &[
    ("luhn", |value| is_number(&bare(value)) && checks::luhn(&bare(value))),
    ("mod97", |value| checks::mod97(&bare(value))),
    ("verhoeff", |value| is_number(&bare(value)) && checksums::verhoeff(&bare(value))),
    ("mod11_2", |value| checksums::iso_11_2(&bare(value))),
    ("mod11_10", |value| is_number(&bare(value)) && checksums::iso_11_10(&bare(value))),
    ("crc32", crc32),
    ("entropy", |value| entropy::hundredths(value) >= RANDOM),
    ("br_cnpj", |value| checksums::br_cnpj(&bare(value))),
    ("br_cpf", |value| checksums::br_cpf(&bare(value))),
    ("nl_bsn", |value| checksums::nl_bsn(&bare(value))),
    ("uk_nhs", |value| checksums::uk_nhs(&bare(value))),
    ("us_npi", |value| checksums::us_npi(&bare(value))),
    ("us_routing", |value| checksums::us_routing(&bare(value))),
    ("vin", |value| checksums::vin(&bare(value))),
];

/// Words and names stay below, random tokens of 16 characters and more above; in hundredths of a bit per byte.
const RANDOM: u32 = 325;

pub(super) fn named(name: &str) -> Option<Validator> {
    TABLE.iter().find(|(known, _)| *known == name).map(|(_, validator)| *validator)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

/// Letters and digits in upper case, without what separates groups.
fn bare(value: &[u8]) -> Vec<u8> {
    value.iter().filter(|b| !b" -./".contains(b)).map(u8::to_ascii_uppercase).collect()
}

fn is_number(value: &[u8]) -> bool {
    value.len() > 1 && value.iter().all(u8::is_ascii_digit)
}

/// The last six characters are the CRC-32, in base 62, of what stands between the last `_` and them.
fn crc32(value: &[u8]) -> bool {
    value.rsplit(|b| *b == b'_').next().is_some_and(checks::crc32_base62_tail)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_table_checks_what_its_names_say() {
        let cases = [
            ("luhn", "7992-7398-713", "7992-7398-710"),
            ("mod97", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"),
            ("verhoeff", "2363", "2364"),
            ("mod11_2", "11010519491231002X", "110105194912310021"),
            ("mod11_10", "86095742719", "86095742718"),
            ("entropy", "q8ZkT2vLw0XbR7yN", "aaaaaaaaaaaaaaaa"),
            ("br_cnpj", "16.727.230/0001-97", "16.727.230/0001-98"),
            ("br_cpf", "390.533.447-05", "390.533.447-06"),
            ("nl_bsn", "111222333", "111222334"),
            ("uk_nhs", "943 476 5870", "943 476 5871"),
            ("us_npi", "1234567893", "1234567894"),
            ("us_routing", "111000025", "111000026"),
            ("vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042789"),
        ];
        for (name, good, bad) in cases {
            let validator = named(name).unwrap();
            assert!(validator(good.as_bytes()) && !validator(bad.as_bytes()) && !validator(b""), "{name}");
        }
        assert!(names().all(|name| name == "crc32" || cases.iter().any(|(known, ..)| *known == name)));
    }

    #[test]
    fn a_token_ends_with_its_checksum() {
        let body = b"0123456789abcdefghijklmnopqrst";
        let digits = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut left = usize::try_from(checks::crc32(body)).unwrap();
        let mut tail = [b'0'; 6];
        for slot in tail.iter_mut().rev() {
            *slot = *digits.get(left % 62).unwrap();
            left /= 62;
        }
        let token = [&b"acme_"[..], body, &tail].concat();
        assert!(crc32(&token) && !crc32(&[&token[..], b"x"].concat()));
    }
}
