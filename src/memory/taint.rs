//! Whether a call carries away what an earlier response held.
//!
//! A text leaves fingerprints of some of its k-grams, chosen by winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): of each
//! window of 12 the smallest. Letters and digits count, in lower case, and nothing else does, so that spacing, quoting and
//! punctuation change nothing. Any run of 31 letters and digits that two texts share leaves a fingerprint that they share.
//! What the detector found leaves one of its own, however short it is.

use alloc::{string::String, vec::Vec};

use super::{Memory, Minute, entries::Entry, key::hexadecimal, minute};
use crate::sort::{holds, sort};

/// Letters and digits of a k-gram.
const GRAM: usize = 20;
/// K-grams of a window.
const WINDOW: usize = 12;
/// How long a response is remembered: an hour.
const MINUTES: Minute = 60;
/// Fingerprints of one text; of a longer one the smallest are kept.
const MOST_OF_A_TEXT: usize = 4096;
/// Longest trace id that is kept.
const MOST_TRACE_BYTES: usize = 64;

/// A fingerprint of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) until: Minute,
    pub(super) fingerprint: u64,
    /// The trace that the response belongs to.
    pub(super) trace: String,
}

impl Entry for Mark {
    type Key = (Minute, u64, String);

    /// Newest first.
    fn key(&self) -> Self::Key {
        (Minute::MAX - self.until, self.fingerprint, self.trace.clone())
    }

    fn join(&mut self, _other: &Self) {}
}

impl Mark {
    pub(super) fn holds_at(&self, now: Minute) -> bool {
        now < self.until
    }
}

/// Fingerprints of the texts of one request or response.
pub(crate) struct Fingerprints {
    base: u64,
    mask: u64,
    found: Vec<u64>,
}

/// Where something came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The trace of the response.
    pub(crate) trace: String,
}

impl Fingerprints {
    /// Adds a text.
    pub(crate) fn add_text(&mut self, text: &[u8]) {
        let letters: Vec<u8> =
            text.iter().filter(|b| b.is_ascii_alphanumeric() || **b >= 0x80).map(u8::to_ascii_lowercase).collect();
        let first = (1..GRAM).fold(1_u64, |power, _| power.wrapping_mul(self.base));
        let mut hash = 0_u64;
        let mut window: Vec<u64> = Vec::with_capacity(WINDOW);
        let mut last = None;
        for (at, byte) in letters.iter().enumerate() {
            if let Some(leaving) = at.checked_sub(GRAM).and_then(|at| letters.get(at)) {
                hash = hash.wrapping_sub(u64::from(*leaving).wrapping_mul(first));
            }
            hash = hash.wrapping_mul(self.base).wrapping_add(u64::from(*byte));
            if at + 1 < GRAM {
                continue;
            }
            if window.len() == WINDOW {
                window.remove(0);
            }
            window.push(mixed(hash ^ self.mask));
            let smallest = window.iter().min().copied();
            // A text that is shorter than a window has its smallest all the same.
            if (window.len() == WINDOW || at + 1 == letters.len()) && smallest != last {
                self.found.extend(smallest);
                last = smallest;
            }
        }
    }

    /// Adds a value that was found, told apart from texts.
    pub(crate) fn add_value(&mut self, text: &[u8]) {
        let letters = text.iter().filter(|b| b.is_ascii_alphanumeric() || **b >= 0x80).map(u8::to_ascii_lowercase);
        let (mut hash, mut length) = (!self.mask, 0);
        for byte in letters {
            hash = mixed(hash ^ u64::from(byte)).wrapping_mul(self.base);
            length += 1;
        }
        // Four digits are anybody's.
        if length >= 6 {
            self.found.push(mixed(hash));
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    fn finish(mut self) -> Vec<u64> {
        sort(&mut self.found, |a, b| a < b);
        self.found.dedup();
        self.found
    }
}

/// The finaliser of MurmurHash3: every bit of the input changes half of the output.
const fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let value = (value ^ (value >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

impl Memory {
    /// An empty set of fingerprints under this memory's key.
    pub(crate) fn fingerprints(&self) -> Fingerprints {
        let base = self.key.fingerprint("gram base", &[]) | 1;
        Fingerprints { base, mask: self.key.fingerprint("gram mask", &[]), found: Vec::new() }
    }

    /// Whether any response is remembered.
    pub(crate) fn has_taint(&self) -> bool {
        !self.taint.is_empty()
    }

    /// Remembers a sensitive response.
    pub(crate) fn taint(&mut self, trace: &str, fingerprints: Fingerprints, time_ms: u64) {
        let until = minute(time_ms).saturating_add(MINUTES);
        let plain = |c: &char| c.is_ascii_alphanumeric() || "-_.:".contains(*c);
        let trace: String = trace.chars().filter(plain).take(MOST_TRACE_BYTES).collect();
        let mark = |fingerprint| Mark { until, fingerprint, trace: trace.clone() };
        self.taint.extend(fingerprints.finish().into_iter().take(MOST_OF_A_TEXT).map(mark).collect());
    }

    /// The newest response of which a piece is in these texts.
    pub(crate) fn source_of(&self, fingerprints: Fingerprints, time_ms: u64) -> Option<Source> {
        let now = minute(time_ms);
        let sent = fingerprints.finish();
        let shared = |mark: &&Mark| mark.holds_at(now) && holds(&sent, &mark.fingerprint);
        self.taint.iter().find(shared).map(|mark| Source { trace: mark.trace.clone() })
    }

    /// A fingerprint of a whole response, for comparing without showing: 16 hexadecimal digits.
    pub(crate) fn content_fingerprint(&self, body: &[u8]) -> String {
        hexadecimal(self.key.fingerprint("content", body))
    }
}
