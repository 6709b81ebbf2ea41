//! One event or line: what it carries, and where that stands in it.

use alloc::vec::Vec;
use core::ops::Range;

use super::records::Framing;

/// What a record carries, with the way back to its bytes.
pub(super) struct Payload {
    pub(super) bytes: Vec<u8>,
    /// Where each line begins in the payload and in the record.
    lines: Vec<(usize, usize)>,
    /// The rest of the record, line by line.
    pub(super) others: Vec<Range<usize>>,
}

impl Payload {
    pub(super) fn of(record: &[u8], framing: Framing) -> Self {
        let mut payload = Self { bytes: Vec::new(), lines: Vec::new(), others: Vec::new() };
        let mut at = 0;
        for line in record.split(|b| matches!(b, b'\n' | b'\r')) {
            let value = match framing {
                Framing::Lines => Some(0),
                Framing::Events => value_of_data(line),
            };
            match value {
                Some(_) if line.is_empty() => {}
                Some(value) => payload.add(line.get(value..).unwrap_or_default(), at + value),
                None if line.is_empty() => {}
                None => payload.others.push(at..at + line.len()),
            }
            at += line.len() + 1;
        }
        payload
    }

    /// The values of several `data` fields are lines of one text.
    fn add(&mut self, value: &[u8], at: usize) {
        if !self.lines.is_empty() {
            self.bytes.push(b'\n');
        }
        self.lines.push((self.bytes.len(), at));
        self.bytes.extend_from_slice(value);
    }

    /// Where a range of the payload stands in the record.
    pub(super) fn in_record(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let line = self.lines.iter().rev().find(|(start, _)| *start <= at);
            line.map_or(at, |(start, begin)| begin + (at - start))
        };
        let start = place(range.start);
        start..if range.is_empty() { start } else { place(range.end - 1) + 1 }
    }
}

/// Where the value begins in a `data` field.
fn value_of_data(line: &[u8]) -> Option<usize> {
    let name = if line.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let rest = line.get(name..)?.strip_prefix(b"data:")?;
    Some(name + 5 + usize::from(rest.first() == Some(&b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_of_an_event_is_its_data() {
        let record = b"event: x\ndata: ab\r\ndata:cd\nid: 1\n\n";
        let payload = Payload::of(record, Framing::Events);
        assert_eq!(payload.bytes, b"ab\ncd");
        assert_eq!(payload.others, [0..8, 27..32]);
        assert_eq!(payload.in_record(&(0..1)), 15..16);
        assert_eq!(payload.in_record(&(1..4)), 16..25);
    }
}
