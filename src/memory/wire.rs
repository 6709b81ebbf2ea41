//! A memory as JSON text: fingerprints in hexadecimal, because a number of 64 bits is none in JavaScript.

use alloc::{string::String, vec::Vec};

use super::{
    Memory,
    counts::{Bucket, Seen},
    events::Judgement,
    grants::{Grant, Refusal},
    key::hexadecimal,
    taint::Mark,
    trust::Judged,
};
use crate::{
    error::ConfigError,
    json::{self, Node, Object, Place, Reader, Value, push_string},
};

const KEYS: &[&str] = &["version", "seen", "counts", "judged", "grants", "refusals", "taint"];
const VERSION: usize = 1;
const JUDGEMENTS: [(&str, Judgement); 3] =
    [("approved", Judgement::Approved), ("denied", Judgement::Denied), ("threat", Judgement::Threat)];

/// One field of an entry.
enum Field<'a> {
    Id(u64),
    Number(u64),
    Text(&'a str),
}

pub(super) fn write(memory: &Memory) -> String {
    use Field::{Id, Number, Text};
    let name = |judgement| JUDGEMENTS.iter().find(|(_, known)| *known == judgement).map_or("", |(name, _)| *name);
    let mut out = String::new();
    Object::begin(&mut out)
        .number("version", VERSION)
        .list("seen", memory.seen.iter(), |out, e| row(out, &[Number(e.day.into()), Id(e.agent), Id(e.destination)]))
        .list("counts", memory.counts.iter(), |out, e| {
            let ids = [e.agent, e.tool, e.destination, e.replica].map(Id);
            let [agent, tool, destination, replica] = ids;
            let [calls, writes, denials] = [e.calls, e.writes, e.denials].map(|n| Number(n.into()));
            row(out, &[Number(e.minute.into()), agent, tool, destination, replica, calls, writes, denials]);
        })
        .list("judged", memory.judged.iter(), |out, e| {
            row(out, &[Id(e.agent), Text(name(e.judgement)), Id(e.replica), Number(e.times.into())]);
        })
        .list("grants", memory.grants.iter(), |out, e| row(out, &[Number(e.until_ms), Id(e.call), Number(e.used.into())]))
        .list("refusals", memory.refusals.iter(), |out, e| row(out, &[Number(e.until_ms), Id(e.call)]))
        .list("taint", memory.taint.iter(), |out, e| row(out, &[Number(e.until.into()), Id(e.fingerprint), Text(&e.trace)]))
        .end();
    out
}

fn row(out: &mut String, fields: &[Field<'_>]) {
    for (index, field) in fields.iter().enumerate() {
        out.push(if index == 0 { '[' } else { ',' });
        match field {
            Field::Id(id) => push_string(out, &hexadecimal(*id)),
            Field::Number(number) => out.push_str(&alloc::format!("{number}")),
            Field::Text(text) => push_string(out, text),
        }
    }
    out.push(']');
}

pub(super) fn read(text: &str, mut memory: Memory) -> Result<Memory, ConfigError> {
    let root = json::parse(text.as_bytes(), "memory")?;
    let reader = Reader { text, source: "memory" };
    let at = Place { node: &root, key: String::new() };
    reader.only_keys(&at, KEYS)?;
    let version = reader.required(&at, "version")?;
    if reader.whole_number(&version)? != 1 {
        return reader.fail(&version, "is of another version", None);
    }
    let rows = |name: &str| reader.required(&at, name).and_then(|list| reader.items(&list));
    memory.seen.extend(entries(&reader, rows("seen")?, |row| {
        Some(Seen { day: row.small(0)?, agent: row.id(1)?, destination: row.id(2)? })
    })?);
    memory.counts.extend(entries(&reader, rows("counts")?, |row| {
        Some(Bucket {
            minute: row.small(0)?,
            agent: row.id(1)?,
            tool: row.id(2)?,
            destination: row.id(3)?,
            replica: row.id(4)?,
            calls: row.small(5)?,
            writes: row.small(6)?,
            denials: row.small(7)?,
        })
    })?);
    memory.judged.extend(entries(&reader, rows("judged")?, |row| {
        let judgement = JUDGEMENTS.iter().find(|(name, _)| row.text(1) == Some(name)).map(|(_, judgement)| *judgement);
        Some(Judged { agent: row.id(0)?, judgement: judgement?, replica: row.id(2)?, times: row.small(3)? })
    })?);
    memory.grants.extend(entries(&reader, rows("grants")?, |row| {
        Some(Grant { until_ms: row.number(0)?, call: row.id(1)?, used: row.number(2)? != 0 })
    })?);
    memory
        .refusals
        .extend(entries(&reader, rows("refusals")?, |row| Some(Refusal { until_ms: row.number(0)?, call: row.id(1)? }))?);
    memory.taint.extend(entries(&reader, rows("taint")?, |row| {
        let trace = row.text(2).filter(|trace| trace.len() <= 64)?;
        Some(Mark { until: row.small(0)?, fingerprint: row.id(1)?, trace: trace.into() })
    })?);
    Ok(memory)
}

/// The fields of an entry.
struct Row<'n>(&'n [Node<'n>]);

impl<'n> Row<'n> {
    fn text(&self, at: usize) -> Option<&'n str> {
        self.0.get(at)?.text()
    }

    fn id(&self, at: usize) -> Option<u64> {
        u64::from_str_radix(self.text(at)?, 16).ok()
    }

    fn number(&self, at: usize) -> Option<u64> {
        if let Value::Number(text) = &self.0.get(at)?.value { text.parse().ok() } else { None }
    }

    fn small(&self, at: usize) -> Option<u32> {
        u32::try_from(self.number(at)?).ok()
    }
}

fn entries<T>(reader: &Reader<'_>, rows: Vec<Place<'_>>, one: impl Fn(&Row<'_>) -> Option<T>) -> Result<Vec<T>, ConfigError> {
    let read = |place: &Place<'_>| match place.node.items().and_then(|items| one(&Row(items))) {
        Some(entry) => Ok(entry),
        None => reader.fail(place, "is no entry of a memory", None),
    };
    rows.iter().map(read).collect()
}
