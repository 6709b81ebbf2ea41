//! Telephone numbers. Reported only.

use super::near::{Compact, alone, in_prose, near};
use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PHONE_INTERNATIONAL, &PHONE_US, &PHONE_NATIONAL, &PHONE_GROUPED];

/// `+`, a country and a number.
static PHONE_INTERNATIONAL: Rule = Rule::pii("phone", "PHONE", international)
    .low()
    .shaped(Shape::Phone)
    .known_from("ITU-T E.164 and its list of country codes")
    .evidence(
        &[
            "+44 20 7{digits:3} {digits:4}",
            "call +1 (415) 6{two}-{digits:4}",
            "tel:+4930{digits:7}",
            "+1-903-6{two}-{digits:4}x{digits:3}",
        ],
        &["+{digits:5}", "+999 {digits:9}", "a+{digits:10}"],
    );

fn international(candidate: &Candidate<'_>) -> Outcome {
    let digits = Compact::of(candidate.text.split(|b| *b == b'x').next().unwrap_or_default());
    let country = match &*digits {
        [b'1', area, ..] => digits.len() >= 11 && *area >= b'2',
        [b'7', b'3'..=b'9', ..] => digits.len() == 11,
        [b'2', b'0' | b'7', ..] | [b'3', b'0'..=b'4' | b'6' | b'9', ..] | [b'4', b'0' | b'1' | b'3'..=b'9', ..] => true,
        [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => true,
        [b'2', b'1' | b'2' | b'3' | b'4' | b'5' | b'6' | b'9', ..] | [b'3', b'5' | b'7' | b'8', ..] | [b'4', b'2', ..] => true,
        [b'5', b'0' | b'9', ..] | [b'6', b'7'..=b'9', ..] | [b'8', b'0' | b'5' | b'7' | b'8', ..] | [b'9', b'6' | b'7', ..] => {
            true
        }
        [b'9', b'9', b'2'..=b'6' | b'8', ..] => true,
        _ => false,
    };
    // `%22size%22%3A+49137743` is a number in a form, where the sign is a space.
    let encoded = matches!(candidate.before, [.., b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
        || candidate.before.ends_with(b"\":");
    if country && !encoded { found(&digits) } else { Outcome::Reject }
}

/// `555-01XX` is kept free for fiction, and used for demonstrations.
fn found(digits: &[u8]) -> Outcome {
    let national = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let fiction = national.get(3..8) == Some(b"55501") && (digits.len() == 10 || digits.starts_with(b"1"));
    Outcome::Found(if fiction { Confidence::Low } else { Confidence::High })
}

/// Numbers of the North American plan.
static PHONE_US: Rule = Rule::pii("phone_us", "PHONE", us)
    .low()
    .shaped(Shape::Forms(&[
        "(000) 000-0000",
        "(000)000-0000",
        "(000) 000 0000",
        "000-000-0000",
        "000.000.0000",
        "000 000 0000",
        "1-000-000-0000",
        "1 000 000 0000",
        "1 (000) 000-0000",
        "1.000.000.0000",
        "0000000000",
        "10000000000",
        "(000) 000.0000",
        "(000) 000-0000x000",
        "(000)000-0000x000",
        "000-000-0000x000",
        "000.000.0000x000",
        "(000) 000-0000x0000",
        "(000)000-0000x0000",
        "000-000-0000x0000",
        "000.000.0000x0000",
        "(000)000-0000x00000",
        "000-000-0000x00000",
        "000.000.0000x00000",
    ]))
    .needs_name_or_groups(WORDS)
    .known_from("North American Numbering Plan Administrator, NXX-NXX-XXXX")
    .evidence(
        &["(415) 6{two}-{digits:4}", "415-6{two}-{digits:4}", "phone 4156{two}{digits:4}"],
        &["4156{two}{digits:4}", "(115) 6{two}-{digits:4}", "415-0{two}-{digits:4}"],
    );

const WORDS: &[&str] = &[
    "phone",
    "phone number",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "fax",
    "whatsapp",
    "sms",
    "contact number",
    "contact no",
    "telefon",
    "handy",
    "mobil",
    "téléphone",
    "teléfono",
    "telefono",
    "celular",
    "portable",
    "call",
    "dial",
    "reach me at",
    "text me at",
    "hotline",
    "phone no",
    "msisdn",
    "gsm",
    "cep telefonu",
    "電話",
    "전화",
    "电话",
    "mobile number",
    "phonenumber",
    "telefone",
];

fn us(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    // Without an extension; a country code may stand before.
    let bare = compact.iter().position(|b| *b == b'X').and_then(|end| compact.get(..end)).unwrap_or(&compact);
    let ten = bare.get(bare.len().saturating_sub(10)..).unwrap_or_default();
    let valid = matches!(ten, [b'2'..=b'9', _, second, b'2'..=b'9', ..] if *second != b'9' || ten.get(1) != Some(&b'9'));
    let grouped = candidate.text.iter().any(|b| b"-.( ".contains(b));
    // Spaces alone group any number.
    let telling = grouped && candidate.text.iter().any(|b| b"-.(".contains(b));
    if after_country(candidate.before) {
        return Outcome::Reject;
    }
    if valid && (telling || near(candidate, WORDS)) {
        return found(bare);
    }
    // Made up, with an area or exchange that nobody has.
    if grouped && near(candidate, WORDS) { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}

/// `+1 ` stands before: an international number, which has its own rule.
fn after_country(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(6)..).unwrap_or_default();
    let mut rest = near.iter().rev().skip_while(|b| b" -.(".contains(b)).skip_while(|b| b.is_ascii_digit());
    near.last().is_some_and(|b| b" -.(".contains(b)) && rest.next() == Some(&b'+')
}

/// Numbers of other national plans, where a word says so.
static PHONE_NATIONAL: Rule = Rule::pii("phone_national", "PHONE", national)
    .low()
    .shaped(Shape::Digits { least: 7, most: 15 })
    .known_from("national numbering plans as deposited with the ITU")
    .evidence(
        &["mobile 07{digits:9}", "Telefon: 030 {digits:8}", "phone=06{digits:8}", "tel 98{digits:8}"],
        &["x 08{digits:9}", "phone {digits:4}", "x 07{digits:10}"],
    );

fn national(candidate: &Candidate<'_>) -> Outcome {
    let (named, isolated) = (near(candidate, WORDS), isolated(candidate));
    if !(named || isolated || candidate.text.starts_with(b"5")) {
        return Outcome::Reject;
    }
    let compact = Compact::of(candidate.text);
    let length = compact.len();
    let turkish = length == 10 && matches!(&*compact, [b'5', b'0' | b'3'..=b'5', ..]);
    let part = candidate.key.is_some_and(names_no_phone) || after_country(candidate.before) || candidate.before.ends_with(b"+");
    if part {
        return Outcome::Reject;
    }
    let trunk = matches!((&*compact, length), ([b'0', b'1'..=b'9', ..], 9..=12) | ([b'0', b'0', b'1'..=b'9', ..], 10..=15));
    // Ten digits with a one in front are a time more often.
    let plain = trunk || matches!((&*compact, length), ([b'2'..=b'9', ..], 9..=12) | ([b'1', ..], 11));
    let grouped = groups(candidate.text);
    if (plain && named) || (grouped && (named || (isolated && (near(candidate, HINTS) || led_out(candidate.after))))) {
        return Outcome::Found(Confidence::Medium);
    }
    // The trunk prefix of a domestic call, in groups or where somebody wrote it.
    let written = in_prose(candidate) && matches!(length, 10 | 11) && isolated;
    let eleven =
        length == 11 && matches!(&*compact, [_, b'1' | b'5' | b'7' | b'9', ..] | [_, b'2', b'0' | b'3' | b'4' | b'8' | b'9', ..]);
    if (turkish && alone(candidate)) || (trunk && written && (grouped || eleven || (length == 10 && alone(candidate)))) {
        Outcome::Found(Confidence::Low)
    } else {
        Outcome::Reject
    }
}

/// `phone_number_id` holds an identifier.
fn names_no_phone(key: &[u8]) -> bool {
    [&b"id"[..], b"Id", b"ID", b"ids", b"hash", b"count", b"sid"].iter().any(|end| key.ends_with(end))
}

/// Whether the pieces before and behind are words: a group with digits would be a part of the same number.
fn isolated(candidate: &Candidate<'_>) -> bool {
    fn coded<'a>(mut piece: impl Iterator<Item = &'a u8>) -> bool {
        matches!(piece.next(), Some(b' ' | b'-'))
            && piece.take(8).take_while(|b| b.is_ascii_alphanumeric()).any(u8::is_ascii_digit)
    }
    !coded(candidate.before.iter().rev()) && !coded(candidate.after.iter())
}

/// Groups of two digits or more between separators that are all the same.
fn groups(text: &[u8]) -> bool {
    let mut separators = text.iter().filter(|b| !b.is_ascii_digit());
    let first = separators.next();
    let equal = first.is_some() && separators.all(|b| Some(b) == first);
    let mut pieces = text.split(|b| !b.is_ascii_digit());
    let years = matches!(text, [b'1' | b'2', b'0' | b'8' | b'9', _, _, b'-', b'1' | b'2', _, _, _]);
    let date = years || text.len() <= 10 && text.split(|b| !b.is_ascii_digit()).count() == 3 && text.contains(&b'-');
    equal && !date && pieces.all(|piece| (2..=8).contains(&piece.len()))
}

/// Words that lead to a number less clearly than those for a telephone.
const HINTS: &[&str] = &["answering", "message", "messages to", "ring", "texted", "contact", "contact me", "me at", "me on"];

/// Whether the kind of line stands right behind: `… office`.
fn led_out(after: &[u8]) -> bool {
    let word = after.iter().take(3).take_while(|b| !b.is_ascii_alphabetic()).count();
    let rest = after.get(word..).unwrap_or_default();
    ["office", "mobile", "fax", "cell", "home", "work", "desk", "phone"]
        .iter()
        .any(|kind| rest.get(..kind.len()).is_some_and(|r| r.eq_ignore_ascii_case(kind.as_bytes())))
}

/// Groupings of national plans that have signs of their own: brackets, dots, slashes.
static PHONE_GROUPED: Rule = Rule::pii("phone_grouped", "PHONE", bracketed)
    .low()
    .shaped(Shape::Forms(&[
        "(00) 0000 0000",
        "(00) 0000-0000",
        "(00) 00000-0000",
        "(00) 00000 0000",
        "(00) 000 0000",
        "(00) 000-0000",
        "(00) 000-000",
        "(000) 000 00 00",
        "(000) 0000 0000",
        "(000) 0000-0000",
        "(0000) 000000",
        "(0000) 000 000",
        "(00000) 000000",
        "0 (000) 000 00 00",
        "0 (000) 0000000",
        "0(000) 0000000",
        "0(000)0000000",
        "8 (000) 000-00-00",
        "(000) 000-00-00",
        "000 000 00 00",
        "000-000-00-00",
        "00.00.00.00.00",
        "0000.000.000",
        "000.0000.0000",
        "000/0000000",
        "000/00000000",
        "0000/000000",
        "0000/0000000",
        "000.000.000",
        "000.00.00.00",
        "00 000 00 00",
        "00 000 0000",
        "000 00 00 00",
        "000-0000",
        "000 0000",
        "000.0000",
    ]))
    .known_from("national conventions collected in ITU-T E.123")
    .evidence(
        &[
            "(0{one}) 8{digits:3} 6{digits:3}",
            "fax: 01.84.17.6{one}.1{one}",
            "phone 53{one} {digits:3} {two} {two}",
            "call me on {digits:3} {digits:4}",
        ],
        &["{digits:3} {digits:4}", "x {digits:3}.{digits:3}.{digits:3}", "({two}) {digits:3}"],
    );

fn bracketed(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    if after_country(candidate.before) || candidate.key.is_some_and(names_no_phone) {
        return Outcome::Reject;
    }
    if near(candidate, WORDS) {
        return Outcome::Found(Confidence::Medium);
    }
    let digits = Compact::of(text).len();
    let trunk = text.starts_with(b"0") || text.starts_with(b"(0");
    let signs = text.contains(&b'(') || text.iter().filter(|b| **b == b'.').count() == 4;
    let telling = digits >= 9 && ((signs && trunk) || (text.contains(&b'(') && digits >= 10) || alone(candidate));
    if telling && in_prose(candidate) { Outcome::Found(Confidence::Low) } else { Outcome::Reject }
}
