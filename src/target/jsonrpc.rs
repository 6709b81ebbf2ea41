//! JSON-RPC, and MCP, which is JSON-RPC: the body says what is called, whatever the path is.

use alloc::vec::Vec;

use super::{Arguments, Reading, Resource, Verb, reading, tools};
use crate::json::{Node, Value};

/// The keys of a message.
const KEYS: &[&str] = &["jsonrpc", "id", "method", "params", "result", "error"];

/// Most messages of a batch that are read.
const MOST: usize = 256;

/// What a body in JSON-RPC says.
pub(super) struct Spoken {
    pub(super) reading: Reading,
    /// Whether the body is nothing else: a service that does not know the protocol would find nothing in it.
    pub(super) whole: bool,
}

/// Reads a message or a batch; the strictest of a batch holds.
pub(super) fn read(arguments: &Arguments, resource: &mut Resource) -> Option<Spoken> {
    let body = arguments.body()?;
    let messages = body.items().unwrap_or(core::slice::from_ref(body));
    let is_message = |node: &Node| node.fields("jsonrpc").any(|version| version.text() == Some("2.0"));
    if messages.is_empty() || !messages.iter().all(is_message) {
        return None;
    }
    let only = |node: &Node| matches!(&node.value, Value::Object(fields) if fields.iter().all(|(key, _)| KEYS.contains(&&**key)));
    let whole = messages.iter().all(only);
    let readings = messages.iter().take(MOST).flat_map(|message| of_message(message, arguments, resource));
    // Another may stand behind those that are read.
    let unread = (messages.len() > MOST).then(Reading::unread);
    let reading = reading::strictest(readings.chain(unread))?;
    Some(Spoken { reading, whole })
}

/// The readings of a message: a key that stands twice is read twice.
fn of_message(message: &Node, arguments: &Arguments, resource: &mut Resource) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (at, method) in message.fields("method").map(|method| method.text().unwrap_or_default()).enumerate() {
        if at == MOST {
            readings.push(Reading::unread());
            break;
        }
        if method == "tools/call" {
            let names = message.fields("params").flat_map(|params| params.fields("name")).filter_map(Node::text);
            readings.extend(names.map(Reading::of_function));
            if readings.is_empty() {
                readings.push(Reading::unknown(Verb::Write, Vec::new()));
            }
        } else {
            let listed = super::listed(&tools::MCP, "RPC", method, arguments, resource);
            // The name space comes first: `users.list`, `users/list`.
            let name = method.rsplit(['/', '.']).next().unwrap_or(method);
            let guess = || Reading { operation: super::routes::snake_case(method), ..Reading::of_name(name) };
            readings.push(listed.unwrap_or_else(guess));
        }
    }
    if readings.is_empty() {
        // What a client answers to a server leaves as well.
        readings.push(Reading { operation: "respond".into(), ..Reading::unknown(Verb::Write, Vec::new()) });
    }
    readings
}
