//! Forms of vendors that are known to the letter: what begins like one under the vendor's name and does not fit is no key.

use crate::detect::{checks::holds_alphabet, rule::Candidate, shape::Alphabet};

struct Form {
    /// Word of the name.
    vendor: &'static str,
    begins: fn(&[u8]) -> bool,
    fits: fn(&[u8]) -> bool,
}

const FORMS: &[Form] = &[
    // Telegram Bot API, authorizing your bot.
    Form { vendor: "telegram", begins: |value| numbered(value).is_some(), fits: telegram },
    // Databricks documentation, personal access tokens.
    Form {
        vendor: "databricks",
        begins: |value| value.starts_with(b"dapi"),
        fits: |value| hex(value.get(4..36), Alphabet::Hex, 32),
    },
    // Meraki documentation, Dashboard API.
    Form {
        vendor: "meraki",
        begins: |value| hex(Some(value), Alphabet::AnyHex, 40),
        fits: |value| hex(Some(value), Alphabet::Hex, 40),
    },
    Form { vendor: "okta", begins: |value| value.starts_with(b"00") && value.len() == 42, fits: |value| !holds_alphabet(value) },
    // The key that Mailchimp's SDK is built into apps with, for everybody to see.
    Form { vendor: "mailchimpsdk", begins: |_| true, fits: |_| false },
    // Access keys of S3, and of what else speaks its protocol, are no long padded base64: that is what encryption leaves.
    Form { vendor: "awssecretaccesskey", begins: |value| value.ends_with(b"=") && value.len() > 48, fits: |_| false },
];

/// Whether the value cannot be what its name says.
pub(super) fn contradict(candidate: &Candidate<'_>) -> bool {
    FORMS.iter().any(|form| (form.begins)(candidate.text) && !(form.fits)(candidate.text) && candidate.named(&[form.vendor]))
}

/// The part behind a number and a colon, and the length of the number.
fn numbered(value: &[u8]) -> Option<(usize, &[u8])> {
    let digits = Alphabet::Digits.run(value, 32);
    value.get(digits..).and_then(|rest| rest.strip_prefix(b":")).filter(|_| digits > 0).map(|rest| (digits, rest))
}

fn telegram(value: &[u8]) -> bool {
    numbered(value).is_some_and(|(digits, rest)| (5..=16).contains(&digits) && Alphabet::Base64Url.run(rest, 64) == 35)
}

fn hex(value: Option<&[u8]>, alphabet: Alphabet, length: usize) -> bool {
    value.is_some_and(|value| value.len() == length && alphabet.run(value, length) == length)
}
