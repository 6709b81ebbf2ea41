//! A shell text as simple commands: lists, pipes, subshells, compound commands, redirections and here-documents.
//!
//! What matters is which programs run with which words, so the structure around them is passed over: a branch that is never
//! taken counts like one that is. Substitutions, wherever they stand, are commands of their own.

use alloc::{string::String, vec::Vec};

use super::words::Word;

/// Longest text that is read, in bytes.
const LONGEST: usize = 256 * 1024;
/// Most words of a text, those of its substitutions included.
const MOST_WORDS: usize = 20_000;
/// Deepest nesting of subshells, substitutions and quotes.
const DEEPEST: usize = 24;

/// The text is no shell text, or more than is read.
#[derive(Debug)]
pub(super) struct Broken;

/// One program with its words.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) words: Vec<Word>,
    /// Files that output goes to.
    pub(super) outputs: Vec<Word>,
    /// Files that input comes from.
    pub(super) inputs: Vec<Word>,
    /// Here-documents and here-strings.
    pub(super) texts: Vec<String>,
    /// Whether a pipe feeds it.
    pub(super) piped: bool,
    /// Names of the variables set for it.
    pub(super) sets: Vec<String>,
    /// A list of words that is no command: `for x in a b`.
    pub(super) data: bool,
}

/// A here-document whose lines are still to come.
struct Awaited {
    end: String,
    literal: bool,
    tabs: bool,
    /// Nesting at which it was asked for, and the command, once that has ended.
    level: usize,
    owner: Option<usize>,
}

/// What ends a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Text,
    Parenthesis,
    /// `;;` or `esac`.
    Branch,
}

pub(super) struct Parser<'t, 'o> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) depth: usize,
    awaited: Vec<Awaited>,
    found: &'o mut Found,
}

/// The commands of a text, in the order in which they end.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) commands: Vec<Simple>,
    words: usize,
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Result<Vec<Simple>, Broken> {
    let mut found = Found::default();
    if text.len() > LONGEST {
        return Err(Broken);
    }
    Parser { text, at: 0, depth: 0, awaited: Vec::new(), found: &mut found }.list(End::Text)?;
    Ok(found.commands)
}

impl<'t> Parser<'t, '_> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes over a text that stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        self.at += if there { text.len() } else { 0 };
        there
    }

    /// A text inside this one: what stands between backticks, a here-document.
    pub(super) fn within(&mut self, text: &str, read: &dyn Fn(&mut Parser<'_, '_>) -> Result<(), Broken>) -> Result<(), Broken> {
        self.deeper()?;
        read(&mut Parser { text, at: 0, depth: self.depth, awaited: Vec::new(), found: &mut *self.found })?;
        self.depth -= 1;
        Ok(())
    }

    /// One level more of what can stand inside itself.
    pub(super) fn deeper(&mut self) -> Result<(), Broken> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(Broken) } else { Ok(()) }
    }

    pub(super) fn whole(&mut self) -> Result<(), Broken> {
        self.list(End::Text)
    }

    /// The commands up to the parenthesis that closes here.
    pub(super) fn group(&mut self) -> Result<(), Broken> {
        self.list(End::Parenthesis)
    }

    pub(super) fn list(&mut self, end: End) -> Result<(), Broken> {
        self.deeper()?;
        let mut now = Simple::default();
        loop {
            self.blanks();
            match self.peek() {
                None => {
                    self.finish(&mut now, false);
                    self.here_documents()?;
                    if end != End::Text {
                        return Err(Broken);
                    }
                    break;
                }
                Some('\n') => {
                    self.at += 1;
                    self.finish(&mut now, false);
                    self.here_documents()?;
                }
                Some('#') => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                Some(';') => {
                    self.at += 1;
                    self.finish(&mut now, false);
                    if self.eat(";") || self.eat("&") {
                        self.eat("&");
                        if end != End::Branch {
                            return Err(Broken);
                        }
                        break;
                    }
                }
                Some('&') => {
                    self.at += 1;
                    if self.peek() == Some('>') {
                        self.redirection(&mut now)?;
                    } else {
                        self.eat("&");
                        self.finish(&mut now, false);
                    }
                }
                Some('|') => {
                    self.at += 1;
                    let either = self.eat("|");
                    self.eat("&");
                    self.finish(&mut now, !either);
                }
                Some('(') => self.parenthesis(&mut now)?,
                Some(')') => {
                    self.at += 1;
                    self.finish(&mut now, false);
                    if end != End::Parenthesis {
                        return Err(Broken);
                    }
                    break;
                }
                Some('<' | '>') if !self.rest().get(1..).is_some_and(|rest| rest.starts_with('(')) => {
                    self.redirection(&mut now)?;
                }
                Some(_) => {
                    if self.token(&mut now, end)? {
                        break;
                    }
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Spaces and lines that go on.
    pub(super) fn blanks(&mut self) {
        while self.eat("\\\n") || self.eat("\\\r\n") || matches!(self.peek(), Some(' ' | '\t' | '\r')) && self.bump().is_some() {}
    }

    /// Ends the command; the next one is fed by it when a pipe follows.
    fn finish(&mut self, now: &mut Simple, pipes: bool) {
        let done = core::mem::replace(now, Simple { piped: pipes, ..Simple::default() });
        let says_something =
            !done.words.is_empty() || !done.outputs.is_empty() || !done.inputs.is_empty() || !done.sets.is_empty();
        let awaits = self.awaited.iter().any(|a| a.level == self.depth && a.owner.is_none());
        if !says_something && !awaits {
            // A line that ends in a pipe goes on in the next one.
            now.piped |= done.piped;
            return;
        }
        for awaited in self.awaited.iter_mut().filter(|a| a.level == self.depth && a.owner.is_none()) {
            awaited.owner = Some(self.found.commands.len());
        }
        self.found.commands.push(done);
    }

    /// A word, where it may begin a command, an assignment or a compound command. Whether it ends the list.
    fn token(&mut self, now: &mut Simple, end: End) -> Result<bool, Broken> {
        let word = self.word()?;
        self.found.words += 1;
        if self.found.words > MOST_WORDS {
            return Err(Broken);
        }
        let digits = !word.quoted && !word.text.is_empty() && word.text.bytes().all(|b| b.is_ascii_digit());
        if digits && matches!(self.peek(), Some('<' | '>')) {
            self.redirection(now)?;
            return Ok(false);
        }
        if !now.words.is_empty() {
            now.words.push(word);
            return Ok(false);
        }
        if !word.quoted {
            match word.text.as_str() {
                "if" | "then" | "elif" | "else" | "fi" | "while" | "until" | "do" | "done" | "!" | "{" | "}" | "coproc"
                | "time" => return Ok(false),
                "esac" if end == End::Branch => return Ok(true),
                "for" | "select" => now.data = true,
                "case" => return self.case().map(|()| false),
                "[[" => {
                    self.test()?;
                    return Ok(false);
                }
                "function" => {
                    self.blanks();
                    self.word()?;
                    self.blanks();
                    self.eat("()");
                    return Ok(false);
                }
                _ => {}
            }
        }
        if let Some(name) = word.assigned() {
            let list = word.text.len() == name.len() + 1 && self.eat("(");
            now.sets.push(name.into());
            if list {
                self.array()?;
            }
            return Ok(false);
        }
        now.words.push(word);
        Ok(false)
    }

    fn redirection(&mut self, now: &mut Simple) -> Result<(), Broken> {
        let operators = ["<<<", "<<-", "<<", "<&", "<>", "<", "&>>", ">>", ">&", ">|", ">"];
        let operator = operators.into_iter().find(|operator| self.eat(operator)).ok_or(Broken)?;
        self.blanks();
        if matches!(self.peek(), None | Some('\n' | ';' | '&' | '|' | '(' | ')')) {
            return Err(Broken);
        }
        let word = self.word()?;
        match operator {
            "<<<" => now.texts.push(word.text),
            "<<" | "<<-" => {
                let tabs = operator == "<<-";
                self.awaited.push(Awaited { end: word.text, literal: word.quoted, tabs, level: self.depth, owner: None });
            }
            "<&" | ">&" if word.text.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {}
            "<" | "<&" => now.inputs.push(word),
            "<>" => {
                now.inputs.push(word.clone());
                now.outputs.push(word);
            }
            _ => now.outputs.push(word),
        }
        Ok(())
    }

    /// The lines of the here-documents that were asked for on the line that has ended.
    fn here_documents(&mut self) -> Result<(), Broken> {
        for awaited in core::mem::take(&mut self.awaited) {
            if awaited.level > self.depth || awaited.owner.is_none() {
                self.awaited.push(awaited);
                continue;
            }
            let mut body = String::new();
            while !self.rest().is_empty() {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                self.at += line.len();
                let line = if awaited.tabs { line.trim_start_matches('\t') } else { line };
                if line.trim_end_matches(['\n', '\r']) == awaited.end {
                    break;
                }
                body.push_str(line);
            }
            if !awaited.literal {
                self.within(&body, &|parser| parser.substitutions())?;
            }
            if let Some(command) = awaited.owner.and_then(|owner| self.found.commands.get_mut(owner)) {
                command.texts.push(body);
            }
        }
        Ok(())
    }
}
