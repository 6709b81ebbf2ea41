//! The scan loop: blocks of 64 bytes become bit masks, masks become the few places where a rule's shape can begin, and only
//! those are looked at.
//!
//! Everything is local: whether something is found depends on at most [`REACH`] bytes before it and on a bounded length after
//! its start, so that a stream can be read in windows. The idea of classifying whole blocks is simdjson's (Langdale and
//! Lemire, "Parsing Gigabytes of JSON per Second", 2019).

mod block;
mod names;
mod numbers;
mod signs;
mod tokens;

use core::ops::Range;

use super::{
    assigned::Judged,
    context::Around,
    rule::{Candidate, Outcome, REACH, Rule},
    sets::ByteSet,
    shape::Alphabet,
    stretch::Stretch,
};
use crate::{
    finding::Confidence,
    normalize::{Place, View},
};
use block::{BLOCK, Masks, classify};

/// A rule's match in a view.
pub(crate) struct Hit {
    pub(crate) rule: &'static Rule,
    pub(crate) range: Range<usize>,
    pub(crate) confidence: Confidence,
    pub(crate) placeholder: bool,
}

#[inline]
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Finds every hit in a view.
pub(crate) fn detect(view: &View<'_>, hit: &mut dyn FnMut(Hit)) {
    let mut scanner = Scanner::new(view, hit);
    scanner.whole();
    if scanner.is_plain() {
        return;
    }
    let mut masks = classify(scanner.text, 0);
    let mut carry = Carry::default();
    let mut at = 0;
    while at < scanner.text.len() {
        let next = if at + BLOCK < scanner.text.len() { classify(scanner.text, at + BLOCK) } else { Masks::default() };
        let places = Places::of(&masks, &next, &mut carry);
        scanner.places(at, &places);
        masks = next;
        at += BLOCK;
    }
}

/// Text shorter than this holds no token, no phrase, and no name with a value, unless there is a digit or a sign in it.
const SHORT: usize = 11;

/// Letters, and what stands between words without meaning anything more.
static PLAIN: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ _.,/\n!?;");

/// What one block tells the next.
#[derive(Default)]
struct Carry {
    /// The last byte was of a word.
    word: u64,
    /// The last byte was of a word that has had no digit yet.
    letters: u64,
    /// The last byte was a dash.
    dash: u64,
}

/// Where in a block something may begin.
struct Places {
    /// Words that begin a run of 12 bytes or more of which tokens are made.
    tokens: u64,
    /// Words of seven letters or more.
    words: u64,
    /// First digits of words.
    numbers: u64,
    signs: u64,
    dashes: u64,
    hints: u64,
}

impl Places {
    #[inline]
    fn of(masks: &Masks, next: &Masks, carry: &mut Carry) -> Self {
        let starts = masks.word & !(masks.word << 1 | carry.word);
        // Letters before the first digit of a word: adding the first of a run carries through to just behind it.
        let letters = masks.word & !masks.digit;
        let (sum, over) = letters.overflowing_add(starts & letters);
        let (sum, again) = sum.overflowing_add(carry.letters);
        let behind = sum & !letters;
        let places = Self {
            tokens: starts & runs::<12>(masks.token, next.token),
            words: starts & runs::<7>(masks.word, next.word),
            numbers: masks.digit & (behind | starts),
            signs: masks.sign,
            dashes: runs::<5>(masks.dash, next.dash) & !(masks.dash << 1 | carry.dash),
            hints: masks.hint,
        };
        *carry = Carry { word: masks.word >> 63, letters: u64::from(over || again), dash: masks.dash >> 63 };
        places
    }
}

#[inline]
fn joined(low: u64, high: u64) -> u128 {
    u128::from(low) | u128::from(high) << 64
}

/// The lower half: the places of the first block.
#[inline]
fn first(mask: u128) -> u64 {
    u64::try_from(mask & u128::from(u64::MAX)).unwrap_or_default()
}

/// Where runs of so many bytes or more begin: a run is doubled until it is long enough.
#[inline]
fn runs<const LENGTH: u32>(low: u64, high: u64) -> u64 {
    let mut run = joined(low, high);
    let mut length = 1;
    while length < LENGTH {
        let more = length.min(LENGTH - length);
        run &= run >> more;
        length += more;
    }
    first(run)
}

struct Scanner<'a, 'h> {
    text: &'a [u8],
    key: Option<&'a [u8]>,
    /// Where the call goes: its address is no content.
    is_host: bool,
    hit: &'h mut dyn FnMut(Hit),
    runs: Option<Runs>,
    around: Around,
    /// Up to where values under a name have been looked at.
    named: usize,
    /// Where no value ends that has no quotes.
    unseparated: Stretch,
    /// Up to where a private key block reaches.
    block_end: usize,
}

/// Where the run of each alphabet that was last measured lies: many tokens can begin inside one run, and it is read once.
type Runs = [Range<usize>; Alphabet::COUNT];

impl<'a, 'h> Scanner<'a, 'h> {
    #[inline]
    fn new(view: &'a View<'a>, hit: &'h mut dyn FnMut(Hit)) -> Self {
        let is_host = view.place == Place::Host;
        let around = Around::default();
        let unseparated = Stretch::default();
        Self { text: &view.text, key: view.key, is_host, hit, runs: None, around, named: 0, unseparated, block_end: 0 }
    }

    /// Looks at every place of the block at `base`, in the order of the text.
    #[inline]
    fn places(&mut self, base: usize, places: &Places) {
        let Places { tokens, words, numbers, signs, dashes, hints } = places;
        let mut left = tokens | words | numbers | signs | dashes | hints;
        while left != 0 {
            let bit = left & left.wrapping_neg();
            let at = base + usize::try_from(left.trailing_zeros()).unwrap_or_default();
            left &= left - 1;
            if at < self.block_end {
                continue;
            }
            if signs & bit != 0 {
                self.sign(at);
            } else if dashes & bit != 0 {
                self.pem(at);
            } else {
                if tokens & bit != 0 {
                    self.long_run(at);
                }
                if words & bit != 0 {
                    self.long_word(at);
                }
                if numbers & bit != 0 {
                    self.number(at);
                }
                if hints & bit != 0 {
                    self.hint(at);
                }
            }
        }
    }

    /// Whether the text is a few letters, where no shape can begin.
    #[inline]
    fn is_plain(&self) -> bool {
        self.text.len() < SHORT && self.text.iter().all(|b| PLAIN.has(*b))
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    /// The byte before `at`.
    #[inline]
    fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|i| self.byte(i))
    }

    #[inline]
    fn from(&self, at: usize) -> &'a [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    #[inline]
    fn slice(&self, range: &Range<usize>) -> &'a [u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Runs the rule's check and reports. True when it was a hit.
    fn check(&mut self, rule: &'static Rule, range: Range<usize>) -> bool {
        self.around.move_to(range.start);
        let outcome = (rule.check)(&self.candidate(&range, None));
        self.report(rule, range, outcome)
    }

    fn candidate<'c>(&'c self, range: &Range<usize>, judged: Option<&'c Judged<'c>>) -> Candidate<'c> {
        let before = self.slice(&(range.start.saturating_sub(REACH)..range.start));
        let after = self.slice(&(range.end..self.text.len().min(range.end + REACH)));
        Candidate { text: self.slice(range), before, after, key: self.key, around: &self.around, judged }
    }

    fn report(&mut self, rule: &'static Rule, range: Range<usize>, outcome: Outcome) -> bool {
        let (confidence, placeholder) = match outcome {
            Outcome::Reject => return false,
            Outcome::Placeholder => (Confidence::Low, true),
            Outcome::Found(confidence) => (confidence, false),
        };
        (self.hit)(Hit { rule, range, confidence, placeholder });
        true
    }

    /// Every rule of a kind, over the text up to where `end` says.
    fn cut(&mut self, rules: &[&'static Rule], at: usize, end: fn(&[u8], usize) -> Option<usize>) {
        if let Some(end) = end(self.text, at) {
            for rule in rules {
                self.check(rule, at..end);
            }
        }
    }

    /// Length of the run of an alphabet from `start`.
    fn run_length(&mut self, alphabet: Alphabet, start: usize) -> usize {
        let Some(known) = self.runs.get_or_insert_with(Runs::default).get_mut(alphabet.index()) else { return 0 };
        if !known.contains(&start) {
            let run = alphabet.run(self.text.get(start..).unwrap_or_default(), usize::MAX);
            *known = start..start + run;
        }
        known.end - start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_digits_of_words() {
        let text = b"a1 22 abc def3g4 x_y_z9 0 ----- ----------------------------------- averyverylongword77x 8";
        let mut carry = Carry::default();
        let mut found = alloc::vec::Vec::new();
        let mut masks = classify(text, 0);
        for at in (0..text.len()).step_by(BLOCK) {
            let next = classify(text, at + BLOCK);
            let places = Places::of(&masks, &next, &mut carry);
            found.extend((0..BLOCK).filter(|bit| places.numbers >> bit & 1 == 1).map(|bit| at + bit));
            masks = next;
        }
        let expected: alloc::vec::Vec<usize> = (0..text.len())
            .filter(|at| text.get(*at).is_some_and(u8::is_ascii_digit))
            .filter(|at| {
                let word = text.get(..*at).unwrap_or_default().iter().rev().take_while(|b| is_word(**b));
                !word.clone().any(u8::is_ascii_digit)
            })
            .collect();
        assert_eq!(found, expected);
    }
}
