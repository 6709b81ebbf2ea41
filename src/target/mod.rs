//! What a call is: tool, operation, verb, and what it touches.
//!
//! In: method, URL and arguments. Out: a [`Target`]. Where a table knows the call, its line says what it is; everywhere else
//! the words of path or name do, and what nobody can tell is a write.

mod arguments;
mod aws;
mod batch;
#[cfg(test)]
mod bounds;
mod calls;
mod category;
mod destinations;
mod found;
mod graphql;
mod jsonrpc;
mod meaning;
mod multipart;
mod principal;
#[cfg(test)]
mod principals;
mod reading;
#[cfg(test)]
mod recipients;
mod resource;
mod routes;
mod segments;
mod shell;
mod soap;
mod table;
mod tools;
mod unlisted;
mod words;

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
use found::Found;
use reading::Reading;
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
    /// Whether the operation's name was taken from the call, not from a table.
    pub(crate) quoted: bool,
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

/// What an HTTP call is read from.
struct Call<'c> {
    tool: Option<&'static Tool>,
    host: &'c str,
    path: &'c str,
    /// The path with the slashes inside its segments as they are.
    apart: &'c str,
    request: &'c Request,
    arguments: &'c Arguments<'c>,
    /// Whether it came in a batch.
    inner: bool,
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
            quoted: false,
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
        let mut target = Self { host: host.to_owned(), port: url.port(), ..unknown("custom_proxy") };
        let decoded = percent_decode(url.path().as_bytes());
        let path = String::from_utf8_lossy(&decoded);
        // Names of the functions that are called, if any.
        let mut called: Vec<String> = calls::rpc_names(arguments).into_iter().map(ToString::to_string).collect();
        let mut hosts = Vec::new();
        let mut told = |call: Called| {
            hosts = call.hosts;
            call.reading
        };
        let reading = match url.scheme() {
            "mcp" => {
                target.tool = "mcp".to_owned();
                // A server's name may stand before that of its tool.
                let mut names = core::iter::once(url.host_as_written()).chain(path.split('/')).filter(|name| !name.is_empty());
                let name = names.next_back().unwrap_or_default();
                called.push(name.to_owned());
                told(calls::function(name, true, arguments))
            }
            "tool" => {
                target.tool = host.to_owned();
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
                let (path, apart) = (routes::one_slash(&path), routes::segments_apart(url.path()));
                let call =
                    Call { tool: tools::of(host, &path), host, path: &path, apart: &apart, request, arguments, inner: false };
                target.tool = call.tool.map_or("custom_proxy", |tool| tool.name).to_owned();
                if let Some((name, label)) = call.tool.and_then(|tool| tools::label(tool, host)) {
                    target.resource.keep(name, label);
                }
                let methods = methods(request, arguments);
                let by_path = methods.iter().take(MOST_METHODS).map(|method| call.by_path(method, &mut target.resource));
                let by_path = by_path.chain((methods.len() > MOST_METHODS).then(|| Found::guessed(Reading::unread())));
                let by_path = by_path.reduce(Found::join).unwrap_or_else(|| Found::guessed(Reading::unread()));
                call.spoken(by_path, &mut target)
            }
        };
        let Reading { operation, verb, categories, quoted } = reading;
        let mut target = Self { operation, verb, categories, quoted, ..target };
        if cfg!(feature = "full") && request.url.expose() != TEXT_ALONE {
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

/// Most methods that one call is taken for.
const MOST_METHODS: usize = 16;

/// The methods that a call may be taken for, each once: forms name one, too.
fn methods<'r>(request: &'r Request, arguments: &'r Arguments) -> Vec<&'r str> {
    let mut methods: Vec<&str> = Vec::new();
    for method in request.methods().into_iter().chain(arguments.named("_method")) {
        if methods.len() <= MOST_METHODS && !methods.iter().any(|known| known.eq_ignore_ascii_case(method)) {
            methods.push(method);
        }
    }
    methods
}

impl Call<'_> {
    /// What method and path say.
    fn by_path(&self, method: &str, resource: &mut Resource) -> Found {
        let guess = || Found::guessed(unlisted::read(method, self.path, self.arguments));
        let Some(tool) = self.tool.filter(|_| cfg!(feature = "full")) else {
            let guess = guess();
            return match self.self_hosted(method, resource) {
                Some(reading) => Found::guessed(guess.reading.join(reading)),
                None => guess,
            };
        };
        let known = |resource: &mut Resource, method: &str, path: &str| listed(tool, method, path, self.arguments, resource);
        if tool.name == "aws" {
            let mut known = known;
            return Found { reading: aws::read(self, method, resource, &mut known), listed: true };
        }
        let (kept, left_out) = tools::beginning(tool, self.host, self.apart);
        kept.iter().for_each(|(name, value)| resource.keep(name, value));
        // A service may take a slash inside a segment for one between two: the stricter reading holds.
        let spellings = [self.apart, self.path].map(|path| routes::without(path, left_out));
        let [apart, path] = &spellings;
        if tool.graphql.is_some_and(|endpoint| path.eq_ignore_ascii_case(endpoint.trim_start_matches('/'))) {
            let mut field = |method: &str, field: &str| known(resource, method, field);
            return Found { reading: graphql_reading(self.arguments, &mut field), listed: true };
        }
        let both = [Some(apart), Some(path).filter(|path| *path != apart)];
        let readings = both.into_iter().flatten().filter_map(|path| known(resource, method, path));
        let Some(reading) = reading::strictest(readings.collect::<Vec<_>>()) else { return guess() };
        Found { reading: batch::read(self, reading, resource), listed: true }
    }

    /// What a service on a host of its users would take the call for. Any host may have such paths: they name no tool and
    /// loosen nothing.
    fn self_hosted(&self, method: &str, resource: &mut Resource) -> Option<Reading> {
        let (name, path) = tools::self_hosted(self.apart).filter(|_| cfg!(feature = "full"))?;
        listed(name, method, &path, self.arguments, resource)
    }

    /// What the body says in a protocol of its own. It says it alone where path and body speak of nothing else, so that no
    /// field that a service passes over can loosen anything; everywhere else the stricter holds.
    fn spoken(&self, by_path: Found, target: &mut Target) -> Reading {
        if !cfg!(feature = "full") {
            return by_path.reading;
        }
        let (listed, verb) = (by_path.listed, by_path.reading.verb);
        let endpoint = || !listed && verb < Verb::Admin && unlisted::is_endpoint(self.path, self.arguments);
        if let Some(spoken) = jsonrpc::read(self.arguments, &mut target.resource) {
            if spoken.whole && self.tool.is_none() {
                target.tool = "mcp".to_owned();
            }
            return if spoken.whole && endpoint() { spoken.reading } else { spoken.reading.join(by_path.reading) };
        }
        if by_path.listed {
            return by_path.reading;
        }
        if let Some(whole) = graphql::is_spoken(self.arguments).filter(|_| self.tool.is_none()) {
            let reading = graphql_reading(self.arguments, &mut |_, _| None);
            let alone = unlisted::says_graphql(self.path) || whole && endpoint();
            return if alone { reading } else { reading.join(by_path.reading) };
        }
        // What a service has kept under a name may change anything.
        if unlisted::says_graphql(self.path) && graphql::names_kept(self.arguments) {
            return by_path.reading.join(Reading::unknown(Verb::Write, Vec::new()));
        }
        match soap::read(self.request) {
            Some(reading) if verb < Verb::Admin && unlisted::says_soap(self.path) => reading,
            Some(reading) => reading.join(by_path.reading),
            None => by_path.reading,
        }
    }
}

/// The line of a tool's table for a call.
fn listed(tool: &Tool, method: &str, path: &str, arguments: &Arguments, resource: &mut Resource) -> Option<Reading> {
    let (route, kept) = routes::find(tool.table, method, path, arguments)?;
    for (name, value) in kept {
        resource.keep(name, &value);
    }
    for (name, at) in route.fields() {
        keep_field(name, at, arguments, resource);
    }
    let categories = route.categories().collect();
    Some(Reading { operation: route.operation.to_owned(), verb: route.verb, categories, quoted: false })
}

/// The strictest of the root fields of a GraphQL call; without any that can be read, a write.
fn graphql_reading(arguments: &Arguments, known: &mut dyn FnMut(&str, &str) -> Option<Reading>) -> Reading {
    let unknown = || Reading::unknown(Verb::Write, Vec::new());
    let Some(operation) = graphql::operation(arguments) else { return unknown() };
    let of = |field: &&str| {
        let reading = known("GRAPHQL", field).unwrap_or_else(|| {
            let mut guess = Reading::of_name(field);
            guess.verb = guess.verb.max(Verb::Write);
            guess
        });
        if operation.writes {
            return reading;
        }
        // A root field of a query asks, whatever its name is.
        let kinds = meaning::categories_of_name(field, Verb::Read);
        let categories = if reading.quoted { kinds } else { reading.categories };
        Reading { verb: Verb::Read, categories, ..reading }
    };
    let readings = operation.fields.iter().take(graphql::MOST).map(of);
    // Another may stand behind those that are read.
    let unread = (operation.writes && operation.fields.len() >= graphql::MOST).then(Reading::unread);
    let kept = operation.kept.then(unknown);
    reading::strictest(readings.chain(unread).chain(kept)).unwrap_or_else(unknown)
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
