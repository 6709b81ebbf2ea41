//! A rule is data with its evidence.

use crate::finding::{Confidence, DataClass, Severity};

/// The bytes that a token body is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// `0-9A-Za-z`.
    Alphanumeric,
    /// `A-Z2-7` (RFC 4648 base32).
    Base32,
    /// `0-9A-Za-z-_` (RFC 4648 base64url).
    Base64Url,
    /// `0-9A-Za-z+/`.
    Base64,
    /// Base64url and the dots between the segments of a JWT.
    Jwt,
    /// `0-9A-Za-z-`.
    Dashed,
    /// `0-9A-Za-z/`, the path of a webhook.
    Path,
    /// `0-9A-Za-z_`.
    Word,
}

impl Alphabet {
    /// Whether the byte belongs to it.
    pub const fn contains(self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() && !matches!(self, Self::Base32)
            || match self {
                Self::Alphanumeric => false,
                Self::Base32 => matches!(byte, b'A'..=b'Z' | b'2'..=b'7'),
                Self::Base64Url => matches!(byte, b'-' | b'_'),
                Self::Base64 => matches!(byte, b'+' | b'/'),
                Self::Jwt => matches!(byte, b'-' | b'_' | b'.'),
                Self::Dashed => byte == b'-',
                Self::Path => byte == b'/',
                Self::Word => byte == b'_',
            }
    }
}

/// How candidates for a rule are cut out of text.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One of the prefixes at a word start, then `min..=max` bytes of the alphabet.
    Token {
        /// The literal beginnings.
        prefixes: &'static [&'static str],
        /// What follows them.
        body: Alphabet,
        /// Fewest body bytes.
        min: usize,
        /// Most body bytes.
        max: usize,
    },
    /// A whole run of exactly `length` bytes of the alphabet, where the key or the text before it has all the words.
    Keyed {
        /// Lower-case words, compared without case and separators.
        words: &'static [&'static str],
        /// The run.
        body: Alphabet,
        /// Its length.
        length: usize,
    },
    /// Digits, bare or in groups.
    Digits,
    /// Two letters, two digits and up to 30 letters or digits, with or without spaces.
    Iban,
    /// Around an `@`.
    Email,
    /// From `-----BEGIN` to the end of the block.
    Pem,
    /// One of the phrases, without case, between word boundaries.
    Phrase(&'static [&'static str]),
}

/// Who issues a credential, and so where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// Not a credential of any call: found anywhere, it leaks.
    None,
    /// Anybody may issue it (a JWT): in a header it is how the call authenticates, to whatever host.
    Any,
    /// A named vendor; the name is the key of the table of hosts.
    Named(&'static str),
}

/// A piece of text that has a rule's shape.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) text: &'a [u8],
    /// The text before it, in the same view.
    pub(crate) before: &'a [u8],
    /// The name that the view stands under.
    pub(crate) key: Option<&'a [u8]>,
}

/// What a check makes of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Reject,
    /// A value that documentation uses: reported, not acted on.
    Placeholder,
    Found(Confidence),
}

/// One row: what it finds, how, and the evidence.
pub struct Rule {
    /// Stable id.
    pub id: &'static str,
    /// Category.
    pub class: DataClass,
    /// How bad.
    pub severity: Severity,
    /// The type in placeholders, `[LABEL:n]`.
    pub label: &'static str,
    /// Where the credential belongs.
    pub vendor: Vendor,
    /// How candidates are cut.
    pub shape: Shape,
    /// What the format is known from.
    pub source: &'static str,
    /// Generators of text that must be found.
    pub positives: &'static [&'static str],
    /// Generators of text that must not be found.
    pub negatives: &'static [&'static str],
    pub(crate) check: fn(&Candidate<'_>) -> Outcome,
}

impl Rule {
    /// A rule without evidence does not compile: at least three positives and three negatives.
    pub(crate) const fn with_evidence(self) -> Self {
        assert!(self.positives.len() >= 3 && self.negatives.len() >= 3, "a rule needs three positives and three negatives");
        self
    }
}

impl core::fmt::Debug for Rule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}
