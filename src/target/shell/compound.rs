//! Compound commands: subshells, arithmetic, `case`, `[[ … ]]`, and lists of words.

use super::parse::{Broken, End, Parser, Simple};

impl Parser<'_, '_> {
    /// A subshell, arithmetic, or the parentheses after a function's name.
    pub(super) fn parenthesis(&mut self, now: &mut Simple) -> Result<(), Broken> {
        let counts = now.data || now.words.is_empty();
        if counts && self.arithmetic("((") {
            return Ok(());
        }
        self.at += 1;
        match now.words.as_slice() {
            [] => self.group(),
            [_] => {
                self.blanks();
                now.words.clear();
                if self.eat(")") { Ok(()) } else { Err(Broken) }
            }
            _ => Err(Broken),
        }
    }

    /// Passes over `((…))`; what holds a substitution or another command is none.
    pub(super) fn arithmetic(&mut self, open: &str) -> bool {
        let Some(inside) = self.rest().strip_prefix(open) else { return false };
        let mut depth = 0_usize;
        for (at, byte) in inside.bytes().enumerate().take(4_096) {
            match byte {
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                b')' => {
                    let closes = inside.get(at + 1..).is_some_and(|rest| rest.starts_with(')'));
                    self.at += if closes { open.len() + at + 2 } else { 0 };
                    return closes;
                }
                b'`' | b'\n' | b'"' | b'\'' => return false,
                b'$' if inside.get(at + 1..).is_some_and(|rest| rest.starts_with('(')) => return false,
                _ => {}
            }
        }
        false
    }

    /// The words of `name=( … )`.
    pub(super) fn array(&mut self) -> Result<(), Broken> {
        loop {
            self.blanks();
            match self.peek() {
                None => return Err(Broken),
                Some('\n') => self.at += 1,
                Some(')') => {
                    self.at += 1;
                    return Ok(());
                }
                Some('(' | '<' | '>' | '&' | '|' | ';') => return Err(Broken),
                Some(_) => self.word().map(|_| ())?,
            }
        }
    }

    /// `case word in pattern) list ;; … esac`, from behind its first word.
    pub(super) fn case(&mut self) -> Result<(), Broken> {
        self.blanks();
        self.word()?;
        self.spaces();
        if self.word()?.text != "in" {
            return Err(Broken);
        }
        loop {
            self.spaces();
            self.eat("(");
            let first = self.word()?;
            if !first.quoted && first.text == "esac" {
                return Ok(());
            }
            loop {
                self.blanks();
                if self.eat(")") {
                    break;
                }
                if !self.eat("|") {
                    return Err(Broken);
                }
                self.blanks();
                self.word()?;
            }
            let before = self.at;
            self.list(End::Branch)?;
            let read = self.text.get(before..self.at).unwrap_or_default();
            if read.ends_with("esac") {
                return Ok(());
            }
        }
    }

    /// Blanks and line ends.
    fn spaces(&mut self) {
        self.blanks();
        while self.peek() == Some('\n') {
            self.at += 1;
            self.blanks();
        }
    }

    /// `[[ … ]]`: its operators are no redirections.
    pub(super) fn test(&mut self) -> Result<(), Broken> {
        loop {
            self.spaces();
            match self.peek() {
                None | Some(';') => return Err(Broken),
                Some('(' | ')' | '&' | '|' | '<' | '>') => self.at += 1,
                Some(_) => {
                    if self.word()?.text == "]]" {
                        return Ok(());
                    }
                }
            }
        }
    }
}
