//! What a person has changed in a body that was shown with placeholders: the values come back where they stood for something
//! that may be sent.

use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Bound;

use super::{config::Disclose, question::hidden};
use crate::{
    engine::Local,
    finding::Part,
    redact::{Form, redact_noting},
    request::Request,
};

/// The body with the values in it that were only hidden from the gateway. What is redacted for the destination as well stays a
/// placeholder. A value stands in the wire's own writing, so it can only come back where that writing has the same meaning: in a
/// body of the same kind.
pub(super) fn restored(edited: Vec<u8>, request: &Request, local: &Local, disclose: Disclose) -> Vec<u8> {
    let findings = &local.report.findings;
    let mut given = Vec::new();
    redact_noting(request, findings, &hidden(local, disclose), Form::Placeholders, &mut given);
    let removed = |range: &core::ops::Range<usize>| {
        let chosen = local.effect.redactions.iter().filter_map(|index| findings.get(*index));
        chosen.filter(|f| f.part == Part::Body).any(|f| f.span.start < range.end && range.start < f.span.end)
    };
    let mut values: BTreeMap<&[u8], Option<&[u8]>> = BTreeMap::new();
    for given in given.iter().filter(|given| given.part == Part::Body) {
        let wire = request.body.expose().get(given.range.clone()).filter(|_| !removed(&given.range));
        let known = values.entry(&given.written).or_insert(wire);
        // One placeholder for something that goes and something that stays: it stays a placeholder.
        if wire.is_none() {
            *known = None;
        }
    }
    replaced(&edited, &values)
}

/// Every placeholder that has a value, replaced in one pass: what comes back is not looked at again.
fn replaced(text: &[u8], values: &BTreeMap<&[u8], Option<&[u8]>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        // No placeholder is the beginning of another one, so the nearest in order is the only one that may stand here.
        let nearest = values.range::<[u8], _>((Bound::Unbounded, Bound::Included(rest))).next_back();
        match nearest {
            Some((written, Some(value))) if rest.starts_with(written) => {
                out.extend_from_slice(value);
                rest = rest.get(written.len()..).unwrap_or_default();
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}
