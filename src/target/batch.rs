//! Calls that carry other calls: batches of Microsoft Graph, Google, Salesforce and Asana. Each inner call is read as if it
//! came by itself and the strictest holds; one that cannot be read may do everything.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Arguments, Call, MOST_METHODS, Reading, Resource, methods, multipart, reading, routes, segments::Segments, tools};
use crate::{
    json::{Field, Node, Value},
    limits::Limits,
    normalize::{parse_url, percent_decode},
    request::Request,
};

/// Most inner calls that are read.
const MOST: usize = 256;

/// What the inner calls of a batch say together, in place of the table's line for the `whole`; a call that is no batch stays
/// as it is.
pub(super) fn read(outer: &Call<'_>, whole: Reading, resource: &mut Resource) -> Reading {
    let asana = |url: &str| Some(format!("/api/1.0/{}", url.trim_start_matches('/')));
    let graph = |url: &str| {
        // Addresses go on from the version.
        let version = Segments::of(outer.path).next()?;
        Some(format!("/{version}/{}", url.trim_start_matches('/')))
    };
    let composite: &[&[&str]] = &[&["compositeRequest"], &["batchRequests"], &["graphs", "compositeRequest"]];
    let inner = match (outer.tool.map_or("", |tool| tool.name), whole.operation.as_str()) {
        // A batch in a batch.
        (_, "batch" | "composite") if outer.inner => return Reading::unread(),
        ("microsoft_graph", "batch") => of_json(outer, &[&["requests"]], "url", &graph),
        ("asana", "batch") => of_json(outer, &[&["data", "actions"], &["actions"]], "relative_path", &asana),
        ("salesforce", "composite") => of_json(outer, composite, "url", &salesforce),
        // Records are written at least, whatever they are.
        ("salesforce", "create_records" | "update_records" | "upsert_records") => {
            let inner = of_types(outer);
            return if inner.is_empty() { whole } else { whole.join(all(outer, inner, resource)) };
        }
        ("gdrive" | "gmail" | "gcalendar", "batch") => of_http(outer),
        _ => return whole,
    };
    let reading = all(outer, inner.unwrap_or_default(), resource);
    // What has no name is the batch itself.
    if reading.operation == "request" { Reading { operation: whole.operation, ..reading } } else { reading }
}

/// The strictest of inner calls, and what all of them touch.
fn all(outer: &Call<'_>, inner: Vec<Option<Inner<'_>>>, resource: &mut Resource) -> Reading {
    // Another may stand behind those that are read; where nothing is read, anything may stand.
    let unread = (inner.len() > MOST || inner.is_empty()).then(Reading::unread);
    let readings = inner.into_iter().take(MOST).map(|call| call.and_then(|call| one(outer, call, resource)));
    let readings: Vec<Reading> = readings.map(|reading| reading.unwrap_or_else(Reading::unread)).chain(unread).collect();
    reading::strictest(readings).unwrap_or_else(Reading::unread)
}

/// An inner call.
struct Inner<'b> {
    request: Request,
    /// The body, where the batch holds it as a document.
    body: Option<Node<'b>>,
}

fn one(outer: &Call<'_>, inner: Inner<'_>, resource: &mut Resource) -> Option<Reading> {
    let Inner { request, body } = inner;
    let url = parse_url(request.url.expose()).filter(|url| url.host() == outer.host)?;
    let mut arguments = Arguments::of(&request, Some(&url), &Limits::default());
    if let Some(body) = body {
        arguments = arguments.with_body(body);
    }
    let path = routes::one_slash(&String::from_utf8_lossy(&percent_decode(url.path().as_bytes())));
    // Whether a service goes up from where a batch stands is its own affair.
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return None;
    }
    let apart = routes::segments_apart(url.path());
    let tool = tools::of(outer.host, &path);
    let (host, inner) = (outer.host, true);
    let call = Call { tool, host, path: &path, apart: &apart, request: &request, arguments: &arguments, inner };
    let methods = methods(&request, &arguments);
    if methods.len() > MOST_METHODS {
        return None;
    }
    let readings = methods.iter().map(|method| call.by_path(method, resource).reading);
    reading::strictest(readings.collect::<Vec<_>>())
}

/// Records of several kinds, each as if it were written by itself.
fn of_types<'b>(outer: &'b Call<'_>) -> Vec<Option<Inner<'b>>> {
    let mut all = Vec::new();
    outer.arguments.each(&mut |key, kind| {
        if key == "type" && all.len() <= MOST {
            let url = format!("https://{}/services/data/v1/sobjects/{kind}", outer.host);
            all.push(Some(Inner { request: Request::new("POST", url), body: None }));
        }
    });
    all
}

/// Inner calls that stand in lists of the body: objects with `method`, an address and a body.
fn of_json<'b>(
    outer: &'b Call<'_>,
    lists: &[&'b [&'b str]],
    address: &str,
    place: &dyn Fn(&str) -> Option<String>,
) -> Option<Vec<Option<Inner<'b>>>> {
    let body = outer.arguments.body()?;
    let mut all = Vec::new();
    for list in lists {
        let mut nodes: Vec<&Node<'_>> = Vec::from([body]);
        for name in *list {
            nodes = nodes.into_iter().flat_map(items).flat_map(|node| fields(node, name)).collect();
        }
        for node in nodes {
            // Something else than a list: nobody knows what a service makes of it.
            let calls = node.items()?;
            all.extend(calls.iter().take(MOST + 1).map(|call| of_object(call, outer.host, address, place)));
        }
    }
    Some(all)
}

/// The items of a list, or the one thing itself.
fn items<'n>(node: &'n Node<'n>) -> &'n [Node<'n>] {
    node.items().unwrap_or(core::slice::from_ref(node))
}

/// What stands under a name. Some services read names without case.
fn fields<'n>(node: &'n Node<'n>, name: &'n str) -> impl Iterator<Item = &'n Node<'n>> {
    let fields: &'n [Field<'n>] = if let Value::Object(fields) = &node.value { fields } else { &[] };
    fields.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, node)| node)
}

fn of_object<'b>(call: &'b Node<'b>, host: &str, address: &str, place: &dyn Fn(&str) -> Option<String>) -> Option<Inner<'b>> {
    let Value::Object(fields) = &call.value else { return None };
    let (mut method, mut url, mut body, mut headers) = (None, None, None, None);
    for (key, node) in fields {
        // Services differ in the case of names, and in which of two they take.
        let slot = match key.to_ascii_lowercase().as_str() {
            "method" => &mut method,
            "headers" | "httpheaders" => &mut headers,
            "body" | "richinput" | "data" => &mut body,
            name if name == address => &mut url,
            _ => continue,
        };
        if slot.replace(node).is_some() {
            return None;
        }
    }
    let url = url?.text()?;
    // Another host, or what some take for a slash.
    if url.split('?').next().is_some_and(|path| path.contains("://") || path.contains('\\')) {
        return None;
    }
    let url = place(url)?;
    let mut request = Request::new(method?.text()?.trim(), format!("https://{host}{url}"));
    if let Some(Value::Object(fields)) = headers.map(|node| &node.value) {
        for (name, value) in fields {
            request = request.header(name.to_string(), value.text().unwrap_or_default());
        }
    }
    Some(Inner { request, body: body.cloned() })
}

/// Addresses of composite calls are whole, those of batches go on from the version; a part of one may stand for what another
/// call answers, but not the part that says what is called.
fn salesforce(url: &str) -> Option<String> {
    let path = url.split('?').next().unwrap_or_default();
    let path = String::from_utf8_lossy(&percent_decode(path.as_bytes())).into_owned();
    if let Some((before, _)) = path.split_once("@{") {
        let (_, object) = before.split_once("/sobjects/")?;
        object.find('/').filter(|at| *at > 0)?;
    }
    let url = url.trim_start_matches('/');
    let whole = url.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("services/"));
    Some(if whole { format!("/{url}") } else { format!("/services/data/{url}") })
}

/// Inner calls that stand as HTTP messages in the parts of the body.
fn of_http<'b>(outer: &'b Call<'_>) -> Option<Vec<Option<Inner<'b>>>> {
    let parts = multipart::parts(outer.request)?;
    Some(parts.iter().take(MOST + 1).map(|part| message(part.body, outer.host).filter(|_| part.is_plain())).collect())
}

fn message<'b>(text: &[u8], host: &str) -> Option<Inner<'b>> {
    let (head, body) = multipart::head_and_body(text);
    let head = core::str::from_utf8(head).ok()?;
    let mut lines = head.lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let mut words = lines.next()?.split_ascii_whitespace();
    let (method, url) = (words.next()?, words.next()?);
    let whole =
        url.strip_prefix("https://").map_or_else(|| url.starts_with('/').then(|| format!("{host}{url}")), |url| Some(url.into()));
    let mut request = Request::new(method, format!("https://{}", whole?));
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        request = request.header(name.trim(), value.trim());
    }
    Some(Inner { request: request.body(body), body: None })
}
