//! Secrets without a shape of their own: what gives them away is the name that they stand under, and that they look random.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    checks::repetitive,
    entropy,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};
use crate::finding::Confidence;

pub(in crate::detect) static RULES: &[&Rule] = &[&PASSWORD, &SECRET];

/// Passwords under a name that says so.
static PASSWORD: Rule = Rule::secret("password", "PASSWORD")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(password)
    .known_from("OWASP Secrets Management Cheat Sheet")
    .evidence(
        &["password = \"{base62:6}!{base62:5}\"", "db_passwd: {base62:12}", "PGPASSWORD={base62:10}#"],
        &["password = \"\"", "password: string", "password=${DB_PASSWORD}", "password: ********"],
    );

/// Random values under a secret-like name.
static SECRET: Rule = Rule::secret("generic_secret", "SECRET")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(secret)
    .known_from("OWASP Secrets Management Cheat Sheet")
    .evidence(
        &["client_secret = \"{base62:32}\"", "API_TOKEN={hex:40}", "acme secret key: {base62:24}"],
        &["commit = \"{hex:40}\"", "next_page_token: {word:10}", "max_tokens=4096", "key_id={base62:24}"],
    );

/// Names whose values are passwords, whatever they look like.
const PASSWORDS: &[&str] = &["password", "passwd", "passwort", "passphrase", "pwd", "passcode", "userpass", "dbpass"];

/// Words that make a name secret-like.
const STRONG: &[&str] = &[
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "authkey",
    "credential",
    "bearer",
    "licensekey",
    "encryptionkey",
    "signingkey",
    "masterkey",
    "clientkey",
    "sharedkey",
    "accountkey",
    "appkey",
    "authorization",
    "connectionstring",
    "apitoken",
    "passkey",
    "sessionkey",
    "writekey",
    "webhookkey",
];

/// Words after which a value is an identifier, however random: what is named last decides.
const HARMLESS_ENDS: &[&str] = &[
    "id",
    "ids",
    "uuid",
    "guid",
    "hash",
    "sha",
    "sha1",
    "sha256",
    "digest",
    "checksum",
    "etag",
    "cursor",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "synctoken",
    "publickey",
    "public",
    "idempotencykey",
    "cachekey",
    "partitionkey",
    "primarykey",
    "foreignkey",
    "sortkey",
    "url",
    "uri",
    "endpoint",
    "path",
    "file",
    "filename",
    "name",
    "type",
    "version",
    "commit",
    "revision",
    "fingerprint",
    "integrity",
    "nonce",
    "tokentype",
    "tokenizer",
    "keyword",
    "keywords",
    "hotkey",
    "shortcut",
    "keyname",
    "algorithm",
    "expiry",
    "expires",
    "count",
    "length",
    "limit",
    "date",
    "time",
    "timestamp",
    "at",
    "arn",
    "region",
    "format",
    "description",
    "title",
    "label",
    "ref",
    "node",
];

fn password(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    let name = Name::of(candidate);
    if !PASSWORDS.iter().any(|word| name.last_has(word)) || name.ends_harmless() || value.len() < 6 || value.len() > 128 {
        return Outcome::Reject;
    }
    // In prose and code a word after "password:" is a word; under a key of its own it is the password.
    let field = candidate.before.is_empty() && candidate.key.is_some();
    let wordy =
        !value.iter().any(|b| b.is_ascii_digit() || b"!@#$%^&*+~".contains(b)) || value.ends_with(b"@") || is_reference(value);
    if templated(value) || type_word(value) || (wordy && !field) {
        return Outcome::Reject;
    }
    if repetitive(value) { Outcome::Placeholder } else { Outcome::Found(Confidence::Low) }
}

fn secret(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    let name = Name::of(candidate);
    if value.len() < 12 || value.len() > 512 || name.ends_harmless() || templated(value) {
        return Outcome::Reject;
    }
    let strong = STRONG.iter().any(|word| name.has(word));
    let key = name.last_has("key") || name.last_has("auth");
    let least = if strong { 12 } else { 20 };
    let random = if strong { looks_random(value, 290) } else { key && looks_random(value, 330) };
    if !random || value.len() < least {
        return Outcome::Reject;
    }
    if repetitive(value) { Outcome::Placeholder } else { Outcome::Found(Confidence::Low) }
}

/// The words right before a value: the key that it stands under, or up to four words of the line in front of it.
struct Name {
    folded: Vec<u8>,
    last: Vec<u8>,
}

impl Name {
    fn of(candidate: &Candidate<'_>) -> Self {
        let mut words = words_before(candidate.before);
        if words.is_empty() {
            words.extend(candidate.key);
        }
        let fold =
            |text: &[u8]| -> Vec<u8> { text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect() };
        let last = words.first().map(|word| fold(word)).unwrap_or_default();
        // Words were collected backwards.
        let folded = words.iter().rev().flat_map(|word| fold(word)).collect();
        Self { folded, last }
    }

    fn has(&self, word: &str) -> bool {
        contains(&self.folded, word)
    }

    fn last_has(&self, word: &str) -> bool {
        contains(&self.last, word)
    }

    fn ends_harmless(&self) -> bool {
        HARMLESS_ENDS.iter().any(|end| self.last.ends_with(end.as_bytes()))
    }
}

fn contains(text: &[u8], word: &str) -> bool {
    text.windows(word.len()).any(|w| w == word.as_bytes())
}

/// Up to four words before a value, nearest first: between the nearest and the value only operators, quotes and brackets may
/// stand, between the others only spaces. A line ends the walk.
fn words_before(before: &[u8]) -> Vec<&[u8]> {
    let mut words: Vec<&[u8]> = Vec::new();
    let mut end = before.len();
    let near = before.len().saturating_sub(96);
    while words.len() < 4 {
        let gap = before.get(near..end).unwrap_or_default().iter().rev();
        let skipped = gap.take_while(|b| if words.is_empty() { is_operator(**b) } else { **b == b' ' }).count();
        end -= skipped;
        if skipped == 0 && !words.is_empty() {
            break;
        }
        let word = before.get(near..end).unwrap_or_default().iter().rev().take_while(|b| is_name(**b)).count();
        if word == 0 {
            break;
        }
        words.extend(before.get(end - word..end));
        end -= word;
    }
    words
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}

fn is_operator(byte: u8) -> bool {
    b" \t\"'`=:>,?|([{<\\".contains(&byte)
}

/// References and examples, not values.
fn templated(value: &[u8]) -> bool {
    let starts =
        [&b"${"[..], b"{{", b"<", b"$(", b"%(", b"process.env", b"os.environ", b"secrets.", b"env.", b"var.", b"your", b"YOUR"];
    let holds =
        [&b"example"[..], b"EXAMPLE", b"xxxx", b"XXXX", b"****", b"....", b"placeholder", b"changeme", b"redacted", b"REDACTED"];
    starts.iter().any(|s| value.starts_with(s))
        || holds.iter().any(|h| value.windows(h.len()).any(|w| w == *h))
        || value.starts_with(b"[") && value.ends_with(b"]")
        || value.starts_with(b"%5B") && value.ends_with(b"%5D")
}

/// What stands where a type or a flag is meant.
fn type_word(value: &[u8]) -> bool {
    let words = [
        "string",
        "String",
        "number",
        "boolean",
        "undefined",
        "required",
        "optional",
        "password",
        "Password",
        "passwd",
        "secret",
        "hidden",
        "default",
    ];
    words.iter().any(|word| value.starts_with(word.as_bytes()))
}

/// Letters and digits mixed, spread over many different characters, and neither words, nor a path, nor code.
fn looks_random(value: &[u8], hundredths: u32) -> bool {
    let count = |class: fn(&u8) -> bool| value.iter().filter(|b| class(b)).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let plain = value.iter().all(|b| b.is_ascii_graphic());
    let mixed = digits >= 2 && letters >= 2 && digits + letters > value.len() * 3 / 4;
    plain
        && mixed
        && entropy::hundredths(value) >= hundredths
        && !is_joined_words(value)
        && !is_path(value)
        && !is_reference(value)
}

/// Pieces between slashes that are words, dates or ids: base64 has no such pieces.
fn is_path(value: &[u8]) -> bool {
    let wordy = |piece: &[u8]| piece.len() >= 3 && piece.iter().all(u8::is_ascii_lowercase);
    value.windows(3).any(|w| w == b"://") || (value.contains(&b'/') && value.split(|b| *b == b'/').any(wordy))
}

/// `exports.CLIENT_ID`, `request.body`, `f(x)`: code that names a value.
fn is_reference(value: &[u8]) -> bool {
    let name = |piece: &[u8]| {
        piece.first().is_some_and(u8::is_ascii_alphabetic)
            && piece.iter().filter(|b| b.is_ascii_digit()).count() * 6 < piece.len()
    };
    let dotted = value.contains(&b'.') && value.split(|b| *b == b'.').all(name);
    dotted || value.contains(&b'(') || value.contains(&b'{')
}

/// `some-long-name_of.things2`: runs of letters of one case between separators, with hardly any digit.
fn is_joined_words(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let pieces = value.split(|b| b"-_./".contains(b));
    let wordy =
        pieces.clone().filter(|p| p.len() >= 3 && p.iter().skip(1).all(u8::is_ascii_lowercase)).map(<[u8]>::len).sum::<usize>();
    digits * 8 < value.len() && wordy * 2 > value.len()
}

/// Whether a value can begin at `byte`: after an operator, a quote or a space.
pub(super) fn begins_value(previous: u8, byte: u8) -> bool {
    is_operator(previous) && !is_operator(byte) && byte.is_ascii_graphic()
}

/// The value that an assignment gives at `at`: quoted up to the quote, else up to a separator. Also how far it was read.
pub(super) fn value_range(text: &[u8], at: usize) -> Range<usize> {
    let quote = at.checked_sub(1).and_then(|i| text.get(i)).copied().filter(|b| b"\"'`".contains(b));
    let rest = text.get(at..).unwrap_or_default();
    let ends = |b: &u8| match quote {
        Some(quote) => *b == quote || *b == b'\n' || *b == b'\\',
        None => b.is_ascii_whitespace() || b"\"'`,;&<>)]}".contains(b),
    };
    at..at + rest.iter().take(600).position(ends).unwrap_or(rest.len().min(600))
}
