//! What stands where a value would: templates, references to where the value is kept, placeholders, words.

use super::looks::{Mix, nests};
use crate::detect::{checks::base64, sets::ByteSet};

/// What the beginnings and pieces of templates begin with: most values have none of the second, and not the first.
static OPENING: ByteSet = ByteSet::of(b"${<%#@posegEvcldakr&[");
static INSIDE: ByteSet = ByteSet::of(b"*\xe2[.$%");

/// `${…}`, `{{…}}`, `<…>`, `process.env.…`, `****`: what stands for a value without being one.
pub(super) fn is_template(value: &[u8]) -> bool {
    let starts = [
        &b"${"[..],
        b"{{",
        b"{",
        b"<",
        b"$(",
        b"%(",
        b"%{",
        b"#{",
        b"@@",
        b"process.env",
        b"os.environ",
        b"os.getenv",
        b"getenv",
        b"secrets.",
        b"env.",
        b"ENV[",
        b"env(",
        b"var.",
        b"vars.",
        b"config.",
        b"local.",
        b"data.",
        b"&lt;",
        b"[",
        // What is encrypted inside a file of values: SOPS, eyaml.
        b"ENC[AES256_GCM,",
        b"ENC[PKCS7,",
        b"ENC[GPG,",
        // Where stores of secrets keep the value.
        b"op://",
        b"arn:aws",
        b"vault:",
        b"keyvault://",
        b"secretsmanager:",
        b"ref+",
    ];
    let holds = [&b"****"[..], b"\xe2\x80\xa2\xe2\x80\xa2", b"[REDACTED", b"[redacted", b"...", b"\xe2\x80\xa6", b"${{"];
    // Braces that do not close in order are those of a password.
    let opens = value.first().is_some_and(|b| OPENING.has(*b));
    if opens && starts.iter().any(|s| value.starts_with(s)) && nests(value) {
        return true;
    }
    let marked = |(at, byte): (usize, &u8)| INSIDE.has(*byte).then(|| value.get(at..)).flatten();
    let mut marks = value.iter().enumerate().filter_map(marked).peekable();
    let Some(first) = marks.peek() else { return false };
    is_formatted(first)
        || marks.any(|rest| holds.iter().any(|h| rest.starts_with(h)))
        || (value.starts_with(b"%") && value.ends_with(b"%"))
        || (value.starts_with(b"%5B") && value.ends_with(b"%5D"))
        || (value.starts_with(b"$") && value.iter().skip(1).all(|b| b.is_ascii_alphabetic() || b"_/$".contains(b)))
}

/// What people write where a value would stand.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 25] = [
        b"example",
        b"xxxx",
        b"placeholder",
        b"changeme",
        b"change_me",
        b"change-me",
        b"redacted",
        b"your",
        b"insert",
        b"replace",
        b"dummy",
        b"fake",
        b"sample",
        b"todo",
        b"notapassword",
        b"not_a_",
        b"not-a-",
        b"foobar",
        b"<password",
        b"hidden",
        b"mysecret",
        b"real_",
        // The password of RFC 7617.
        b"opensesame",
        b"open_sesame",
        b"open sesame",
    ];
    static PAIRS: [u32; 32] = first_pairs(&WORDS);
    let may_begin = |pair: &[u8]| match pair {
        [a, b] => PAIRS.get(usize::from(a & 31)).is_some_and(|row| row >> (b & 31) & 1 == 1),
        _ => false,
    };
    value.windows(2).enumerate().filter(|(_, pair)| may_begin(pair)).any(|(at, _)| {
        let rest = value.get(at..).unwrap_or_default();
        WORDS.iter().any(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
    })
}

/// For the low bits of every first byte of words those of the second ones: hardly any pair of letters is among them.
#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "made by the compiler")]
const fn first_pairs(words: &[&[u8]]) -> [u32; 32] {
    let (mut rows, mut at) = ([0; 32], 0);
    while at < words.len() {
        rows[(words[at][0] & 31) as usize] |= 1 << (words[at][1] & 31);
        at += 1;
    }
    rows
}

/// `${name}` inside a text, or more than one `%d` and `%s`.
fn is_formatted(value: &[u8]) -> bool {
    let inner = value.windows(2).position(|w| w == b"${").and_then(|at| value.get(at + 2..)).unwrap_or_default();
    let name = inner.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._".contains(b)).count();
    let verbs = value.windows(2).filter(|w| [*b"%d", *b"%s"].iter().any(|verb| w == verb)).count();
    verbs > 1 || name > 0 && inner.get(name) == Some(&b'}')
}

/// Words where a token would have its random part: no digit, and capitals at the beginnings of words alone. Of random letters and
/// digits twenty in a row are as good as never so.
pub(in crate::detect) fn is_worded(token: &[u8]) -> bool {
    let tail = token.get(token.len().saturating_sub(24)..).unwrap_or_default();
    let separator = |b: u8| matches!(b, b'-' | b'_' | b'.');
    let mut previous = b'-';
    let mut words = true;
    for (at, byte) in tail.iter().enumerate() {
        let inside = !byte.is_ascii_uppercase() || separator(previous) || at == 0;
        words &= (byte.is_ascii_alphabetic() || separator(*byte)) && inside;
        previous = *byte;
    }
    let mix = Mix::of(tail);
    words && mix.letters() >= 16 && mix.is_spelled()
}

/// Base64 of a sentence or of words for samples: what was encoded is no key. Other words may be a passphrase.
pub(super) fn is_encoded_prose(value: &[u8]) -> bool {
    const OF_SENTENCES: [&[u8]; 10] = [b"the", b"this", b"that", b"is", b"are", b"of", b"for", b"not", b"an", b"hello"];
    let of_sentence = |word: &[u8]| OF_SENTENCES.iter().any(|known| word.eq_ignore_ascii_case(known));
    let worded = |text: &[u8]| text.iter().all(|b| b.is_ascii_alphabetic() || *b == b' ');
    // Where lines were joined, a sign of the next one may stand behind the padding.
    let padding = value.iter().position(|b| *b == b'=').unwrap_or(value.len());
    let (body, rest) = value.split_at(padding);
    (16..=256).contains(&body.len())
        && rest.len() <= 4
        // What is random shows it at once.
        && body.get(..8).and_then(base64).is_some_and(|text| worded(text.trim_ascii_end()))
        && base64(body).is_some_and(|text| {
            let text = text.trim_ascii_end();
            text.contains(&b' ') && worded(text) && (text.split(|b| *b == b' ').any(of_sentence) || is_placeholder(text))
        })
}

/// Whether the value is a part of the name of a resource, as in `arn:aws:secretsmanager:…`.
pub(super) fn is_in_resource_name(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(64)..).unwrap_or_default();
    let from = near.iter().rposition(|b| b.is_ascii_whitespace() || b"\"'`=".contains(b)).map_or(0, |at| at + 1);
    near.get(from..).is_some_and(|word| word.starts_with(b"arn:aws"))
}
