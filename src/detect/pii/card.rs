//! Payment cards.

use super::near::{Compact, close, near};

use crate::{
    detect::{
        checks::luhn,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// Card numbers: an issuer's range, a length that the issuer uses, and the Luhn digit.
pub(super) static CREDIT_CARD: Rule = Rule::pii("credit_card", "CREDIT_CARD", card)
    .shaped(Shape::Digits { least: 12, most: 19 })
    .known_from("ISO/IEC 7812-1; issuer ranges as the networks publish them")
    .evidence(
        &["{luhn:4:16}", "{luhnspaced:54:16}", "pan: {luhn:37:15}"],
        &["x {luhn:9:16}", "order {luhn:4:16}9", "1234567890123456", "{luhn:4:16}7"],
    );

fn card(candidate: &Candidate<'_>) -> Outcome {
    let named = near(candidate, WORDS);
    // No network issues numbers that begin otherwise; those of other lengths are cards only where they are called so.
    let count = || candidate.text.iter().filter(|b| b.is_ascii_digit()).count();
    let usual = matches!(candidate.text.first(), Some(b'1'..=b'6')) && (14..=16).contains(&count());
    if !(named || usual) {
        return Outcome::Reject;
    }
    let digits = Compact::of(candidate.text);
    if digits.iter().all(|d| Some(d) == digits.first()) {
        return Outcome::Reject;
    }
    let grouped = digits.len() != candidate.text.len();
    match (issued(&digits) && luhn(&digits), digits.len(), grouped, named) {
        (true, _, _, true) => Outcome::Found(Confidence::High),
        (true, 14..=16, true, _) => Outcome::Found(Confidence::High),
        (true, 14..=16, false, _) => Outcome::Found(Confidence::Medium),
        // Mistyped, or made up for a test: who writes that it is a card means one.
        (false, 13..=19, false, true) if luhn(&digits) && called_card(candidate) => Outcome::Found(Confidence::Medium),
        (false, 15 | 16, _, true) if card_groups(candidate.text) && called_card(candidate) => Outcome::Found(Confidence::Low),
        // Bare numbers of other lengths are order numbers and ids far more often than cards.
        _ => Outcome::Reject,
    }
}

const WORDS: &[&str] = &[
    "card",
    "card number",
    "card no",
    "cardnumber",
    "credit",
    "debit",
    "cc",
    "ccnum",
    "cc number",
    "pan",
    "visa",
    "mastercard",
    "amex",
    "american express",
    "maestro",
    "diners",
    "discover",
    "jcb",
    "kreditkarte",
    "carte",
    "tarjeta",
    "carta",
];

/// Whether the number is called a card, right before it or by its key. Sixteen digits from 16 or 17 on count microseconds.
fn called_card(candidate: &Candidate<'_>) -> bool {
    let time =
        matches!(candidate.text, [b'1', b'6' | b'7', rest @ ..] if rest.len() == 14 && rest.iter().all(u8::is_ascii_digit));
    !time && close(candidate, CLOSE)
}

const CLOSE: &[&str] = &["card", "cardnumber", "ccnum", "cc", "credit card", "visa", "mastercard", "amex"];

/// Bare, four by four, or four, six and five.
fn card_groups(text: &[u8]) -> bool {
    let mut lengths = [0usize; 4];
    let mut count = 0;
    for (slot, group) in lengths.iter_mut().zip(text.split(|b| !b.is_ascii_digit())) {
        *slot = group.len();
        count += 1;
    }
    matches!((count, lengths), (1, _) | (4, [4, 4, 4, 4]) | (3, [4, 6, 5, 0]))
}

/// Whether a network issues numbers with this beginning and length.
fn issued(digits: &[u8]) -> bool {
    let head = |n: usize| digits.iter().take(n).fold(0u32, |value, d| value * 10 + u32::from(d.wrapping_sub(b'0')));
    let (two, three, four) = (head(2), head(3), head(4));
    match digits.len() {
        14 => matches!(three, 300..=305) || matches!(two, 36 | 38 | 39),
        15 => matches!(two, 34 | 37) || matches!(four, 2131 | 1800),
        16 => {
            head(1) == 4
                || matches!(two, 51..=55 | 62 | 65)
                || matches!(four, 2221..=2720 | 6011 | 3528..=3589 | 2200..=2204 | 5018..=5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763)
                || matches!(three, 644..=649)
        }
        13 => head(1) == 4,
        12 | 17..=19 => matches!(two, 50 | 56..=69) || (digits.len() == 19 && head(1) == 4),
        _ => false,
    }
}
