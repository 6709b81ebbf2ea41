//! Views over a JSON body: every key, string and number, with its pointer and the key that it stands under.

use alloc::{borrow::Cow, format, rc::Rc, string::String, vec::Vec};
use core::ops::Range;

use super::{Map, Place, Pointer, View, Visit, raw};
use crate::{
    finding::{Part, Writing},
    json::{Event, Events, JsonErrorKind, unescape},
    limits::Limits,
};

/// Why a walk stopped early.
pub(super) enum Stop {
    Syntax,
    TooDeep,
    TooManyNodes,
}

/// The open containers, outermost first.
pub(crate) struct Path<'a>(Vec<Level<'a>>);

struct Level<'a> {
    /// The last key of an object, or the key that an array stands under.
    key: Option<Rc<Cow<'a, [u8]>>>,
    /// Position in an array.
    index: Option<usize>,
}

impl Path<'_> {
    /// How long the keys are, all together.
    pub(super) fn key_bytes(&self) -> usize {
        self.0.iter().filter(|level| level.index.is_none()).filter_map(|level| level.key.as_ref()).map(|key| key.len()).sum()
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
}

/// Visits everything; the number of documents.
pub(super) fn views(body: &[u8], limits: &Limits, visit: &mut Visit<'_>) -> Result<usize, Stop> {
    let mut path = Path(Vec::new());
    let (mut nodes, mut documents) = (0usize, 0usize);
    for event in Events::new(body, limits.max_depth, true) {
        let event = event.map_err(|error| match error.kind {
            JsonErrorKind::Syntax(_) => Stop::Syntax,
            JsonErrorKind::TooDeep => Stop::TooDeep,
        })?;
        nodes += 1;
        if nodes > limits.max_nodes {
            return Err(Stop::TooManyNodes);
        }
        match &event {
            Event::ObjectStart => {
                path.0.push(Level { key: None, index: None });
            }
            Event::ArrayStart => {
                let key = path.0.last().and_then(|level| level.key.clone());
                path.0.push(Level { key, index: Some(0) });
            }
            Event::ObjectEnd | Event::ArrayEnd => {
                path.0.pop();
                leave_item(&mut path);
            }
            Event::Key(span) => {
                let (key, breaks) = text(body, span);
                let key = Rc::new(key);
                if let Some(level) = path.0.last_mut() {
                    level.key = Some(Rc::clone(&key));
                }
                emit(&path, Cow::Borrowed(&**key), Map::escapes(span.start, breaks), None, Writing::Plain, visit);
            }
            Event::Text(span) => {
                let (value, breaks) = text(body, span);
                let key = path.0.last().and_then(|level| level.key.as_deref().map(|key| &**key));
                emit(&path, value, Map::escapes(span.start, breaks), key, Writing::Plain, visit);
                leave_item(&mut path);
            }
            Event::Number(span) => {
                let key = path.0.last().and_then(|level| level.key.as_deref().map(|key| &**key));
                let value = Cow::Borrowed(body.get(span.clone()).unwrap_or_default());
                // Sign and exponent belong to the number: it is replaced as a whole or not at all.
                emit(&path, value, Map::Whole(span.clone()), key, Writing::Quoted, visit);
                leave_item(&mut path);
            }
            Event::Literal(_) => leave_item(&mut path),
        }
        let ended = !matches!(event, Event::Key(_)) && path.0.is_empty();
        documents += usize::from(ended);
    }
    Ok(documents)
}

/// After a value inside an array, the next one has the next index.
fn leave_item(path: &mut Path<'_>) {
    if let Some(Level { index: Some(index), .. }) = path.0.last_mut() {
        *index += 1;
    }
}

fn text<'a>(body: &'a [u8], span: &Range<usize>) -> (Cow<'a, [u8]>, Vec<(usize, usize)>) {
    unescape(body.get(span.clone()).unwrap_or_default())
}

fn emit(path: &Path<'_>, text: Cow<'_, [u8]>, map: Map, key: Option<&[u8]>, writing: Writing, visit: &mut Visit<'_>) {
    visit(&View { text, map, key, pointer: Pointer::Json(path), writing, ..raw(Part::Body, Place::Body, b"", 0) });
}
