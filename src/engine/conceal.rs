//! What a report may name of a call: nothing that shares text with what was found in it.

use alloc::{
    borrow::{Cow, ToOwned},
    collections::BTreeSet,
    string::String,
    vec::Vec,
};
use core::{cell::OnceCell, iter::once};

use super::inspect::Inspection;
use crate::{
    finding::{DataClass, Finding, Part},
    json::unescape,
    normalize::percent_decode,
    request::Request,
    target::Target,
};

/// Longest name that is compared with what was found; where something was found a longer one is not shown.
const MAX_NAME: usize = 512;

/// Shorter ones, a host may hold by chance.
const MIN_SECRET: usize = 12;

/// Shortest part of what was found that a name must not be.
const MIN_PART: usize = 4;

/// Tool, operation, host and resources come from the call, unless a table gave them.
// INVARIANT(I6): no matched text in any report.
pub(super) fn conceal(target: &mut Target, request: &Request, inspection: &Inspection, web: bool) {
    if inspection.findings.is_empty() {
        return;
    }
    if inspection.findings.iter().any(|f| matches!(f.part, Part::Body | Part::Url)) {
        target.destinations.clear();
    }
    let in_url = |index: usize, f: &Finding| f.part == Part::Url && (!web || inspection.unredactable.contains(&index));
    if inspection.findings.iter().enumerate().any(|(index, f)| in_url(index, f)) {
        target.host = String::new();
        if !web {
            (target.tool, target.operation) = ("custom_proxy".to_owned(), "request".to_owned());
        }
    }
    // A host is written in lower case, in which no rule knows every secret again.
    let secret = |f: &&Finding| f.rule.class() == DataClass::Secrets;
    let host = folded(target.host.as_bytes());
    let in_host = |text: String| text.len() >= MIN_SECRET && host.contains(&text);
    let secrets = texts(inspection.findings.iter().filter(secret), request);
    if host.len() >= MIN_SECRET && secrets.into_iter().flat_map(forms).any(in_host) {
        target.host = String::new();
    }
    let found = OnceCell::new();
    let found =
        || found.get_or_init(|| texts(inspection.findings.iter(), request).into_iter().flat_map(forms).collect::<Vec<_>>());
    let tells = |name: &str| {
        let name = if name.len() > MAX_NAME { return true } else { folded(name.as_bytes()) };
        found().iter().any(|text| name.contains(text.as_str()) || name.len() >= MIN_PART && text.contains(&name))
    };
    if target.quoted && tells(&target.operation) {
        target.operation = "request".to_owned();
    }
    target.resource.hide(&tells);
}

/// The different texts that findings are about: one value may stand in a call a thousand times.
fn texts<'r>(findings: impl Iterator<Item = &'r Finding>, request: &'r Request) -> BTreeSet<&'r [u8]> {
    findings.map(|finding| text_of(finding, request)).collect()
}

/// The bytes that a finding is about.
fn text_of<'r>(finding: &Finding, request: &'r Request) -> &'r [u8] {
    let whole: &[u8] = match finding.part {
        Part::Url => request.url.expose().as_bytes(),
        Part::Body => request.body.expose(),
        Part::Header(index) => request.headers.get(index).map_or(&[], |header| header.value.expose().as_bytes()),
        Part::HeaderName(index) => request.headers.get(index).map_or(&[], |header| header.name.as_bytes()),
    };
    whole.get(finding.span.clone()).unwrap_or_default()
}

/// As it is written, and without its percent-encoding or escapes.
fn forms(text: &[u8]) -> impl Iterator<Item = String> {
    let decoded = [percent_decode(text), unescape(text).0].into_iter().filter(|form| **form != *text);
    once(Cow::Borrowed(text)).chain(decoded).map(|form| folded(&form)).filter(|form| !form.is_empty())
}

/// Letters and digits alone, in lower case: names of operations are spelt anew.
fn folded(text: &[u8]) -> String {
    if text.is_ascii() {
        return text.iter().filter(|b| b.is_ascii_alphanumeric()).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    String::from_utf8_lossy(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
