//! Shell commands: what they do and which hosts they name.
//!
//! In: a command line as an agent hands it to a shell tool. Out: a set of [`Classes`] and destinations. The text is parsed as a
//! POSIX shell would (PowerShell and `cmd` by the names of their programs), never searched. What is known only when it
//! runs counts as the worst that it can be, and a text that does not parse is taken to reach the network and to destroy.

mod classes;
mod compound;
mod hosts;
mod options;
mod parse;
mod programs;
mod words;

use alloc::{string::String, vec::Vec};

pub(super) use classes::Classes;
use parse::{Broken, Simple};
use words::{UNKNOWN, Word};

/// What a text does.
#[derive(Debug, Default)]
pub(super) struct Shell {
    pub(super) classes: Classes,
    /// Hosts and URLs as they are written.
    pub(super) destinations: Vec<String>,
    /// Commands looked at, scripts inside scripts and the guesses at wrapped ones included.
    steps: usize,
}

/// Most commands that are looked at.
const MOST_COMMANDS: usize = 4_096;
/// Deepest nesting of scripts in the words of commands: `bash -c "bash -c …"`.
const DEEPEST: usize = 8;
/// Most destinations that are kept as they are written.
const MOST_DESTINATIONS: usize = 512;

/// Programs that run the command among their words: the short options that take a value, and how many words stand before it.
const WRAPPERS: &[(&str, &str, usize)] = &[
    ("env", "uSC", 0),
    ("sudo", "ugphCDRrtTU", 0),
    ("doas", "uC", 0),
    ("nice", "n", 0),
    ("ionice", "cnp", 0),
    ("timeout", "sk", 1),
    ("stdbuf", "ioe", 0),
    ("xargs", "IndLPsEa", 0),
    ("time", "of", 0),
    ("nohup", "", 0),
    ("setsid", "", 0),
    ("command", "", 0),
    ("builtin", "", 0),
    ("exec", "a", 0),
    ("chroot", "", 1),
    ("watch", "n", 0),
    ("strace", "eopPsE", 0),
    ("flock", "wE", 1),
    ("busybox", "", 0),
    ("toybox", "", 0),
    ("caffeinate", "tw", 0),
    ("unbuffer", "", 0),
    ("parallel", "jSN", 0),
    ("proxychains", "f", 0),
    ("torsocks", "", 0),
    ("then", "", 0),
];

/// Variables by which a command is made to run another.
const TRIGGERS: &str = " PATH LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES GIT_SSH GIT_SSH_COMMAND GIT_EXTERNAL_DIFF \
    PAGER GIT_PAGER MANPAGER EDITOR VISUAL GIT_EDITOR BASH_ENV ENV PROMPT_COMMAND PYTHONSTARTUP PYTHONPATH NODE_OPTIONS PERL5OPT \
    RUBYOPT LESSOPEN SHELL ";

impl Shell {
    /// Adds what a command line does.
    pub(super) fn text(&mut self, text: &str) {
        if self.script(text, 0).is_err() {
            self.add("nd");
        }
    }

    /// Adds what a command does that is given as its words.
    pub(super) fn words(&mut self, words: &[&str]) {
        // How some agents write every command line.
        if let [shell, "-c" | "-lc", script] = words
            && matches!(program_name(shell).as_str(), "sh" | "bash" | "zsh")
        {
            return self.text(script);
        }
        let words: Vec<Word> = words.iter().map(|word| Word::plain(word)).collect();
        words.iter().for_each(|word| self.socket(&word.text));
        if self.program(&words, &[], 0).is_err() {
            self.add("nd");
        }
    }

    fn add(&mut self, letters: &str) {
        self.classes.add(Classes::of_letters(letters));
    }

    fn script(&mut self, text: &str, depth: usize) -> Result<(), Broken> {
        if depth > DEEPEST {
            return Err(Broken);
        }
        for command in parse::parse(text)? {
            self.command(&command, depth)?;
        }
        Ok(())
    }

    fn command(&mut self, command: &Simple, depth: usize) -> Result<(), Broken> {
        for output in &command.outputs {
            self.output(&output.text);
        }
        if !command.inputs.is_empty() {
            self.add("r");
        }
        for word in command.words.iter().chain(&command.inputs).chain(&command.outputs) {
            self.socket(&word.text);
        }
        if command.sets.iter().any(|name| programs::has(TRIGGERS, name.trim_end_matches('+'))) {
            self.add("x");
        }
        if command.data || command.words.is_empty() {
            self.add("r");
            return Ok(());
        }
        self.program(&command.words, &command.texts, depth)
    }

    /// What writing to a file does.
    fn output(&mut self, file: &str) {
        if options::is_device(file) {
            self.add("d");
        } else if !matches!(file, "/dev/null" | "/dev/stdout" | "/dev/stderr" | "/dev/tty" | "NUL" | "$null" | "nul") {
            self.add("w");
        }
    }

    /// `/dev/tcp/host/port` is a connection.
    fn socket(&mut self, word: &str) {
        if let Some(at) = word.find("/dev/tcp/").or_else(|| word.find("/dev/udp/")) {
            self.add("nw");
            let mut parts = word.get(at + 9..).unwrap_or_default().split('/');
            let (host, port) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            self.reach(&[host, ":", port].concat());
        }
    }

    fn reach(&mut self, host: &str) {
        if self.destinations.len() < MOST_DESTINATIONS {
            self.destinations.push(host.into());
        } else {
            // More than anybody means to reach.
            self.add("nd");
        }
    }

    fn program(&mut self, words: &[Word], texts: &[String], depth: usize) -> Result<(), Broken> {
        self.steps += 1;
        let Some((first, rest)) = words.split_first() else { return Ok(()) };
        if depth > DEEPEST || self.steps > MOST_COMMANDS {
            return Err(Broken);
        }
        if first.text.contains(UNKNOWN) {
            // Nobody knows which program this is.
            self.add("rwdnx");
            return Ok(());
        }
        let name = program_name(&first.text);
        let name = name.as_str();
        if let Some((_, valued, operands)) = WRAPPERS.iter().find(|(wrapper, ..)| *wrapper == name) {
            return self.wrapped(name, valued, *operands, rest, depth);
        }
        match name {
            "find" => self.find(rest, depth)?,
            "eval" | "iex" | "invoke-expression" => {
                self.add("xw");
                self.joined(rest, depth)?;
            }
            "su" | "runas" | "trap" => self.option_script(name, rest, texts, depth)?,
            "sh" | "bash" | "zsh" | "dash" | "ksh" | "ash" | "fish" | "csh" | "tcsh" | "pwsh" | "powershell" | "cmd" => {
                return self.option_script(name, rest, texts, depth);
            }
            "ssh" | "mosh" | "autossh" | "rsh" => {
                let operands = options::operands(rest, "BbcDEeFIiJLlmOopQRSWw");
                if operands.len() > 1 {
                    self.joined(operands.get(1..).unwrap_or_default(), depth)?;
                }
            }
            _ => {}
        }
        let classes = options::of(name, rest, texts)
            .or_else(|| programs::suite(name, rest))
            .or_else(|| programs::by_name(name))
            .unwrap_or_else(|| Classes::of_letters("wx"));
        self.classes.add(classes);
        if classes.has(Classes::WRITE) && rest.iter().any(|word| options::is_device(word.text.trim_start_matches("of="))) {
            self.add("d");
        }
        let named = hosts::of(name, rest, &mut |host| self.reach(host));
        if named && !matches!(name, "echo" | "printf" | "grep" | "rg" | "sed" | "cat" | "test" | "[") {
            self.add("n");
        }
        Ok(())
    }

    /// The command among the words of another.
    fn wrapped(&mut self, name: &str, valued: &str, operands: usize, rest: &[Word], depth: usize) -> Result<(), Broken> {
        if matches!(name, "sudo" | "doas" | "chroot") {
            self.add("a");
        }
        let mut command = options::operands_from(rest, valued);
        // `env A=1 cmd`; the value of a long option may stand where the command seems to.
        while let Some((first, more)) = command.split_first()
            && first.assigned().is_some()
        {
            if first.assigned().is_some_and(|variable| programs::has(TRIGGERS, variable)) {
                self.add("x");
            }
            command = more;
        }
        let command = command.get(operands.min(command.len())..).unwrap_or_default();
        let long = rest.len() > command.len()
            && rest.iter().any(|word| word.text.len() > 2 && word.text.starts_with("--") && !word.text.contains('='));
        if rest.iter().any(Word::may_be_anything) && command.is_empty() {
            self.add("rwdnx");
        }
        if let Some(script) = options::value(rest, "-S", "--split-string").filter(|_| name == "env") {
            self.add("x");
            self.script(&script, depth + 1)?;
        }
        if let Some(script) = options::value(rest, "-c", "--command").filter(|_| name == "flock") {
            self.script(&script, depth + 1)?;
        }
        if command.is_empty() {
            self.add("r");
            return Ok(());
        }
        if long {
            self.program(command.get(1..).unwrap_or_default(), &[], depth + 1)?;
        }
        if matches!(name, "xargs" | "parallel") {
            let mut fed = command.to_vec();
            fed.push(Word { text: UNKNOWN.into(), quoted: false });
            return self.program(&fed, &[], depth + 1);
        }
        if name == "watch" {
            return self.joined(command, depth);
        }
        self.program(command, &[], depth + 1)
    }

    /// `find … -exec cmd {} ;`, `-delete`, `-fprint`.
    fn find(&mut self, rest: &[Word], depth: usize) -> Result<(), Broken> {
        let mut words = rest;
        while let Some((word, more)) = words.split_first() {
            words = more;
            match word.text.as_str() {
                "-exec" | "-execdir" | "-ok" | "-okdir" => {
                    let end = more.iter().position(|w| matches!(w.text.as_str(), ";" | "+")).unwrap_or(more.len());
                    self.program(more.get(..end).unwrap_or_default(), &[], depth + 1)?;
                    words = more.get(end..).unwrap_or_default();
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The words as a script: `eval`, `ssh host …`.
    fn joined(&mut self, words: &[Word], depth: usize) -> Result<(), Broken> {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        self.unknown_script(&texts.join(" "), depth)
    }

    fn unknown_script(&mut self, script: &str, depth: usize) -> Result<(), Broken> {
        if script.contains(UNKNOWN) {
            self.add("rwdnx");
        }
        self.script(script, depth + 1)
    }

    /// `bash -c '…'`, a here-document, or what a pipe brings.
    fn option_script(&mut self, name: &str, rest: &[Word], texts: &[String], depth: usize) -> Result<(), Broken> {
        self.add("x");
        let windows = matches!(name, "pwsh" | "powershell" | "cmd");
        let command_option = |word: &&Word| {
            let text = word.text.to_ascii_lowercase();
            match name {
                "trap" => false,
                "cmd" => matches!(text.as_str(), "/c" | "/k"),
                _ if windows => text.len() > 1 && ("-command".starts_with(&text) || "/command".starts_with(&text)),
                _ => text == "--command" || text.starts_with('-') && !text.starts_with("--") && text.contains('c'),
            }
        };
        let at = rest.iter().position(|word| command_option(&word));
        if windows && rest.iter().any(|word| word.text.to_ascii_lowercase().starts_with("-e") && word.text.len() < 16) {
            // An encoded command.
            self.add("rwdnx");
        }
        match at {
            Some(at) if windows => self.joined(rest.get(at + 1..).unwrap_or_default(), depth)?,
            Some(at) => {
                // `-c` may have its script in the next word but one: `bash -c -e '…'`.
                let script = rest.get(at + 1..).unwrap_or_default().iter().find(|word| !word.text.starts_with('-'));
                match script {
                    Some(script) => self.unknown_script(&script.text, depth)?,
                    None => self.add("rwdnx"),
                }
            }
            None if name == "trap" => {
                if let Some(script) = rest.first() {
                    self.unknown_script(&script.text, depth)?;
                }
            }
            None => self.add("w"),
        }
        for text in texts {
            self.script(text, depth + 1)?;
        }
        Ok(())
    }
}

/// The name of a program in lower case; one outside the system's folders is not the program of that name.
fn program_name(word: &str) -> String {
    const FOLDERS: &str = "/bin /usr/bin /usr/local/bin /sbin /usr/sbin /usr/local/sbin /opt/homebrew/bin";
    let name = match word.rsplit_once('/') {
        Some((folder, name)) if FOLDERS.split(' ').any(|known| known == folder) => name,
        _ => word,
    };
    let lower = name.to_ascii_lowercase();
    lower.strip_suffix(".exe").map(Into::into).unwrap_or(lower)
}

#[cfg(test)]
mod tests;
