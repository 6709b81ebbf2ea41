//! Runs one target of the fuzzers for so many seconds: inputs made from the evidence of the rules, the same for the same
//! seed. An input that breaks what must hold goes to `tests/corpus/regressions/`, and the run ends with a failure.
//!
//! `cargo run --profile fuzz --example fuzz -- detector 600 1`; with `seeds <folder>` it writes the seeds for cargo-fuzz.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::as_conversions, reason = "a tool of the tests")]

use std::{
    fs,
    path::Path,
    process,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

#[path = "../tests/support/mod.rs"]
mod support;

use support::{fuzz, generate::Random, oracles};

/// An input that takes longer than this hangs.
const LIMIT: Duration = Duration::from_secs(20);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |index: usize| args.get(index).map(String::as_str).unwrap_or_default();
    if word(0) == "seeds" {
        return write_seeds(Path::new(word(1)));
    }
    let Some((target, oracle)) = oracles::TARGETS.iter().find(|(name, _)| *name == word(0)) else {
        let names: Vec<&str> = oracles::TARGETS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: fuzz {} [seconds] [seed]", names.join("|"));
        process::exit(2);
    };
    let seconds = word(1).parse().unwrap_or(60);
    let seed = args.get(2).cloned().unwrap_or_else(|| "1".into());
    run(target, *oracle, Duration::from_secs(seconds), &seed);
}

fn run(target: &'static str, oracle: fn(&[u8]), time: Duration, seed: &str) {
    let current: Arc<Mutex<(Instant, Vec<u8>)>> = Arc::new(Mutex::new((Instant::now(), Vec::new())));
    let (panicking, hanging) = (current.clone(), current.clone());
    let ordinary = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        ordinary(info);
        keep(target, &panicking);
        process::exit(1);
    }));
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            if hanging.lock().unwrap().0.elapsed() > LIMIT {
                eprintln!("{target}: one input takes longer than {LIMIT:?}");
                keep(target, &hanging);
                process::exit(1);
            }
        }
    });
    let (seeds, mut random) = (fuzz::seeds(), Random::named(&format!("{target} {seed}")));
    let begun = Instant::now();
    let mut runs = 0u64;
    while begun.elapsed() < time {
        let input = fuzz::input(&seeds, &mut random);
        *current.lock().unwrap() = (Instant::now(), input.clone());
        oracle(&input);
        runs += 1;
    }
    println!("{target}: {runs} inputs in {} s, nothing found (seed {seed})", time.as_secs());
}

/// Writes the input under way where `cargo test` replays it.
fn keep(target: &str, current: &Mutex<(Instant, Vec<u8>)>) {
    let input = match current.lock() {
        Ok(held) => held.1.clone(),
        Err(poisoned) => poisoned.into_inner().1.clone(),
    };
    let hash = input.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    let folder = Path::new("tests/corpus/regressions").join(target);
    let file = folder.join(format!("{hash:016x}.hex"));
    // In hexadecimal: the example of a rule looks like a credential, and is not to be found by those who look for some.
    let text: String = input.iter().map(|b| format!("{b:02x}")).collect();
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, text + "\n"));
    eprintln!(
        "{target}: {} bytes {}",
        input.len(),
        written.map_or_else(|e| e.to_string(), |()| format!("kept in {}", file.display()))
    );
}

fn write_seeds(folder: &Path) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let seeds = fuzz::seeds();
    for (index, seed) in seeds.iter().enumerate() {
        // In front: sent as text; in a stream, at its window's end.
        let head = [1u8, 0, 0, 0];
        fs::write(folder.join(format!("{index:05}")), [&head[..], seed].concat()).expect("a seed can be written");
    }
    println!("{} seeds in {}", seeds.len(), folder.display());
}
