//! Payment cards.

use alloc::vec::Vec;

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
    .shaped(Shape::Digits)
    .known_from("ISO/IEC 7812-1; issuer ranges as the networks publish them")
    .evidence(&["{luhn:4:16}", "{luhnspaced:54:16}", "pan: {luhn:37:15}"], &["{luhn:9:16}", "1234567890123456", "{luhn:4:16}7"]);

fn card(candidate: &Candidate<'_>) -> Outcome {
    let digits: Vec<u8> = candidate.text.iter().copied().filter(u8::is_ascii_digit).collect();
    if !issued(&digits) || !luhn(&digits) || digits.iter().all(|d| Some(d) == digits.first()) {
        return Outcome::Reject;
    }
    let grouped = digits.len() != candidate.text.len();
    let context = candidate.named_any(&[&["card"], &["pan"], &["credit"], &["ccnum"]]);
    match (digits.len(), grouped, context) {
        (_, _, true) => Outcome::Found(Confidence::High),
        (14..=16, true, _) => Outcome::Found(Confidence::High),
        (14..=16, false, _) => Outcome::Found(Confidence::Medium),
        // Bare numbers of other lengths are order numbers and ids far more often than cards.
        _ => Outcome::Reject,
    }
}

/// Whether a network issues numbers with this beginning and length.
fn issued(digits: &[u8]) -> bool {
    let head = |n: usize| digits.iter().take(n).fold(0u32, |value, d| value * 10 + u32::from(d.wrapping_sub(b'0')));
    let (two, three, four) = (head(2), head(3), head(4));
    match digits.len() {
        14 => matches!(three, 300..=305) || matches!(two, 36 | 38 | 39),
        15 => matches!(two, 34 | 37),
        16 => {
            head(1) == 4
                || matches!(two, 51..=55 | 62 | 65)
                || matches!(four, 2221..=2720 | 6011 | 3528..=3589 | 2200..=2204)
                || matches!(three, 644..=649)
        }
        13 => head(1) == 4,
        12 | 17..=19 => matches!(two, 50 | 56..=69) || (digits.len() == 19 && head(1) == 4),
        _ => false,
    }
}
