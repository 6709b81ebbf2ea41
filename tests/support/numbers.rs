//! Numbers that states, banks and makers issue, with valid check digits: made here, independent of the tested code.

use sha2::{Digest as _, Sha256};

use super::generate::Random;

const BASE36: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn value(c: char) -> u32 {
    c.to_digit(36).unwrap()
}

/// The weighted sum of the characters.
fn sum(body: &str, weights: &[u32]) -> u32 {
    body.chars().zip(weights).map(|(c, w)| value(c) * w).sum()
}

/// Draws bodies until the check is one digit, and appends it.
fn with(mut body: impl FnMut() -> String, check: impl Fn(&str) -> u32) -> String {
    loop {
        let body = body();
        let check = check(&body);
        if check < 10 {
            return format!("{body}{check}");
        }
    }
}

/// The digit that makes the weighted sum, check digit with weight one, a multiple.
fn closing(body: &str, weights: &[u32], modulus: u32) -> u32 {
    (modulus - sum(body, weights) % modulus) % modulus
}

fn luhn(body: &str) -> u32 {
    let total: u32 =
        body.chars().rev().enumerate().map(|(i, c)| if i % 2 == 0 { value(c) * 2 % 10 + value(c) / 5 } else { value(c) }).sum();
    (10 - total % 10) % 10
}

fn birth(random: &mut Random) -> String {
    format!("{:02}{:02}{:02}", 50 + random.below(50), 1 + random.below(12), 1 + random.below(28))
}

fn birth_day_first(random: &mut Random) -> String {
    let date = birth(random);
    format!("{}{}{}", &date[4..], &date[2..4], &date[..2])
}

fn falling(body: &str, last: u32, most: u32) -> u32 {
    body.chars().rev().zip((last..=most).cycle()).map(|(c, w)| value(c) * w).sum()
}

fn brazilian(body: String, most: u32) -> String {
    (0..2).fold(body, |body, _| {
        let rest = falling(&body, 2, most) % 11;
        format!("{body}{}", if rest < 2 { 0 } else { 11 - rest })
    })
}

fn iso_11_10(body: &str) -> u32 {
    let product = body.chars().fold(10, |p, c| {
        let s = (value(c) + p) % 10;
        (if s == 0 { 10 } else { s }) * 2 % 11
    });
    (11 - product) % 10
}

/// The whole number without separators.
#[allow(clippy::too_many_lines, reason = "one row a number")]
pub fn number(name: &str, r: &mut Random) -> Option<String> {
    Some(match name {
        "npi" => with(|| r.digits("1", 9), |b| luhn(&format!("80840{b}"))),
        "dea" => format!("AB{}", with(|| r.digits("", 6), |b| sum(b, &[1, 2, 1, 2, 1, 2]) % 10)),
        "mbi" => format!("1E{}4T{}5MK{}", r.digits("", 1), r.digits("", 1), r.digits("", 2)),
        "au_medicare" => with(|| r.digits("2", 8), |b| sum(b, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10) + "1",
        "kvnr" => {
            format!(
                "A{}",
                with(
                    || r.digits("", 8),
                    |b| {
                        let cross = |n: u32| n / 10 + n % 10;
                        format!("01{b}").chars().zip([1, 2].into_iter().cycle()).map(|(c, w)| cross(value(c) * w)).sum::<u32>()
                            % 10
                    }
                )
            )
        }
        "sin" => with(|| r.digits("1", 8), luhn),
        "curp" => {
            let body = format!("BOXW{}HNERXN0", birth(r));
            let rank = |c: char| value(c) + u32::from(c > 'N');
            let total: u32 = body.chars().zip((2..=18).rev()).map(|(c, w)| rank(c) * w).sum();
            format!("{body}{}", (10 - total % 10) % 10)
        }
        "rfc" => {
            let body = format!("GODE{}GR", birth(r));
            let rank = |c: char| value(c) + u32::from(c > 'N');
            let total: u32 = body.chars().zip((2..=13).rev()).map(|(c, w)| rank(c) * w).sum();
            let check = (11 - total % 11) % 11;
            format!("{body}{}", if check == 10 { 'A'.to_string() } else { check.to_string() })
        }
        "cpf" => brazilian(r.digits("1", 9), 11),
        "cnpj" => brazilian(r.digits("1", 8) + "0001", 9),
        "cuit" => with(|| r.digits("20", 10), |b| closing(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)),
        "rut" => with(|| r.digits("1", 8), |b| (11 - falling(b, 2, 7) % 11) % 11),
        "nhs" => with(|| r.digits("4", 9), |b| (11 - falling(b, 2, 10) % 11) % 11),
        "utr" => {
            let body = r.digits("", 9);
            let check = b"21987654321"[(sum(&body, &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11) as usize];
            format!("{}{body}", char::from(check))
        }
        "steuer" => {
            // One digit twice, one missing.
            let mut body: Vec<char> = "1234567890".chars().collect();
            body.rotate_left(r.below(9) as usize);
            body[9] = body[0];
            let body: String = body.into_iter().collect();
            format!("{body}{}", iso_11_10(&body))
        }
        "devat" => format!("DE{}", with(|| r.digits("1", 8), iso_11_10)),
        "rvnr" => {
            let body = format!("15{}C10", birth_day_first(r));
            let cross = |n: u32| n / 10 + n % 10;
            let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2];
            let expanded = body.replace('C', "03");
            format!("{body}{}", expanded.chars().zip(weights).map(|(c, w)| cross(value(c) * w)).sum::<u32>() % 10)
        }
        "ausweis" => {
            with(|| format!("L{}C{}T", r.digits("1", 2), r.digits("", 4)), |b| sum(b, &[7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10)
        }
        "nir" => {
            let body = r.digits("2", 2) + "308" + "75" + &r.digits("", 6);
            format!("{body}{:02}", 97 - body.parse::<u64>().unwrap() % 97)
        }
        "bsn" => with(|| r.digits("1", 8), |b| sum(b, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11),
        "rrn" => {
            let body = birth(r) + &r.digits("", 3);
            format!("{body}{:02}", 97 - body.parse::<u64>().unwrap() % 97)
        }
        "nif" | "nie" => {
            let body = if name == "nif" { r.digits("1", 8) } else { r.digits("0", 8) };
            let letter = b"TRWAGMYFPDXBNJZSQVHLCKE"[body.parse::<usize>().unwrap() % 23];
            let body = if name == "nif" { body } else { format!("X{}", &body[1..]) };
            format!("{body}{}", char::from(letter))
        }
        "cif" => format!(
            "A{}",
            with(
                || r.digits("5", 7),
                |b| {
                    let odd: u32 = b.chars().step_by(2).map(|c| value(c) * 2 % 10 + value(c) / 5).sum();
                    (10 - (odd + b.chars().skip(1).step_by(2).map(value).sum::<u32>()) % 10) % 10
                }
            )
        ),
        "codice" => {
            let body = format!("RSSMRA{}T{}A{}", r.digits("", 2), 10 + r.below(18), r.digits("", 3));
            let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
            let rank = |c: char| if c.is_ascii_digit() { value(c) } else { value(c) - 10 };
            let total: u32 =
                body.chars().enumerate().map(|(i, c)| if i % 2 == 0 { odd[rank(c) as usize] } else { rank(c) }).sum();
            format!("{body}{}", char::from(b'A' + (total % 26) as u8))
        }
        "tckn" => with(
            || {
                let body = r.digits("1", 9);
                let part = |skip: usize| body.chars().skip(skip).step_by(2).map(value).sum::<u32>();
                format!("{body}{}", (part(0) * 7 + 100 - part(1)) % 10)
            },
            |b| b.chars().map(value).sum::<u32>() % 10,
        ),
        "pesel" => with(|| birth(r) + &r.digits("", 4), |b| closing(b, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3], 10)),
        "nip" => with(|| r.digits("1", 9), |b| sum(b, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11),
        "personnummer" => with(|| birth(r) + &r.digits("", 3), luhn),
        "fnr" => with(
            || with(|| birth_day_first(r) + &r.digits("", 3), |b| closing(b, &[3, 7, 6, 1, 8, 9, 4, 5, 2], 11)),
            |b| closing(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11),
        ),
        "cpr" => with(|| birth_day_first(r) + &r.digits("", 3), |b| closing(b, &[4, 3, 2, 7, 6, 5, 4, 3, 2], 11)),
        "hetu" => {
            let body = birth_day_first(r) + &r.digits("", 3);
            let check = b"0123456789ABCDEFHJKLMNPRSTUVWXY"[body.parse::<usize>().unwrap() % 31];
            format!("{body}{}", char::from(check))
        }
        "aadhaar" => loop {
            // The tables of Verhoeff's scheme, made from its group.
            let product = |a: u32, b: u32| {
                if a < 5 {
                    if b < 5 { (a + b) % 5 } else { (a + b - 5) % 5 + 5 }
                } else if b < 5 {
                    (a + 10 - b) % 5 + 5
                } else {
                    (a + 5 - b) % 5
                }
            };
            let step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
            let permuted = |digit: u32, times: usize| (0..times % 8).fold(digit, |d, _| step[d as usize]);
            let text = r.digits("2", 12);
            if text.chars().rev().enumerate().fold(0, |c, (i, d)| product(c, permuted(value(d), i))) == 0 {
                break text;
            }
        },
        "gstin" => {
            let body = format!("27AAPFU{}F1Z", r.digits("", 4));
            let total: u32 = body.chars().enumerate().map(|(i, c)| value(c) * (1 + i as u32 % 2)).map(|n| n / 36 + n % 36).sum();
            format!("{body}{}", char::from(BASE36[((36 - total % 36) % 36) as usize]))
        }
        "cn" => {
            let body = format!("11010519{}{}", birth(r), r.digits("", 3));
            let total: u32 = body.chars().rev().enumerate().map(|(i, c)| value(c) * (1 << (i + 1)) % 11).sum();
            format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(total % 11) as usize])
        }
        "kr" => with(|| birth(r) + &r.digits("1", 6), |b| (11 - sum(b, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10),
        "brn" => with(
            || r.digits("1", 9),
            |b| (10 - (sum(b, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + b.chars().nth(8).map_or(0, value) * 5 / 10) % 10) % 10,
        ),
        "mynumber" => with(
            || r.digits("1", 11),
            |b| {
                let rest = sum(b, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
                if rest < 2 { 0 } else { 11 - rest }
            },
        ),
        "tw" => format!("A{}", with(|| r.digits("1", 8), |b| closing(&format!("10{b}"), &[1, 9, 8, 7, 6, 5, 4, 3, 2, 1], 10))),
        "hkid" => format!("A{}", with(|| r.digits("", 6), |b| (11 - (36 * 9 + 10 * 8 + falling(b, 2, 7)) % 11) % 11)),
        "nric" => {
            let body = r.digits("", 7);
            let letter = b"JZIHGFEDCBA"[(sum(&body, &[2, 7, 6, 5, 4, 3, 2]) % 11) as usize];
            format!("S{body}{}", char::from(letter))
        }
        "th" => with(|| r.digits("110", 12), |b| (11 - falling(b, 2, 13) % 11) % 10),
        "tfn" => with(|| r.digits("1", 8), |b| (sum(b, &[1, 4, 3, 7, 5, 8, 6, 9])) % 11),
        "abn" => loop {
            let text = r.digits("5", 11);
            if (sum(&text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10).is_multiple_of(89) {
                break text;
            }
        },
        "acn" => with(|| r.digits("0", 8), |b| closing(b, &[8, 7, 6, 5, 4, 3, 2, 1], 10)),
        "za" => with(|| birth(r) + &r.digits("", 4) + "08", luhn),
        "aba" => with(|| r.digits("11", 8), |b| closing(b, &[3, 7, 1, 3, 7, 1, 3, 7], 10)),
        _ => return None,
    })
}

/// Lays the characters of a number into a form, one for each `0` or `A`-less place: separators stay.
pub fn laid(number: &str, form: &str) -> String {
    let mut characters = number.chars();
    form.chars().map(|c| if c == '0' { characters.next().unwrap() } else { c }).collect()
}

/// The last digit, or the last letter, replaced by the next.
pub fn spoiled(number: &str, letters: bool) -> String {
    let at = number.rfind(|c: char| c.is_ascii_digit() || (letters && c.is_ascii_alphanumeric())).unwrap();
    let next = match number.as_bytes()[at] {
        b'9' => '0',
        b'Z' => 'A',
        other => char::from(other + 1),
    };
    format!("{}{next}{}", &number[..at], &number[at + 1..])
}

/// 49 CFR 565: the check stands in ninth place.
pub fn vin(random: &mut Random) -> String {
    let serial = random.digits("", 6);
    let with = |check: char| format!("1M8GDM9A{check}KP{serial}");
    let letters = |c: char| match c {
        'A'..='H' => c as u32 - 64,
        'J'..='R' => c as u32 - 73,
        'S'..='Z' => c as u32 - 81,
        digit => value(digit),
    };
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let total: u32 = with('0').chars().zip(weights).map(|(c, w)| letters(c) * w).sum();
    with(if total % 11 == 10 { 'X' } else { char::from_digit(total % 11, 10).unwrap() })
}

/// A travel document's machine-readable zone: the second line, both lines of a passport, or the three of a card.
pub fn mrz(lines: &str, random: &mut Random) -> String {
    let check = |text: &str| {
        let total: u32 = text.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, w)| c.to_digit(36).unwrap_or(0) * w).sum();
        format!("{text}{}", total % 10)
    };
    let number = check(&random.digits("L", 9));
    let (born, expiry) = (check(&birth(random)), check("300101"));
    let second = format!("{number}UTO{born}F{expiry}{:<<14}<0", "");
    match lines {
        "1" => second,
        "2" => format!("P<UTO{:<<39}\n{second}", "ROSSI<<ANNA"),
        _ => format!("I<UTO{number}{:<<15}\n{born}F{expiry}UTO{:<<11}0\n{:<<30}", "", "", "ROSSI<<ANNA"),
    }
}

/// Version byte (two hexadecimal digits), 20 random bytes and four of a double SHA-256, in base 58.
pub fn base58check(version: &str, random: &mut Random) -> String {
    let mut bytes = vec![u8::from_str_radix(version, 16).unwrap()];
    bytes.extend((0..20).map(|_| random.below(256) as u8));
    let check = Sha256::digest(Sha256::digest(&bytes));
    bytes.extend(&check[..4]);
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let mut digits: Vec<u32> = Vec::new();
    for byte in bytes {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    let alphabet = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let text: String = digits.iter().rev().map(|d| char::from(alphabet[*d as usize])).collect();
    "1".repeat(zeros) + &text
}

/// A version 0 address with its BIP 173 checksum.
pub fn bech32(random: &mut Random) -> String {
    let alphabet = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let step = |check: u32, value: u32| {
        let generator = [0x3b6a_57b2u32, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let shifted = ((check & 0x1ff_ffff) << 5) ^ value;
        generator.iter().enumerate().fold(shifted, |c, (i, g)| if check >> (25 + i) & 1 == 1 { c ^ g } else { c })
    };
    let mut values = vec![0u32];
    values.extend((0..32).map(|_| random.below(32) as u32));
    let check = [3, 3, 0, 2, 3].into_iter().chain(values.iter().copied()).chain([0; 6]).fold(1, step) ^ 1;
    values.extend((0..6).map(|i| check >> (5 * (5 - i)) & 31));
    format!("bc1{}", values.iter().map(|v| char::from(alphabet[*v as usize])).collect::<String>())
}

/// A birth date in six digits, with a separator between its parts.
pub fn born(separator: &str, random: &mut Random) -> String {
    let date = birth(random);
    format!("{}{separator}{}{separator}{}", &date[..2], &date[2..4], &date[4..])
}
