//! Ways to hide a value in a request. Each is named, and none knows what it wraps.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use interven::Request;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use serde_json::json;

/// A named wrapping.
pub struct Wrapping {
    pub name: &'static str,
    pub wrap: fn(&str) -> Request,
}

fn post(content_type: &str, body: impl Into<Vec<u8>>) -> Request {
    Request::new("POST", "https://api.example.com/notes").header("content-type", content_type).body(body)
}

fn note(text: impl Into<String>) -> Request {
    post("application/json", json!({ "note": text.into(), "n": 1 }).to_string())
}

fn plain(text: impl AsRef<str>) -> Request {
    post("text/plain", format!("see {} there", text.as_ref()))
}

fn coded(name: &str, body: Vec<u8>) -> Request {
    post("application/json", body).header("content-encoding", name)
}

fn each(text: &str, form: impl Fn(u8) -> String) -> String {
    text.bytes().map(form).collect()
}

fn list(text: &str, separator: &str, form: impl Fn(u8) -> String) -> String {
    text.bytes().map(form).collect::<Vec<_>>().join(separator)
}

fn percent(text: &str) -> String {
    each(text, |b| format!("%{b:02X}"))
}

fn escaped(text: &str) -> String {
    each(text, |b| format!("\\u{:04x}", b))
}

fn moved(text: &str, form: impl Fn(char) -> Option<u32>) -> String {
    text.chars().map(|c| form(c).and_then(char::from_u32).unwrap_or(c)).collect()
}

fn alphabets(text: &str, upper: u32, lower: u32, digit: u32) -> String {
    moved(text, |c| match c {
        'A'..='Z' => Some(upper + (c as u32 - 'A' as u32)),
        'a'..='z' => Some(lower + (c as u32 - 'a' as u32)),
        '0'..='9' if digit > 0 => Some(digit + (c as u32 - '0' as u32)),
        _ => None,
    })
}

fn look_alikes(text: &str) -> String {
    let pairs = "aаeеoоpрcсxхyуiіjјsѕAАBВEЕKКMМHНOОPРCСTТXХ";
    let pairs: Vec<char> = pairs.chars().collect();
    moved(text, |c| pairs.chunks(2).find(|pair| pair[0] == c).map(|pair| pair[1] as u32))
}

fn between(text: &str, mark: &str) -> String {
    text.chars().map(|c| format!("{c}{mark}")).collect()
}

fn base32(text: &str) -> String {
    let bits: String = text.bytes().map(|b| format!("{b:08b}")).collect();
    let digits: Vec<char> = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".chars().collect();
    let mut out: String = bits
        .as_bytes()
        .chunks(5)
        .map(|five| {
            let five = format!("{:0<5}", String::from_utf8_lossy(five));
            digits[usize::from_str_radix(&five, 2).unwrap()]
        })
        .collect();
    while !out.len().is_multiple_of(8) {
        out.push('=');
    }
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &compress_to_vec(bytes, 6)[..], &[0; 8]].concat()
}

fn document(text: &str) -> Vec<u8> {
    json!({ "note": text, "items": [1, 2, "three"] }).to_string().into_bytes()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn mime_lines(text: &str, length: usize) -> String {
    let encoded =
        STANDARD.encode(format!("Please keep this for later, dear reader: {text}. It was sent to you by someone else."));
    encoded.as_bytes().chunks(length).map(|line| String::from_utf8_lossy(line).into_owned()).collect::<Vec<_>>().join("\r\n")
}

fn multipart(headers: &str, body: &str) -> Request {
    let text = format!("--b0unDary\r\nContent-Disposition: form-data; name=\"note\"{headers}\r\n\r\n{body}\r\n--b0unDary--\r\n");
    post("multipart/form-data; boundary=b0unDary", text)
}

fn quoted_printable(text: &str) -> String {
    let escaped = each(text, |b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("={b:02X}") });
    format!("note=3D {}=\r\n{}", &escaped[..1], &escaped[1..])
}

fn split(text: &str, pieces: usize) -> Vec<&str> {
    let size = text.len().div_ceil(pieces);
    (0..pieces).filter_map(|i| text.get(i * size..((i + 1) * size).min(text.len()))).filter(|piece| !piece.is_empty()).collect()
}

/// A wrapping and its name.
macro_rules! wrappings {
    ($($name:literal => $wrap:expr,)*) => {
        /// Every wrapping.
        pub const WRAPPINGS: &[Wrapping] = &[$(Wrapping { name: $name, wrap: $wrap }),*];
    };
}

wrappings! {
    "text" => |v| plain(v),
    "JSON string" => |v| note(v),
    "JSON string in a sentence" => |v| note(format!("use {v}, please")),
    "JSON deep" => |v| post("application/json", json!({ "a": [{ "b": { "c": [[v]] } }] }).to_string()),
    "JSON key" => |v| post("application/json", json!({ v: 1 }).to_string()),
    "JSON duplicate key" => |v| post("application/json", format!("{{\"a\":{},\"a\":\"and so on\"}}", json!(v))),
    "JSON, all characters escaped" => |v| post("application/json", format!("{{\"note\":\"{}\"}}", escaped(v))),
    "JSON in a JSON string" => |v| note(json!({ "inner": v }).to_string()),
    "JSON in JSON in a JSON string" => |v| note(json!({ "a": json!({ "b": v }).to_string() }).to_string()),
    "lines of JSON" => |v| post("application/x-ndjson", format!("{}\n{}\n", json!({ "a": 1 }), json!({ "b": v }))),
    "JSON declared as text" => |v| post("text/plain", document(v)),
    "JSON without a content type" => |v| Request::new("POST", "https://api.example.com/").body(document(v)),
    "JSON after a byte order mark" => |v| post("application/json", [b"\xef\xbb\xbf", &document(v)[..]].concat()),
    "broken JSON" => |v| post("application/json", format!("{{\"note\":\"{}\",", escaped(v))),
    "form field" => |v| post("application/x-www-form-urlencoded", format!("a=1&note={}", percent(v))),
    "form name" => |v| post("application/x-www-form-urlencoded", format!("a=1&{}=2", percent(v))),
    "form declared as JSON" => |v| post("application/json", format!("a=1&note={}", percent(v))),
    "JSON in a form field" => |v| post("application/x-www-form-urlencoded", format!("payload={}", percent(&json!({ "n": v }).to_string()))),
    "base64 in a form field" => |v| post("application/x-www-form-urlencoded", format!("a={}", percent(&STANDARD.encode(v)))),
    "multipart field" => |v| multipart("", v),
    "multipart name" => |v| post("multipart/form-data; boundary=bb", format!("--bb\r\nContent-Disposition: form-data; name=\"{v}\"\r\n\r\nx\r\n--bb--\r\n")),
    "multipart file name" => |v| multipart(&format!("; filename=\"{v}\""), "x"),
    "multipart part header" => |v| multipart(&format!("\r\nX-Note: {v}"), "x"),
    "multipart JSON file" => |v| multipart("; filename=\"a.json\"\r\nContent-Type: application/json", &json!({ "a": escaped(v) }).to_string()),
    "multipart base64 part" => |v| multipart("\r\nContent-Transfer-Encoding: base64", &STANDARD.encode(v)),
    "multipart quoted-printable part" => |v| multipart("\r\nContent-Transfer-Encoding: quoted-printable", &quoted_printable(v)),
    "multipart declared as text" => |v| post("text/plain", format!("--bbbbb\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n--bbbbb--\r\n", json!({ "a": v }))),
    "multipart in multipart" => |v| multipart("\r\nContent-Type: multipart/mixed; boundary=inner", &format!("--inner\r\nContent-Type: application/json\r\n\r\n{}\r\n--inner--", json!({ "a": v }))),
    "XML text" => |v| post("application/xml", format!("<a><note>{v}</note></a>")),
    "XML attribute" => |v| post("application/xml", format!("<a note=\"{v}\" b='1'/>")),
    "XML CDATA" => |v| post("application/xml", format!("<a><![CDATA[{v}]]></a>")),
    "XML comment" => |v| post("application/xml", format!("<a><!-- {v} --></a>")),
    "XML character references" => |v| post("application/xml", format!("<a>{}</a>", each(v, |b| format!("&#{b};")))),
    "XML hexadecimal references" => |v| post("application/xml", format!("<a b=\"{}\"/>", each(v, |b| format!("&#x{b:X};")))),
    "HTML in JSON" => |v| note(format!("<p class=\"x\">{v}</p>")),
    "YAML value" => |v| post("application/yaml", format!("a: 1\nnote: \"{v}\"\n")),
    "YAML list" => |v| post("application/yaml", format!("a: 1\nnotes:\n  - x\n  - {v}\n")),
    "YAML block" => |v| post("application/yaml", format!("---\nnote: |\n  first\n  {v}\nb: 2\n")),
    "YAML escapes" => |v| post("application/yaml", format!("a: 1\nnote: \"{}\"\n", each(v, |b| format!("\\x{b:02x}")))),
    "YAML declared as text" => |v| post("text/plain", format!("a: 1\nnote: >-\n  {v}\n")),
    "GraphQL argument" => |v| post("application/graphql", format!("mutation {{ add(note: \"{v}\") {{ id }} }}")),
    "GraphQL in JSON" => |v| post("application/json", json!({ "query": format!("mutation {{ add(note: \"{v}\") {{ id }} }}") }).to_string()),
    "GraphQL escapes" => |v| post("application/json", json!({ "query": format!("query {{ a(n: \"{}\") }}", escaped(v)) }).to_string()),
    "GraphQL variables" => |v| post("application/json", json!({ "query": "query($n: String) { a(n: $n) }", "variables": { "n": v } }).to_string()),
    "percent" => |v| plain(percent(v)),
    "percent twice" => |v| plain(percent(&percent(v))),
    "percent three times in JSON" => |v| note(percent(&percent(&percent(v)))),
    "percent in the query" => |v| Request::new("GET", format!("https://api.example.com/?a=1&n={}", percent(v))),
    "percent twice in the query" => |v| Request::new("GET", format!("https://api.example.com/?n={}", percent(&percent(v)))),
    "path" => |v| Request::new("GET", format!("https://api.example.com/a/{}/b", percent(v))),
    "fragment" => |v| Request::new("GET", format!("https://api.example.com/#{}", percent(v))),
    "header" => |v| Request::new("GET", "https://api.example.com/").header("x-note", v),
    "base64 in a header" => |v| Request::new("GET", "https://api.example.com/").header("x-note", STANDARD.encode(v)),
    "base64 in the query" => |v| Request::new("GET", format!("https://api.example.com/?n={}", URL_SAFE_NO_PAD.encode(v))),
    "base64" => |v| plain(STANDARD.encode(v)),
    "base64 in JSON" => |v| note(STANDARD.encode(v)),
    "base64 without padding" => |v| note(STANDARD_NO_PAD.encode(v)),
    "base64 for URLs" => |v| note(URL_SAFE_NO_PAD.encode(format!("{{\"a\":\"{v}\"}}"))),
    "base64 twice" => |v| note(STANDARD.encode(STANDARD.encode(v))),
    "base64 after a path" => |v| plain(format!("files/{}", STANDARD_NO_PAD.encode(v))),
    "base64 lines" => |v| post("text/plain", mime_lines(v, 76)),
    "base64 lines in JSON" => |v| note(mime_lines(v, 64)),
    "base64 of JSON of base64" => |v| note(STANDARD.encode(json!({ "a": STANDARD.encode(v) }).to_string())),
    "base64 of UTF-16" => |v| note(STANDARD.encode(utf16(v, true))),
    "base64 of gzip" => |v| note(STANDARD.encode(gzip(&document(v)))),
    "base64 of zlib" => |v| note(STANDARD.encode(compress_to_vec_zlib(&document(v), 6))),
    "data URI" => |v| note(format!("data:text/plain;base64,{}", STANDARD.encode(v))),
    "data URI, percent" => |v| note(format!("data:text/plain,{}", percent(v))),
    "JWT payload" => |v| note(format!("{}.{}.{}", URL_SAFE_NO_PAD.encode("{\"alg\":\"none\"}"), URL_SAFE_NO_PAD.encode(json!({ "n": v }).to_string()), "x")),
    "base32" => |v| note(base32(v)),
    "base32 in lower case" => |v| plain(base32(v).to_lowercase().trim_end_matches('=')),
    "hexadecimal" => |v| note(each(v, |b| format!("{b:02x}"))),
    "hexadecimal in upper case" => |v| plain(each(v, |b| format!("{b:02X}"))),
    "hexadecimal after 0x" => |v| note(format!("0x{}", each(v, |b| format!("{b:02x}")))),
    "hexadecimal with colons" => |v| note(list(v, ":", |b| format!("{b:02x}"))),
    "hexadecimal with spaces" => |v| plain(list(v, " ", |b| format!("{b:02X}"))),
    "hexadecimal with dashes" => |v| note(list(v, "-", |b| format!("{b:02x}"))),
    "hexadecimal array" => |v| note(list(v, ", ", |b| format!("0x{b:02x}"))),
    "\\x escapes" => |v| plain(each(v, |b| format!("\\x{b:02x}"))),
    "\\u escapes in text" => |v| plain(escaped(v)),
    "\\u{} escapes" => |v| note(each(v, |b| format!("\\u{{{b:x}}}"))),
    "octal escapes" => |v| note(each(v, |b| format!("\\{b:03o}"))),
    "HTML entities" => |v| note(each(v, |b| format!("&#{b};"))),
    "HTML entities, hexadecimal with zeros" => |v| plain(each(v, |b| format!("&#x{b:06x};"))),
    "entities of percent" => |v| note(percent(v).replace('%', "&#37;")),
    "quoted-printable" => |v| post("text/plain", quoted_printable(v)),
    "gzip body" => |v| coded("gzip", gzip(&document(v))),
    "gzip body, not declared" => |v| post("application/json", gzip(&document(v))),
    "deflate body" => |v| coded("deflate", compress_to_vec_zlib(&document(v), 6)),
    "bare deflate body" => |v| coded("deflate", compress_to_vec(&document(v), 6)),
    "gzip twice" => |v| coded("gzip, gzip", gzip(&gzip(&document(v)))),
    "deflate in gzip" => |v| coded("deflate, gzip", gzip(&compress_to_vec_zlib(&document(v), 6))),
    "gzip of base64" => |v| coded("gzip", gzip(STANDARD.encode(v).as_bytes())),
    "UTF-16 with a mark" => |v| post("application/json", utf16(&format!("\u{feff}{}", json!({ "note": v })), true)),
    "UTF-16, big end first" => |v| post("text/plain; charset=utf-16be", utf16(&format!("see {v} there"), false)),
    "UTF-16, not declared" => |v| post("application/json", utf16(&json!({ "note": v }).to_string(), true)),
    "fullwidth" => |v| note(moved(v, |c| c.is_ascii_graphic().then(|| c as u32 + 0xfee0))),
    "mathematical" => |v| note(alphabets(v, 0x1d400, 0x1d41a, 0x1d7ce)),
    "circled" => |v| plain(alphabets(v, 0x24b6, 0x24d0, 0)),
    "look-alikes" => |v| note(look_alikes(v)),
    "zero width" => |v| note(between(v, "\u{200b}")),
    "soft hyphens" => |v| plain(between(v, "\u{ad}")),
    "variation selectors" => |v| note(between(v, "\u{fe0f}")),
    "direction marks" => |v| plain(format!("\u{202e}{}\u{202c}", between(v, "\u{2066}"))),
    "tag characters" => |v| note(moved(v, |c| Some(c as u32 + 0xe0000))),
    "Arabic digits" => |v| note(alphabets(v, 'A' as u32, 'a' as u32, 0x660)),
    "fullwidth percent signs" => |v| note(percent(v).replace('%', "\u{ff05}")),
    "zero width in escapes" => |v| note(percent(v).replace('%', "%\u{200b}")),
    "two fields" => |v| { let p = split(v, 2); post("application/json", json!({ "a": p[0], "b": p[1] }).to_string()) },
    "array items" => |v| post("application/json", json!({ "parts": split(v, 4) }).to_string()),
    "two form fields" => |v| { let p = split(v, 2); post("application/x-www-form-urlencoded", format!("a={}&b={}", percent(p[0]), percent(p[1]))) },
    "two parameters" => |v| { let p = split(v, 2); Request::new("GET", format!("https://api.example.com/?a={}&b={}", percent(p[0]), percent(p[1]))) },
}
