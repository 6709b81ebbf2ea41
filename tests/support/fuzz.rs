//! Inputs for the oracles: evidence of the rules, wrapped, spliced and spoiled, the same for the same seed.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use miniz_oxide::deflate::compress_to_vec;
use serde_json::json;

use super::{
    generate::{Random, expand},
    wrappings::WRAPPINGS,
};

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
    "[PASSWORD:1]",
    "[EMAIL:1",
    "US_SSN:2]",
    "%5BPASSWORD:1%5D",
    "%5bEMAIL%3a12%5d",
    "%255BEMAIL:1%255D",
    "\\u005bSECRET:1]",
    "&#91;API_KEY:1]",
    "[IBAN:h0123456789abcdef]",
    "****",
    "\\u{",
    "\\x4",
    "\\134",
    "%u0041",
    "&#0;",
    "&#x110000;",
    "&#",
    "=\r\n",
    "=3D",
    "\"a\":1,\"a\":",
    "1e999999",
    "-0.0000000000000000000000000000001E-400",
    "123456789012345678901234567890123456789012345678901234567890",
    "---\n",
    "\n  - ",
    "key: |\n  ",
    "<![CDATA[",
    "]]>",
    "\"\"\"",
    "H4sIAAAAAAAA",
    "--b\r\n",
    "\r\n\r\n",
    "\u{ad}",
    "\u{202e}",
    "\u{ff05}",
    "\u{660}",
];

/// Bytes that are no UTF-8, or not alone.
const BYTES: &[&[u8]] =
    &[b"\xff\xfe", b"\xfe\xff", b"\xc3", b"\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f", b"\x1f\x8b\x08"];

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

/// Longest input.
const LONGEST: usize = 16 * 1024;

/// The next input. In front stand bytes that say how it is sent.
pub fn input(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = pick(seeds, random).clone();
    let rounds = if random.below(16) == 0 { 12 } else { 5 };
    for _ in 0..random.below(rounds) {
        text = changed(text, seeds, random);
        text.truncate(LONGEST);
    }
    let mut data: Vec<u8> = (0..1 + 3 * random.below(2)).map(|_| random.below(256) as u8).collect();
    data.extend(text);
    data.truncate(LONGEST);
    data
}

fn pick<'a, T>(list: &'a [T], random: &mut Random) -> &'a T {
    &list[random.below(list.len() as u64) as usize]
}

/// Anywhere, or inside or next to an escape, a quote or a bracket.
fn place(text: &[u8], random: &mut Random) -> usize {
    let at = random.below(text.len() as u64 + 1) as usize;
    if random.below(3) > 0 {
        return at;
    }
    let sign = text[at..].iter().position(|b| b"%\\&=\"[]{}<:".contains(b)).map_or(at, |next| at + next);
    (sign + random.below(4) as usize).min(text.len())
}

fn changed(mut text: Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let at = place(&text, random);
    match random.below(18) {
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
        8 => {
            text.splice(at..at, pick(BYTES, random).iter().copied());
        }
        // What redaction leaves, and what is left of that.
        9 => return interven::redact_text(&String::from_utf8_lossy(&text)).into_bytes(),
        10 => return parts(&text, at, random),
        11 if random.below(8) == 0 => return beyond(&text, random),
        _ => return wrapped(&text, random),
    }
    text
}

/// Cut in two or three and put into neighbours.
fn parts(text: &[u8], at: usize, random: &mut Random) -> Vec<u8> {
    let (left, right) = text.split_at(at);
    let (middle, right) = right.split_at(place(right, random));
    let [left, middle, right] = [left, middle, right].map(|part| String::from_utf8_lossy(part).into_owned());
    let joined = match random.below(6) {
        0 => json!([left, middle, right]).to_string(),
        1 => json!({ "token": left, "b": [middle, right] }).to_string(),
        2 => format!("{{\"password\":{},\"password\":{}}}", json!(left), json!(format!("{middle}{right}"))),
        3 => format!("a={left}&b={middle}&c={right}"),
        4 => format!("- {left}\n- {middle}\nsecret: {right}\n"),
        _ => format!("<a key=\"{left}\"><![CDATA[{middle}]]><b>{right}</b></a>"),
    };
    joined.into_bytes()
}

/// Past one of the limits, with the text still in it.
fn beyond(text: &[u8], random: &mut Random) -> Vec<u8> {
    let string = String::from_utf8_lossy(text).into_owned();
    let deep = 200 + random.below(200) as usize;
    let beyond = match random.below(6) {
        0 => format!("{}{}{}", "[".repeat(deep), json!(string), "]".repeat(deep)),
        1 => format!("{}{}{}", "{\"a\":".repeat(deep), json!(string), "}".repeat(deep)),
        2 => (0..12).fold(string, |text, _| json!(text).to_string().chars().take(LONGEST).collect()),
        3 => (0..10).fold(string, |text, _| text.replace('%', "%25").replace('[', "%5B").chars().take(LONGEST).collect()),
        4 => {
            let bomb = [text, &vec![b'a'; 1 << 20][..], text].concat();
            let packed = [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &compress_to_vec(&bomb, 6)[..], &[0; 8]].concat();
            return if random.below(2) == 0 { packed } else { STANDARD.encode(packed).into_bytes() };
        }
        _ => format!("{}{}", "<a>".repeat(deep), string),
    };
    beyond.into_bytes()
}

/// What one of the wrappings makes of it: the body, or else the part of the request that it is in.
fn wrapped(text: &[u8], random: &mut Random) -> Vec<u8> {
    let string = String::from_utf8_lossy(text).into_owned();
    // Whatever is longer becomes too long to be sent.
    let short: String = if string.len() > LONGEST / 3 { string.chars().take(LONGEST / 8).collect() } else { string };
    if short.len() < 8 || !short.is_ascii() {
        return json!({ "api_key": short }).to_string().into_bytes();
    }
    let request = (pick(WRAPPINGS, random).wrap)(&short);
    if !request.body.expose().is_empty() {
        return request.body.into_inner();
    }
    let tail = request.url.expose().split_once(".com/").map(|(_, tail)| tail).filter(|tail| !tail.is_empty());
    tail.map_or_else(|| request.headers[0].value.expose().clone(), str::to_owned).into_bytes()
}
