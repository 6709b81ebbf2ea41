//! Text from generators: `{base62:36}` becomes 36 random characters. No value in the repository looks like a live one, and
//! the same name always gives the same text.

use base64::Engine as _;

use super::numbers;
use sha2::{Digest as _, Sha256};

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// xorshift64*, seeded by name.
pub struct Random(u64);

impl Random {
    pub fn named(name: &str) -> Self {
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Self(seed | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }

    /// So many digits, the prefix included.
    pub fn digits(&mut self, prefix: &str, length: usize) -> String {
        format!("{prefix}{}", self.of(b"0123456789", length - prefix.len()))
    }

    fn of(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len() as u64) as usize])).collect()
    }
}

/// Replaces every generator in a template. Braces around anything else stay.
pub fn expand(template: &str, random: &mut Random) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let made = tail.find('}').and_then(|close| Some((generate(&tail[1..close], random)?, close)));
        match made {
            Some((text, close)) => {
                out.push_str(&text);
                rest = &tail[close + 1..];
            }
            None => {
                out.push('{');
                rest = &tail[1..];
            }
        }
    }
    out + rest
}

fn generate(spec: &str, random: &mut Random) -> Option<String> {
    let mut parts = spec.split(':');
    let name = parts.next()?;
    let first = parts.next();
    let count = || first.and_then(|n| n.parse::<usize>().ok());
    Some(match name {
        "base32" => random.of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count()?),
        "base62" => random.of(BASE62, count()?),
        "bech32upper" => random.of(b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", count()?),
        "base62crc" => {
            let body = random.of(BASE62, count()? - 6);
            let crc = base62(crc32(body.as_bytes()));
            body + &crc
        }
        "base64" => mixed(random, b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/", count()?),
        "base64url" => random.of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", count()? - 1) + "x",
        "hex" => random.of(b"0123456789abcdef", count()?),
        "digits" => random.of(b"123456789", 1) + &random.of(b"0123456789", count()? - 1),
        "word" => random.of(b"bcdfghjklmnprstvwz", count()?),
        "luhn" => luhn(first?, parts.next()?.parse().ok()?, random),
        "luhnspaced" => luhn(first?, parts.next()?.parse().ok()?, random)
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c))
            .collect::<Vec<_>>()
            .join(" "),
        "ssn" => ssn(random, "-"),
        "ssnbare" => ssn(random, ""),
        "iban" => iban(first?, parts.next()?.parse().ok()?, random),
        "ibanspaced" => iban(first?, parts.next()?.parse().ok()?, random)
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c))
            .collect::<Vec<_>>()
            .join(" "),
        "id" | "bad" | "badletter" => {
            let number = numbers::number(first?, random)?;
            let number = if name == "id" { number } else { numbers::spoiled(&number, name == "badletter") };
            parts.next().map_or_else(|| number.clone(), |form| numbers::laid(&number, form))
        }
        "one" => (1 + random.below(9)).to_string(),
        "two" => (10 + random.below(90)).to_string(),
        "born" => numbers::born(first.unwrap_or_default(), random),
        "vin" => numbers::vin(random),
        "mrz" => numbers::mrz(first?, random),
        "badmrz" => numbers::spoiled(&numbers::mrz("1", random).replace("UTO", "UT0"), false).replacen('L', "M", 1),
        "base58check" => numbers::base58check(first?, random),
        "bech32" => numbers::bech32(random),
        "emirates" => numbers::laid(&luhn("7841990", 15, random), "000-0000-0000000-0"),
        "uklicence" => format!("MORGA{}0{}1{}AB1CD", random.below(10), 1 + random.below(9), random.digits("", 2)),
        "jwt" => jwt(random),
        "jwtcut" => jwt(random).rsplit_once('.')?.0.into(),
        "pem" => pem(first?, random),
        "upper" => random.of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count()?),
        "base36" => random.of(b"0123456789abcdefghijklmnopqrstuvwxyz", count()?),
        "base32lower" => random.of(b"abcdefghijklmnopqrstuvwxyz234567", count()?),
        "uuid" => [8, 4, 4, 4, 12].map(|n| random.of(b"0123456789abcdef", n)).join("-"),
        "base62crchex" => {
            let body = random.of(BASE62, count()? - 8);
            format!("{body}{:08x}", crc32(body.as_bytes()))
        }
        "gitlabcrc" => gitlab_tail(random.of(BASE62, parts.next()?.parse().ok()?), first?),
        "base64of" => base64_of(first?, parts.next()?.parse().ok()?, random),
        "onepassword" => base64_of(r#"{"signInAddress":"my.example","#, count()?, random),
        "basic" => base64_of(&format!("{}:{}", random.of(b"bcdfgh", 6), random.of(BASE62, 18)), 0, random),
        "supabase" => supabase(first?, random),
        "letters" => random.of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", count()?),
        "base58" => random.of(BASE58, count()?),
        "base64digits" => base64url(&(random.of(b"123456789", 1) + &random.of(b"0123456789", count()? - 1))),
        "base64json" => base64_of(r#"{"iat":17000000.1,"url":"","k":""#, count()?, random),
        "intercom" => base64_of(&format!("tok:{}", random.of(b"0123456789abcdef_", 40)), 0, random),
        "grafanalegacy" => base64_of(&format!(r#"{{"k":"{}","n":"ci","id":1}}"#, random.of(BASE62, 32)), 0, random),
        "glsa" => {
            let key = format!("glsa_{}", random.of(BASE62, 32));
            format!("{key}_{:08x}", crc32(key.as_bytes()).swap_bytes())
        }
        "wif" => base58check(&[&[0x80][..], &random.bytes(32), &[1]].concat()),
        "xprv" => base58check(&[&[0x04, 0x88, 0xad, 0xe4, 0][..], &random.bytes(41), &random.bytes(32)].concat()),
        _ => return None,
    })
}

/// Upper case, lower case and digits all occur.
fn mixed(random: &mut Random, alphabet: &[u8], length: usize) -> String {
    loop {
        let text = random.of(alphabet, length);
        let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
        if has(u8::is_ascii_uppercase)
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_digit)
            && text.as_bytes()[0].is_ascii_alphanumeric()
        {
            return text;
        }
    }
}

/// Bit by bit, independent of the tested code.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

fn base62(mut value: u32) -> String {
    let mut digits = vec![b'0'; 6];
    for slot in digits.iter_mut().rev() {
        *slot = BASE62[(value % 62) as usize];
        value /= 62;
    }
    String::from_utf8(digits).unwrap()
}

fn luhn(prefix: &str, length: usize, random: &mut Random) -> String {
    let body = format!("{prefix}{}", random.of(b"0123456789", length - prefix.len() - 1));
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let value = u32::from(d - b'0') * if i % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn ssn(random: &mut Random, separator: &str) -> String {
    let area = 100 + random.below(500);
    format!("{area}{separator}{:02}{separator}{:04}", 10 + random.below(89), 1200 + random.below(8000))
}

fn iban(country: &str, digits: usize, random: &mut Random) -> String {
    // The account part of most countries starts with letters or digits; digits are valid everywhere that is used here.
    let account = random.of(b"0123456789", digits);
    let letters: String = country.bytes().map(|b| (b - b'A' + 10).to_string()).collect();
    let remainder = format!("{account}{letters}00").bytes().fold(0u32, |r, d| (r * 10 + u32::from(d - b'0')) % 97);
    format!("{country}{:02}{account}", 98 - remainder)
}

fn base64url(text: &str) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

fn jwt(random: &mut Random) -> String {
    let payload = format!(r#"{{"sub":"{}","iat":{}}}"#, random.of(b"0123456789", 8), 1_700_000_000 + random.below(50_000_000));
    format!("{}.{}.{}", base64url(r#"{"alg":"HS256","typ":"JWT"}"#), base64url(&payload), random.of(BASE62, 43))
}

fn pem(label: &str, random: &mut Random) -> String {
    let lines: Vec<String> = (0..6).map(|_| random.of(BASE62, 64)).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", lines.join("\n"))
}

/// Base64 of a text and, up to the length in characters, of random bytes after it.
fn base64_of(text: &str, length: usize, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend((bytes.len()..length / 4 * 3).map(|_| random.below(256) as u8));
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// A payload, its length and the CRC-32 of both, in base 36.
fn gitlab_tail(payload: String, prefix: &str) -> String {
    let digits = |mut value: u32, width: usize| {
        let mut text = vec![b'0'; width];
        for slot in text.iter_mut().rev() {
            *slot = b"0123456789abcdefghijklmnopqrstuvwxyz"[(value % 36) as usize];
            value /= 36;
        }
        String::from_utf8(text).unwrap()
    };
    let signed = format!("{prefix}{payload}.{}", digits(payload.len() as u32, 2));
    let crc = digits(crc32(signed.as_bytes()), 7);
    signed + &crc
}

fn supabase(role: &str, random: &mut Random) -> String {
    let payload = format!(r#"{{"iss":"supabase","ref":"{}","role":"{role}","iat":1700000000}}"#, random.of(b"bcdfghjk", 20));
    format!("{}.{}.{}", base64url(r#"{"alg":"HS256","typ":"JWT"}"#), base64url(&payload), random.of(BASE62, 43))
}

/// Base58 of a payload and the first four bytes of its double SHA-256.
fn base58check(payload: &[u8]) -> String {
    let hash = Sha256::digest(Sha256::digest(payload));
    let mut number = [payload, &hash[..4]].concat();
    let mut text = Vec::new();
    while number.iter().any(|b| *b != 0) {
        let rest = number.iter_mut().fold(0u32, |carry, byte| {
            let value = carry * 256 + u32::from(*byte);
            *byte = (value / 58) as u8;
            value % 58
        });
        text.push(BASE58[rest as usize]);
    }
    text.reverse();
    String::from_utf8(text).unwrap()
}

/// A text in pieces of these sizes, again and again.
pub fn cut<'a>(text: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let (mut rest, mut pieces, mut sizes) = (text, Vec::new(), sizes.iter().cycle());
    while !rest.is_empty() {
        let (piece, later) = rest.split_at((*sizes.next().unwrap()).clamp(1, rest.len()));
        pieces.push(piece);
        rest = later;
    }
    pieces
}
