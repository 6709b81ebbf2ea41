//! The name that stands before a value, and what its words say. Nothing farther than [`REACH`] bytes is looked at.

use super::{
    said::{LONGEST, Said},
    words::Class,
};
use crate::detect::{context::Around, sets::ByteSet};

/// How far before a value its name is looked for.
const REACH: usize = 128;
/// Most words before a value that are read.
const WORDS: usize = 5;

/// How name and value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// The value of a field: the whole view.
    Field,
    /// `=`, `:`, `=>`, a comma, the end of a tag.
    Operator,
    /// Nothing but spaces, quotes and brackets.
    Space,
}

/// What the words before a value say about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a> {
    /// The nearest word.
    pub(super) nearest: &'a [u8],
    /// What stands before the nearest word.
    pub(super) before: &'a [u8],
    pub(super) joint: Joint,
    /// Whether the value is in quotes.
    pub(super) quoted: bool,
    /// Whether nothing but `=` stands between the two.
    pub(super) tight: bool,
    /// Whether a comma is what stands between the two.
    pub(super) listed: bool,
    /// Whether the operator is `=>`.
    pub(super) arrow: bool,
    /// Whether the name is the end of a line before the value's.
    pub(super) heading: bool,
    pub(super) password: bool,
    pub(super) secret: bool,
    pub(super) key: bool,
    pub(super) vendor: bool,
    pub(super) common: bool,
    pub(super) harmless: bool,
    pub(super) login: bool,
    /// Whether the secret-like word is in the nearest word.
    pub(super) near: bool,
}

impl<'a> Name<'a> {
    /// The name of what follows `before` in a view that stands under `key`.
    pub(super) fn of(before: &'a [u8], key: Option<&'a [u8]>, around: &Around) -> Self {
        let mut name = Self {
            nearest: b"",
            before,
            joint: Joint::Space,
            quoted: false,
            tight: false,
            listed: false,
            arrow: false,
            heading: false,
            password: false,
            secret: false,
            key: false,
            vendor: false,
            common: false,
            harmless: false,
            login: false,
            near: false,
        };
        if before.is_empty() {
            name.joint = Joint::Field;
            let key = key.unwrap_or_default();
            name.nearest = key.get(key.len().saturating_sub(LONGEST)..).unwrap_or_default();
            name.add(around.said(name.nearest), true);
            return name;
        }
        name.read(before.get(before.len().saturating_sub(REACH)..).unwrap_or_default(), around);
        name
    }

    /// The name that a value is compared with: `"value" == name`.
    pub(super) fn compared(after: &'a [u8], around: &Around) -> Option<Self> {
        let rest = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).or_else(|| after.strip_prefix(b"`"))?;
        let rest = rest.get(rest.iter().take(4).take_while(|b| **b == b' ').count()..)?;
        let rest = rest.strip_prefix(b"==").or_else(|| rest.strip_prefix(b"!="))?;
        let rest = rest.get(rest.iter().take(4).take_while(|b| b"= ".contains(b)).count()..)?;
        let length = rest.iter().take(LONGEST).take_while(|b| is_name(**b)).count();
        let mut name = Self::of(b"", rest.get(..length), around);
        (name.joint, name.quoted) = (Joint::Operator, true);
        Some(name)
    }

    fn read(&mut self, window: &'a [u8], around: &Around) {
        if let Some(tag) = tag(window) {
            (self.joint, self.nearest) = (Joint::Operator, tag);
            return self.add(around.said(tag), true);
        }
        let mut end = self.gap(window);
        let mut count = 0;
        let mut purpose = false;
        while count < WORDS {
            let head = window.get(..end).unwrap_or_default();
            let length = head.iter().rev().take(LONGEST).take_while(|b| is_name(**b)).count();
            let word = head.get(end - length..).unwrap_or_default();
            if length == 0 {
                break;
            }
            end -= length;
            // `password: str = "…"`: the type is no name.
            let skipped = count == 0 && self.joint == Joint::Operator && is_type(word) || is_filler(word);
            // `the token for the staging system is …`
            let of = count > 0 && word == b"for";
            purpose |= of;
            if !skipped && !of {
                if count == 0 {
                    self.nearest = word;
                    self.before = self.before.get(..self.before.len() - (window.len() - end)).unwrap_or_default();
                }
                let before = self.harmless;
                self.add(around.said(word), count == 0 || (count == 1 && is_generic(self.nearest)) || purpose);
                // What is public is so by its own words.
                self.harmless &= before || (count < 2 && !purpose);
                purpose = false;
                count += 1;
            }
            let head = window.get(..end).unwrap_or_default();
            // `name: KEY` and on the next line `value: …`.
            let generic = count == 1 && is_generic(self.nearest);
            let between =
                |b: &&u8| b" \t-$&?*".contains(b) || (skipped && b":.".contains(b)) || (generic && b"\r\n\"':,{}".contains(b));
            let gap = head.iter().rev().take(24).take_while(between).count();
            if gap == 0 {
                break;
            }
            end -= gap;
        }
        if let Some(tag) = window.get(..end).and_then(element).filter(|_| count > 0) {
            let (password, login, harmless) = (self.password, self.login, self.harmless);
            self.add(around.said(tag), true);
            (self.password, self.login, self.harmless) = (password, login, harmless);
        }
        if self.heading {
            (self.password, self.login, self.vendor, self.common) = (false, false, false, false);
        }
    }

    /// Walks back over what joins a name and its value; where the name ends.
    fn gap(&mut self, window: &[u8]) -> usize {
        let mut end = window.len();
        let (mut signs, mut lines, mut brackets) = (0, 0, 0);
        let (mut space, mut block) = (false, false);
        while let Some(byte) = end.checked_sub(1).and_then(|at| window.get(at)) {
            match byte {
                b'"' | b'\'' | b'`' => {
                    self.quoted |= end == window.len();
                    // `b"…"`, `f"…"`, `r"…"`
                    let marked =
                        matches!(window.get(..end - 1), Some([.., b' ' | b'=' | b'(' | b':', b'b' | b'f' | b'r' | b'u']));
                    end -= usize::from(marked && end == window.len());
                }
                b' ' | b'\t' => space = true,
                b'\n' | b'\r' => {
                    lines += usize::from(*byte == b'\n');
                    block |= begins_block(window.get(..end - 1).unwrap_or_default());
                }
                b'=' | b':' | b',' | b'>' | b'|' | b'!' | b'+' | b'~' | b'?' => {
                    self.arrow |= *byte == b'>' && window.get(..end - 1).is_some_and(|head| head.ends_with(b"="));
                    self.listed |= *byte == b',' && signs == 0;
                    signs += 1;
                    if signs > 4 {
                        break;
                    }
                }
                b'.' if signs > 0 => {}
                b'\\' | b'(' | b'{' | b'@' | b'<' | b'-' | b'*' => {}
                b'[' if signs == 0 => {}
                b']' | b')' if signs > 0 || space => {
                    // `secret[25] =`, `config["secret"] =`.
                    brackets += 1;
                    let head = window.get(..end - 1).unwrap_or_default();
                    let index = head.iter().rev().take(6).take_while(|b| b.is_ascii_digit()).count();
                    let open = head.len().checked_sub(index + 1).and_then(|at| window.get(at));
                    if open == Some(&b'[') {
                        end -= index + 1;
                    }
                }
                _ => break,
            }
            if brackets > 2 || window.len() - end > 48 {
                break;
            }
            end -= 1;
        }
        if signs > 0 {
            self.joint = Joint::Operator;
        }
        let tag = window.get(..end + 1).is_some_and(|head| head.ends_with(b">"));
        // A line ends the walk, unless a tag, a block of YAML or a quoted value begins after it, or the value is a line of its own.
        if lines > 1 || (lines == 1 && !(tag || block || self.quoted && signs > 0)) {
            self.heading = lines <= 2 && signs <= 1 && !self.quoted;
            self.joint = Joint::Space;
            return if self.heading { end } else { 0 };
        }
        self.tight = signs == 1 && window.len() == end + 1 && window.ends_with(b"=");
        end
    }

    /// Reads one word of the name.
    fn add(&mut self, said: Said, nearest: bool) {
        let (secret, key) = (said.has(Class::Secret), said.has(Class::Key));
        self.password |= nearest && said.has(Class::Password);
        self.secret |= secret;
        self.key |= key;
        self.near |= nearest && (secret || key);
        self.vendor |= said.has(Class::Vendor);
        self.common |= said.has(Class::Common);
        self.harmless |= said.has(Class::Public) || nearest && said.has(Class::Harmless);
        self.login |= nearest && said.has(Class::Login);
    }
}

/// Whether a block scalar of YAML begins on the next line: `name: |`, `name: >-`.
fn begins_block(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"-").or_else(|| line.strip_suffix(b"+")).unwrap_or(line);
    matches!(line, [.., b':', b' ', b'|' | b'>'])
}

/// The name of the XML element whose content begins after the window: what its attribute says where the element is one for
/// anything, else the tag of one with attributes. In a property list the name is an element of its own.
fn tag(window: &[u8]) -> Option<&[u8]> {
    let head = window.trim_ascii_end().strip_suffix(b">")?;
    let open = head.iter().rposition(|b| matches!(b, b'<' | b'>')).filter(|at| head.get(*at) == Some(&b'<'))?;
    let (head, inner) = (head.get(..open)?, head.get(open + 1..)?);
    if inner == b"string" {
        let head = head.trim_ascii_end().strip_suffix(b"</key>")?;
        let name = head.iter().rev().take(LONGEST).take_while(|b| is_name(**b)).count();
        return head.get(head.len() - name..).filter(|name| !name.is_empty());
    }
    let attribute = [&b" name=\""[..], b" key=\"", b" id=\""].iter().find_map(|name| {
        let at = inner.windows(name.len()).position(|w| w == *name)?;
        inner.get(at + name.len()..)
    });
    let (name, ends) = attribute.map_or((inner, b' '), |value| (value, b'"'));
    let length = name.iter().take(LONGEST).take_while(|b| is_name(**b)).count();
    name.get(..length).filter(|word| !word.is_empty() && name.get(length) == Some(&ends))
}

/// The tag of the XML element whose content begins at the end of the text, or in braces there: `<secret>{…`.
fn element(head: &[u8]) -> Option<&[u8]> {
    let head = head.strip_suffix(b"{").unwrap_or(head).strip_suffix(b">")?;
    let name = head.iter().rev().take(LONGEST).take_while(|b| is_name(**b)).count();
    let (open, tag) = head.split_at(head.len() - name);
    (open.ends_with(b"<") && !tag.is_empty()).then_some(tag)
}

fn is_name(byte: u8) -> bool {
    NAME.has(byte)
}

static NAME: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.$");

/// Types that stand between a name and its value in code.
fn is_type(word: &[u8]) -> bool {
    matches!(
        word,
        b"string"
            | b"str"
            | b"String"
            | b"static"
            | b"char"
            | b"any"
            | b"text"
            | b"Text"
            | b"bytes"
            | b"const"
            | b"SecretStr"
            | b"NSString"
    )
}

/// Words between a name and its value in prose.
fn is_filler(word: &[u8]) -> bool {
    matches!(word, b"is" | b"was" | b"are" | b"as" | b"to" | b"the" | b"set")
}

/// Names that leave the naming to a field before them.
fn is_generic(word: &[u8]) -> bool {
    matches!(word, b"value" | b"Value" | b"default" | b"content" | b"data" | b"val")
}
