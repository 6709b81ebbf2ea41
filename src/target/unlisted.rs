//! An HTTP call that no table lists: what its method, its path, and the fields that name an action say.

use alloc::vec::Vec;

use super::{
    Arguments, Category, Reading, Verb,
    meaning::{self, ACTS, ADMINISTERS, GUARDED},
    routes::snake_case,
    segments::Segments,
    words::{List, Words},
};
use crate::seek::cut;

/// Fields of query and body by which old and small services say what to do.
const ACTIONS: &[&str] = &["action", "do", "cmd", "op", "method", "operation"];

/// Methods that only look, those of WebDAV included.
static LOOKS: List = List::of("get head options query propfind report search");

/// First words of what only asks, even by `POST`.
static ASKS: List = List::of("search query list lookup count find filter preview validate msearch mget autocomplete suggest");

/// First words of functions that only ask; there they are no nouns.
static FETCHES: List = List::of("get list search query find lookup fetch describe count read retrieve");

/// Other first words of functions.
static CALLS: List = List::of("batch call do make open place post put set start stop");

/// What ends the name of a script and says nothing.
static EXTENSIONS: List = List::of("php asp aspx jsp cgi do action json xml html htm");

/// Things that hold everything else; their end is no mere change.
static CONTAINERS: List = List::of(
    "account accounts bucket buckets cluster clusters database databases organization organizations org \
    orgs project projects repo repos repository repositories tenant tenants workspace workspaces",
);

/// What is guarded elsewhere, and is the data of many a service.
static PEOPLE: List = List::of("user users group groups");

/// What only the last of a path's words says.
static GRAPHQL: List = List::of("graphql gql graphiql");
static SOAP: List = List::of("soap asmx svc jws service services ws webservice webservices");
static MESSAGES: List = List::of("message messages");

/// Segments of paths behind which one address serves every call.
static ENDPOINTS: List = List::of("a2a api graphql gql http jsonrpc mcp rpc sse stream");

/// The last segment of a path that is a name, taken apart.
#[derive(Debug, Default)]
struct Name<'p> {
    /// The whole, without the end of a script's name and OData's parentheses.
    whole: &'p str,
    /// The words of what is done: behind the last `.` or `:`, else of the whole.
    action: Words,
    /// Whether it is written as a function: `users.delete`, `docs:batchGet`, `getUser`.
    function: bool,
}

/// A segment without the end of a script's name and OData's parentheses.
fn whole(segment: &str) -> &str {
    let (whole, _) = cut(segment, b'(');
    let dot = whole.bytes().rposition(|b| b == b'.');
    let stem = dot.filter(|at| whole.get(at + 1..).is_some_and(|end| EXTENSIONS.has(end))).and_then(|at| whole.get(..at));
    stem.unwrap_or(whole)
}

impl<'p> Name<'p> {
    fn of(segment: &'p str) -> Self {
        let whole = whole(segment);
        let (object, action) = whole.rsplit_once([':', '.']).unwrap_or(("", whole));
        let letters = || !action.is_empty() && action.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_' || b == b'-');
        let camel = || action.bytes().zip(action.bytes().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
        let named = (!object.is_empty() || camel()) && letters();
        let action = Words::of(action);
        let known = || [&ACTS, &ADMINISTERS, &ASKS, &FETCHES, &CALLS].iter().any(|list| list.has(action.first()));
        Self { whole, function: named && known(), action }
    }

    fn acts(&self) -> bool {
        ACTS.has(self.action.first()) || ADMINISTERS.has(self.action.first())
    }

    /// Whether a `POST` of this name asks: its first word does, and no other word acts.
    fn asks(&self) -> bool {
        let words = &self.action;
        let asking = |word: &str| ASKS.has(word) || self.function && FETCHES.has(word);
        let batch = words.first() == "batch";
        let first = words.iter().nth(usize::from(batch)).is_some_and(asking);
        (first || words.iter().last() == Some("get")) && !words.any(&[&ACTS, &ADMINISTERS])
    }
}

/// Ids have digits; names of things have none.
fn is_id(segment: &str) -> bool {
    segment.bytes().any(|b| b.is_ascii_digit())
}

/// Reads the call, taken for one method.
pub(super) fn read(method: &str, path: &str, arguments: &Arguments) -> Reading {
    let actions: Vec<&str> = ACTIONS.iter().flat_map(|name| arguments.named(name)).collect();
    let segments: Vec<&str> = Segments::of(path).collect();
    let stem = |segment: &&'_ str| !is_id(cut(segment, b'(').0);
    let named = segments.iter().rev().find(|segment| stem(segment)).map(|segment| whole(segment)).unwrap_or_default();
    // Behind an id that ends the path only what stands right before it is what is done.
    let last = segments.iter().rev().take(2).find(|segment| stem(segment)).map(|segment| Name::of(segment)).unwrap_or_default();
    let ends = segments.last().is_some_and(stem);

    let says = actions.iter().any(|action| Words::of(action).any(&[&ACTS, &ADMINISTERS]));
    let looks = LOOKS.has(&method.to_ascii_lowercase()) && !last.acts();
    let asks = method.eq_ignore_ascii_case("POST") && ends && last.asks();
    let deletes = method.eq_ignore_ascii_case("DELETE");
    let verb = if (looks || asks) && !says {
        Verb::Read
    } else if administers(&segments, &last, &actions) || deletes && ends_container(&segments) {
        Verb::Admin
    } else {
        Verb::Write
    };

    let mut categories = meaning::categories_of_name(named, verb);
    if deletes {
        // Who takes something away sends and shares nothing.
        categories.retain(|kind| !matches!(kind, Category::Message | Category::Share | Category::Invite | Category::Payment));
    }
    let mut reading = Reading::unknown(verb, categories);
    if last.function && ends {
        (reading.operation, reading.quoted) = (snake_case(last.whole), true);
    }
    actions.iter().flat_map(|action| meaning::categories_of_name(action, verb)).for_each(|kind| reading.add(kind));
    if deletes {
        reading.add(Category::Delete);
    }
    reading
}

/// Whether what is changed says who may do what, or the action does.
fn administers(segments: &[&str], last: &Name<'_>, actions: &[&str]) -> bool {
    let guarded = |segment: &&str| {
        let words = Words::of(whole(segment));
        let thing = words.iter().last().unwrap_or_default();
        GUARDED.has(thing) && !PEOPLE.has(thing)
    };
    let grants = |words: &Words| words.any(&[&ADMINISTERS]);
    segments.iter().any(guarded) || grants(&last.action) || actions.iter().any(|action| grants(&Words::of(action)))
}

fn ends_container(segments: &[&str]) -> bool {
    let container = |segment: &&str| CONTAINERS.has(&segment.to_ascii_lowercase());
    let named = segments.len().checked_sub(2).and_then(|at| segments.get(at)).is_some_and(container);
    let (stem, keyed) = segments.last().and_then(|last| last.split_once('(')).unwrap_or_default();
    named || !keyed.is_empty() && container(&stem)
}

/// Whether a path is one address for every call, so that what is called stands in the body alone.
pub(super) fn is_endpoint(path: &str, arguments: &Arguments) -> bool {
    let is_version =
        |segment: &&str| segment.strip_prefix('v').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let last = path.split('/').rev().find(|segment| !segment.is_empty() && !is_version(segment)).unwrap_or("api");
    let session = || arguments.named("session_id").chain(arguments.named("sessionId")).next().is_some();
    let plain = whole(last).to_ascii_lowercase();
    let endpoint = Words::of(&plain).iter().all(|word| ENDPOINTS.has(word) || word == "json") && !plain.is_empty();
    let spoken = || ACTIONS.iter().filter(|name| **name != "method").flat_map(|name| arguments.named(name)).next().is_some();
    (endpoint || MESSAGES.has(&plain) && session()) && !spoken()
}

/// Whether a path says that GraphQL is spoken there.
pub(super) fn says_graphql(path: &str) -> bool {
    path.rsplit('/').find(|segment| !segment.is_empty()).is_some_and(|last| Words::of(last).any(&[&GRAPHQL]))
}

/// Whether a path says that SOAP is spoken there.
pub(super) fn says_soap(path: &str) -> bool {
    Segments::of(path).any(|segment| Words::of(segment).any(&[&SOAP]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Request, normalize::parse_url};

    fn read(method: &str, url: &str) -> Reading {
        let url = ["https://a.example", url].concat();
        let parsed = parse_url(&url);
        let request = Request::new(method, url.clone());
        let arguments = Arguments::of(&request, parsed.as_ref(), &Limits::default());
        super::read(method, parsed.as_ref().map_or("", |url| url.path()), &arguments)
    }

    #[test]
    fn verbs_by_meaning() {
        let cases = [
            ("GET", "/users", Verb::Read),
            ("GET", "/users/7/delete", Verb::Write),
            ("GET", "/notes/delete/7", Verb::Write),
            ("GET", "/notes/delete/7/history", Verb::Read),
            ("GET", "/deleteNote.do?id=7", Verb::Write),
            ("GET", "/index.php?action=delete_note", Verb::Write),
            ("GET", "/index.php?action=bulk_delete", Verb::Write),
            ("GET", "/api/users.list", Verb::Read),
            ("GET", "/api/notes.delete", Verb::Write),
            ("PROPFIND", "/dav/notes", Verb::Read),
            ("POST", "/search", Verb::Read),
            ("POST", "/index/_msearch", Verb::Read),
            ("POST", "/search_and_delete", Verb::Write),
            ("POST", "/index/_delete_by_query", Verb::Write),
            ("POST", "/v1/docs:batchGet", Verb::Read),
            ("POST", "/notes.list", Verb::Read),
            ("POST", "/notes.list?action=delete", Verb::Write),
            ("POST", "/twirp/a.Notes/GetNote", Verb::Read),
            ("POST", "/People/$query", Verb::Read),
            ("POST", "/check-in", Verb::Write),
            ("POST", "/get", Verb::Read),
            ("POST", "/v1/notes", Verb::Write),
            ("PUT", "/search", Verb::Write),
            ("POST", "/orgs/x/members", Verb::Admin),
            ("POST", "/v1/api-keys", Verb::Admin),
            ("POST", "/Employees(1)/NS.Promote", Verb::Admin),
            ("PATCH", "/odata/Roles('x')", Verb::Admin),
            ("DELETE", "/notes/1", Verb::Write),
            ("DELETE", "/projects/alpha", Verb::Admin),
            ("DELETE", "/odata/Projects(5)", Verb::Admin),
        ];
        for (method, path, want) in cases {
            assert_eq!(read(method, path).verb, want, "{method} {path}");
        }
    }

    #[test]
    fn categories_and_names() {
        let of = |method, path| {
            let reading = read(method, path);
            (reading.operation, reading.categories)
        };
        let named = |operation: &str, categories: &[Category]| (operation.into(), categories.to_vec());
        assert_eq!(of("POST", "/api/notes.delete"), named("notes_delete", &[Category::Delete]));
        assert_eq!(of("DELETE", "/orgs/x/members/7"), named("request", &[Category::Delete]));
        assert_eq!(of("POST", "/v1/payments"), named("request", &[Category::Payment]));
        assert_eq!(of("GET", "/index.php?action=send_mail"), named("request", &[Category::Message]));
    }

    #[test]
    fn one_address_for_every_call() {
        let is = |path: &str| {
            let url = ["https://a.example", path].concat();
            let parsed = parse_url(&url);
            let request = Request::new("POST", url.clone());
            let arguments = Arguments::of(&request, parsed.as_ref(), &Limits::default());
            is_endpoint(parsed.as_ref().map_or("", |url| url.path()), &arguments)
        };
        assert!(["/", "", "/mcp", "/api/v1", "/json-rpc", "/sse/", "/messages?session_id=7"].iter().all(|path| is(path)));
        assert!(!["/transfer", "/messages", "/mcp/delete", "/api?action=delete"].iter().any(|path| is(path)));
    }
}
