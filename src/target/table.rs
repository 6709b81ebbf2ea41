#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "run by the compiler, where a wrong index does not compile, and a line that is too long neither"
)]
//! Tables of operations, with what the compiler knows of each line: most lines are passed over without being read.

/// A table of operations; see [`routes`](super::routes).
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) text: &'static str,
    pub(super) lines: &'static [Line],
}

/// What a line is for.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// How long it is, with what ends it.
    length: u16,
    /// The [`bit`] of each of its methods.
    methods: u8,
    /// How many segments its path has, or [`ANY_NUMBER`].
    segments: u8,
}

const ANY_NUMBER: u8 = u8::MAX;

impl Table {
    /// The lines that may be for a call: no other is.
    pub(super) fn lines(self, method: &str, segments: usize) -> impl Iterator<Item = &'static str> {
        let asked = bit(method.as_bytes(), 0, method.len());
        let may = move |line: &Line| {
            line.methods & asked != 0 && (line.segments == ANY_NUMBER || usize::from(line.segments) == segments)
        };
        let mut end = 0;
        let placed = self.lines.iter().map(move |line| {
            let start = end;
            end += usize::from(line.length);
            (line, start..end)
        });
        placed.filter(move |(line, _)| may(line)).filter_map(move |(_, range)| self.text.get(range).map(str::trim_ascii_end))
    }
}

/// A table of a text.
macro_rules! table {
    ($text:literal) => {{
        const LINES: &[$crate::target::table::Line] =
            &$crate::target::table::index::<{ $crate::target::table::count($text.as_bytes()) }>($text.as_bytes());
        $crate::target::table::Table { text: $text, lines: LINES }
    }};
}
pub(super) use table;

/// One of eight bits, by the first letter and the length of a method: those of HTTP that matter have one each.
const fn bit(text: &[u8], start: usize, end: usize) -> u8 {
    if start == end {
        return 1;
    }
    1 << (((text[start] | 0x20) as usize + 3 * (end - start)) % 8)
}

/// How many lines a table has.
pub(super) const fn count(text: &[u8]) -> usize {
    let (mut lines, mut at) = (0, 0);
    while at < text.len() {
        at += read(text, at).length as usize;
        lines += 1;
    }
    lines
}

/// The lines of a table that has `N`.
pub(super) const fn index<const N: usize>(text: &[u8]) -> [Line; N] {
    let mut lines = [Line { length: 0, methods: 0, segments: 0 }; N];
    let (mut line, mut at) = (0, 0);
    while at < text.len() {
        lines[line] = read(text, at);
        at += lines[line].length as usize;
        line += 1;
    }
    lines
}

/// The line that begins here. An empty one is for no method.
const fn read(text: &[u8], at: usize) -> Line {
    let mut line = Line { length: 0, methods: 0, segments: 0 };
    let mut start = skipped(text, at);
    let mut now = start;
    while !ends(text, now) {
        now += 1;
        if ends(text, now) || text[now] == b'|' {
            let any = now - start == 3 && text[start] == b'A' && text[start + 1] == b'N' && text[start + 2] == b'Y';
            line.methods |= if any { u8::MAX } else { bit(text, start, now) };
            start = now + 1;
        }
    }
    now = skipped(text, now);
    let mut before = b'/';
    while !ends(text, now) && text[now] != b'?' && text[now] != b'#' {
        if text[now] == b'*' && before == b'*' {
            line.segments = ANY_NUMBER;
        }
        if text[now] != b'/' && before == b'/' && line.segments < ANY_NUMBER {
            line.segments += 1;
        }
        before = text[now];
        now += 1;
    }
    while now < text.len() && text[now] != b'\n' {
        now += 1;
    }
    if now < text.len() {
        now += 1;
    }
    assert!(now - at <= u16::MAX as usize);
    line.length = (now - at) as u16;
    line
}

/// Where the next column begins.
const fn skipped(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && text[at] == b' ' {
        at += 1;
    }
    at
}

/// Whether a column ends here.
const fn ends(text: &[u8], at: usize) -> bool {
    at >= text.len() || text[at] == b' ' || text[at] == b'\n'
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    const TABLE: Table = table!(
        "
GET|HEAD  /a/{org}//b    one   READ
POST      /a?x=1/2       two   WRITE

ANY       /              three WRITE
  PUT     /a/**/b        four  WRITE
GRAPHQL   thing          five  READ"
    );

    #[test]
    fn lines_by_method_and_segments() {
        let of = |method, segments| {
            TABLE.lines(method, segments).filter_map(|line| line.split_ascii_whitespace().nth(2)).collect::<Vec<_>>()
        };
        assert_eq!(of("get", 3), ["one"]);
        assert_eq!(of("HEAD", 3), ["one"]);
        assert_eq!(of("POST", 1), ["two", "five"]);
        assert_eq!(of("POST", 0), ["three"]);
        assert_eq!(of("PUT", 7), ["four"]);
        assert_eq!(of("GRAPHQL", 1), ["two", "five"]);
        assert_eq!(of("DELETE", 1), [""; 0]);
        assert_eq!(of("", 0), ["three"]);
        assert_eq!(of("GET", 300), [""; 0]);
    }

    #[test]
    fn methods_of_http_have_a_bit_each() {
        let bits = ["GET", "POST", "PUT", "PATCH", "DELETE"].map(|method| bit(method.as_bytes(), 0, method.len()));
        assert_eq!(bits.iter().sum::<u8>().count_ones(), 5);
    }
}
