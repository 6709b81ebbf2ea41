//! Check digits and check characters of numbers that states, banks and makers issue.
//!
//! Everything here takes ASCII digits and upper-case letters without separators; anything else fails the check.

mod europe;

pub(super) use europe::*;

use super::checks::luhn;

/// The value of a digit or, from ten, of a letter.
pub(super) fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

fn digits(text: &[u8], length: usize) -> bool {
    text.len() == length && text.iter().all(u8::is_ascii_digit)
}

/// The sum of the values, each times its weight.
fn weighted(text: &[u8], weights: &[u32]) -> u32 {
    text.iter().zip(weights).map(|(byte, weight)| value(*byte) * weight).sum()
}

/// Weights that fall by one for each place to the right, the last being `last`.
fn falling(text: &[u8], last: u32) -> u32 {
    text.iter().rev().zip(last..).map(|(byte, weight)| value(*byte) * weight).sum()
}

/// The remainder of a long decimal number.
pub(super) fn remainder(text: &[u8], modulus: u32) -> u32 {
    text.iter().fold(0, |rest, byte| (rest * 10 + value(*byte)) % modulus)
}

/// Whether the last character has the value that the others call for.
fn ends(text: &[u8], expected: impl FnOnce(&[u8]) -> u32) -> bool {
    text.split_last().is_some_and(|(last, rest)| value(*last) == expected(rest))
}

/// The weighted sum of `length` digits, check digit included, is a multiple.
fn balanced(text: &[u8], weights: &[u32], modulus: u32) -> bool {
    digits(text, weights.len()) && weighted(text, weights).is_multiple_of(modulus)
}

/// Verhoeff's dihedral check digit.
pub(super) fn verhoeff(text: &[u8]) -> bool {
    const PRODUCT: [&[u8; 10]; 10] = [
        b"0123456789",
        b"1234067895",
        b"2340178956",
        b"3401289567",
        b"4012395678",
        b"5987604321",
        b"6598710432",
        b"7659821043",
        b"8765932104",
        b"9876543210",
    ];
    const PERMUTED: [&[u8; 10]; 8] =
        [b"0123456789", b"1576283094", b"5803796142", b"8916043527", b"9453126870", b"4286573901", b"2793806415", b"7046913258"];
    let digit = |row: Option<&&[u8; 10]>, column: u8| row?.get(usize::from(column)).map(|b| b - b'0');
    let result = text.iter().rev().enumerate().try_fold(0u8, |check, (place, byte)| {
        let permuted = digit(PERMUTED.get(place % 8), byte.checked_sub(b'0')?)?;
        digit(PRODUCT.get(usize::from(check)), permuted)
    });
    result == Some(0)
}

/// ISO 7064 mod 11,10 over digits (German tax numbers, Croatian OIB).
pub(super) fn iso_11_10(text: &[u8]) -> bool {
    ends(text, |rest| {
        let product = rest.iter().fold(10, |product, byte| {
            let sum = (value(*byte) + product) % 10;
            (if sum == 0 { 10 } else { sum }) * 2 % 11
        });
        (11 - product) % 10
    })
}

/// ISO 7064 mod 11-2: the last character is a digit or `X` for ten.
pub(super) fn iso_11_2(text: &[u8]) -> bool {
    let Some((last, rest)) = text.split_last() else { return false };
    let sum = rest.iter().fold(0, |sum, byte| (sum + value(*byte)) * 2 % 11);
    let expected = (12 - sum) % 11;
    expected == if *last == b'X' { 10 } else { value(*last) }
}

/// The 7-3-1 check digit of travel documents (ICAO 9303 part 3); `<` counts as zero.
pub(super) fn icao(text: &[u8], check: u8) -> bool {
    let sum: u32 = text.iter().zip([7, 3, 1].iter().cycle()).map(|(byte, weight)| value(*byte) * weight).sum();
    check.is_ascii_digit() && sum % 10 == value(check)
}

/// United States: routing numbers of banks.
pub(super) fn us_routing(text: &[u8]) -> bool {
    balanced(text, &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10)
}

/// United States: national provider identifiers, Luhn behind the prefix 80840.
pub(super) fn us_npi(text: &[u8]) -> bool {
    digits(text, 10) && luhn(&[b"80840", text].concat())
}

/// United States: registration numbers of prescribers, the seven digits.
pub(super) fn us_dea(text: &[u8]) -> bool {
    digits(text, 7) && ends(text, |rest| weighted(rest, &[1, 2, 1, 2, 1, 2]) % 10)
}

/// Australia: tax file numbers of eight or nine digits.
pub(super) fn au_tfn(text: &[u8]) -> bool {
    balanced(text, &[1, 4, 3, 7, 5, 8, 6, 9, 10], 11) || balanced(text, &[10, 7, 8, 4, 6, 3, 5, 1], 11)
}

/// Australia: business numbers; one is taken from the first digit.
pub(super) fn au_abn(text: &[u8]) -> bool {
    let sum = weighted(text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    digits(text, 11) && !text.starts_with(b"0") && (sum - 10).is_multiple_of(89)
}

/// Australia: company numbers.
pub(super) fn au_acn(text: &[u8]) -> bool {
    balanced(text, &[8, 7, 6, 5, 4, 3, 2, 1, 1], 10)
}

/// Australia: Medicare cards; the ninth digit checks the first eight.
pub(super) fn au_medicare(text: &[u8]) -> bool {
    let checked = text.get(..9).unwrap_or_default();
    matches!(text.first(), Some(b'2'..=b'6'))
        && (digits(text, 10) || digits(text, 11))
        && ends(checked, |rest| weighted(rest, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10)
}

/// India: registration for goods and services tax, in base 36.
pub(super) fn in_gstin(text: &[u8]) -> bool {
    ends(text, |rest| {
        let sum: u32 = rest
            .iter()
            .zip([1, 2].iter().cycle())
            .map(|(byte, factor)| {
                let product = value(*byte) * factor;
                product / 36 + product % 36
            })
            .sum();
        (36 - sum % 36) % 36
    })
}

/// One more Brazilian check digit: a remainder below two counts as zero.
fn br_digit(sum: u32) -> u32 {
    let rest = sum % 11;
    if rest < 2 { 0 } else { 11 - rest }
}

/// Brazil: numbers of persons.
pub(super) fn br_cpf(text: &[u8]) -> bool {
    let first = text.get(..10).unwrap_or_default();
    digits(text, 11) && ends(first, |rest| br_digit(falling(rest, 2))) && ends(text, |rest| br_digit(falling(rest, 2)))
}

/// Brazil: numbers of companies, letters allowed since 2026 (they count by their ASCII code from `0`).
pub(super) fn br_cnpj(text: &[u8]) -> bool {
    let sum = |rest: &[u8]| {
        rest.iter().rev().zip((2..10).cycle()).map(|(byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight).sum::<u32>()
    };
    let first = text.get(..13).unwrap_or_default();
    text.len() == 14 && ends(first, |rest| br_digit(sum(rest))) && ends(text, |rest| br_digit(sum(rest)))
}

/// Mexico: population registry codes.
pub(super) fn mx_curp(text: &[u8]) -> bool {
    // Ñ stands after N, so the letters from O on count one more.
    let letter = |byte: u8| value(byte) + u32::from(byte > b'N');
    text.len() == 18
        && ends(text, |rest| {
            let sum: u32 = rest.iter().zip((2..=18).rev()).map(|(byte, weight)| letter(*byte) * weight).sum();
            (10 - sum % 10) % 10
        })
}

/// Mexico: tax registry codes; those of companies are read with a space in front.
pub(super) fn mx_rfc(text: &[u8]) -> bool {
    const ORDER: &[u8] = b"0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";
    let rank = |byte: &u8| ORDER.iter().position(|b| b == byte).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
    let padded = if text.len() == 12 { [b" ", text].concat() } else { text.to_vec() };
    let Some((last, rest)) = padded.split_last() else { return false };
    let sum: u32 = rest.iter().zip((2..=13).rev()).map(|(byte, weight)| rank(byte) * weight).sum();
    let expected = (11 - sum % 11) % 11;
    padded.len() == 13 && expected == if *last == b'A' { 10 } else { value(*last) }
}

/// Argentina: tax numbers.
pub(super) fn ar_cuit(text: &[u8]) -> bool {
    balanced(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Chile: RUT, with `K` for ten.
pub(super) fn cl_rut(text: &[u8]) -> bool {
    let Some((last, rest)) = text.split_last() else { return false };
    let sum: u32 = rest.iter().rev().zip((2..8).cycle()).map(|(byte, weight)| value(*byte) * weight).sum();
    let expected = (11 - sum % 11) % 11;
    rest.iter().all(u8::is_ascii_digit) && expected == if *last == b'K' { 10 } else { value(*last) }
}

/// Korea: resident registration numbers issued before October 2020.
pub(super) fn kr_rrn(text: &[u8]) -> bool {
    digits(text, 13) && ends(text, |rest| (11 - weighted(rest, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10)
}

/// Korea: registrations of businesses; the ninth digit counts with both digits of its product.
pub(super) fn kr_brn(text: &[u8]) -> bool {
    let carry = text.get(8).map_or(0, |ninth| value(*ninth) * 5 / 10);
    digits(text, 10) && (weighted(text, &[1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) + carry).is_multiple_of(10)
}

/// Japan: individual numbers.
pub(super) fn jp_my_number(text: &[u8]) -> bool {
    digits(text, 12)
        && ends(text, |rest| {
            let rest = weighted(rest, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
            if rest < 2 { 0 } else { 11 - rest }
        })
}

/// Taiwan: a letter for the place and nine digits.
pub(super) fn tw_id(text: &[u8]) -> bool {
    let Some((letter, tail)) = text.split_first() else { return false };
    let Some(place) = b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|b| b == letter) else { return false };
    let place = u32::try_from(place + 10).unwrap_or(0);
    let sum = place / 10 + place % 10 * 9 + weighted(tail, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    digits(tail, 9) && sum.is_multiple_of(10)
}

/// Hong Kong: one or two letters, six digits and a check that is a digit or `A`.
pub(super) fn hk_id(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else { return false };
    // A missing first letter counts as 36.
    let lead = if body.len() == 7 { 36 * 9 } else { 0 };
    let sum = lead + falling(body, 2);
    let check = if *check == b'A' { 10 } else { value(*check) };
    (sum + check).is_multiple_of(11)
}

/// Singapore: the letter at the end of citizens' and foreigners' numbers.
pub(super) fn sg_nric(text: &[u8]) -> bool {
    let [kind, body @ .., letter] = text else { return false };
    let (offset, letters) = match kind {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        b'M' => (3, b"XWUTRQPNJLK"),
        _ => return false,
    };
    let rest = (offset + weighted(body, &[2, 7, 6, 5, 4, 3, 2])) % 11;
    digits(body, 7) && letters.get(usize::try_from(rest).unwrap_or(0)) == Some(letter)
}

/// Thailand: citizens' numbers.
pub(super) fn th_id(text: &[u8]) -> bool {
    digits(text, 13) && ends(text, |rest| (11 - falling(rest, 2) % 11) % 10)
}

/// Vehicles: the ninth character checks the others (49 CFR 565.15).
pub(super) fn vin(text: &[u8]) -> bool {
    let letter = |byte: u8| match byte {
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'R' => u32::from(byte - b'J') + 1,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => value(byte),
    };
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = text.iter().zip(weights).map(|(byte, weight)| letter(*byte) * weight).sum();
    let expected = sum % 11;
    text.len() == 17
        && !text.iter().any(|b| b"IOQ".contains(b))
        && match text.get(8) {
            Some(b'X') => expected == 10,
            Some(check) => check.is_ascii_digit() && expected == value(*check),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example passes, and hardly any neighbour that differs in one digit: checks that fold eleven remainders
    /// into ten digits miss some.
    #[track_caller]
    fn proves(check: fn(&[u8]) -> bool, example: &str) {
        let bytes = example.as_bytes();
        assert!(check(bytes), "{example}");
        let missed = (0..bytes.len()).filter(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit)).filter(|at| {
            let mut wrong = bytes.to_vec();
            if let Some(byte) = wrong.get_mut(*at) {
                *byte = if *byte == b'9' { b'0' } else { *byte + 1 };
            }
            check(&wrong)
        });
        assert!(missed.count() <= 2, "{example}: too many neighbours pass");
    }

    #[test]
    fn general_systems() {
        proves(verhoeff, "2363");
        proves(iso_11_10, "86095742719");
        proves(iso_11_2, "11010519491231002X");
        assert!(icao(b"L898902C3", b'6') && icao(b"T22000129", b'3') && !icao(b"L898902C3", b'7'));
        proves(vin, "1M8GDM9AXKP042788");
    }

    #[test]
    fn america() {
        proves(us_routing, "111000025");
        proves(us_npi, "1234567893");
        proves(us_dea, "1234563");
        proves(br_cpf, "39053344705");
        assert!(br_cnpj(b"16727230000197") && br_cnpj(b"12ABC34501DE35") && !br_cnpj(b"16727230000198"));
        proves(mx_curp, "BOXW310820HNERXN09");
        proves(mx_rfc, "GODE561231GR8");
        proves(ar_cuit, "20055361682");
        proves(cl_rut, "760864285");
    }

    #[test]
    fn europe() {
        proves(uk_nhs, "9434765870");
        proves(uk_utr, "1955839661");
        proves(de_pension, "15070649C103");
        proves(de_health, "A123456780");
        proves(fr_nir, "255081416802538");
        proves(es_letter, "12345678Z");
        proves(es_letter, "X1234567L");
        proves(es_cif, "A58818501");
        proves(it_fiscal_code, "RSSMRA85T10A562S");
        proves(nl_bsn, "111222333");
        assert!(be_register(b"85073003328") && !be_register(b"85073003329"));
        proves(pl_pesel, "44051401359");
        proves(pl_nip, "1234563218");
        proves(no_birth, "15108695088");
        proves(dk_cpr, "2110625629");
        assert!(fi_hetu(b"131052308", b'T') && !fi_hetu(b"131052309", b'T'));
        proves(tr_id, "17291716060");
    }

    #[test]
    fn asia_and_the_pacific() {
        proves(au_tfn, "123456782");
        proves(au_abn, "83914571673");
        proves(au_acn, "004085616");
        assert!(au_medicare(b"2123456701") && !au_medicare(b"2123456711"));
        proves(in_gstin, "27AAPFU0939F1ZV");
        proves(kr_rrn, "9710139019902");
        proves(jp_my_number, "123456789018");
        proves(tw_id, "A123456789");
        proves(hk_id, "A1234563");
        proves(sg_nric, "S1234567D");
        proves(th_id, "1234545678781");
    }
}
