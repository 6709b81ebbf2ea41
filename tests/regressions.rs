//! Inputs that once broke what must hold for every input, and a few new ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "tests"
)]

mod support;

use std::{fs, path::Path};

use support::{fuzz, generate::Random, oracles};

#[test]
fn what_the_fuzzers_once_found_stays_fixed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/regressions");
    let mut replayed = 0;
    for (target, oracle) in oracles::TARGETS {
        let Ok(files) = fs::read_dir(folder.join(target)) else { continue };
        for file in files.map(|file| file.unwrap().path()) {
            println!("{}", file.display());
            let hex = fs::read_to_string(file).unwrap();
            let digits: Vec<u32> = hex.trim().chars().map(|c| c.to_digit(16).unwrap()).collect();
            oracle(&digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect::<Vec<u8>>());
            replayed += 1;
        }
    }
    println!("corpus: {replayed} regressions");
}

#[test]
fn a_share_of_what_the_fuzzers_try() {
    let seeds = fuzz::seeds();
    assert!(seeds.len() >= interven::rules().count() * 6);
    for (target, oracle) in oracles::TARGETS {
        let mut random = Random::named(target);
        // A stream is longer than a window.
        let rounds = if *target == "streaming" { 4 } else { 250 };
        for _ in 0..rounds {
            oracle(&fuzz::input(&seeds, &mut random));
        }
    }
}
