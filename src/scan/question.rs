//! What a gateway is asked: the request as it may be seen by others.

use alloc::{
    borrow::ToOwned,
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Disclose, Gateway, ScanContext};
use crate::{
    decision::Gate,
    detect::{credential_header, credential_name},
    digest::Digest,
    engine::Local,
    finding::{DataClass, Finding, Part},
    json::{self, Object, push_string},
    normalize::percent_decode,
    redact::{Form, Given, redact_noting},
    request::Request,
    secret::Sensitive,
};

/// More values than this are counted and not listed.
const MAX_LISTED: usize = 64;

/// What a gateway is asked.
pub(super) struct Question {
    /// The body of `POST /v1/scan`: the request with everything replaced that is not disclosed.
    pub(super) body: String,
    /// What the call is known by there: nothing by which what is hidden could be guessed.
    pub(super) digest: Option<String>,
}

/// Asks about a request.
pub(super) fn question(request: &Request, local: &Local, context: &ScanContext, gateway: &Gateway) -> Question {
    let hidden = hidden(local, gateway.disclose);
    let mut given = Vec::new();
    let mut seen = redact_noting(request, &local.report.findings, &hidden, Form::Placeholders, &mut given);
    seen.url = Sensitive::new(masked(seen.url.expose()));
    for (index, header) in seen.headers.iter_mut().enumerate() {
        let named = |at: &usize| local.report.findings.get(*at).is_some_and(|f| f.part == Part::HeaderName(index));
        // No placeholder can stand in a name.
        let hides = hidden.iter().any(named);
        header.name = if hides { format!("x-interven-hidden-{index}") } else { header.name.to_ascii_lowercase() };
        // What authenticates the call is nobody's business but the destination's.
        if credential_header(&header.name) {
            header.value = Sensitive::new("[CREDENTIAL]".to_owned());
        }
    }
    let digest = stated(&seen, local, gateway);
    let mut out = String::with_capacity(seen.body.expose().len() + 512);
    let mut object = Object::begin(&mut out);
    object.text("method", &seen.method).text("url", seen.url.expose());
    // Of several with one name all are sent, so all are shown: with commas between them, as RFC 9110 (5.3) reads them.
    let mut shown: BTreeMap<&str, String> = BTreeMap::new();
    for header in &seen.headers {
        let value = header.value.expose();
        let all = shown.entry(&header.name);
        all.and_modify(|all| *all = [all.as_str(), ", ", value].concat()).or_insert_with(|| value.clone());
    }
    let mut headers = String::new();
    let mut fields = Object::begin(&mut headers);
    for (name, value) in &shown {
        fields.entry(name, value);
    }
    fields.end();
    object.raw("headers", &headers).raw("body", &body_value(seen.body.expose()));
    object.text("agent_id", &context.agent);
    if let Some(name) = &context.agent_name {
        object.text("agent_name", name);
    }
    object.text_or_null("request_digest", digest.as_deref());
    object.text("decision_floor", if local.effect.gate == Gate::RequireApproval { "REQUIRE_APPROVAL" } else { "ALLOW" });
    object.list("classifications", &local.report.classifications, |out, class| push_string(out, class.as_str()));
    say_hidden(&mut object, &local.report.findings, &hidden, &given, gateway);
    object.end();
    Question { body: out, digest }
}

/// The digest of the call; under the key where the gateway is not shown everything that it is made of.
fn stated(seen: &Request, local: &Local, gateway: &Gateway) -> Option<String> {
    let digest = local.report.digest?;
    // A body that is no text is shown as far as it is one.
    let shown = str::from_utf8(seen.body.expose()).is_ok() && Digest::is_told_by(seen, &local.outgoing);
    let keyed = || gateway.digest_key.as_ref().map(|key| digest.keyed(key.expose()));
    if shown { Some(digest) } else { keyed() }.map(|digest| digest.to_string())
}

/// Findings that the gateway does not see: what is redacted for the destination, and what is not disclosed. How the call
/// authenticates is nobody's business but the destination's, whatever is disclosed.
pub(super) fn hidden(local: &Local, disclose: Disclose) -> BTreeSet<usize> {
    let hides = |f: &Finding| match f.rule.class() {
        DataClass::Secrets => disclose != Disclose::Everything || f.in_place,
        DataClass::Pii | DataClass::Phi => disclose == Disclose::Nothing,
        DataClass::Internal | DataClass::Injection => false,
    };
    let mut indexes = local.effect.redactions.clone();
    indexes.extend(local.report.findings.iter().enumerate().filter(|(_, f)| hides(f)).map(|(index, _)| index));
    indexes
}

/// How much of which class is hidden, and for each hidden value a fingerprint that says nothing without the client's key.
fn say_hidden(object: &mut Object<'_>, findings: &[Finding], hidden: &BTreeSet<usize>, given: &[Given], gateway: &Gateway) {
    if hidden.is_empty() {
        return;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in hidden.iter().filter_map(|index| findings.get(*index)) {
        *counts.entry(finding.rule.class().as_str()).or_default() += 1;
    }
    let mut text = String::new();
    let mut fields = Object::begin(&mut text);
    for (class, count) in counts {
        fields.number(class, count);
    }
    fields.end();
    object.raw("hidden_counts", &text);
    object.list("hidden", given.iter().take(MAX_LISTED), |out, given| {
        let mut one = Object::begin(out);
        one.text("placeholder", &given.placeholder).text("class", given.class.as_str());
        if let Some(key) = &gateway.fingerprint_key {
            one.text("fingerprint", &key.tag(&given.placeholder, given.identity));
        }
        one.end();
    });
}

/// The URL without the values of parameters, of the query as of the fragment, that hold credentials by their name.
fn masked(url: &str) -> String {
    let Some(start) = url.find(['?', '#']) else { return url.to_owned() };
    let (before, parameters) = url.split_at(start);
    let mut out = before.to_owned();
    for parameter in parameters.split_inclusive(['?', '#', '&', ';']) {
        let text = parameter.trim_end_matches(['?', '#', '&', ';']);
        match text.split_once('=') {
            Some((name, _)) if names_credential(name) => out.extend([name, "=%5BCREDENTIAL%5D"]),
            _ => out.push_str(text),
        }
        out.push_str(parameter.get(text.len()..).unwrap_or_default());
    }
    out
}

/// Also where a part of the name is percent-encoded.
fn names_credential(name: &str) -> bool {
    credential_name(name) || credential_name(&String::from_utf8_lossy(&percent_decode(name.as_bytes())))
}

/// A JSON body as it is, any other text as a string, nothing as `{}`.
fn body_value(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if body.is_empty() {
        return "{}".to_owned();
    }
    if json::parse(body, "body").is_ok() {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    let mut out = String::new();
    push_string(&mut out, &text);
    out
}
