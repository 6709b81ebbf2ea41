//! Views over JSON: every key, string and number, with its pointer and the key that it stands under.

use alloc::{borrow::Cow, format, string::String, vec::Vec};
use core::ops::Range;

use super::{
    Map, Place, Pointer, View, Walk,
    joined::{Context, Joiner, PIECE},
    layers,
    map::Step,
};
use crate::{
    finding::Writing,
    json::{Event, Events, JsonErrorKind, Signs, unescape},
    report::Skip,
};

/// Why a walk stopped early.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Syntax,
    /// A bound was reached; it is named in the coverage.
    Bound,
}

/// The open containers, outermost first.
pub(crate) struct Path<'a>(Vec<Level<'a>>);

struct Level<'a> {
    /// The last key of an object.
    key: Option<Cow<'a, [u8]>>,
    /// Position in an array.
    index: Option<usize>,
    /// The level whose key names what stands here.
    named: Option<usize>,
    /// What names the member `value` of an object: the text under `name` or `key` before it.
    title: Option<Cow<'a, [u8]>>,
    /// How many short strings there were before this container.
    strings: usize,
}

impl Path<'_> {
    /// How long the keys are, all together.
    pub(super) fn key_bytes(&self) -> usize {
        self.0.iter().filter_map(|level| level.key.as_ref()).map(|key| key.len()).sum()
    }

    /// RFC 6901.
    pub(super) fn render(&self) -> String {
        let mut out = String::new();
        for level in &self.0 {
            match (level.index, &level.key) {
                (Some(index), _) => out.push_str(&format!("/{index}")),
                (None, Some(key)) => {
                    out.push('/');
                    out.push_str(&String::from_utf8_lossy(key).replace('~', "~0").replace('/', "~1"));
                }
                (None, None) => {}
            }
        }
        out
    }

    /// Keys and positions, outermost first.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (Option<usize>, &[u8])> {
        self.0.iter().map(|level| (level.index, level.key.as_deref().unwrap_or_default()))
    }

    #[inline]
    fn key(&self) -> Option<&[u8]> {
        let level = self.0.get(self.0.last()?.named?)?;
        let titled = level.title.as_deref().filter(|_| matches!(level.key.as_deref(), Some(b"value" | b"Value")));
        titled.or(level.key.as_deref())
    }
}

/// The document that is being read.
struct Reader<'d> {
    document: &'d View<'d>,
    /// Pointers are into the body; inside a string of it they end at the string.
    root: bool,
    path: Path<'d>,
    /// The short strings of the open containers, and whether there are escapes in them.
    strings: Vec<(Range<usize>, bool)>,
    joiner: Joiner,
    /// Keys in which nothing was found: objects of one list have the same ones.
    keys: [Range<usize>; KEYS],
}

/// How many keys are remembered.
const KEYS: usize = 256;

/// Visits everything; the number of documents.
pub(super) fn views(document: &View<'_>, walk: &mut Walk<'_>) -> Result<usize, Stop> {
    let root = document.depth == 0 && document.place == Place::Body && matches!(document.pointer, Pointer::None);
    let mut reader = Reader {
        document,
        root,
        path: Path(Vec::with_capacity(8)),
        strings: Vec::with_capacity(32),
        joiner: Joiner::default(),
        keys: [const { 0..0 }; KEYS],
    };
    let mut documents = 0;
    if let Some(steps) = walk.steps(&document.text) {
        steps.begin();
    }
    let mut events = Events::new(&document.text, walk.limits().max_depth, true);
    while let Some(event) = events.next() {
        let event = match event {
            Ok(event) => event,
            Err(error) if error.kind == JsonErrorKind::TooDeep => {
                walk.skip(Skip::TooDeep);
                return Err(Stop::Bound);
            }
            Err(_) => return Err(Stop::Syntax),
        };
        if !walk.node() {
            return Err(Stop::Bound);
        }
        if let Some(steps) = walk.steps(&document.text) {
            steps.add(&event, events.signs().has(Signs::BACKSLASH));
        }
        reader.step(&event, events.signs(), walk);
        documents += usize::from(reader.path.0.is_empty() && !matches!(event, Event::Key(_)));
    }
    if documents == 1
        && let Some(steps) = walk.steps(&document.text)
    {
        steps.end();
    }
    Ok(documents)
}

impl<'d> Reader<'d> {
    #[inline]
    fn step(&mut self, event: &Event, signs: Signs, walk: &mut Walk<'_>) {
        match event {
            Event::ObjectStart => self.open(None),
            Event::ArrayStart => self.open(Some(0)),
            Event::ObjectEnd | Event::ArrayEnd => {
                if let Some(level) = self.path.0.pop() {
                    self.join(level.strings, walk);
                }
                self.leave_item();
            }
            Event::Key(span) => self.key(span, signs, walk),
            Event::Text(span) => {
                self.leaf(span, self.document.writing, walk);
                self.string(span, signs, walk);
                self.title(span);
                if span.len() <= PIECE {
                    self.strings.push((span.clone(), signs.has(Signs::BACKSLASH)));
                }
                self.leave_item();
            }
            Event::Number(span) => {
                self.leaf(span, self.quoted(), walk);
                self.number(span, walk);
                self.leave_item();
            }
            Event::Literal(span) => {
                self.leaf(span, self.quoted(), walk);
                self.leave_item();
            }
        }
    }

    /// A key; one that is known to hold nothing is not looked at again.
    #[inline]
    fn key(&mut self, span: &Range<usize>, signs: Signs, walk: &mut Walk<'_>) {
        let raw = self.slice(span);
        let (key, breaks) = if signs.has(Signs::BACKSLASH) { unescape(raw) } else { (Cow::Borrowed(raw), Vec::new()) };
        let signs = if breaks.is_empty() { signs } else { signs.unescaped(&key, &breaks) };
        if let Some(level) = self.path.0.last_mut() {
            level.key = Some(key);
        }
        let slot = raw.iter().fold(raw.len(), |hash, byte| hash.wrapping_mul(31).wrapping_add(usize::from(*byte))) % KEYS;
        let known = self.keys.get(slot).cloned().unwrap_or_default();
        if !raw.is_empty() && self.slice(&known) == raw {
            return;
        }
        let before = walk.hits();
        let text = self.path.0.last().and_then(|level| level.key.as_deref()).unwrap_or_default();
        self.emit(text, Step::escapes(span.start, breaks), signs, true, walk);
        if let Some(known) = self.keys.get_mut(slot).filter(|_| walk.hits() == before) {
            *known = span.clone();
        }
    }

    fn string(&self, span: &Range<usize>, signs: Signs, walk: &mut Walk<'_>) {
        let raw = self.slice(span);
        if signs.has(Signs::BACKSLASH) {
            let (text, breaks) = unescape(raw);
            let signs = signs.unescaped(&text, &breaks);
            self.emit(&text, Step::escapes(span.start, breaks), signs, false, walk);
        } else {
            self.emit(raw, Step::Linear(span.start), signs, false, walk);
        }
    }

    /// `{"name": "API_KEY", "value": …}`
    fn title(&mut self, span: &Range<usize>) {
        let text = self.slice(span);
        let Some(level) = self.path.0.last_mut().filter(|_| span.len() <= PIECE) else { return };
        if matches!(level.key.as_deref(), Some(b"name" | b"key" | b"Name" | b"Key")) {
            level.title = Some(Cow::Borrowed(text));
        }
    }

    #[inline]
    fn slice(&self, span: &Range<usize>) -> &'d [u8] {
        self.document.text.get(span.clone()).unwrap_or_default()
    }

    #[inline]
    fn pointer(&self) -> Pointer<'_> {
        if self.root { Pointer::Json(&self.path) } else { self.document.pointer }
    }

    #[inline]
    fn open(&mut self, index: Option<usize>) {
        let here = self.path.0.len();
        let named = if index.is_none() { Some(here) } else { self.path.0.last().and_then(|parent| parent.named) };
        self.path.0.push(Level { key: None, index, named, title: None, strings: self.strings.len() });
    }

    /// After a value inside an array, the next one has the next index.
    #[inline]
    fn leave_item(&mut self) {
        if let Some(Level { index: Some(index), .. }) = self.path.0.last_mut() {
            *index += 1;
        }
    }

    /// A string or a key.
    fn emit(&self, text: &[u8], step: Step<'_>, signs: Signs, is_key: bool, walk: &mut Walk<'_>) {
        if text.is_empty() {
            return;
        }
        let document = self.document;
        let view = View {
            part: document.part,
            place: document.place,
            text: Cow::Borrowed(text),
            map: Map::within(step, &document.map),
            key: if is_key { None } else { self.path.key().or(document.key) },
            pointer: self.pointer(),
            writing: document.writing,
            depth: document.depth + usize::from(!self.root),
            quoting: document.quoting.map(|strings| strings.saturating_add(1)),
        };
        layers::signed(&view, signs, walk);
    }

    /// Sign and exponent belong to the number: it is replaced as a whole or not at all.
    fn number(&self, span: &Range<usize>, walk: &mut Walk<'_>) {
        let document = self.document;
        let writing = self.quoted();
        let text = Cow::Borrowed(self.slice(span));
        let child = document.child(text, Step::Whole(span.clone()));
        walk.see(&View { key: self.path.key().or(document.key), pointer: self.pointer(), writing, ..child });
    }

    /// How a text is written where none was.
    fn quoted(&self) -> Writing {
        match (self.document.writing, self.document.quoting) {
            (Writing::Plain, Some(strings)) => Writing::Quoted(strings),
            (Writing::Percent, Some(strings)) => Writing::PercentQuoted(strings),
            (writing, _) => writing,
        }
    }

    /// A value of the body itself; what is inside its strings belongs to those.
    fn leaf(&self, span: &Range<usize>, writing: Writing, walk: &mut Walk<'_>) {
        if self.root && walk.has_leaves() {
            let whole = self.document.child(Cow::Borrowed(self.slice(span)), Step::Whole(span.clone()));
            walk.leaf(Some(&View { pointer: self.pointer(), writing, ..whole }));
        }
    }

    /// The strings of the container that ends, as one text.
    fn join(&mut self, from: usize, walk: &mut Walk<'_>) {
        let mut spans = self.strings.drain(from..);
        if spans.len() < 2 {
            return;
        }
        let pointer = if self.root { Pointer::Json(&self.path) } else { self.document.pointer };
        let context = Context { view: self.document, key: self.path.key().or(self.document.key), pointer };
        let joiner = &mut self.joiner;
        for (span, escaped) in &mut spans {
            let raw = self.document.text.get(span.clone()).unwrap_or_default();
            let (text, breaks) = if escaped { unescape(raw) } else { (Cow::Borrowed(raw), Vec::new()) };
            joiner.push(&text, || Step::escapes(span.start, breaks), &context, walk);
        }
        joiner.flush(&context, walk);
    }
}
