//! Redaction: byte ranges of the wire are replaced. What is outside the ranges is untouched.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};
use core::ops::Range;

use crate::{
    detect::RuleRef,
    engine::Engine,
    finding::{DataClass, Finding, Part, Writing, identity},
    options::{Operator, Options},
    placeholder,
    replacement::Replacement,
    request::{Header, Request},
    secret::Sensitive,
    sort::sort,
    vault::Recording,
};

/// In what form findings are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As the options say.
    Configured,
    /// By typed placeholders, whatever the options say.
    Placeholders,
}

/// Replaces the findings at the given indexes. Same text, same number, within one request.
pub(crate) fn redact(request: &Request, findings: &[Finding], indexes: &BTreeSet<usize>, form: Form) -> Request {
    redact_parts(request, findings, indexes, form, &mut Names::default())
}

/// The same, and what each placeholder stands for, in order.
pub(crate) fn redact_noting(
    request: &Request,
    findings: &[Finding],
    indexes: &BTreeSet<usize>,
    form: Form,
    given: &mut Vec<Given>,
) -> Request {
    redact_parts(request, findings, indexes, form, &mut Names { given: Some(given), ..Names::default() })
}

/// A placeholder, and what it stands for.
#[derive(Debug)]
pub(crate) struct Given {
    /// `[EMAIL:1]`, as it is without any encoding.
    pub(crate) placeholder: String,
    pub(crate) class: DataClass,
    pub(crate) identity: u64,
    pub(crate) part: Part,
    /// Where it stood.
    pub(crate) range: Range<usize>,
    /// What stands there now, quotes and percent-encoding included.
    pub(crate) written: Vec<u8>,
}

fn redact_parts(
    request: &Request,
    findings: &[Finding],
    indexes: &BTreeSet<usize>,
    form: Form,
    names: &mut Names<'_, '_>,
) -> Request {
    let chosen: Vec<&Finding> = indexes.iter().filter_map(|i| findings.get(*i)).collect();
    let mut part = |part: Part, bytes: &[u8]| replace(bytes, part, &spans(&chosen, part, bytes, form), names);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let url = text(part(Part::Url, request.url.expose().as_bytes()));
    let headers = request.headers.iter().enumerate().map(|(index, header)| {
        let value = text(part(Part::Header(index), header.value.expose().as_bytes()));
        Header { name: header.name.clone(), value: Sensitive::new(value) }
    });
    let headers = headers.collect();
    let body = Sensitive::new(part(Part::Body, request.body.expose()));
    Request { method: request.method.clone(), url: Sensitive::new(url), headers, body }
}

/// A text with the findings at the given indexes replaced. Numbers go on from those that `names` has given.
pub(crate) fn redact_body(
    text: &Request,
    findings: &[Finding],
    indexes: &BTreeSet<usize>,
    form: Form,
    names: &mut Names<'_, '_>,
) -> String {
    let bytes = redact_parts(text, findings, indexes, form, names).body.into_inner();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Bytes with findings replaced, whose spans count in them. Numbers go on from those that `names` has given.
pub(crate) fn redact_bytes(bytes: &[u8], findings: &[Finding], form: Form, names: &mut Names<'_, '_>) -> Vec<u8> {
    let chosen: Vec<&Finding> = findings.iter().collect();
    replace(bytes, Part::Body, &spans(&chosen, Part::Body, bytes, form), names)
}

/// Findings of one part, with those that overlap joined as a redaction joins them.
pub(crate) fn joined(findings: &[Finding]) -> Vec<Finding> {
    let Some(first) = findings.first() else { return Vec::new() };
    let chosen: Vec<&Finding> = findings.iter().collect();
    let as_finding = |span: Span<'_>| Finding {
        rule: span.rule.clone(),
        span: span.range,
        identity: span.identity,
        writing: span.writing,
        replacement: span.replacement.clone(),
        ..first.clone()
    };
    spans(&chosen, Part::Body, &[], Form::Configured).into_iter().map(as_finding).collect()
}

/// Redacts every secret, all personal data, and orders to an agent in a text, low risk included. Any other text comes back as it was.
///
/// ```
/// let text = interven::redact_text("mail jo.doe@corp-mail.com, ssn 536-22-8145");
/// assert_eq!(text, "mail [EMAIL:1], ssn [US_SSN:1]");
/// ```
pub fn redact_text(text: &str) -> String {
    Engine::new(Options::default()).map(|engine| engine.redact_text(text)).unwrap_or_default()
}

/// Strings inside strings; deeper is not read.
const MOST_STRINGS: u8 = 9;

struct Span<'f> {
    range: Range<usize>,
    rule: &'f RuleRef,
    /// The rule's place in the table.
    rank: usize,
    identity: u64,
    writing: Writing,
    replacement: &'f Replacement,
}

/// The ranges of one part in order, overlapping ones joined: under the name of the first rule of the table, and replaced by
/// the operator that hides most. A placeholder that stood there goes as a whole: what is left of one could be found again.
fn spans<'f>(chosen: &[&'f Finding], part: Part, bytes: &[u8], form: Form) -> Vec<Span<'f>> {
    let mut found: Vec<Span<'f>> = chosen
        .iter()
        .filter(|f| f.part == part)
        .map(|f| Span {
            range: placeholder::widened(bytes, &f.span),
            rule: &f.rule,
            rank: f.rule.rank(),
            identity: f.identity,
            writing: f.writing,
            replacement: if form == Form::Configured { &f.replacement } else { &Replacement::Placeholder },
        })
        .collect();
    sort(&mut found, |a, b| (a.range.start, a.rank, a.range.end) < (b.range.start, b.rank, b.range.end));
    let mut joined: Vec<Span<'f>> = Vec::with_capacity(found.len());
    for span in found {
        match joined.last_mut().filter(|last| span.range.start < last.range.end) {
            Some(last) => join(last, &span),
            None => joined.push(span),
        }
    }
    joined
}

fn join<'f>(last: &mut Span<'f>, span: &Span<'f>) {
    let same = last.range == span.range;
    last.range.end = last.range.end.max(span.range.end);
    if span.rank < last.rank {
        (last.rule, last.rank, last.identity) = (span.rule, span.rank, span.identity);
    }
    // Inside a longer value no quotes are missing.
    let inside = span.range.end <= last.range.end && !same;
    if !inside && matches!(span.writing, Writing::Quoted(_) | Writing::PercentQuoted(_)) {
        last.writing = span.writing;
    }
    if span.replacement.operator() > last.replacement.operator() {
        last.replacement = span.replacement;
    }
    // A mask or a hash of a part says nothing about the whole.
    if !same && matches!(last.replacement.operator(), Operator::Mask | Operator::Hash) {
        last.replacement = &Replacement::Placeholder;
    }
}

fn replace(bytes: &[u8], part: Part, spans: &[Span<'_>], names: &mut Names<'_, '_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for span in spans {
        out.extend_from_slice(bytes.get(at..span.range.start).unwrap_or_default());
        let text = match span.replacement {
            Replacement::Placeholder => {
                let n = names.number(span, bytes.get(span.range.clone()).unwrap_or_default());
                format!("[{}:{n}]", span.rule.label())
            }
            Replacement::Mask(mask) => mask.expose().clone(),
            Replacement::Hash(hash) => hash.clone(),
            Replacement::Drop => String::new(),
        };
        let written = written(&text, span.writing);
        out.extend_from_slice(&written);
        names.note(part, span, text, written);
        at = span.range.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

/// A replacement as it must be written where the value stood.
fn written(text: &str, writing: Writing) -> Vec<u8> {
    match writing {
        Writing::Plain | Writing::Fixed => text.as_bytes().to_vec(),
        Writing::Percent => percent(text.as_bytes()),
        Writing::Quoted(strings) => {
            let quote = quote(strings, "\\", "\"");
            [quote.as_bytes(), text.as_bytes(), quote.as_bytes()].concat()
        }
        Writing::PercentQuoted(strings) => {
            let quote = quote(strings, "%5C", "%22");
            [quote.as_bytes(), &percent(text.as_bytes()), quote.as_bytes()].concat()
        }
    }
}

/// Percent-encoding of everything that has a meaning somewhere in a URL or a form.
pub(crate) fn percent(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~*".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("%{byte:02X}").into_bytes());
        }
    }
    out
}

/// A quote inside so many JSON strings: each escapes the quote and the backslashes of the one inside it.
pub(crate) fn quote(strings: u8, backslash: &str, quote: &str) -> String {
    let backslashes = (1usize << strings.min(MOST_STRINGS)) - 1;
    backslash.repeat(backslashes) + quote
}

/// Numbers of the values of each label, in order of appearance, or those of a vault. Labels and values go by their hashes.
#[derive(Default)]
pub(crate) struct Names<'r, 'v> {
    numbers: BTreeMap<(u64, u64), usize>,
    last: BTreeMap<u64, usize>,
    recording: Option<&'r mut Recording<'v>>,
    given: Option<&'r mut Vec<Given>>,
}

impl<'r, 'v> Names<'r, 'v> {
    pub(crate) fn of(recording: Option<&'r mut Recording<'v>>) -> Self {
        Self { recording, ..Self::default() }
    }

    /// How many values have a number.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Takes back every number.
    pub(crate) fn undo(&mut self) {
        self.numbers.clear();
        self.last.clear();
        if let Some(recording) = &mut self.recording {
            recording.undo();
        }
    }

    fn note(&mut self, part: Part, span: &Span<'_>, placeholder: String, written: Vec<u8>) {
        if let Some(given) = &mut self.given {
            let (class, identity, range) = (span.rule.class(), span.identity, span.range.clone());
            given.push(Given { placeholder, class, identity, part, range, written });
        }
    }

    fn number(&mut self, span: &Span<'_>, wire: &[u8]) -> usize {
        if let Some(recording) = &mut self.recording {
            return recording.number(span.rule.label(), wire, span.writing);
        }
        let label = identity(span.rule.label().as_bytes());
        *self.numbers.entry((label, span.identity)).or_insert_with(|| {
            let last = self.last.entry(label).or_default();
            *last += 1;
            *last
        })
    }
}
