//! A text in pieces gives what the whole text gives.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use interven::{Detector, Engine, Finding, Limits, Options};
use proptest::prelude::*;
use support::generate::{Random, cut, expand};

/// Texts of several windows per property: builds without optimisation scan some thirty times slower.
const LONG_TEXTS: u32 = if cfg!(debug_assertions) { 1 } else { 6 };

/// What must be equal of a finding.
type Found = (usize, usize, &'static str, interven::Confidence, bool);

fn found(findings: &[Finding]) -> Vec<Found> {
    let mut all: Vec<Found> =
        findings.iter().map(|f| (f.span.start, f.span.end, f.rule.built_in().unwrap().id, f.confidence, f.placeholder)).collect();
    all.sort_unstable();
    all
}

fn engine() -> Engine {
    let limits = Limits { max_body_bytes: Limits::BODY_CEILING, max_findings: usize::MAX, ..Limits::default() };
    Engine::new(Options { limits, ..Options::default() }).unwrap()
}

/// The whole text at once.
fn whole(engine: &Engine, text: &str) -> Vec<Found> {
    found(&engine.findings_in_plain_text(text.as_bytes()).0)
}

fn in_pieces<'a>(engine: &Engine, pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Found>, Vec<&'static str>) {
    let mut detector = Detector::new(engine);
    let mut findings = Vec::new();
    for piece in pieces {
        let settled = detector.settled();
        let more = detector.push(piece);
        assert!(more.iter().all(|f| (settled..detector.settled()).contains(&f.span.start)));
        findings.extend(more);
    }
    let (last, coverage) = detector.finish();
    findings.extend(last);
    assert!(findings.is_sorted_by_key(|f| f.span.start), "in order");
    (found(&findings), coverage.skipped().collect())
}

/// Positives and negatives of the rules in a random order among prose, up to a length; some in one encoding. All encodings
/// in one text would multiply to more layers than are read.
fn dense(name: &str, length: usize) -> String {
    let mut random = Random::named(name);
    let templates: Vec<&str> = interven::rules().flat_map(|rule| rule.positives.iter().chain(rule.negatives)).copied().collect();
    let encoding = random.below(5);
    let mut text = String::from("Notes:\n");
    while text.len() < length {
        let template = templates[random.below(templates.len() as u64) as usize];
        let value = expand(template, &mut random);
        if value.contains(['%', '&', '\\']) {
            continue;
        }
        text += match random.below(8) {
            0 => " ",
            1 => "\n",
            2 => ", and \"",
            3 => "' then: ",
            4 => " and the rest of a line that says nothing at all about anybody\r\n",
            5 => "; x=",
            6 => " (",
            _ => "\t",
        };
        text += &match if random.below(3) == 0 { encoding } else { 5 } {
            0 => STANDARD.encode(&value),
            1 => serde_json::to_string(&serde_json::to_string(&value).unwrap()).unwrap(),
            2 => value.bytes().map(|b| format!("%{b:02X}")).collect(),
            3 => value.bytes().map(|b| format!("%25{b:02x}")).collect(),
            4 => value.chars().map(|c| format!("\\u{:04x}", c as u32)).collect(),
            _ => value,
        };
    }
    text
}

#[test]
fn dense_text_across_windows() {
    let engine = engine();
    for name in (0..LONG_TEXTS.div_ceil(3)).map(|n| format!("windows {n}")) {
        let text = dense(&name, 640_000 * LONG_TEXTS.min(2) as usize);
        let want = whole(&engine, &text);
        assert!(want.len() > 3_000, "only {} findings", want.len());
        assert_eq!(in_pieces(&engine, [text.as_bytes()]), (want.clone(), vec![]), "{name}, one piece");
        assert_eq!(in_pieces(&engine, cut(text.as_bytes(), &[65_536])), (want, vec![]), "{name}, equal pieces");
    }
}

#[test]
fn one_byte_at_a_time() {
    let engine = engine();
    let text = dense("bytes", 620_000);
    assert_eq!(in_pieces(&engine, text.as_bytes().chunks(1)), (whole(&engine, &text), vec![]));
}

/// Values that begin or end around the end of a window, and blocks in which nothing else may be found.
#[test]
fn values_at_the_end_of_a_window() {
    let engine = engine();
    let mut random = Random::named("edge");
    let line = "a line of prose without anything in it to find\n";
    for template in ["{pem:RSA PRIVATE KEY}", "{jwt}", "mail jo.doe@corp-mail.com now", "password = \"{base62:12}!\"", "{basic}"]
    {
        for before in [1usize, 9, 13, 14, 40, 200] {
            let value = expand(template, &mut random);
            let end = 512 * 1024;
            let mut text = line.repeat(end / line.len() + 1);
            text.truncate(end - before);
            text = text + " " + &value + "\n" + &line.repeat(8_000);
            let got = in_pieces(&engine, cut(text.as_bytes(), &[1, 5_000, 77]));
            assert_eq!(got, (whole(&engine, &text), vec![]), "{template} {before}");
        }
    }
}

/// The largest block that is read as one, around the end of a window, with what looks like tokens inside.
#[test]
fn a_long_block_at_the_end_of_a_window() {
    let engine = engine();
    let mut random = Random::named("block");
    let line = "a line of prose without anything in it to find\n";
    for before in [100, 30_000, 60_000] {
        let mut text = line.repeat(512 * 1024 / line.len() + 1);
        text.truncate(512 * 1024 - before);
        text += "\n-----BEGIN PRIVATE KEY-----\n";
        for _ in 0..900 {
            text += &expand("{base62:31} AKIA{base32:16} {base62:20}\n", &mut random);
        }
        text += "-----END PRIVATE KEY-----\n";
        text += &line.repeat(8_000);
        let want = whole(&engine, &text);
        assert_eq!(want.iter().filter(|f| f.2 == "private_key").count(), 1);
        assert_eq!(in_pieces(&engine, [text.as_bytes()]), (want, vec![]), "{before}");
    }
}

/// Runs that no window holds.
#[test]
fn long_runs() {
    let engine = engine();
    let mut random = Random::named("runs");
    let key = expand("AKIA{base32:16}", &mut random);
    let runs = [
        "a".repeat(650_000),
        "a@".repeat(325_000),
        "1-".repeat(325_000),
        "\\".repeat(650_000),
        "%25".repeat(220_000),
        "=".repeat(650_000),
        "a=".repeat(325_000),
        "\"a ".repeat(220_000),
        "-----BEGIN PRIVATE KEY-----\n".repeat(24_000),
        "eyJ".repeat(220_000),
        "\u{20ac}".repeat(220_000),
    ];
    for run in runs {
        let text = format!("Key {key} and {run}\n then {key} too");
        let got = in_pieces(&engine, cut(text.as_bytes(), &[100_000]));
        let complete = engine.findings_in_plain_text(text.as_bytes()).1;
        assert_eq!((got.0, got.1.is_empty()), (whole(&engine, &text), complete), "{}", &run[..3]);
    }
}

/// Encoded text that is longer than any window is named, images are not.
#[test]
fn encoded_text_that_is_too_long() {
    let engine = engine();
    let text = STANDARD.encode("a line of prose without anything in it\n".repeat(30_000));
    assert_eq!(in_pieces(&engine, [text.as_bytes()]).1, ["encoded_run_too_long"]);
    let mut random = Random::named("image");
    let image: Vec<u8> = (0..900_000).map(|_| random.below(256) as u8).collect();
    assert_eq!(in_pieces(&engine, [STANDARD.encode(image).as_bytes()]).1, [""; 0]);
    let hex: String = "a line of prose\n".repeat(50_000).bytes().map(|b| format!("{b:02x}")).collect();
    assert_eq!(in_pieces(&engine, [hex.as_bytes()]).1, ["encoded_run_too_long"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(in_pieces(&engine(), [&b"\xFF\xFEa\0"[..]]).1, ["body_charset"]);
}

/// An engine with rules of its own, and findings that are expected.
fn configured() -> Engine {
    let mut options = Options::default();
    let document = r#"{
        "detectors": [{"id": "codename", "class": "PII", "literals": "Blue Heron", "near": "project"}],
        "allowlist": [
            {"reason": "ours", "rule": "email"},
            {"reason": "elsewhere", "rule": "codename", "host": "*"},
            {"reason": "below", "rule": "codename", "path": "*"},
            {"reason": "for a while", "rule": "codename", "expires_at_ms": 9007199254740991}
        ]
    }"#;
    options.read_detection(document, "options").unwrap();
    Engine::new(options).unwrap()
}

#[test]
fn rules_of_the_configuration_and_what_is_expected() {
    const STEP: usize = 512 * 1024;
    let engine = configured();
    let value = "project Blue Heron";
    for begin in (STEP - value.len() - 1..=STEP + 1).step_by(3) {
        let start = begin - "project ".len();
        let padding = ". ".repeat(start).split_off(start);
        let text = format!("{padding}{value}, {} jo.doe@corp-mail.com", STANDARD.encode(value));
        let mut detector = Detector::new(&engine);
        let mut findings: Vec<Finding> = text.as_bytes().chunks(70_001).flat_map(|piece| detector.push(piece)).collect();
        findings.extend(detector.finish().0);
        let seen: Vec<_> = findings.iter().map(|f| (f.rule.id(), f.span.start, f.allowed.as_deref())).collect();
        let encoded = start + value.len() + 2;
        let mail = text.len() - "jo.doe@corp-mail.com".len();
        assert_eq!(seen.len(), 3, "{seen:?}");
        assert_eq!(seen[0], ("codename", begin, None), "neither host nor path nor time are known");
        assert!(seen[1].0 == "codename" && (encoded..mail).contains(&seen[1].1) && seen[1].2.is_none(), "{seen:?}");
        assert_eq!(seen[2], ("email", mail, Some("ours")));
    }
}

#[cfg(feature = "patterns")]
#[test]
fn expressions_find_the_same_in_every_window() {
    let mut options = Options::default();
    let document = r#"{"detectors": [{"id": "badge", "class": "PII", "regex": "\\bB-[0-9]{5}(?:x[xy]*)?"}]}"#;
    options.read_detection(document, "options").unwrap();
    let engine = Engine::new(options).unwrap();
    let badges: String = (0..40_000).map(|n| format!("B-{n:05}{} ", "x".repeat(n % 31))).collect();
    let text = format!("{badges}B-00000{} {badges}", "xy".repeat(3_000));
    let found = |pieces: Vec<&[u8]>| {
        let mut detector = Detector::new(&engine);
        let mut findings: Vec<Finding> = pieces.into_iter().flat_map(|piece| detector.push(piece)).collect();
        findings.extend(detector.finish().0);
        findings.retain(|f| f.rule.id() == "badge");
        findings.iter().map(|f| f.span.clone()).collect::<Vec<_>>()
    };
    let all = found(cut(text.as_bytes(), &[100_000]));
    assert_eq!(all.len(), 80_001);
    assert_eq!(all.iter().map(|span| span.len()).max(), Some(1_024));
    let every = text.match_indices("B-").map(|(at, _)| at);
    assert!(every.eq(all.iter().map(|span| span.start)));
    let shifted = format!("{}{text}", " ".repeat(333));
    let moved: Vec<_> = found(vec![shifted.as_bytes()]).into_iter().map(|span| span.start - 333..span.end - 333).collect();
    assert_eq!(all, moved);
}

#[test]
fn nothing_of_the_text_is_in_debug_output() {
    let mut detector = Detector::new(engine());
    detector.push(b"canary");
    assert!(!format!("{detector:?}").contains("canary") && !format!("{detector:?}").contains("99, 97, 110"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(LONG_TEXTS * 5))]

    /// Small texts: every way of cutting gives the same.
    #[test]
    fn every_split_of_a_small_text(seed in any::<u64>(), sizes in proptest::collection::vec(1usize..400, 1..12)) {
        let engine = engine();
        let text = dense(&format!("{seed}"), 6_000);
        prop_assert_eq!(in_pieces(&engine, cut(text.as_bytes(), &sizes)), (whole(&engine, &text), vec![]));
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(LONG_TEXTS))]

    /// Text over several windows that begin anywhere in it.
    #[test]
    fn windows_begin_anywhere(seed in any::<u64>(), lead in 0usize..600_000, size in 1usize..300_000) {
        let engine = engine();
        let text = format!("{}{}", "word ".repeat(lead / 5), dense(&format!("w{seed}"), 640_000));
        prop_assert_eq!(in_pieces(&engine, cut(text.as_bytes(), &[size])), (whole(&engine, &text), vec![]));
    }
}
