//! What reads and redacts: the engine, the numbers that were given, and what is known of the response so far.

use alloc::{string::String, vec::Vec};
use core::{borrow::Borrow, ops::Range};

use super::{Redacts, Why};
use crate::{
    engine::{Engine, Leaf},
    finding::{DataClass, Finding, Severity},
    memory::{Fingerprints, Memory},
    redact::{Form, Names, redact_bytes},
    report::{Coverage, Skip},
};

/// How often a redacted text is looked at again until nothing more comes into view.
const MOST_PASSES: usize = 16;
/// How much after a text that was redacted is looked at with it.
const AFTER: usize = 1024;
/// Most values that are told apart by their numbers.
const MOST_VALUES: usize = 100_000;
/// Fingerprints of one response; what comes later leaves those of its findings alone.
const MOST_PRINTS: usize = 8192;

pub(super) struct Pen<E> {
    engine: E,
    names: Names<'static, 'static>,
    content_type: String,
    redacts: Redacts,
    denies_injection: bool,
    findings: Vec<Finding>,
    classes: Vec<DataClass>,
    redacted: usize,
    coverage: Coverage,
    prints: Option<Fingerprints>,
    /// Fingerprints that a memory has by now.
    printed: usize,
}

impl<E: Borrow<Engine>> Pen<E> {
    pub(super) fn new(
        engine: E,
        content_type: String,
        redacts: Redacts,
        denies_injection: bool,
        prints: Option<Fingerprints>,
    ) -> Self {
        Self {
            engine,
            names: Names::default(),
            content_type,
            redacts,
            denies_injection,
            findings: Vec::new(),
            classes: Vec::new(),
            redacted: 0,
            coverage: Coverage::default(),
            prints,
            printed: 0,
        }
    }

    pub(super) fn read(&mut self, bytes: usize) {
        self.coverage.bytes = self.coverage.bytes.saturating_add(bytes);
    }

    /// Names what cannot be read.
    pub(super) fn unread(&mut self, skip: Skip) -> Why {
        if !self.coverage.skipped.contains(&skip) {
            self.coverage.skipped.push(skip);
        }
        Why::Unread(skip)
    }

    pub(super) fn largest_body(&self) -> usize {
        self.engine.borrow().largest_body()
    }

    /// Findings in a piece of plain text that begins at `base`.
    pub(super) fn plain(&mut self, text: &[u8], base: usize) -> Result<Vec<Finding>, Why> {
        let (findings, decoded) = self.engine.borrow().findings_in_piece(text, base);
        if decoded { Ok(findings) } else { Err(self.unread(Skip::DecodingBudget)) }
    }

    /// Findings in a document. Only what is read for the first time leaves fingerprints.
    pub(super) fn document(&mut self, document: &[u8], first: bool) -> Result<Vec<Finding>, Why> {
        let prints = if first && self.has_room() { self.prints.take() } else { None };
        let took = prints.is_some();
        let read = self.engine.borrow().read_document(document, &self.content_type, prints);
        if took {
            self.prints = read.prints;
        }
        if let Some(skip) = read.skipped {
            return Err(self.unread(skip));
        }
        // Where no placeholder can stand, the value cannot be taken out.
        match read.fixed.iter().any(|f| self.wants(f)) {
            true => Err(Why::NotClean),
            false => Ok(read.findings),
        }
    }

    /// Values of a JSON document.
    pub(super) fn leaves(&self, document: &[u8], wanted: &dyn Fn(&str) -> bool) -> Vec<Leaf> {
        self.engine.borrow().leaves(document, wanted)
    }

    /// Whether a finding is replaced.
    pub(super) fn wants(&self, finding: &Finding) -> bool {
        let class = finding.rule.class();
        let wanted = match self.redacts {
            Redacts::Nothing => false,
            Redacts::Sensitive => {
                matches!(class, DataClass::Secrets | DataClass::Phi)
                    || class == DataClass::Pii && finding.rule.severity() == Severity::High
            }
            Redacts::Everything => class != DataClass::Internal,
        };
        wanted && finding.is_active()
    }

    /// Reports what is about to go out.
    pub(super) fn report(&mut self, findings: impl IntoIterator<Item = Finding>) -> Result<(), Why> {
        for finding in findings {
            let class = finding.rule.class();
            if finding.is_active() && !self.classes.contains(&class) {
                self.classes.push(class);
                self.classes.sort_unstable();
            }
            let denied = self.denies_injection && class == DataClass::Injection && finding.is_active();
            self.redacted += usize::from(self.wants(&finding));
            self.findings.push(finding);
            if denied {
                return Err(Why::Injection);
            }
        }
        Ok(())
    }

    /// A text with findings replaced; their spans count in it. What comes into view between `before` and `after` goes as well.
    pub(super) fn write(&mut self, before: &[u8], text: &[u8], after: &[u8], chosen: Vec<Finding>) -> Result<Vec<u8>, Why> {
        let Some(mut made) = self.replace(text, chosen, Form::Configured)? else { return Ok(text.to_vec()) };
        let after = after.get(..after.len().min(AFTER)).unwrap_or_default();
        for _ in 0..MOST_PASSES {
            let end = before.len() + made.len();
            let mut again = self.plain(&[before, &made, after].concat(), 0)?;
            again.retain(|f| f.span.end > before.len() && f.span.start < end && f.span.end <= end && self.wants(f));
            again.iter_mut().for_each(|f| shift(f, before.len(), made.len()));
            match self.replace(&made, again, Form::Placeholders)? {
                Some(next) => made = next,
                None => return Ok(made),
            }
        }
        Err(Why::NotClean)
    }

    /// A document with findings replaced, the others reported; `at` is where it begins in the response.
    pub(super) fn write_document(&mut self, document: &[u8], at: usize, findings: Vec<Finding>) -> Result<Vec<u8>, Why> {
        let chosen: Vec<Finding> = findings.iter().filter(|f| self.wants(f)).cloned().collect();
        self.report(findings.into_iter().map(|f| Finding { span: f.span.start + at..f.span.end + at, ..f }))?;
        let Some(mut made) = self.replace(document, chosen, Form::Configured)? else { return Ok(document.to_vec()) };
        for _ in 0..MOST_PASSES {
            let mut again = self.document(&made, false)?;
            again.retain(|f| self.wants(f));
            match self.replace(&made, again, Form::Placeholders)? {
                Some(next) => made = next,
                None => return Ok(made),
            }
        }
        Err(Why::NotClean)
    }

    /// `None` when there is nothing to replace.
    pub(super) fn replace(&mut self, text: &[u8], chosen: Vec<Finding>, form: Form) -> Result<Option<Vec<u8>>, Why> {
        if chosen.is_empty() {
            return Ok(None);
        }
        let made = redact_bytes(text, &chosen, form, &mut self.names);
        match self.names.len() > MOST_VALUES {
            true => Err(self.unread(Skip::TooManyFindings)),
            false => Ok(Some(made)),
        }
    }

    /// Text that a later call may carry away.
    pub(super) fn print(&mut self, text: &[u8]) {
        let room = self.has_room();
        if let Some(prints) = self.prints.as_mut().filter(|_| room) {
            prints.add_text(text);
        }
    }

    /// A value that a later call may carry away.
    pub(super) fn print_value(&mut self, finding: &Finding, text: &[u8]) {
        let sensitive = matches!(finding.rule.class(), DataClass::Secrets | DataClass::Pii | DataClass::Phi);
        if let Some(prints) = self.prints.as_mut().filter(|_| sensitive && !finding.placeholder) {
            prints.add_value(text);
        }
    }

    fn has_room(&self) -> bool {
        self.printed + self.prints.as_ref().map_or(0, Fingerprints::len) < MOST_PRINTS
    }

    pub(super) fn taint(&mut self, memory: &mut Memory, trace: &str, time_ms: u64) {
        let sensitive = self.classes.iter().any(|class| *class != DataClass::Injection);
        let waiting = self.prints.as_ref().is_some_and(|prints| prints.len() > 0);
        if sensitive
            && waiting
            && let Some(prints) = self.prints.replace(memory.fingerprints())
        {
            self.printed += prints.len();
            memory.taint(trace, prints, time_ms);
        }
    }

    pub(super) fn take_findings(&mut self) -> Vec<Finding> {
        core::mem::take(&mut self.findings)
    }

    pub(super) fn classes(&self) -> &[DataClass] {
        &self.classes
    }

    pub(super) fn redacted(&self) -> usize {
        self.redacted
    }

    pub(super) fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

/// Counts a span from another place on, within so many bytes.
pub(super) fn shift(finding: &mut Finding, by: usize, most: usize) {
    let Range { start, end } = finding.span;
    finding.span = start.saturating_sub(by).min(most)..end.saturating_sub(by).min(most);
}
