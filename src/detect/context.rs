//! What stands around a value: the key that it is under, or the words before it.

use core::cell::{Cell, OnceCell};

use super::{assigned::Said, rule::Candidate, stretch::Stretch};

/// How far back in plain text a word still names a value.
const REACH: usize = 48;
/// How much of the end of a key is read: names are short, and what does not grow with the input cannot be abused.
const KEY: usize = 64;

impl Candidate<'_> {
    /// Whether the key, or else the text just before the value, holds all the words, without case and separators.
    pub(crate) fn named(&self, words: &[&str]) -> bool {
        self.named_any(&[words])
    }

    /// Whether any of the lists of words names the value.
    pub(crate) fn named_any(&self, lists: &[&[&str]]) -> bool {
        let near = self.before.get(self.before.len().saturating_sub(REACH)..).unwrap_or_default();
        let before = if self.around.is_letterless(near) { b"" } else { near };
        let (key, before) = (Folded::of_key(self.key), Folded::of_text(before));
        lists.iter().any(|words| key.holds(words) || before.holds(words))
    }
}

/// The letters and digits of a text, in lower case.
pub(super) struct Folded {
    bytes: [u8; KEY],
    length: usize,
}

impl Folded {
    pub(super) fn of_key(key: Option<&[u8]>) -> Self {
        Self::of_end(key.unwrap_or_default(), KEY)
    }

    pub(super) fn of_text(before: &[u8]) -> Self {
        Self::of_end(before, REACH)
    }

    fn of_end(text: &[u8], reach: usize) -> Self {
        let mut folded = Self { bytes: [0; KEY], length: 0 };
        let end = text.get(text.len().saturating_sub(reach)..).unwrap_or_default();
        for byte in end {
            let kind = KINDS.get(usize::from(*byte)).copied().unwrap_or_default();
            if let Some(slot) = folded.bytes.get_mut(folded.length).filter(|_| kind != 0 && byte.is_ascii()) {
                *slot = byte | (kind & UPPER);
                folded.length += 1;
            }
        }
        folded
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Whether it holds all the words.
    pub(super) fn holds(&self, words: &[&str]) -> bool {
        let text = self.bytes();
        words.iter().all(|word| {
            let first = word.as_bytes().first();
            (0..text.len())
                .any(|at| text.get(at) == first && text.get(at..).is_some_and(|rest| rest.starts_with(word.as_bytes())))
        })
    }
}

/// How far back a word still names a number, and how much of the end of a key is read.
const WORD_REACH: usize = 56;
/// How far back a word names a number that many words name.
const CLOSE: usize = 24;
/// Most words in so much text.
const MOST_WORDS: usize = WORD_REACH / 2 + 2;

/// The words around a candidate, taken apart when a rule first asks for them, for all the rules that look at the same place.
#[derive(Default)]
pub(crate) struct Around {
    key: OnceCell<Words>,
    near: OnceCell<Words>,
    close: OnceCell<Words>,
    place: usize,
    sentence: Cell<Sentence>,
    /// Where no word asks to send something.
    unsent: Cell<Stretch>,
    /// Where nobody speaks who could give an order.
    voiceless: Cell<Stretch>,
    /// Where no letter stands.
    letterless: Cell<Stretch>,
    /// What the last words of names said: neighbouring values have names in common, and fields of a list are called alike.
    said: OnceCell<[Cell<(Mark, Said)>; NAMES]>,
}

/// How many words of names are kept.
const NAMES: usize = 16;

/// What tells a word from all others of the text: its letters if they are few, else where it stands; and its length.
type Mark = (u64, u64, usize);

fn mark(word: &[u8]) -> Mark {
    let mut letters = [0; 16];
    match letters.get_mut(..word.len()) {
        Some(slot) => slot.copy_from_slice(word),
        None => return (u64::try_from(word.as_ptr().addr()).unwrap_or_default(), 0, word.len()),
    }
    let (halves, _) = letters.as_chunks::<8>();
    let half = |at: usize| halves.get(at).map_or(0, |half| u64::from_le_bytes(*half));
    (half(0), half(1), word.len())
}

/// The sentence in which something was last looked at.
#[derive(Clone, Copy, Default)]
struct Sentence {
    /// Up to where it has been read; before the first look, the beginning of the text.
    place: usize,
    /// How much of it stands before that place, as far as can be seen.
    length: usize,
    /// Whether its beginning can be seen.
    whole: bool,
    /// Where it ends, once it was judged as a whole.
    judged: usize,
    /// Up to where it was seen to give no order, if its beginning does not.
    dismissed: Option<usize>,
}

impl Around {
    /// How much of the sentence that goes on at the place stands before it. `end` says where in `before` the last sentence ends
    /// that does so there or behind.
    pub(super) fn sentence_length(&self, before: &[u8], end: impl Fn(usize) -> Option<usize>) -> usize {
        let known = self.sentence.get();
        let moved = self.place.wrapping_sub(known.place);
        if moved == 0 {
            return known.length;
        }
        // Where the text before begins with a quote or spaces, its marks may mean something else than they did.
        let same = before.len() == self.place || !before.first().is_some_and(|b| b" \t\r\n\"'".contains(b));
        let seen = same && moved < before.len() && (!known.whole || known.length + moved <= before.len());
        // The last byte that was read is read again: what follows it was not seen.
        let from = if seen { before.len() - moved - 1 } else { 0 };
        let (length, whole) = match end(from) {
            Some(at) => (before.len() - at - 1, true),
            None if seen && known.whole => (known.length.wrapping_add(moved), true),
            None => (before.len(), before.len() == self.place),
        };
        let dismissed = if whole && length == known.length.wrapping_add(moved) { known.dismissed } else { None };
        self.sentence.set(Sentence { place: self.place, length, whole, dismissed, ..known });
        length
    }

    /// Whether the place is inside a sentence that was judged already.
    pub(super) fn is_judged(&self) -> bool {
        self.place < self.sentence.get().judged
    }

    /// The sentence up to `length` bytes behind the place has been judged.
    pub(super) fn judge(&self, length: usize) {
        self.sentence.set(Sentence { judged: self.place + length, ..self.sentence.get() });
    }

    /// What stands in the sentence before the place behind where it was dismissed.
    pub(super) fn since_dismissed<'a>(&self, sentence: &'a [u8]) -> Option<&'a [u8]> {
        let behind = self.place.wrapping_sub(self.sentence.get().dismissed?);
        sentence.get(sentence.len().checked_sub(behind)?..)
    }

    /// The beginning of the sentence, up to the place, gives no order.
    pub(super) fn dismiss(&self) {
        self.sentence.set(Sentence { dismissed: Some(self.place), ..self.sentence.get() });
    }

    /// The end of the sentence, right before the place, that may ask to send something.
    pub(super) fn unsent<'a>(&self, sentence: &'a [u8]) -> &'a [u8] {
        let start = self.place.wrapping_sub(sentence.len());
        sentence.get(self.unsent.get().unread(start).wrapping_sub(start)..).unwrap_or_default()
    }

    /// No word of the sentence before the place asks to send something, as far as `length`.
    pub(super) fn sends_nothing(&self, sentence: &[u8], length: usize) {
        let start = self.place.wrapping_sub(sentence.len());
        self.unsent.set(self.unsent.get().extended(start, start + length));
    }

    /// Whether the text right before the place has no letter.
    fn is_letterless(&self, text: &[u8]) -> bool {
        let start = self.place.wrapping_sub(text.len());
        let unread = text.get(self.letterless.get().unread(start).wrapping_sub(start)..).unwrap_or_default();
        let none = !unread.iter().any(|b| b.is_ascii_alphabetic() || !b.is_ascii());
        if none {
            self.letterless.set(self.letterless.get().extended(start, self.place));
        }
        none
    }

    /// Forgets the words before the last place if `place` is another one.
    pub(super) fn move_to(&mut self, place: usize) {
        if place != self.place {
            self.near = OnceCell::new();
            self.close = OnceCell::new();
            self.place = place;
        }
    }

    /// What a word of the text or the key says as a part of a name.
    pub(super) fn said(&self, word: &[u8]) -> Said {
        let mark = mark(word);
        let mixed = (mark.0 ^ mark.1.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60;
        let slots = self.said.get_or_init(Default::default);
        let Some(slot) = usize::try_from(mixed).ok().and_then(|at| slots.get(at)) else { return Said::of(word) };
        let (known, said) = slot.get();
        if known == mark {
            return said;
        }
        let said = Said::of(word);
        slot.set((mark, said));
        said
    }

    /// The words of the key.
    pub(super) fn key_words(&self, key: Option<&[u8]>) -> &Words {
        self.key.get_or_init(|| Words::of(key.unwrap_or_default()))
    }

    /// The words at the end of the text before the place.
    pub(super) fn words_before(&self, before: &[u8]) -> &Words {
        self.near.get_or_init(|| {
            let near = before.get(before.len().saturating_sub(WORD_REACH)..).unwrap_or_default();
            // Between numbers there is no word.
            if self.is_letterless(near) { Words::none() } else { Words::before(before, WORD_REACH) }
        })
    }
}

impl Candidate<'_> {
    /// Whether nothing that can be seen from here has what `voice` looks for: a word that its first four letters tell.
    pub(super) fn is_voiceless(&self, voice: impl Fn(&[u8]) -> Option<usize>) -> bool {
        let (place, known) = (self.around.place, self.around.voiceless.get());
        let (start, behind) = (place.wrapping_sub(self.before.len()), place + self.text.len());
        let from = known.unread(start);
        let found = [(start, self.before), (place, self.text), (behind, self.after)].into_iter().find_map(|(at, text)| {
            let skipped = from.saturating_sub(at);
            Some(at + skipped + voice(text.get(skipped..)?)?)
        });
        // A word that is cut off at the end is read again.
        let end = found.unwrap_or_else(|| (behind + self.after.len()).saturating_sub(3));
        self.around.voiceless.set(known.extended(start, end.max(start)));
        found.is_none()
    }

    /// The words of the key.
    pub(super) fn key_words(&self) -> &Words {
        self.around.key_words(self.key)
    }

    /// The words just before the candidate.
    pub(super) fn words_before(&self) -> &Words {
        self.around.words_before(self.before)
    }

    /// Those within [`CLOSE`] bytes.
    pub(super) fn words_close(&self) -> &Words {
        self.around
            .close
            .get_or_init(|| if self.words_before().is_empty() { Words::none() } else { Words::before(self.before, CLOSE) })
    }
}

/// A letter that is small already, or a digit; a capital; anything else of a word has no case.
pub(super) const LOWER: u8 = 1;
pub(super) const UPPER: u8 = 0x20;
const OTHER: u8 = 2;
/// What every byte is in a word; zero where it separates words.
pub(super) static KINDS: [u8; 256] = kinds();

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "evaluated by the compiler")]
const fn kinds() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' | 0x80.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// Lower-case words, each with a space before and behind it.
pub(super) struct Words {
    bytes: [u8; 2 * WORD_REACH + 2],
    length: usize,
    /// Where each word begins.
    starts: [u8; MOST_WORDS],
    count: usize,
    /// A bit for every letter that a word begins with.
    initials: u32,
}

impl Words {
    /// The words of the end of a name; camel, snake and kebab case read as words.
    pub(super) fn of(name: &[u8]) -> Self {
        Self::read(name.get(name.len().saturating_sub(WORD_REACH)..).unwrap_or_default())
    }

    /// The words of the last `reach` bytes before something. The first may have lost its beginning and does not count.
    pub(super) fn before(text: &[u8], reach: usize) -> Self {
        let from = text.len().saturating_sub(reach.min(WORD_REACH));
        let text = text.get(from..).unwrap_or_default();
        let cut = if from > 0 { text.iter().take_while(|b| part_of_word(**b)).count() } else { 0 };
        Self::read(text.get(cut..).unwrap_or_default())
    }

    fn none() -> Self {
        Self { bytes: [b' '; 2 * WORD_REACH + 2], length: 1, starts: [0; MOST_WORDS], count: 0, initials: 0 }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn read(text: &[u8]) -> Self {
        let mut words = Self::none();
        if !text.iter().any(|b| b.is_ascii_alphabetic() || !b.is_ascii()) {
            return words;
        }
        let mut previous = 0;
        let mut begins = true;
        for (at, byte) in text.iter().copied().enumerate() {
            let kind = KINDS.get(usize::from(byte)).copied().unwrap_or_default();
            if kind == 0 {
                if !begins {
                    words.length += 1;
                    begins = true;
                }
            } else {
                // A hump begins a word: `dateOfBirth`, and `SSNNumber` before a small letter and another one.
                let small = |n: usize| text.get(at + n).is_some_and(u8::is_ascii_lowercase);
                if kind == UPPER && !begins && (previous == LOWER || previous == UPPER && small(1) && small(2)) {
                    words.length += 1;
                    begins = true;
                }
                let letter = byte | (kind & 0x20);
                if begins {
                    words.begin(letter);
                    begins = false;
                }
                if let Some(slot) = words.bytes.get_mut(words.length) {
                    *slot = letter;
                }
                words.length += 1;
            }
            previous = kind;
        }
        words.length = (words.length + usize::from(!begins)).min(words.bytes.len());
        words
    }

    fn begin(&mut self, letter: u8) {
        if let (Some(slot), Ok(start)) = (self.starts.get_mut(self.count), u8::try_from(self.length)) {
            *slot = start;
            self.count += 1;
            self.initials |= initial(letter);
        }
    }

    /// Whether one of the phrases is among them, or its plural. Phrases are lower-case words with single spaces.
    pub(super) fn hold_any(&self, phrases: &[&str]) -> bool {
        self.initials != 0 && phrases.iter().any(|phrase| self.hold(phrase.as_bytes()))
    }

    fn hold(&self, phrase: &[u8]) -> bool {
        let Some(first) = phrase.first().filter(|first| self.initials & initial(**first) != 0) else { return false };
        let starts = self.starts.get(..self.count).unwrap_or_default();
        starts.iter().any(|start| {
            let text = self.bytes.get(usize::from(*start)..self.length).unwrap_or_default();
            text.first() == Some(first) && begin_with(text, phrase)
        })
    }

    /// The text from every beginning of a word on.
    pub(super) fn tails(&self) -> impl Iterator<Item = &[u8]> {
        let starts = self.starts.get(..self.count).unwrap_or_default();
        starts.iter().filter_map(|start| self.bytes.get(usize::from(*start)..self.length))
    }

    /// Whether the letters of a word stand anywhere in them, whatever separates them.
    pub(super) fn has(&self, word: &[u8]) -> bool {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        let first = word.first();
        (0..text.len()).any(|at| text.get(at) == first && text.get(at..).is_some_and(|rest| begins(rest, word)))
    }

    /// Whether they are, or end with, one of the names.
    pub(super) fn end_with_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.end_with(name.as_bytes()))
    }

    /// Whether they are, or end with, the name.
    pub(super) fn end_with(&self, name: &[u8]) -> bool {
        let text = self.bytes.get(..self.length.saturating_sub(1)).unwrap_or_default();
        text.strip_suffix(name).is_some_and(|rest| rest.ends_with(b" "))
    }
}

/// Whether words begin with a phrase, or its plural.
pub(super) fn begin_with(words: &[u8], phrase: &[u8]) -> bool {
    // Most differ in one of the first letters: comparing them one by one is less than a call.
    words.len() >= phrase.len()
        && words.iter().zip(phrase).all(|(a, b)| a == b)
        && matches!(words.get(phrase.len()..), Some([b' ', ..] | [b's', b' ', ..] | []))
}

/// Whether a text begins with the letters of a word; spaces in the text do not count.
pub(super) fn begins(text: &[u8], word: &[u8]) -> bool {
    let mut letters = text.iter().filter(|b| **b != b' ');
    word.iter().all(|letter| letters.next() == Some(letter))
}

fn initial(byte: u8) -> u32 {
    1 << (byte & 31)
}

pub(super) fn part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}
