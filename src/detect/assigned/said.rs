//! What one word of a name says: the words of the table that are in it, each at a beginning or inside, found in one pass.

use super::words::{Class, Prefix, may_begin, may_begin_inside};
use crate::detect::context::{KINDS, LOWER, UPPER};

/// Longest word that is read.
pub(super) const LONGEST: usize = 64;
/// How far from its first letter on an entry of the table is looked for.
const REACH: usize = 28;

/// The classes that count in a word, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said(u8);

impl Said {
    /// What the word says; of a longer one than [`LONGEST`] the beginning.
    pub(in crate::detect) fn of(word: &[u8]) -> Self {
        let mut said = Self::default();
        let spelled = Spelled::of(word);
        let mut after_word = 0;
        for (index, letter) in spelled.letters().iter().enumerate() {
            let start = spelled.place(index);
            let open = spelled.begins >> start & 1 == 1;
            let next = spelled.letters().get(index + 1).copied().unwrap_or_default();
            if if open { may_begin(*letter, next) } else { may_begin_inside(*letter, next) } {
                let joined = open || (after_word > 0 && start == after_word);
                after_word = said.add(&spelled, index, open, joined).unwrap_or(after_word);
            }
        }
        said
    }

    /// Adds the words that begin with a letter; where the longest of them that counts ends.
    fn add(&mut self, spelled: &Spelled, first: usize, open: bool, joined: bool) -> Option<usize> {
        let (mut prefix, mut length, mut behind) = (Prefix::new(), 0, None);
        let start = spelled.place(first);
        for (index, letter) in spelled.letters().iter().enumerate().skip(first) {
            let at = spelled.place(index);
            prefix = prefix.with(*letter);
            length += 1;
            if at >= start + REACH || (matches!(length, 3..=6) && !prefix.may_go_on(!open)) {
                break;
            }
            let Some(class) = prefix.class().filter(|_| length >= 2) else { continue };
            let closed = spelled.closes >> at & 1 == 1;
            let last = at + 1 == spelled.length;
            // `sumOf` is no `sumo`.
            let whole = spelled.begins >> at & 1 == 0;
            let counts = match class {
                Class::Password | Class::Secret => (joined && closed) || length >= 5,
                Class::Key => closed || (joined && length >= 6),
                Class::Vendor | Class::Common => open && whole && (closed || length >= 4),
                Class::Harmless => open && last,
                Class::Public | Class::Login => open && closed,
            };
            if counts {
                behind = Some(at + 1);
                if class != Class::Login || last {
                    self.0 |= class.bit();
                }
            }
        }
        behind
    }

    pub(super) fn has(self, class: Class) -> bool {
        self.0 & class.bit() != 0
    }
}

/// A word without what is no letter or digit in it, in lower case.
struct Spelled {
    bytes: [u8; LONGEST],
    /// Where in the word each of them stands.
    places: [u8; LONGEST],
    count: usize,
    length: usize,
    /// Where a part of the word begins: a bit for each place.
    begins: u64,
    /// Where a part of the word has its last letter.
    closes: u64,
}

impl Spelled {
    fn of(word: &[u8]) -> Self {
        let word = word.get(..LONGEST).unwrap_or(word);
        let mut spelled = Self { bytes: [0; LONGEST], places: [0; LONGEST], count: 0, length: word.len(), begins: 0, closes: 0 };
        let (mut lower, mut upper, mut digit) = (0u64, 0u64, 0u64);
        for (place, byte) in (0u8..).zip(word) {
            let kind = KINDS.get(usize::from(*byte)).copied().unwrap_or_default();
            if kind == 0 || !byte.is_ascii() {
                continue;
            }
            let bit = 1 << place;
            match kind {
                LOWER => lower |= bit,
                UPPER => upper |= bit,
                _ => digit |= bit,
            }
            if let (Some(slot), Some(at)) = (spelled.bytes.get_mut(spelled.count), spelled.places.get_mut(spelled.count)) {
                (*slot, *at) = (byte | (kind & UPPER), place);
                spelled.count += 1;
            }
        }
        let (letter, any) = (lower | upper, lower | upper | digit);
        spelled.begins = !(any << 1) | (lower << 1 & upper) | (digit << 1 & letter);
        spelled.closes = !(any >> 1) | (lower & upper >> 1) | (upper & lower >> 1) | (letter & digit >> 1);
        spelled
    }

    fn letters(&self) -> &[u8] {
        self.bytes.get(..self.count).unwrap_or_default()
    }

    fn place(&self, index: usize) -> usize {
        usize::from(self.places.get(index).copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_beginnings_and_inside() {
        let says = |word: &str, class: Class| Said::of(word.as_bytes()).has(class);
        assert!(
            says("db_passwd", Class::Password) && says("myPassword2", Class::Password) && says("userpassword", Class::Password)
        );
        assert!(says("API_KEY", Class::Key) && says("client-secret", Class::Secret) && says("weatherbitToken", Class::Vendor));
        assert!(says("order_id", Class::Harmless) && !says("id_order", Class::Harmless));
        assert!(says("user", Class::Login) && !says("user_list", Class::Login));
        assert!(!says("compass", Class::Password) && !says("keyboard", Class::Key) && !says("", Class::Secret));
    }
}
