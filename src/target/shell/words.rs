//! Words of a shell text: quotes, escapes and expansions undone as far as they can be without running anything.

use alloc::string::String;

use super::parse::{Broken, Parser};

/// Stands in a word where only the shell would know the text: variables, substitutions, arithmetic.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A word. Braces and globs are left as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) text: String,
    /// Whether any of it was quoted.
    pub(super) quoted: bool,
}

impl Word {
    /// A word that was not read but made.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.into(), quoted: false }
    }

    /// Whether it begins with what nobody knows, and so may be an option, or several words.
    pub(super) fn may_be_anything(&self) -> bool {
        !self.quoted && self.text.starts_with(UNKNOWN)
    }

    /// The name that `NAME=value` sets.
    pub(super) fn assigned(&self) -> Option<&str> {
        let (name, _) = self.text.split_once('=')?;
        let name_only = name.strip_suffix('+').unwrap_or(name);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let begins = name_only.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
        (begins && name_only.bytes().all(plain)).then_some(name)
    }
}

/// Whether a word goes on behind an expansion.
#[derive(PartialEq, Eq)]
enum After {
    Goes,
    /// `$IFS` is a blank.
    Ends,
}

impl Parser<'_, '_> {
    /// The word that stands here. It is empty only where an expansion is, or quotes are.
    pub(super) fn word(&mut self) -> Result<Word, Broken> {
        let mut word = Word::default();
        let start = self.at;
        loop {
            match self.peek() {
                None | Some(' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '(' | ')') => break,
                Some('<' | '>') => {
                    if !self.rest().get(1..).is_some_and(|rest| rest.starts_with('(')) {
                        break;
                    }
                    self.at += 2;
                    self.group()?;
                    word.text.push(UNKNOWN);
                }
                Some('\\') => {
                    self.at += 1;
                    match self.bump() {
                        None => return Err(Broken),
                        Some('\n') => {}
                        Some(escaped) => {
                            word.text.push(escaped);
                            word.quoted = true;
                        }
                    }
                }
                Some('\'') => {
                    self.at += 1;
                    let length = self.rest().find('\'').ok_or(Broken)?;
                    word.text.push_str(self.rest().get(..length).unwrap_or_default());
                    self.at += length + 1;
                    word.quoted = true;
                }
                Some('"') => {
                    self.at += 1;
                    self.quoted(&mut word)?;
                }
                Some('$') => {
                    if self.dollar(&mut word, false)? == After::Ends && !word.text.is_empty() {
                        break;
                    }
                }
                Some('`') => self.backticks(&mut word)?,
                Some(plain) => {
                    word.text.push(plain);
                    self.at += plain.len_utf8();
                }
            }
        }
        // Whoever asks for a word stands before one.
        if self.at == start { Err(Broken) } else { Ok(word) }
    }

    /// Up to the closing double quote.
    fn quoted(&mut self, word: &mut Word) -> Result<(), Broken> {
        word.quoted = true;
        self.deeper()?;
        loop {
            match self.peek().ok_or(Broken)? {
                '"' => {
                    self.at += 1;
                    self.depth -= 1;
                    return Ok(());
                }
                '\\' => {
                    self.at += 1;
                    match self.bump().ok_or(Broken)? {
                        '\n' => {}
                        special @ ('$' | '`' | '"' | '\\') => word.text.push(special),
                        other => word.text.extend(['\\', other]),
                    }
                }
                '$' => self.dollar(word, true).map(|_| ())?,
                '`' => self.backticks(word)?,
                plain => {
                    word.text.push(plain);
                    self.at += plain.len_utf8();
                }
            }
        }
    }

    /// The substitutions of a here-document.
    pub(super) fn substitutions(&mut self) -> Result<(), Broken> {
        let mut passed = Word::default();
        while let Some(at) = self.rest().find(['$', '`', '\\']) {
            self.at += at;
            match self.peek() {
                Some('$') => self.dollar(&mut passed, true).map(|_| ())?,
                Some('`') => self.backticks(&mut passed)?,
                _ => {
                    self.at += 1;
                    self.bump();
                }
            }
            passed.text.clear();
        }
        Ok(())
    }

    fn dollar(&mut self, word: &mut Word, in_quotes: bool) -> Result<After, Broken> {
        if self.arithmetic("$((") {
            word.text.push(UNKNOWN);
            return Ok(After::Goes);
        }
        self.at += 1;
        let name = match self.peek() {
            Some('\'') if !in_quotes => {
                self.at += 1;
                self.escaped(word)?;
                return Ok(After::Goes);
            }
            Some('"') if !in_quotes => {
                self.at += 1;
                self.quoted(word)?;
                return Ok(After::Goes);
            }
            Some('(') => {
                self.at += 1;
                self.group()?;
                ""
            }
            Some('{') => {
                self.at += 1;
                let start = self.at;
                self.braces()?;
                self.text.get(start..self.at.saturating_sub(1)).unwrap_or_default()
            }
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let rest = self.rest();
                let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
                self.at += length;
                rest.get(..length).unwrap_or_default()
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!' | '0'..='9') => {
                self.at += 1;
                ""
            }
            _ => {
                word.text.push('$');
                return Ok(After::Goes);
            }
        };
        if name == "IFS" && !in_quotes {
            return Ok(After::Ends);
        }
        word.text.push(UNKNOWN);
        Ok(After::Goes)
    }

    /// Up to the brace that closes `${`.
    fn braces(&mut self) -> Result<(), Broken> {
        let mut passed = Word::default();
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(Broken)? {
                '}' if depth == 0 => {
                    self.at += 1;
                    return Ok(());
                }
                '}' => {
                    self.at += 1;
                    depth -= 1;
                }
                '$' if self.rest().starts_with("${") => {
                    self.at += 2;
                    depth += 1;
                }
                '$' => self.dollar(&mut passed, true).map(|_| ())?,
                '`' => self.backticks(&mut passed)?,
                '\\' => {
                    self.at += 1;
                    self.bump();
                }
                '\'' => {
                    self.at += 1;
                    self.at += self.rest().find('\'').ok_or(Broken)? + 1;
                }
                '"' => {
                    self.at += 1;
                    self.quoted(&mut passed)?;
                }
                other => self.at += other.len_utf8(),
            }
            passed.text.clear();
        }
    }

    /// Commands between backticks.
    fn backticks(&mut self, word: &mut Word) -> Result<(), Broken> {
        self.at += 1;
        let mut inside = String::new();
        loop {
            match self.bump().ok_or(Broken)? {
                '`' => break,
                '\\' => match self.bump().ok_or(Broken)? {
                    special @ ('`' | '\\' | '$') => inside.push(special),
                    other => inside.extend(['\\', other]),
                },
                plain => inside.push(plain),
            }
        }
        word.text.push(UNKNOWN);
        self.within(&inside, &|parser| parser.whole())
    }

    /// `$'…'`, up to its closing quote.
    fn escaped(&mut self, word: &mut Word) -> Result<(), Broken> {
        word.quoted = true;
        loop {
            let character = match self.bump().ok_or(Broken)? {
                '\'' => return Ok(()),
                '\\' => match self.bump().ok_or(Broken)? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'a' | 'b' | 'f' | 'v' | 'e' | 'E' => ' ',
                    'c' => {
                        self.bump();
                        ' '
                    }
                    'x' => self.number(16, 2, 0),
                    'u' => self.number(16, 4, 0),
                    'U' => self.number(16, 8, 0),
                    digit @ '0'..='7' => self.number(8, 2, digit.to_digit(8).unwrap_or_default()),
                    other => other,
                },
                plain => plain,
            };
            word.text.push(character);
        }
    }

    /// A character by its number, of at most so many digits.
    fn number(&mut self, radix: u32, most: usize, mut value: u32) -> char {
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(radix)) else { break };
            value = value.saturating_mul(radix).saturating_add(digit);
            self.at += 1;
        }
        char::from_u32(value).unwrap_or(UNKNOWN)
    }
}
