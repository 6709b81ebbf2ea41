//! What a call is: tool, operation, verb, and what it touches.
//!
//! In: method, URL and arguments. Out: a [`Target`]. Where a table knows the call, its line says what it is; everywhere else
//! the words of path or name do, and what nobody can tell is a write.

mod arguments;
mod aws;
mod category;
mod graphql;
mod meaning;
#[cfg(test)]
mod principals;
mod resource;
mod routes;
mod tools;

use alloc::{borrow::ToOwned, string::String, vec::Vec};

pub(crate) use arguments::Arguments;
pub use category::Category;
pub use resource::Resource;

use crate::{
    normalize::{Url, percent_decode},
    request::Request,
};
use tools::Tool;

/// Whether a call reads, writes or administers. Ordered by strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Changes nothing.
    Read,
    /// Changes data.
    Write,
    /// Changes who may do what.
    Admin,
}

impl Verb {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "READ",
            Self::Write => "WRITE",
            Self::Admin => "ADMIN",
        }
    }

    /// Reads the name on the wire, without case.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Admin].into_iter().find(|verb| verb.as_str().eq_ignore_ascii_case(name))
    }
}

/// Where a call goes and what it does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The service: `slack`, `github`, …; `custom_proxy` for a host that no table knows.
    pub tool: String,
    /// The action: a known operation, a function's name, or `request`.
    pub operation: String,
    /// Read, write or administer.
    pub verb: Verb,
    /// Kinds of the operation.
    pub categories: Vec<Category>,
    /// Host in lower case; empty when the URL could not be read.
    pub host: String,
    /// The port that the URL names.
    pub port: Option<u16>,
    /// What the call touches.
    pub resource: Resource,
}

/// What one reading of a call says: a call that asks to be taken for several methods has several.
struct Reading {
    operation: String,
    verb: Verb,
    categories: Vec<Category>,
}

impl Target {
    /// Derives the target. Without a readable URL everything is unknown and counts as a write.
    ///
    /// Whatever method the request asks to be taken for counts as well: the strictest reading holds.
    pub(crate) fn of(request: &Request, url: Option<&Url<'_>>, arguments: &Arguments) -> Self {
        let unknown = |tool: &str| Self {
            tool: tool.to_owned(),
            operation: "request".to_owned(),
            verb: Verb::Write,
            categories: Vec::new(),
            host: String::new(),
            port: None,
            resource: Resource::default(),
        };
        let Some(url) = url else { return unknown("custom_proxy") };
        let host = url.host();
        let mut target = Self { host: host.clone(), port: url.port(), ..unknown("custom_proxy") };
        let decoded = percent_decode(url.path().as_bytes());
        let path = String::from_utf8_lossy(&decoded);
        let paths = [segments_apart(url.path()), path.clone().into_owned()];
        let reading = match url.scheme().as_str() {
            "mcp" => {
                target.tool = "mcp".to_owned();
                function(&host)
            }
            "tool" => {
                target.tool = host;
                function(path.trim_start_matches('/'))
            }
            _ => {
                let tool = tools::of(&host, &path);
                target.tool = tool.map_or("custom_proxy", |tool| tool.name).to_owned();
                if let Some((name, value)) = tool.and_then(|tool| tools::label(tool, &host)) {
                    target.resource.keep(name, value);
                }
                let readings = request
                    .methods()
                    .into_iter()
                    .map(|method| read(tool, method, &paths, request, arguments, &host, &mut target.resource));
                readings.reduce(stricter).unwrap_or_else(|| function(""))
            }
        };
        Self { operation: reading.operation, verb: reading.verb, categories: reading.categories, ..target }
    }
}

/// The stricter of two readings, a known operation before a guess, of the kinds of both.
fn stricter(a: Reading, b: Reading) -> Reading {
    let second = b.verb > a.verb || b.verb == a.verb && a.operation == "request";
    let (mut one, other) = if second { (b, a) } else { (a, b) };
    one.categories.extend(other.categories.iter().filter(|c| !one.categories.contains(c)).copied().collect::<Vec<_>>());
    one
}

/// A path with percent-encoding undone but for the slashes inside its segments: `projects/acme%2Fweb` has two.
fn segments_apart(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (at, part) in path.split("%2F").flat_map(|part| part.split("%2f")).enumerate() {
        out.push_str(if at == 0 { "" } else { "%2F" });
        out.push_str(&String::from_utf8_lossy(&percent_decode(part.as_bytes())));
    }
    out
}

/// A tool call by the name of its function.
fn function(name: &str) -> Reading {
    let verb = meaning::verb_of_name(name);
    Reading { operation: name.to_owned(), verb, categories: meaning::categories_of_name(name, verb) }
}

/// An HTTP call, taken for one method.
fn read(
    tool: Option<&Tool>,
    method: &str,
    paths: &[String; 2],
    request: &Request,
    arguments: &Arguments,
    host: &str,
    resource: &mut Resource,
) -> Reading {
    let [apart, path] = paths;
    let actions: Vec<&str> = ["action", "do", "cmd", "op", "method", "_method"].iter().flat_map(|n| arguments.named(n)).collect();
    let guessed = || meaning::verb_of_http(method, path, &actions);
    let Some(tool) = tool else {
        let verb = guessed();
        let last = path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or_default();
        let mut categories = meaning::categories_of_name(last, verb);
        if method.eq_ignore_ascii_case("DELETE") && !categories.contains(&Category::Delete) {
            categories.push(Category::Delete);
        }
        return Reading { operation: "request".to_owned(), verb, categories };
    };
    let (kept, left_out) = tools::beginning(tool, host, apart);
    for (name, value) in kept {
        resource.keep(name, &value);
    }
    let mut known = |method: &str, paths: &[&str]| {
        let found = paths.iter().filter_map(|path| routes::find(tool.table, method, path, arguments));
        let (route, kept) = found.reduce(|a, b| if b.0.verb > a.0.verb { b } else { a })?;
        for (name, value) in kept {
            resource.keep(name, &value);
        }
        for (name, at) in route.fields() {
            keep_field(name, at, arguments, resource);
        }
        Some(Reading { operation: route.operation.to_owned(), verb: route.verb, categories: route.categories().collect() })
    };
    // A service may take a slash inside a segment for one between two: the stricter reading holds.
    let seen = [apart, path].map(|path| routes::without(path, left_out));
    let [apart, path] = &seen;
    let at = |endpoint: &str| path.eq_ignore_ascii_case(endpoint.trim_start_matches('/'));
    if tool.graphql.is_some_and(at) {
        return graphql_reading(arguments, &mut known);
    }
    if tool.name == "aws" {
        let service = aws::service(host, &mut Resource::default());
        if let Some(action) = aws::action(request.header_values("x-amz-target").next(), arguments) {
            let by_rule = known("AWS", &[&aws::row(&service, &action)]);
            return by_rule.unwrap_or_else(|| {
                let verb = aws::verb(&service, &action);
                let operation = routes::snake_case(&action);
                Reading { categories: meaning::categories_of_name(&operation, verb), operation, verb }
            });
        }
        return known(method, &[&[&service, path.as_str()].join("/")]).unwrap_or_else(|| Reading {
            operation: "request".to_owned(),
            verb: guessed(),
            categories: Vec::new(),
        });
    }
    let spellings: &[&str] = if apart == path { &[path] } else { &[apart, path] };
    known(method, spellings).unwrap_or_else(|| {
        let verb = guessed();
        let deletes = method.eq_ignore_ascii_case("DELETE");
        Reading {
            operation: "request".to_owned(),
            verb,
            categories: if deletes { [Category::Delete].into() } else { Vec::new() },
        }
    })
}

/// The strictest of the root fields of a GraphQL call; without any that can be read, a write.
fn graphql_reading(arguments: &Arguments, known: &mut dyn FnMut(&str, &[&str]) -> Option<Reading>) -> Reading {
    let Some(operation) = graphql::operation(arguments) else { return function("request") };
    let of = |field: &&str| {
        known("GRAPHQL", &[field])
            .map(|reading| Reading { verb: if operation.writes { reading.verb } else { Verb::Read }, ..reading })
            .unwrap_or_else(|| {
                let name = routes::snake_case(field);
                let guessed = meaning::verb_of_name(&name);
                let verb = if operation.writes { guessed.max(Verb::Write) } else { Verb::Read };
                Reading { categories: meaning::categories_of_name(&name, verb), operation: name, verb }
            })
    };
    // One field may stand there many times; each name is looked at once.
    let fields = operation.fields.iter().enumerate();
    let once =
        fields.filter(|(at, field)| !operation.fields.iter().take(*at).any(|other| other == *field)).map(|(_, field)| field);
    let mut readings: Vec<Reading> = once.map(of).collect();
    let strictest = readings.iter().map(|reading| reading.verb).max().unwrap_or(Verb::Write);
    let mut categories: Vec<Category> = Vec::new();
    for reading in &readings {
        categories.extend(reading.categories.iter().filter(|c| !categories.contains(c)).copied().collect::<Vec<_>>());
    }
    let first = readings.iter().position(|reading| reading.verb == strictest);
    match first {
        Some(at) => Reading { categories, verb: strictest, operation: readings.swap_remove(at).operation },
        None => Reading { operation: "request".to_owned(), verb: Verb::Write, categories },
    }
}

/// Keeps what stands at a place of the call; see [`routes`].
fn keep_field(name: &str, at: &str, arguments: &Arguments, resource: &mut Resource) {
    if let Some(field) = at.strip_prefix('?') {
        if field.contains('*') {
            arguments.named_like(field).for_each(|value| resource.keep(name, value));
        } else {
            arguments.named(field).for_each(|value| resource.keep(name, value));
        }
    } else if let Some(field) = at.strip_prefix('~') {
        graphql::anywhere(arguments, field, &mut |value| resource.keep(name, value));
    } else if !at.starts_with('$') {
        resource.keep(name, at);
    } else if let Ok(path) = crate::json::Path::parse(at) {
        arguments.select(&path).for_each(|value| resource.keep(name, value));
    }
}
