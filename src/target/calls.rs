//! Calls of functions: `tool://`, `mcp://`, JSON-RPC, and an agent's tools for its own computer. What a shell among them is
//! told counts by what it says.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    Arguments, Category, Reading, Verb, meaning,
    routes::snake_case,
    segments::Segments,
    shell::{self, Classes},
};
use crate::json::{Node, Value};

/// The host that stands for an agent's own computer. It is a name and no destination.
pub(crate) const COMPUTER: &str = "computer-use.interven.local";

/// Actions that only look.
const LOOKS: &str = " screenshot cursor_position get_cursor_position wait mouse_move scroll zoom view read list find hover ";
/// Tools that change files by commands of their own.
const EDITORS: &str = "str_replace_editor str_replace_based_edit_tool text_editor edit";

/// A call with the hosts that its shell commands name.
pub(super) struct Called {
    pub(super) reading: Reading,
    pub(super) hosts: Vec<String>,
}

/// A function by its name and what its arguments tell a shell.
pub(super) fn function(name: &str, any_name: bool, arguments: &Arguments) -> Called {
    let verb = meaning::verb_of_name(name);
    let mut reading = Reading::of_function(name);
    let mut hosts = Vec::new();
    let runs = meaning::is_shell(name);
    if runs || any_name {
        let keys: &[&str] = match (runs, meaning::is_plain_shell(name)) {
            (true, true) => &["command", "cmd", "script", "shell", "code", "commands", "input", ""],
            (true, false) => &["command", "cmd", "script", "shell", "commands", ""],
            _ => &["command", "cmd", "shell"],
        };
        let editor = EDITORS.split(' ').any(|editor| editor == name);
        if let Some(shell) = arguments.body().filter(|_| !editor).and_then(|body| shell_of(body, keys)) {
            let told = verb_of(shell.classes);
            // A shell does what it is told; any other function what its name says as well.
            reading.verb = if runs && name.len() < 64 && !meaning::administers(name) { told } else { verb.max(told) };
            add_categories(&mut reading.categories, shell.classes);
            hosts = shell.destinations;
        }
    }
    Called { reading, hosts }
}

/// `POST /computer-use/{tool}/{hash}` with `{tool, category, args}`.
pub(super) fn computer(path: &str, arguments: &Arguments) -> Called {
    let in_path = Segments::of(path).nth(1).unwrap_or_default();
    let body = arguments.body();
    let text = |node: Option<&Node>, name: &str| node.and_then(|node| node.field(name)).and_then(Node::text).map(str::to_owned);
    let named = text(body, "tool").unwrap_or_else(|| in_path.to_owned());
    let category = text(body, "category").unwrap_or_default();
    let args = body.and_then(|body| body.field("args"));
    let action = text(args, "action").map(|action| snake_case(&action));
    let command = text(args, "command");

    let is_shell = category == "bash" || [&*named, in_path].into_iter().any(meaning::is_shell);
    let is_editor = category == "text_editor" || EDITORS.split(' ').any(|editor| editor == named);
    if is_shell || !is_editor && action.is_none() && command.is_some() {
        let restarts = args.and_then(|args| args.field("restart")).is_some_and(Node::is_true);
        let shell = args.and_then(|args| shell_of(args, &["command", "cmd", "script", "shell", "code", "commands"]));
        let mut reading = Reading { operation: "bash".to_owned(), ..Reading::unknown(Verb::Write, Vec::new()) };
        add_categories(&mut reading.categories, shell.as_ref().map_or(Classes::EXECUTE, |shell| shell.classes));
        if restarts && shell.is_none() {
            reading.operation = "restart".to_owned();
        }
        if let Some(shell) = &shell {
            reading.verb = verb_of(shell.classes).max(if restarts { Verb::Write } else { Verb::Read });
        }
        return Called { reading, hosts: shell.map(|shell| shell.destinations).unwrap_or_default() };
    }
    let operation = action.or(command.map(|command| snake_case(&command))).unwrap_or_else(|| snake_case(&named));
    let known = LOOKS.split(' ').any(|look| look == operation);
    let verb = if known { Verb::Read } else { meaning::verb_of_name(&operation).max(Verb::Write) };
    let mut categories = meaning::categories_of_name(&operation, verb);
    // Keys are pressed here and not rotated.
    categories.retain(|category| category == &Category::Delete);
    Called { reading: Reading { operation, verb: verb.min(Verb::Write), categories, quoted: true }, hosts: Vec::new() }
}

/// The functions that JSON-RPC bodies call: names of `tools/call`.
pub(super) fn rpc_names<'a>(arguments: &'a Arguments<'_>) -> Vec<&'a str> {
    let Some(body) = arguments.body() else { return Vec::new() };
    let single = core::slice::from_ref(body);
    let calls = body.items().unwrap_or(single).iter().filter(|call| call.field("jsonrpc").is_some());
    calls
        .filter(|call| call.field("method").and_then(Node::text) == Some("tools/call"))
        .filter_map(|call| call.field("params")?.field("name")?.text())
        .take(64)
        .collect()
}

fn verb_of(classes: Classes) -> Verb {
    if classes.has(Classes::ADMIN) {
        Verb::Admin
    } else if [Classes::WRITE, Classes::DESTRUCTIVE, Classes::EXECUTE].into_iter().any(|class| classes.has(class)) {
        Verb::Write
    } else {
        Verb::Read
    }
}

/// In the order of [`Category::ALL`].
fn add_categories(categories: &mut Vec<Category>, classes: Classes) {
    let told = [
        (Category::Delete, classes.has(Classes::DESTRUCTIVE)),
        (Category::Execute, true),
        (Category::Access, classes.has(Classes::ADMIN)),
        (Category::Network, classes.has(Classes::NETWORK)),
    ];
    let before = core::mem::take(categories);
    let holds = |category: &Category| before.contains(category) || told.contains(&(*category, true));
    categories.extend(Category::ALL.iter().copied().filter(holds));
}

/// Everything that a shell is told under these keys, at any depth. `interven/slim` reads no shell: there the name alone counts.
fn shell_of(root: &Node, keys: &[&str]) -> Option<shell::Shell> {
    if !cfg!(feature = "full") {
        return None;
    }
    let mut all: Option<shell::Shell> = None;
    let mut open = Vec::from([("", root)]);
    while let Some((key, node)) = open.pop() {
        let told = keys.iter().any(|known| key.eq_ignore_ascii_case(known));
        match &node.value {
            Value::Text(text) if told => all.get_or_insert_default().text(text),
            // `["bash", "-lc", "…"]` are the words of one command; a list of command lines has blanks in its first.
            Value::Array(items) if told && items.iter().all(|item| item.text().is_some()) => {
                let words: Vec<&str> = items.iter().filter_map(Node::text).collect();
                let lines = words.first().is_some_and(|first| first.contains(' '));
                let all = all.get_or_insert_default();
                if lines { words.iter().for_each(|line| all.text(line)) } else { all.words(&words) }
            }
            Value::Object(fields) => open.extend(fields.iter().map(|(key, node)| (&**key, node))),
            Value::Array(items) => open.extend(items.iter().map(|node| (key, node))),
            _ => {}
        }
    }
    all
}
