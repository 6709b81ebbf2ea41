//! What a call is: tool, operation, verb, and what it touches.
//!
//! In: method, URL and arguments. Out: a [`Target`]. Where a table knows the call, its line says what it is; everywhere else
//! the words of path or name do, and what nobody can tell is a write.

mod arguments;
mod aws;
mod calls;
mod category;
mod destinations;
mod graphql;
mod meaning;
mod principal;
mod resource;
mod routes;
mod shell;
mod tools;

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

pub(crate) use arguments::Arguments;
pub(crate) use calls::COMPUTER;
pub use category::Category;
pub use destinations::Destination;
pub(crate) use destinations::default_port;
pub use resource::Resource;
pub(crate) use tools::{has_operation, tool_names};

use crate::{
    normalize::{Url, percent_decode},
    options::Organisation,
    request::Request,
    secret::Sensitive,
};
use calls::Called;
use destinations::Reached;
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
    /// Hosts that the call makes somebody connect to, beside its own; at most 64.
    pub destinations: Vec<Sensitive<Destination>>,
    /// Whether more destinations than are kept are not public.
    pub(crate) more_private: bool,
    /// How many users, addresses and webhooks the call gives something to.
    pub principals: usize,
    /// How many of them are not of the organisation.
    pub external_principals: usize,
}

/// What stands for the destination of a text that is scanned by itself: nobody is called.
const TEXT_ALONE: &str = "tool://interven/scan";

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
            destinations: Vec::new(),
            more_private: false,
            principals: 0,
            external_principals: 0,
        };
        let Some(url) = url else { return unknown("custom_proxy") };
        let host = url.host();
        let mut target = Self { host: host.clone(), port: url.port(), ..unknown("custom_proxy") };
        let decoded = percent_decode(url.path().as_bytes());
        let path = String::from_utf8_lossy(&decoded);
        // Names of the functions that are called, if any.
        let mut called: Vec<String> = calls::rpc_names(arguments).into_iter().map(ToString::to_string).collect();
        let mut hosts = Vec::new();
        let mut told = |call: Called| {
            hosts = call.hosts;
            call.reading
        };
        let reading = match url.scheme().as_str() {
            "mcp" => {
                target.tool = "mcp".to_owned();
                called.push(host.clone());
                told(calls::function(&host, true, arguments))
            }
            "tool" => {
                target.tool = host;
                let name = path.trim_start_matches('/');
                called.push(name.to_owned());
                told(calls::function(name, false, arguments))
            }
            _ if host == COMPUTER && path.starts_with("/computer-use/") => {
                target.tool = "computer_use".to_owned();
                let call = told(calls::computer(&path, arguments));
                called.push(call.operation.clone());
                call
            }
            _ => {
                let tool = tools::of(&host, &path);
                target.tool = tool.map_or("custom_proxy", |tool| tool.name).to_owned();
                let readings = request
                    .methods()
                    .into_iter()
                    .map(|method| read(tool, method, &path, request, arguments, &host, &mut target.resource));
                readings.reduce(|a, b| if b.verb > a.verb { b } else { a }).unwrap_or_else(|| function(""))
            }
        };
        let mut target = Self { operation: reading.operation, verb: reading.verb, categories: reading.categories, ..target };
        if request.url.expose() != TEXT_ALONE {
            target.reach(&called, &hosts, arguments);
        }
        target
    }

    /// Notes who and what the call reaches beyond its own host.
    fn reach(&mut self, called: &[String], hosts: &[String], arguments: &Arguments) {
        let names: Vec<&str> = called.iter().map(String::as_str).collect();
        if self.verb > Verb::Read && !names.is_empty() {
            principal::collect(arguments, &mut self.resource);
        }
        let mut reached = Reached::default();
        hosts.iter().for_each(|host| reached.add(host, true));
        let webhooks = core::mem::take(&mut self.resource.webhooks);
        webhooks.iter().for_each(|webhook| reached.add(webhook.expose(), false));
        self.resource.webhooks = webhooks;
        reached.collect(self, &names, arguments);
        self.destinations = reached.kept;
        self.more_private = reached.more;
    }

    /// Counts the principals, and those that are not of the organisation.
    pub(crate) fn count_principals(&mut self, organisation: &Organisation) {
        let all = || self.resource.principals.iter().chain(&self.resource.webhooks).map(|principal| principal.expose().as_str());
        self.principals = all().count();
        self.external_principals = all().filter(|who| principal::is_external(who, organisation)).count();
    }
}

impl Target {
    /// What is remembered as the destination: the host, and what is touched there.
    pub(crate) fn destination(&self) -> String {
        let mut name = if self.host.is_empty() { self.tool.clone() } else { self.host.clone() };
        for (_, value) in self.resource.shown().filter(|(name, _)| matches!(*name, "org" | "repo" | "channel" | "account")) {
            name.push('/');
            name.push_str(value);
        }
        name
    }
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
    path: &str,
    request: &Request,
    arguments: &Arguments,
    host: &str,
    resource: &mut Resource,
) -> Reading {
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
    let mut known = |method: &str, path: &str| {
        let (route, kept) = routes::find(tool.table, method, path)?;
        for (name, value) in kept {
            resource.keep(name, &value);
        }
        for (name, at) in route.fields() {
            keep_field(name, at, arguments, resource);
        }
        Some(Reading { operation: route.operation.to_owned(), verb: route.verb, categories: route.categories().collect() })
    };
    if tool.graphql.is_some_and(|endpoint| path.trim_end_matches('/') == endpoint) {
        return graphql_reading(arguments, &mut known);
    }
    if tool.name == "aws" {
        let service = aws::service(host, &mut Resource::default());
        if let Some(action) = aws::action(request.header_values("x-amz-target").next(), arguments) {
            let by_rule = known("AWS", &aws::row(&service, &action));
            return by_rule.unwrap_or_else(|| {
                let verb = aws::verb(&service, &action);
                let operation = routes::snake_case(&action);
                Reading { categories: meaning::categories_of_name(&operation, verb), operation, verb }
            });
        }
        return known(method, &[&service, path].join("/")).unwrap_or_else(|| Reading {
            operation: "request".to_owned(),
            verb: guessed(),
            categories: Vec::new(),
        });
    }
    known(method, path).unwrap_or_else(|| {
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
fn graphql_reading(arguments: &Arguments, known: &mut dyn FnMut(&str, &str) -> Option<Reading>) -> Reading {
    let Some(operation) = graphql::operation(arguments) else { return function("request") };
    let of = |field: &&str| {
        known("GRAPHQL", field)
            .map(|reading| Reading { verb: if operation.writes { reading.verb } else { Verb::Read }, ..reading })
            .unwrap_or_else(|| {
                let name = routes::snake_case(field);
                let guessed = meaning::verb_of_name(&name);
                let verb = if operation.writes { guessed.max(Verb::Write) } else { Verb::Read };
                Reading { categories: meaning::categories_of_name(&name, verb), operation: name, verb }
            })
    };
    let mut readings: Vec<Reading> = operation.fields.iter().map(of).collect();
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

/// Keeps what stands at a place of the body, or in a field of the query.
fn keep_field(name: &str, at: &str, arguments: &Arguments, resource: &mut Resource) {
    if let Some(field) = at.strip_prefix('?') {
        arguments.named(field).for_each(|value| resource.keep(name, value));
    } else if let Ok(path) = crate::json::Path::parse(at) {
        arguments.select(&path).for_each(|value| resource.keep(name, value));
    }
}
