//! Inputs for the oracles: evidence of the rules, wrapped, spliced and spoiled, the same for the same seed.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use super::generate::{Random, expand};

/// What parsers and rules trip over.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\\u0041",
    "\\u00",
    "\\ud83d",
    "%",
    "%41",
    "%25",
    "%E2%80",
    "&amp;",
    "&#x41;",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    ":",
    "=",
    "@",
    "+",
    "/",
    "-",
    "--",
    "-----BEGIN ",
    "\r\n",
    "\n",
    "\0",
    " ",
    ".",
    ",",
    ";",
    "://",
    "?",
    "#",
    "xx",
    "0",
    "EXAMPLE",
    "key",
    "password: ",
    "Bearer ",
    "eyJ",
    "data:;base64,",
    "\u{200b}",
    "\u{feff}",
    "é",
    "\u{e0041}",
    "\u{ff21}",
    "TODO: ",
    "](",
    "<!--",
];

/// One seed text a rule and example.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for rule in interven::rules() {
        for (index, template) in rule.positives.iter().chain(rule.negatives).enumerate() {
            seeds.push(expand(template, &mut Random::named(&format!("{}/{index}", rule.id))).into_bytes());
        }
    }
    seeds
}

/// The next input. In front stand bytes that say how it is sent.
pub fn input(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = pick(seeds, random).clone();
    for _ in 0..random.below(4) {
        text = changed(text, seeds, random);
    }
    let mut data: Vec<u8> = (0..1 + 3 * random.below(2)).map(|_| random.below(256) as u8).collect();
    data.extend(text);
    data.truncate(16 * 1024);
    data
}

fn pick<'a, T>(list: &'a [T], random: &mut Random) -> &'a T {
    &list[random.below(list.len() as u64) as usize]
}

fn place(text: &[u8], random: &mut Random) -> usize {
    random.below(text.len() as u64 + 1) as usize
}

fn changed(mut text: Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let at = place(&text, random);
    match random.below(12) {
        0 => text.insert(at, random.below(256) as u8),
        1 => {
            let end = (at + 1 + random.below(8) as usize).min(text.len());
            text.drain(at..end);
        }
        2 | 3 => {
            text.splice(at..at, pick(PIECES, random).bytes());
        }
        4 => {
            text.splice(at..at, pick(seeds, random).iter().copied());
        }
        5 => {
            let end = (at + 1 + random.below(64) as usize).min(text.len());
            let part = text[at..end].repeat(1 + random.below(16) as usize);
            text.splice(at..at, part);
        }
        6 => text.truncate(at),
        7 => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        _ => return wrapped(&text, random),
    }
    text
}

fn wrapped(text: &[u8], random: &mut Random) -> Vec<u8> {
    let string = String::from_utf8_lossy(text).into_owned();
    let percent = || text.iter().map(|b| format!("%{b:02x}")).collect::<String>();
    let wrapped = match random.below(9) {
        0 => json!({ "note": string }).to_string(),
        1 => json!([string, 1, { "api_key": string }]).to_string(),
        2 => json!(string).to_string(),
        3 => format!("a=1&password={}", percent()),
        4 => STANDARD.encode(text),
        5 => text.iter().map(|b| format!("{b:02x}")).collect(),
        6 => string.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
        7 => string.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
        _ => format!("--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n{string}\r\n--b--\r\n"),
    };
    wrapped.into_bytes()
}
