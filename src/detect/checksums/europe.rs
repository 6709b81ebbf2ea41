//! Check digits of the numbers of European states, Turkey among them.

use super::{balanced, digits, ends, remainder, value, weighted};

/// United Kingdom: NHS numbers.
pub(in crate::detect) fn uk_nhs(text: &[u8]) -> bool {
    balanced(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// United Kingdom: unique taxpayer references, the check digit first.
pub(in crate::detect) fn uk_utr(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let sum = weighted(rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
    let table = b"21987654321";
    digits(text, 10) && table.get(usize::try_from(sum % 11).unwrap_or(0)) == Some(first)
}

/// Germany: pension insurance numbers, twelve characters with a letter in ninth place.
pub(in crate::detect) fn de_pension(text: &[u8]) -> bool {
    let Some((head, [letter, tail @ ..])) = text.split_at_checked(8) else { return false };
    if !digits(head, 8) || !letter.is_ascii_uppercase() || !digits(tail, 3) {
        return false;
    }
    let ordinal = value(*letter) - 9;
    let expanded = head.iter().map(|b| value(*b)).chain([ordinal / 10, ordinal % 10]).chain(tail.iter().map(|b| value(*b)));
    let sum: u32 = expanded.zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]).map(|(digit, weight)| cross(digit * weight)).sum();
    text.last().is_some_and(|last| sum % 10 == value(*last))
}

/// Germany: health insurance numbers, a letter and nine digits.
pub(in crate::detect) fn de_health(text: &[u8]) -> bool {
    let Some((letter, tail)) = text.split_first() else { return false };
    if !letter.is_ascii_uppercase() || !digits(tail, 9) {
        return false;
    }
    let ordinal = value(*letter) - 9;
    let expanded = [ordinal / 10, ordinal % 10].into_iter().chain(tail.iter().take(8).map(|b| value(*b)));
    let sum: u32 = expanded.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| cross(digit * weight)).sum();
    tail.last().is_some_and(|last| sum % 10 == value(*last))
}

/// Germany: numbers of physicians; the seventh digit checks the first six.
pub(in crate::detect) fn de_lanr(text: &[u8]) -> bool {
    let checked = text.get(..7).unwrap_or_default();
    digits(text, 9) && ends(checked, |rest| (10 - weighted(rest, &[4, 9, 4, 9, 4, 9]) % 10) % 10)
}

/// The sum of the two digits of a number.
fn cross(number: u32) -> u32 {
    number / 10 + number % 10
}

/// France: the thirteen characters and the two of the key; Corsica counts as 19 and 18.
pub(in crate::detect) fn fr_nir(text: &[u8]) -> bool {
    let [sex, a, b, c, department, half, tail @ ..] = text else { return false };
    let half = match (department, half) {
        (b'2', b'A') => b'9',
        (b'2', b'B') => b'8',
        _ => *half,
    };
    let department = if text.get(5).is_some_and(u8::is_ascii_uppercase) { b'1' } else { *department };
    let number = [&[*sex, *a, *b, *c, department, half], tail].concat();
    let (body, key) = number.split_at(number.len().saturating_sub(2));
    digits(&number, 15) && 97 - remainder(body, 97) == remainder(key, 100)
}

/// Spain: the letter of eight digits, `X`, `Y`, `Z` in front counting as 0, 1, 2.
pub(in crate::detect) fn es_letter(text: &[u8]) -> bool {
    let [first, middle @ .., letter] = text else { return false };
    let first = match first {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        other => *other,
    };
    let body = [&[first], middle].concat();
    let at = usize::try_from(remainder(&body, 23)).unwrap_or(0);
    digits(&body, 8) && b"TRWAGMYFPDXBNJZSQVHLCKE".get(at) == Some(letter)
}

/// Spain: tax numbers of companies; the check is a digit or a letter.
pub(in crate::detect) fn es_cif(text: &[u8]) -> bool {
    let [kind, body @ .., check] = text else { return false };
    if !digits(body, 7) || !b"ABCDEFGHJNPQRSUVW".contains(kind) {
        return false;
    }
    let sum: u32 = body.iter().zip([2, 1].into_iter().cycle()).map(|(b, weight)| cross(value(*b) * weight)).sum();
    let expected = (10 - sum % 10) % 10;
    let letter = b"JABCDEFGHI".get(usize::try_from(expected).unwrap_or(0));
    letter == Some(check) || (check.is_ascii_digit() && value(*check) == expected)
}

/// Italy: the check letter of a fiscal code; odd places count by a table.
pub(in crate::detect) fn it_fiscal_code(text: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let even = |byte: u8| if byte.is_ascii_digit() { value(byte) } else { value(byte) - 10 };
    let odd = |byte: u8| ODD.get(usize::try_from(even(byte)).unwrap_or(0)).copied().unwrap_or(0);
    text.len() == 16
        && text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && ends(text, |rest| {
            let sum: u32 = rest.iter().enumerate().map(|(place, b)| if place % 2 == 0 { odd(*b) } else { even(*b) }).sum();
            sum % 26 + 10
        })
}

/// Netherlands: citizen service numbers, the eleven-test with a last weight of minus one.
pub(in crate::detect) fn nl_bsn(text: &[u8]) -> bool {
    balanced(text, &[9, 8, 7, 6, 5, 4, 3, 2, 10], 11)
}

/// Belgium: register numbers; those of people born from 2000 have a 2 in front for the check.
pub(in crate::detect) fn be_register(text: &[u8]) -> bool {
    let (body, key) = text.split_at(text.len().saturating_sub(2));
    let key = remainder(key, 100);
    let later = remainder(&[b"2", body].concat(), 97);
    digits(text, 11) && (97 - remainder(body, 97) == key || 97 - later == key)
}

/// Poland: PESEL.
pub(in crate::detect) fn pl_pesel(text: &[u8]) -> bool {
    balanced(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10)
}

/// Poland: tax numbers.
pub(in crate::detect) fn pl_nip(text: &[u8]) -> bool {
    digits(text, 10) && ends(text, |rest| weighted(rest, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11)
}

/// Norway: birth numbers, two check digits.
pub(in crate::detect) fn no_birth(text: &[u8]) -> bool {
    let first = text.get(..10).unwrap_or_default();
    balanced(first, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1], 11) && balanced(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Denmark: CPR numbers issued before the check digit was given up in 2007.
pub(in crate::detect) fn dk_cpr(text: &[u8]) -> bool {
    balanced(text, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Finland: the check character over date and serial, nine digits.
pub(in crate::detect) fn fi_hetu(number: &[u8], check: u8) -> bool {
    let at = usize::try_from(remainder(number, 31)).unwrap_or(0);
    digits(number, 9) && b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(at) == Some(&check)
}

/// Turkey: identity numbers, two check digits.
pub(in crate::detect) fn tr_id(text: &[u8]) -> bool {
    let [body @ .., tenth, last] = text else { return false };
    let odd: u32 = body.iter().step_by(2).map(|b| value(*b)).sum();
    let even: u32 = body.iter().skip(1).step_by(2).map(|b| value(*b)).sum();
    digits(text, 11)
        && !text.starts_with(b"0")
        && (odd * 7 + 100 - even) % 10 == value(*tenth)
        && (odd + even + value(*tenth)) % 10 == value(*last)
}
