//! Accounts, banks, and what is printed beside a card number.

use super::near::{Compact, if_named, if_named_or_grouped, near, only_named, within};
use crate::{
    detect::{
        checks::luhn,
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] =
    &[&US_ROUTING, &UK_SORT_CODE, &BANK_ACCOUNT, &BANK_CODE, &BIC, &CARD_CVV, &CARD_EXPIRY, &CARD_TRACK];

/// United States: routing numbers of banks.
static US_ROUTING: Rule = Rule::pii("us_routing_number", "US_ROUTING_NUMBER", routing)
    .shaped(Shape::Forms(&["000000000", "0000-0000-0"]))
    .known_from("American Bankers Association, routing number policy")
    .evidence(
        &["routing number {id:aba}", "ABA: {id:aba}", "routing_number={id:aba}"],
        &["x {bad:aba}", "x {id:aba}", "rerouting {id:aba}", "078051120"],
    );

fn routing(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let district = matches!(
        compact.get(..2),
        Some(
            [b'0', _]
                | [b'1', b'0'..=b'2']
                | [b'2', b'1'..=b'9']
                | [b'3', b'0'..=b'2']
                | [b'6', b'1'..=b'9']
                | [b'7', b'0'..=b'2']
                | b"80"
        )
    );
    // The two specimens of social security numbers.
    let specimen = matches!(&*compact, b"078051120" | b"219099999");
    if specimen {
        return Outcome::Reject;
    }
    let documented = compact.windows(6).any(|w| w.iter().all(|b| Some(b) == w.first()));
    if documented {
        return Outcome::Placeholder;
    }
    if_named(candidate, district && checksums::us_routing(&compact), &["routing", "aba", "rtn", "routing transit", "ach"])
}

/// United Kingdom: sort codes, alone or with the account.
static UK_SORT_CODE: Rule = Rule::pii("uk_sort_code", "UK_SORT_CODE", sort_code)
    .shaped(Shape::Forms(&["00-00-00", "000000", "00-00-00 00000000", "00 00 00"]))
    .needs_name_or_groups(&["sort code", "sortcode"])
    .known_from("Vocalink, Validating account numbers")
    .evidence(
        &["sort code {two}-{two}-{two}", "sort_code={two}{two}{two}", "{two}-{two}-{two} {digits:8}"],
        &["{two}-{two}-{two}", "sort by {digits:6}", "sort code {digits:9}"],
    );

fn sort_code(candidate: &Candidate<'_>) -> Outcome {
    if candidate.text.len() == 17 {
        return if_named_or_grouped(candidate, true, &["sort code"]);
    }
    only_named(candidate, true, UK_SORT_CODE.names)
}

/// Numbers of bank accounts, where a word says so.
static BANK_ACCOUNT: Rule = Rule::pii("bank_account", "BANK_ACCOUNT", account)
    .shaped(Shape::Forms(&[
        "000000",
        "0000000",
        "00000000",
        "000000000",
        "0000000000",
        "00000000000",
        "000000000000",
        "0000000000000",
        "00000000000000",
        "000000000000000",
        "0000000000000000",
        "00000000000000000",
        "0000-0000-0000",
        "000-000000-0",
    ]))
    .needs_name(&[
        "account number",
        "account no",
        "acct number",
        "acct no",
        "acct",
        "bank account",
        "checking account",
        "savings account",
        "kontonummer",
        "konto nr",
        "bank acct",
        "numéro de compte",
        "número de cuenta",
        "rekeningnummer",
        "iban account",
    ])
    .known_from("Nacha Operating Rules, DFI account number")
    .evidence(
        &["account number {digits:10}", "bank account: {digits:12}", "account_number={digits:8}"],
        &["{digits:10}", "accountable for {digits:8}", "account number {digits:4}"],
    );

fn account(candidate: &Candidate<'_>) -> Outcome {
    only_named(candidate, true, BANK_ACCOUNT.names)
}

/// India, Mexico and Australia: branches and accounts.
static BANK_CODE: Rule = Rule::pii("bank_code", "BANK_CODE", bank_code)
    .shaped(Shape::Forms(&["AAAA0XXXXXX", "000000000000000000", "000-000", "000000"]))
    .needs_name(&["ifsc", "clabe", "bsb"])
    .known_from("Reserve Bank of India, IFSC; Banxico, CLABE; Australian Payments Network, BSB")
    .evidence(
        &["IFSC ABCD0{digits:6}", "CLABE: {digits:18}", "bsb=06{one}-{digits:3}"],
        &["ABCD0{digits:6}", "x {digits:18}", "{digits:3}-{digits:3}"],
    );

fn bank_code(candidate: &Candidate<'_>) -> Outcome {
    let name = match candidate.text.len() {
        11 => "ifsc",
        18 => "clabe",
        _ => "bsb",
    };
    only_named(candidate, true, &[name])
}

/// Business identifier codes of banks.
static BIC: Rule = Rule::pii("swift_bic", "SWIFT_BIC", bic)
    .shaped(Shape::Forms(&["AAAAAAXX", "AAAAAAXXXXX"]))
    .needs_name(&["swift", "bic", "swift code", "bic code", "swift bic"])
    .known_from("ISO 9362")
    .evidence(
        &["BIC DEUTDEFF5{two}", "SWIFT code: CHASUS33XXX", "bic=BNPAFRPPXXX"],
        &["DEUTDEFF5{two}", "SWIFT language1", "bic ABCDEFGHIJKL"],
    );

fn bic(candidate: &Candidate<'_>) -> Outcome {
    let countries = "ADAEAFAGALAMAOARATAUAZBABBBDBEBFBGBHBIBJBNBOBRBSBTBWBYBZCACDCFCGCHCICLCMCNCOCRCUCVCYCZDEDJDKDMDODZECEEEGERESETFIFJFRGAGBGDGEGHGIGMGNGQGRGTGWGYHKHNHRHTHUIDIEILINIQIRISITJMJOJPKEKGKHKMKNKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMKMLMMMNMOMRMTMUMVMWMXMYMZNANENGNINLNONPNZOMPAPEPGPHPKPLPRPTPYQARORSRURWSASBSCSDSESGSISKSLSMSNSOSRSVSYSZTDTGTHTJTMTNTRTTTWTZUAUGUSUYUZVAVCVEVNVUWSXKYEZAZMZW";
    let text = candidate.text;
    let shape = matches!(text.len(), 8 | 11) && text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let bank = text.get(..6).unwrap_or_default().iter().all(u8::is_ascii_uppercase);
    let country = text.get(4..6).is_some_and(|code| countries.as_bytes().chunks(2).any(|c| c == code));
    if !(shape && bank && country && near(candidate, BIC.names)) {
        return Outcome::Reject;
    }
    // Words in the place of a bank's code are for documentation.
    let documented = matches!(text.get(..4), Some(b"BANK" | b"TEST" | b"AAAA" | b"XXXX" | b"ABCD"));
    if documented { Outcome::Placeholder } else { Outcome::Found(Confidence::High) }
}

/// Verification values of cards.
static CARD_CVV: Rule = Rule::pii("card_cvv", "CARD_CVV", cvv)
    .shaped(Shape::Forms(&["000", "0000"]))
    .needs_name(&["cvv", "cvv2", "cvc", "cvc2", "cid code", "security code", "card verification", "card code"])
    .known_from("PCI DSS 4.0, card verification code")
    .evidence(
        &["CVV {digits:3}", "cvc: {digits:4}", "security_code={digits:3}"],
        &["{digits:3}", "CVV {digits:5}", "code {digits:3}"],
    );

fn cvv(candidate: &Candidate<'_>) -> Outcome {
    // The word stands right before the value: three digits are too common.
    if within(candidate, 20, CARD_CVV.names) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// When a card expires.
static CARD_EXPIRY: Rule = Rule::pii("card_expiry", "CARD_EXPIRY", expiry)
    .shaped(Shape::Forms(&["00/00", "00/0000", "00-00", "00-0000"]))
    .needs_name(&[
        "exp",
        "exp date",
        "expiry",
        "card expiry",
        "card exp",
        "valid thru",
        "valid through",
        "card expiration",
        "expiration date",
    ])
    .known_from("ISO/IEC 7813, expiration date")
    .evidence(
        &["card expiry 0{one}/29", "exp: 11/28", "valid thru 0{one}/2030"],
        &["0{one}/29", "exp: 13/28", "expected 0{one}/29"],
    );

fn expiry(candidate: &Candidate<'_>) -> Outcome {
    let month = matches!(candidate.text.get(..2), Some([b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']));
    if month && near(candidate, CARD_EXPIRY.names) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// The first track of a magnetic stripe; the second is found as a card number.
static CARD_TRACK: Rule = Rule::pii("card_track", "CARD_TRACK", track)
    .token(&["B2", "B3", "B4", "B5", "B6"], &[Alphabet::Digits.between(11, 18)])
    .known_from("ISO/IEC 7813, track 1")
    .evidence(
        &[
            "%B{luhn:4:16}^{word:5}/{word:4}^29012010000000000?",
            "swipe %B{luhn:54:16}^{word:5}/{word:3}^2801",
            "%B{luhn:34:15}^{word:5}/{word:3}^2801101",
        ],
        &["B{luhn:4:16}", "%B1234567890123456^{word:5}/{word:4}^2901", "%BC{luhn:4:16}^"],
    );

fn track(candidate: &Candidate<'_>) -> Outcome {
    let digits = candidate.text.get(1..).unwrap_or_default();
    if candidate.before.ends_with(b"%") && luhn(digits) { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
