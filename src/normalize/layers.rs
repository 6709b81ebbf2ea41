//! Text inside text: escapes, percent-encoding, HTML entities, base64 and hexadecimal, several deep.
//!
//! Every layer is one more view, with the key of the outer one and the way back to the wire. What decodes to nothing
//! readable is no layer. Depth and total size are bounded; a spent budget is named in the coverage.

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

use super::{Map, View, Visit, entities, percent};
use crate::json::unescape;

/// How many layers deep.
const MAX_DEPTH: usize = 5;
/// Shortest base64 run that is decoded: 16 bytes.
const BASE64_LEAST: usize = 22;
/// Shortest hexadecimal run that is decoded: 12 bytes.
const HEX_LEAST: usize = 24;

/// What is left of the work that one request may cause.
pub(super) struct Budget {
    pub(super) bytes: usize,
    pub(super) spent: bool,
}

impl Budget {
    /// Four times the request and a little more.
    pub(super) fn of(request_bytes: usize) -> Self {
        Self { bytes: request_bytes.saturating_mul(4).saturating_add(64 * 1024), spent: false }
    }

    fn take(&mut self, bytes: usize) -> bool {
        match self.bytes.checked_sub(bytes) {
            Some(left) => self.bytes = left,
            None => self.spent = true,
        }
        !self.spent
    }
}

/// Visits a view and everything that is encoded in it.
pub(super) fn visit_layers(view: &View<'_>, depth: usize, budget: &mut Budget, visit: &mut Visit<'_>) {
    visit(view);
    if depth >= MAX_DEPTH || view.text.len() < 6 {
        return;
    }
    let text: &[u8] = &view.text;
    let mut child = |decoded: Cow<'_, [u8]>, map: Map| {
        if budget.take(decoded.len()) {
            let inner = View { text: decoded, map: map.within(&view.map), ..view.like() };
            visit_layers(&inner, depth + 1, budget, visit);
        }
    };
    let (unescaped, breaks) = unescape(text);
    if unescaped.len() < text.len() {
        child(unescaped, Map::escapes(0, breaks));
    }
    let (decoded, map) = percent::decode(text, 0, false);
    if decoded.len() < text.len() {
        child(decoded, map);
    }
    let (decoded, map) = entities::decode(text);
    if decoded.len() < text.len() {
        child(decoded, map);
    }
    for (range, decoded) in runs(text) {
        child(Cow::Owned(decoded), Map::Whole(range));
    }
}

/// Runs that decode to readable text, with what they decode to.
fn runs(text: &[u8]) -> Vec<(Range<usize>, Vec<u8>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|b| is_run(**b)).count();
        if run >= BASE64_LEAST {
            let piece = rest.get(..run).unwrap_or_default();
            if let Some(decoded) = hex(piece).or_else(|| base64(piece)) {
                found.push((at..at + run, decoded));
            }
        }
        at += run.max(1);
    }
    found
}

/// What base64 and hexadecimal are written in.
pub(crate) fn is_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte)
}

/// Whether a cut out of the middle of a run decodes to text, wherever its groups begin.
pub(crate) fn encodes_text(cut: &[u8]) -> bool {
    (0..4).filter_map(|skip| cut.get(skip..)).any(|rest| {
        let even = rest.get(..rest.len() / 2 * 2).unwrap_or_default();
        hex(even).or_else(|| base64(rest)).is_some()
    })
}

fn base64(piece: &[u8]) -> Option<Vec<u8>> {
    // The beginning tells: text stays text.
    let head = crate::detect::base64(piece.get(..piece.len().min(32) / 4 * 4)?)?;
    if !readable(&head) {
        return None;
    }
    crate::detect::base64(piece).filter(|decoded| readable(decoded))
}

fn hex(piece: &[u8]) -> Option<Vec<u8>> {
    if piece.len() < HEX_LEAST || piece.len() % 2 == 1 {
        return None;
    }
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pairs = piece.chunks_exact(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>().filter(|decoded| readable(decoded))
}

/// Nearly all of it is text.
fn readable(bytes: &[u8]) -> bool {
    let printable = bytes.iter().filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()).count();
    printable >= 8 && printable * 20 >= bytes.len() * 19
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_runs_are_layers() {
        let found = runs(b"x 6d7920736563726574206b657920697320 y bXkgc2VjcmV0IGtleSBpcyBoZXJlIQ== z");
        let texts: Vec<&[u8]> = found.iter().map(|(_, text)| text.as_slice()).collect();
        assert_eq!(texts, [&b"my secret key is "[..], b"my secret key is here!"]);
        assert!(runs(b"0123456789abcdef0123456789abcdef").is_empty());
    }
}
