//! How candidates for rules are cut out of text.

/// The bytes that a run is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// `0-9`.
    Digits,
    /// `0-9a-f`.
    Hex,
    /// `0-9a-fA-F`.
    AnyHex,
    /// `0-9A-Z`.
    Upper,
    /// `0-9a-z`.
    Lower,
    /// `A-Za-z`.
    Letters,
    /// `0-9A-Za-z`.
    Alphanumeric,
    /// `A-Z2-7` (RFC 4648 base32).
    Base32,
    /// `0-9A-Za-z-_` (RFC 4648 base64url).
    Base64Url,
    /// `0-9A-Za-z+/` and `=` at its end.
    Base64,
    /// Base64url and dots: the segments of a JWT and its relatives.
    Dotted,
    /// `0-9A-Za-z-`.
    Dashed,
    /// `0-9A-Za-z_`.
    Word,
    /// `0-9A-Za-z/`, the path of a webhook.
    Path,
    /// Everything that stands in URLs without escaping but `/?#`.
    Unreserved,
    /// User, password, host and port of a URL (RFC 3986 section 3.2), with the signs that people leave unescaped.
    Authority,
    /// A whole URL.
    Url,
    /// The parts of a password hash: base64 in the alphabet of crypt, and what joins them.
    Crypt,
    /// Base64 over several lines, their breaks escaped or not.
    Lines,
    /// `1-9A-HJ-NP-Za-km-z` (base 58, as in cryptocurrency addresses).
    Base58,
    /// What the scan loop takes for a part of a token: word characters and `-./:+=~`.
    Token,
    /// Everything that a value may have which only a name gives away: the former and `+/=`.
    Value,
}

impl Alphabet {
    /// How many there are.
    pub(crate) const COUNT: usize = 22;

    /// Its place in a table of all alphabets.
    #[allow(clippy::as_conversions, reason = "the discriminant of a fieldless enum")]
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// Whether the byte belongs to it.
    pub const fn contains(self, byte: u8) -> bool {
        match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Hex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Self::AnyHex => byte.is_ascii_hexdigit(),
            Self::Upper => matches!(byte, b'0'..=b'9' | b'A'..=b'Z'),
            Self::Lower => matches!(byte, b'0'..=b'9' | b'a'..=b'z'),
            Self::Letters => byte.is_ascii_alphabetic(),
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Base32 => matches!(byte, b'A'..=b'Z' | b'2'..=b'7'),
            Self::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
            Self::Dashed => byte.is_ascii_alphanumeric() || byte == b'-',
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Path => byte.is_ascii_alphanumeric() || byte == b'/',
            Self::Unreserved => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'),
            Self::Authority => {
                byte.is_ascii_alphanumeric()
                    || matches!(
                        byte,
                        b'-' | b'_' | b'.' | b'~' | b'!' | b'$' | b'&' | b'*' | b'+' | b',' | b'=' | b'%' | b':' | b'@' | b'^'
                    )
            }
            Self::Url => Self::Authority.contains(byte) || matches!(byte, b'/' | b'?' | b'#' | b';'),
            Self::Crypt => byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'$' | b'+' | b'=' | b',' | b'-' | b'_'),
            Self::Lines => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\n' | b'\r' | b'\\' | b' '),
            Self::Base58 => byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l'),
            Self::Token => Self::Value.contains(byte) || byte == b':',
            Self::Value => Self::Unreserved.contains(byte) || Self::Base64.contains(byte),
        }
    }

    /// How many of its bytes `text` begins with, counting at most `most`.
    pub(crate) fn run(self, text: &[u8], most: usize) -> usize {
        let text = text.get(..most).unwrap_or(text);
        text.iter().position(|byte| !self.has(*byte)).unwrap_or(text.len())
    }

    /// [`Self::contains`], looked up.
    #[inline]
    pub(crate) fn has(self, byte: u8) -> bool {
        MEMBERS.get(usize::from(byte)).is_some_and(|alphabets| alphabets >> self.index() & 1 == 1)
    }

    /// A run of exactly so many.
    pub(crate) const fn exactly(self, length: usize) -> Part {
        Part::Run(self, length, length)
    }

    /// A run of so many; as many as there are, up to the most.
    pub(crate) const fn between(self, least: usize, most: usize) -> Part {
        Part::Run(self, least, most)
    }
}

/// For every byte the alphabets that it belongs to, a bit each, by their index.
static MEMBERS: [u32; 256] = members();

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "evaluated by the compiler")]
const fn members() -> [u32; 256] {
    let mut table = [0; 256];
    let mut alphabet = 0;
    while alphabet < Alphabet::COUNT {
        let mut byte = 0;
        while byte < 256 {
            if ALPHABETS[alphabet].contains(byte as u8) {
                table[byte] |= 1 << alphabet;
            }
            byte += 1;
        }
        alphabet += 1;
    }
    table
}

/// All of them, by index.
const ALPHABETS: [Alphabet; Alphabet::COUNT] = [
    Alphabet::Digits,
    Alphabet::Hex,
    Alphabet::AnyHex,
    Alphabet::Upper,
    Alphabet::Lower,
    Alphabet::Letters,
    Alphabet::Alphanumeric,
    Alphabet::Base32,
    Alphabet::Base64Url,
    Alphabet::Base64,
    Alphabet::Dotted,
    Alphabet::Dashed,
    Alphabet::Word,
    Alphabet::Path,
    Alphabet::Unreserved,
    Alphabet::Authority,
    Alphabet::Url,
    Alphabet::Crypt,
    Alphabet::Lines,
    Alphabet::Base58,
    Alphabet::Token,
    Alphabet::Value,
];

/// A piece of a token. Runs are possessive: they take all they can, and what follows must stand right after.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// `least..=most` bytes of the alphabet.
    Run(Alphabet, usize, usize),
    /// A literal.
    Text(&'static str),
    /// One of several literals; the first that fits.
    OneOf(&'static [&'static str]),
}

/// How candidates are cut.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One of the prefixes at a word start, then the parts; no word character may follow.
    Token {
        /// The literal beginnings.
        prefixes: &'static [&'static str],
        /// What follows them.
        parts: &'static [Part],
    },
    /// A whole run of `least..=most` bytes of the alphabet, where the key or the text before it has all the words of one of
    /// the lists.
    Keyed {
        /// Lists of lower-case words, compared without case and separators.
        words: &'static [&'static [&'static str]],
        /// The run.
        body: Alphabet,
        /// Its least length.
        least: usize,
        /// Its greatest length.
        most: usize,
    },
    /// A value with a name before it: `name = value`, `"name": "value"`, or the value of a field.
    Assigned,
    /// Whole pieces of one of the forms: `0` is a digit, `A` a letter, `X` a letter or digit, anything else itself.
    Forms(&'static [&'static str]),
    /// The value of a field with one of the names (lower-case words): a word or name, or with `line` all of the line.
    Field {
        /// The names.
        names: &'static [&'static str],
        /// Whether the value goes to the end of the line.
        line: bool,
    },
    /// `+` and up to 15 digits in groups.
    Phone,
    /// An IPv4 or IPv6 address.
    Network,
    /// A decimal number with four places or more.
    Decimal,
    /// A house number, words and a word for a street.
    Street,
    /// Lines of the machine-readable zone of a travel document.
    Mrz,
    /// A run of letters and digits as long as an address in base 58.
    Base58,
    /// Digits, bare or in groups: at least and at most so many.
    Digits {
        /// Fewest digits.
        least: usize,
        /// Most digits.
        most: usize,
    },
    /// Two letters, two digits and up to 30 letters or digits, with or without spaces.
    Iban,
    /// Around an `@`.
    Email,
    /// From `-----BEGIN` to the end of the block.
    Pem,
    /// One of the phrases, without case, between word boundaries.
    Phrase(&'static [&'static str]),
    /// `<name>`, `</name>`, `<name …` and the like, one of the lower-case names; `!--` begins a comment.
    Tag(&'static [&'static str]),
    /// `TODO:`.
    Task,
    /// The address between the parentheses of a Markdown link.
    Link,
}

/// Matches the parts at the start of `text`; the length that they take.
pub(crate) fn parts_length(parts: &[Part], text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for part in parts {
        let rest = text.get(at..).unwrap_or_default();
        at += match part {
            Part::Run(alphabet, least, most) => {
                let run = alphabet.run(rest, *most);
                if run < *least {
                    return None;
                }
                run
            }
            Part::Text(literal) => rest.starts_with(literal.as_bytes()).then_some(literal.len())?,
            Part::OneOf(literals) => literals.iter().find(|l| rest.starts_with(l.as_bytes()))?.len(),
        };
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_possessive() {
        let parts = [Alphabet::Hex.exactly(4), Part::Text("_"), Part::OneOf(&["eu", "us"]), Alphabet::Digits.between(1, 3)];
        assert_eq!(parts_length(&parts, b"0a1f_us12345"), Some(10));
        assert_eq!(parts_length(&parts, b"0a1_us1"), None);
        assert_eq!(parts_length(&parts, b"0a1f_ap1"), None);
        assert_eq!(parts_length(&parts, b"0a1f_us"), None);
    }
}
