#![no_main]
#[path = "../../tests/support/oracles.rs"]
#[allow(dead_code, reason = "one of the targets")]
mod oracles;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracles::normalizer(data));
