//! A rule is data with its evidence.

use super::{
    assigned::Judged,
    context::Around,
    shape::{Part, Shape},
};
use crate::finding::{Confidence, DataClass, Severity};

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

impl Vendor {
    /// The hosts that its credentials belong to; a leading dot means any subdomain as well.
    pub fn hosts(&self) -> impl Iterator<Item = &'static str> {
        let name = if let Self::Named(name) = self { name } else { "" };
        super::place::hosts(name)
    }
}

/// A piece of text that has a rule's shape.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) text: &'a [u8],
    /// The text before it, in the same view: at most [`REACH`] bytes.
    pub(crate) before: &'a [u8],
    /// The text after it: at most [`REACH`] bytes.
    pub(crate) after: &'a [u8],
    /// The name that the view stands under.
    pub(crate) key: Option<&'a [u8]>,
    pub(crate) around: &'a Around,
    /// What is known of a named value, for all the rules that judge it.
    pub(crate) judged: Option<&'a Judged<'a>>,
}

/// How much text around a candidate may be read.
pub(crate) const REACH: usize = 256;

/// What a check makes of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Reject,
    /// A value that documentation uses: reported, not acted on.
    Placeholder,
    Found(Confidence),
}

pub(crate) type Check = fn(&Candidate<'_>) -> Outcome;

/// What a check rejects a number or code without, unless nobody wrote anything else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    /// One of the rule's names in the key or just before it.
    Name,
    /// A name, or separators between groups.
    NameOrGroups,
}

/// One row: what it finds, how, and the evidence. Rows are made by `Rule::secret` or `Rule::pii` and the methods after it.
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
    #[cfg(feature = "evidence")]
    pub source: &'static str,
    /// Generators of text that must be found.
    #[cfg(feature = "evidence")]
    pub positives: &'static [&'static str],
    /// Generators of text that must not be found.
    #[cfg(feature = "evidence")]
    pub negatives: &'static [&'static str],
    /// What such a number is called: lower-case words with single spaces.
    pub(crate) names: &'static [&'static str],
    pub(crate) needs: Needs,
    pub(crate) check: Check,
}

impl Rule {
    const fn new(id: &'static str, label: &'static str, class: DataClass, check: Check) -> Self {
        let severity = Severity::High;
        let shape = Shape::Digits { least: 0, most: 0 };
        Self {
            id,
            class,
            severity,
            label,
            vendor: Vendor::None,
            shape,
            #[cfg(feature = "evidence")]
            source: "",
            #[cfg(feature = "evidence")]
            positives: &[],
            #[cfg(feature = "evidence")]
            negatives: &[],
            names: &[],
            needs: Needs::Nothing,
            check,
        }
    }

    /// A secret of high severity. Until `checked` says otherwise its shape is the evidence, with medium confidence.
    pub(crate) const fn secret(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, DataClass::Secrets, super::checks::by_shape)
    }

    /// Personal data of high risk.
    pub(crate) const fn pii(id: &'static str, label: &'static str, check: Check) -> Self {
        Self::new(id, label, DataClass::Pii, check)
    }

    /// Health data.
    pub(crate) const fn phi(id: &'static str, label: &'static str, check: Check) -> Self {
        Self::new(id, label, DataClass::Phi, check)
    }

    /// A marker of internal material.
    pub(crate) const fn internal(id: &'static str, label: &'static str, check: Check) -> Self {
        Self::new(id, label, DataClass::Internal, check).low()
    }

    /// A marker of text that gives orders to an agent: reported, and never more than that by itself.
    pub(crate) const fn injection(id: &'static str, check: Check) -> Self {
        Self::new(id, "INJECTION", DataClass::Injection, check).low()
    }

    /// Test-mode keys, contact data: redacted or reported, never denied.
    pub(crate) const fn low(mut self) -> Self {
        self.severity = Severity::Low;
        self
    }

    /// The vendor whose hosts the credential belongs to; see `place.rs`.
    pub(crate) const fn issued_by(mut self, vendor: &'static str) -> Self {
        self.vendor = Vendor::Named(vendor);
        self
    }

    /// Anybody issues such credentials.
    pub(crate) const fn issued_by_anybody(mut self) -> Self {
        self.vendor = Vendor::Any;
        self
    }

    /// One of the prefixes at a word start, then the parts.
    pub(crate) const fn token(mut self, prefixes: &'static [&'static str], parts: &'static [Part]) -> Self {
        self.shape = Shape::Token { prefixes, parts };
        self
    }

    /// Another shape.
    pub(crate) const fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Without one of these names around it a number is none of the rule's, and its check need not run.
    pub(crate) const fn needs_name(mut self, names: &'static [&'static str]) -> Self {
        (self.names, self.needs) = (names, Needs::Name);
        self
    }

    /// The same for numbers without separators.
    pub(crate) const fn needs_name_or_groups(mut self, names: &'static [&'static str]) -> Self {
        (self.names, self.needs) = (names, Needs::NameOrGroups);
        self
    }

    /// Looks at a candidate of the shape: checksum, structure, placeholder.
    pub(crate) const fn checked(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    /// Where the format is documented.
    #[cfg(feature = "evidence")]
    pub(crate) const fn known_from(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// A rule without evidence does not compile: at least three positives and three negatives.
    #[cfg(feature = "evidence")]
    pub(crate) const fn evidence(mut self, positives: &'static [&'static str], negatives: &'static [&'static str]) -> Self {
        assert!(positives.len() >= 3 && negatives.len() >= 3, "a rule needs three positives and three negatives");
        assert!(!self.source.is_empty(), "a rule says where its format is documented");
        self.positives = positives;
        self.negatives = negatives;
        self
    }
}

/// What is shipped as WebAssembly leaves the evidence out.
#[cfg(not(feature = "evidence"))]
impl Rule {
    pub(crate) const fn known_from(self, _source: &'static str) -> Self {
        self
    }

    pub(crate) const fn evidence(self, _positives: &'static [&'static str], _negatives: &'static [&'static str]) -> Self {
        self
    }
}

impl core::fmt::Debug for Rule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}
