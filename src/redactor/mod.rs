//! Redaction of a response that arrives in pieces.
//!
//! What goes out depends on the text alone and never on how it was cut: decisions are made at places that the text fixes (a
//! growing number of bytes, the end of a record, the end of a document), so every way of cutting it gives the same bytes.
//! What may still begin or grow into a finding is held, and what is given is looked at once more.

mod deltas;
mod hold;
mod pen;
mod record;
mod records;
mod text;

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::{borrow::Borrow, fmt};

use crate::{
    engine::Engine,
    finding::{DataClass, Finding},
    memory::Memory,
    report::{Coverage, Skip},
};
use pen::Pen;
use records::{Framing, Records};
use text::Text;

/// How a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Text of any length.
    Text,
    /// `text/event-stream`: event by event.
    Events,
    /// One JSON document a line.
    Lines,
    /// A document that is read as a whole, up to the engine's largest body.
    Document,
}

/// What is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Redacts {
    /// Nothing: findings are reported.
    Nothing,
    /// What a call must not carry by default: secrets, personal data of high risk, health data.
    #[default]
    Sensitive,
    /// Personal data of low risk as well, and orders to the agent.
    Everything,
}

/// How to redact a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactorOptions {
    /// How it is read.
    pub reading: Reading,
    /// Its content type; empty for none.
    pub content_type: String,
    /// What is replaced.
    pub redacts: Redacts,
    /// Whether orders to the agent end the response.
    pub denies_injection: bool,
    /// Whether values are looked for whose pieces come in several events.
    pub joins: bool,
}

impl Default for RedactorOptions {
    fn default() -> Self {
        Self {
            reading: Reading::Text,
            content_type: String::new(),
            redacts: Redacts::default(),
            denies_injection: false,
            joins: true,
        }
    }
}

/// Why the rest of a response does not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withheld(Why);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Injection,
    NotClean,
    Unread(Skip),
}

impl Withheld {
    /// A stable name: `injection`, `redaction_failed`, or that of what could not be read, as in a coverage.
    pub fn as_str(&self) -> &'static str {
        match self.0 {
            Why::Injection => "injection",
            Why::NotClean => "redaction_failed",
            Why::Unread(skip) => skip.as_str(),
        }
    }
}

/// What may go out by now.
#[derive(Clone, Default)]
pub struct Given {
    /// The next bytes, redacted.
    pub bytes: Vec<u8>,
    /// What was found in what they stand for; places count from the beginning of the response.
    pub findings: Vec<Finding>,
}

// INVARIANT(I6): no payload in Debug.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").field("findings", &self.findings.len()).finish_non_exhaustive()
    }
}

/// Redacts a response that comes in pieces.
///
/// ```
/// use interven::{Engine, Options, Redactor, RedactorOptions};
///
/// let engine = Engine::new(Options::default()).unwrap();
/// let mut redactor = Redactor::new(&engine, RedactorOptions::default(), None);
/// let mut out = redactor.push(b"ssn 536-22").unwrap().bytes;
/// out.extend(redactor.push(b"-8145").unwrap().bytes);
/// out.extend(redactor.finish().unwrap().bytes);
/// assert_eq!(out, b"ssn [US_SSN:1]");
/// ```
pub struct Redactor<E> {
    pen: Pen<E>,
    reader: Reader,
    joins: bool,
    stopped: Option<Withheld>,
    fingerprint: Option<String>,
}

/// Longest response: places must fit into the machine's words, 4 GiB where those have 32 bits.
const LONGEST: usize = usize::MAX / 2;

enum Reader {
    Text(Text),
    Records(Records),
    /// What came, and whether that is all.
    Document(Vec<u8>, bool),
}

impl<E: Borrow<Engine>> Redactor<E> {
    /// A redactor at the beginning of a response. With a memory, [`taint`](Self::taint) has something to leave in it.
    pub fn new(engine: E, options: RedactorOptions, memory: Option<&Memory>) -> Self {
        let RedactorOptions { reading, content_type, redacts, denies_injection, joins } = options;
        let pen = Pen::new(engine, content_type, redacts, denies_injection, memory.map(Memory::fingerprints));
        let reader = match reading {
            Reading::Text => Reader::Text(Text::default()),
            Reading::Events => Reader::Records(Records::new(Framing::Events)),
            Reading::Lines => Reader::Records(Records::new(Framing::Lines)),
            Reading::Document => Reader::Document(Vec::new(), false),
        };
        Self { pen, reader, joins, stopped: None, fingerprint: None }
    }

    /// Takes the next piece, and gives what may go out. Look at [`withheld`](Self::withheld) as well: what stands before
    /// something that must not go out is still given.
    ///
    /// # Errors
    /// [`Withheld`] when nothing more may; so it is from then on.
    pub fn push(&mut self, piece: &[u8]) -> Result<Given, Withheld> {
        self.run(piece, false)
    }

    /// Ends the response, and gives what was held; [`withheld`](Self::withheld) says whether that was all.
    ///
    /// # Errors
    /// [`Withheld`] when what was held must not go out.
    pub fn finish(&mut self) -> Result<Given, Withheld> {
        self.run(&[], true)
    }

    fn run(&mut self, piece: &[u8], ends: bool) -> Result<Given, Withheld> {
        if let Some(withheld) = self.stopped {
            return Err(withheld);
        }
        self.pen.read(piece.len());
        if self.pen.coverage().bytes > LONGEST {
            let withheld = Withheld(self.pen.unread(Skip::BodyTooLarge));
            self.stopped = Some(withheld);
            return Err(withheld);
        }
        let mut out = Vec::new();
        let done = match &mut self.reader {
            Reader::Text(text) => text.push(&mut self.pen, piece, ends, &mut out),
            Reader::Records(records) => records.push(&mut self.pen, piece, ends, self.joins, &mut out),
            Reader::Document(held, done) => {
                *done = ends;
                document(&mut self.pen, held, piece, ends, &mut out)
            }
        };
        self.stopped = done.err().map(Withheld);
        match self.stopped {
            // However the response was cut, what stands before that goes out.
            Some(withheld) if out.is_empty() => Err(withheld),
            _ => Ok(Given { bytes: out, findings: self.pen.take_findings() }),
        }
    }

    /// Why nothing more goes out, when that is so.
    pub fn withheld(&self) -> Option<Withheld> {
        self.stopped
    }

    /// What was found in something that was withheld, or has not been given yet.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        self.pen.take_findings()
    }

    /// Leaves in a memory what is not there yet: fingerprints of what was read, once anything sensitive was.
    pub fn taint(&mut self, memory: &mut Memory, trace: &str, time_ms: u64) {
        if let Reader::Document(document, true) = &self.reader {
            self.fingerprint = Some(memory.content_fingerprint(document));
        }
        self.pen.taint(memory, trace, time_ms);
    }

    /// A keyed fingerprint of a whole document, for comparing, once it was left in a memory.
    pub fn fingerprint(&self) -> Option<&str> {
        self.fingerprint.as_deref()
    }

    /// Classes of what was found so far.
    pub fn classifications(&self) -> Vec<DataClass> {
        self.pen.classes().to_owned()
    }

    /// How many values were replaced so far.
    pub fn redacted(&self) -> usize {
        self.pen.redacted()
    }

    /// What was read so far.
    pub fn coverage(&self) -> &Coverage {
        self.pen.coverage()
    }
}

/// Holds a document until its end.
fn document<E: Borrow<Engine>>(
    pen: &mut Pen<E>,
    held: &mut Vec<u8>,
    piece: &[u8],
    ends: bool,
    out: &mut Vec<u8>,
) -> Result<(), Why> {
    if held.len() + piece.len() > pen.largest_body() {
        held.clear();
        return Err(pen.unread(Skip::BodyTooLarge));
    }
    held.extend_from_slice(piece);
    if ends {
        let found = pen.document(held, true)?;
        out.extend(pen.write_document(held, 0, found)?);
    }
    Ok(())
}

impl<E> fmt::Debug for Redactor<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("stopped", &self.stopped).finish_non_exhaustive()
    }
}
