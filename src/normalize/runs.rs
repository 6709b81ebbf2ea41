//! Runs of base64, base32 and hexadecimal that stand for readable text, for UTF-16, or for compressed text.

use alloc::vec::Vec;
use core::ops::Range;

use super::{View, Walk, base64, charset, inflate, layers};
use crate::{limits::Limits, report::Skip, seek::eight_of};

/// Shortest run that is decoded: 11 bytes of base64.
const LEAST: usize = 15;
/// So many characters tell whether the rest is worth decoding; whole groups of every encoding.
const HEAD: usize = 32;
/// How many places inside a run it may begin at.
const BEGINNINGS: usize = 6;

/// Visits what the runs of a text stand for.
pub(super) fn views(view: &View<'_>, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    let mut done = 0;
    while let Some(at) = eight_of(text, done, base64::digits) {
        let before = text.get(done..at).unwrap_or_default();
        let start = at - before.iter().rev().take_while(|b| base64::is_digit(**b)).count();
        done = at + length(text, at);
        if done - start >= LEAST {
            done = lines(text, start, done);
            run(view, start..done, walk);
        }
    }
}

/// What base64, base32 and hexadecimal are written in.
pub(crate) fn is_run(byte: u8) -> bool {
    base64::is_digit(byte)
}

/// Whether a cut out of the middle of a run decodes to text, wherever its groups begin.
pub(crate) fn encodes_text(cut: &[u8]) -> bool {
    let limits = Limits::default();
    let mut see = |_: &View<'_>| false;
    let mut walk = Walk::new(&limits, cut.len(), &mut see, None);
    (0..8).filter_map(|skip| cut.get(skip..)).any(|rest| {
        let groups = rest.get(..rest.len() / 8 * 8).unwrap_or_default();
        decoded(groups, &mut walk).is_some()
    })
}

fn length(text: &[u8], at: usize) -> usize {
    text.get(at..).unwrap_or_default().iter().take_while(|b| base64::is_digit(**b)).count()
}

/// Where a run ends that goes on over lines, each no longer than the one before it but for the first.
fn lines(text: &[u8], start: usize, end: usize) -> usize {
    let mut end = end;
    let mut most = usize::MAX;
    let mut least = end - start;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let broken = match rest {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return end,
        };
        let indent = rest.get(broken..).unwrap_or_default().iter().take(16).take_while(|b| matches!(b, b' ' | b'\t')).count();
        let line = length(text, end + broken + indent);
        // All lines are full but the last.
        if line == 0 || line > most || least < LEAST {
            return end;
        }
        (most, least) = (line, line);
        end += broken + indent + line;
    }
}

fn run(view: &View<'_>, range: Range<usize>, walk: &mut Walk<'_>) {
    let text: &[u8] = &view.text;
    let piece = text.get(range.clone()).unwrap_or_default();
    // Paths and names are made of the same characters: what follows one may be encoded.
    let inner = piece.iter().take(64).enumerate().filter(|(_, b)| matches!(b, b'/' | b'-' | b'_' | b'+')).map(|(at, _)| at + 1);
    for begin in core::iter::once(0).chain(inner).take(BEGINNINGS) {
        let Some(rest) = piece.get(begin..).filter(|rest| rest.len() >= LEAST) else { return };
        if let Some(decoded) = decoded(rest, walk) {
            let padding = text.get(range.end..).unwrap_or_default().iter().take(6).take_while(|b| **b == b'=').count();
            return layers::whole(view, range.start + begin..range.end + padding, decoded, walk);
        }
    }
}

fn decoded(run: &[u8], walk: &mut Walk<'_>) -> Option<Vec<u8>> {
    let digits = if let [b'0', b'x' | b'X', digits @ ..] = run { digits } else { run };
    if let Some((head, _)) = digits.split_first_chunk::<8>()
        && head.iter().all(u8::is_ascii_hexdigit)
        && hexadecimal(head).is_some_and(|head| promising(&head))
        && let Some(text) = hexadecimal(digits).and_then(|bytes| readable(bytes, walk))
    {
        return Some(text);
    }
    let (head, _) = run.split_first_chunk::<8>()?;
    if base64::head_of_base32(head).is_some_and(|head| promising(&head))
        && let Some(text) = base64::decode_base32(run).and_then(|bytes| readable(bytes, walk))
    {
        return Some(text);
    }
    if !promising(&base64::head(head)) {
        return None;
    }
    readable(base64::decode(run)?, walk)
}

fn hexadecimal(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Whether the first few bytes may be those of text, of UTF-16, or of something compressed.
fn promising(head: &[u8]) -> bool {
    let text = |b: &u8| b.is_ascii_graphic() || b.is_ascii_whitespace() || *b >= 0x80;
    let zeros = || head.iter().filter(|b| **b == 0).count();
    head.iter().all(text) && is_utf8(head) || zeros() >= 2 || inflate::begins_compressed(head)
}

/// The text that decoded bytes are, as UTF-8.
pub(super) fn readable(bytes: Vec<u8>, walk: &mut Walk<'_>) -> Option<Vec<u8>> {
    if inflate::begins_compressed(&bytes) {
        match inflate::by_magic(&bytes, walk.inflatable(bytes.len())) {
            Ok(text) => {
                walk.inflate(text.len());
                return readable_text(text);
            }
            Err(inflate::Fault::TooLarge) => walk.skip(Skip::DecodingBudget),
            Err(inflate::Fault::Malformed) => {}
        }
    }
    readable_text(bytes)
}

fn readable_text(bytes: Vec<u8>) -> Option<Vec<u8>> {
    match charset::sniff(&bytes) {
        Some(order) => Some(charset::decode(&bytes, order)).filter(|text| is_text(text)),
        None => Some(bytes).filter(|bytes| is_text(bytes)),
    }
}

/// Whether it is UTF-8 up to a character that is cut off.
fn is_utf8(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Nearly all of it is text, or it begins as text and most of it is.
fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let foreign = is_utf8(head);
    let printable = |bytes: &[u8]| {
        bytes.iter().filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace() || (foreign && **b >= 0x80)).count()
    };
    let (near, all) = (printable(head), printable(bytes));
    near >= 8 && near * 20 >= head.len() * 19 && all * 4 >= bytes.len() * 3
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::normalize::View;

    /// What is decoded out of a text, with where it stands.
    fn found(text: &[u8]) -> Vec<(Range<usize>, Vec<u8>)> {
        let mut seen = Vec::new();
        let limits = Limits::default();
        let mut see = |view: &View<'_>| {
            seen.push((view.map.wire(&(0..1)), view.text.to_vec()));
            false
        };
        views(&View::of_text(text), &mut Walk::new(&limits, text.len(), &mut see, None));
        seen
    }

    #[test]
    fn readable_runs_are_layers() {
        let text = b"x 6d7920737563726574206b657920697320 y bXkgc2VjcmV0IGtleSBpcyBoZXJlIQ== z";
        assert_eq!(found(text), [(2..36, b"my sucret key is ".to_vec()), (39..71, b"my secret key is here!".to_vec())]);
        assert!(found(b"0123456789abcdef0123456789abcdef getElementsByClassNameOfTheDocument").is_empty());
    }

    #[test]
    fn runs_go_on_over_lines_and_begin_after_names() {
        assert_eq!(
            found(b"bXkgc2VjcmV0IGtl\r\neSBpcyBoZXJlIQ==\r\n").first().unwrap(),
            &(0..34, b"my secret key is here!".to_vec())
        );
        assert_eq!(found(b"path/bXkgc2VjcmV0IGtleSBpcyBoZXJlIQ").first().unwrap(), &(5..35, b"my secret key is here!".to_vec()));
        assert_eq!(found(b"NV4SA43FMNZGK5BANNSXSIDJOM======").first().unwrap(), &(0..32, b"my secret key is".to_vec()));
    }

    #[test]
    fn wide_and_compressed_text_is_read() {
        let wide = b"bQB5ACAAcwBlAGMAcgBlAHQAIABrAGUAeQA=";
        assert_eq!(found(wide).first().unwrap().1, b"my secret key");
    }
}
