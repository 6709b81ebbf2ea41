//! The tables of operations, and how a call is found in them.
//!
//! A table is text, one operation a line, because text compresses and reads well:
//!
//! ```text
//! METHOD  PATH                           OPERATION         VERB   CATEGORIES  FIELDS
//! PUT     /repos/{org}/{repo}/pulls/*/merge  merge_pull_request  WRITE  deploy
//! POST    /api/chat.postMessage          post_message      WRITE  message     channel=$.channel
//! ```
//!
//! METHOD is an HTTP method, several with `|`, or `ANY`; `GRAPHQL` with the name of a root field; `AWS` with
//! `service:Action`; `RPC` with a method of JSON-RPC. In a path `*` is one segment, `**` any number of them, once a path,
//! `{name}` a segment that is kept, `{name**}` any number, kept; a segment may also hold one `*` inside (`*:runQuery`) or go on
//! after a kept part (`{file}:batchUpdate`, `{file**}.json`). Behind a path `?name` or `?name=value` asks for a field of the
//! query, `#name` or `#name=value` for
//! one at the top of the body: such a line stands before the one without, and is as strict or stricter unless what it asks
//! for decides what the service does.
//! A `-` stands for no categories. FIELDS keep values: `$.…` of the body, `?name` of the query or the top of the body, where
//! the name may hold one `*`; `~name` whatever has that name anywhere in the body or in the arguments of a GraphQL document;
//! anything else is kept as it stands. Letters of a path fit in either case.
//! The first line that fits counts.

use alloc::{string::String, vec::Vec};

use super::{Arguments, Category, Verb, segments::Segments, table::Table};
use crate::{normalize::percent_decode, policy::glob, seek::cut};

/// One line of a table.
#[derive(Clone, Debug)]
pub(super) struct Route<'t> {
    path: &'t str,
    pub(super) operation: &'t str,
    pub(super) verb: Verb,
    categories: &'t str,
    fields: &'t str,
}

impl<'t> Route<'t> {
    /// Reads a line; `None` for an empty one. Tables are checked as a whole by their tests.
    fn read(line: &'t str) -> Option<Self> {
        let mut rest = line;
        let mut next = || {
            let (text, after) = column(rest)?;
            rest = after;
            Some(text)
        };
        let (_, path, operation, verb) = (next()?, next()?, next()?, Verb::parse(next()?)?);
        let categories = next().unwrap_or("-");
        Some(Self { path, operation, verb, categories, fields: rest })
    }

    pub(super) fn categories(&self) -> impl Iterator<Item = Category> + 't {
        self.categories.split(',').filter_map(Category::parse)
    }

    /// Names of resources, and the place that each stands at.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'t str, &'t str)> + 't {
        self.fields.split_whitespace().filter_map(|field| field.split_once('='))
    }
}

/// The first column, and what is behind it.
fn column(text: &str) -> Option<(&str, &str)> {
    let start = text.bytes().position(|b| b != b' ')?;
    let (column, rest) = cut(text.get(start..)?, b' ');
    Some((column, rest.unwrap_or_default()))
}

/// Whether one of the methods of a line is the one.
fn is_for(methods: &str, method: &str) -> bool {
    methods.as_bytes().split(|b| *b == b'|').any(|one| one.eq_ignore_ascii_case(method.as_bytes()))
        || methods == "ANY" && !matches!(method, "GRAPHQL" | "AWS" | "RPC")
}

/// The first line that fits method, path and arguments, with the segments that it keeps.
pub(super) fn find(
    table: Table,
    method: &str,
    path: &str,
    arguments: &Arguments,
) -> Option<(Route<'static>, Vec<(&'static str, String)>)> {
    let segments: Vec<&str> = Segments::of(path).collect();
    let plain = segments.join("/");
    table.lines(method, segments.len()).find_map(|line| {
        let (methods, rest) = column(line)?;
        if !is_for(methods, method) || !may_fit(rest, &plain) {
            return None;
        }
        let route = Route::read(line)?;
        let (path, condition) = route.path.split_at_checked(route.path.find(['?', '#']).unwrap_or(route.path.len()))?;
        fit(path, &segments).filter(|_| arguments.holds(condition)).map(|kept| (route, kept))
    })
}

/// Whether the pattern that begins `rest` may fit a path, as far as that can be seen at a glance: that rules most lines out. What
/// stands for one whole segment is passed over; at anything else that is no letter the answer is yes. `path` has one slash between
/// segments, and no other.
fn may_fit(rest: &str, path: &str) -> bool {
    let mut pattern = rest.trim_ascii_start().trim_start_matches('/').as_bytes();
    let mut path = path.as_bytes();
    while let Some((byte, after)) = pattern.split_first() {
        let behind = match byte {
            b'*' => after,
            b'{' => after.iter().position(|b| matches!(b, b'}' | b'*')).and_then(|at| after.get(at..)).unwrap_or_default(),
            b' ' | b'?' | b'#' => return path.is_empty(),
            b'[' => return true,
            b'/' if path.is_empty() => return true,
            byte => match path.split_first() {
                Some((next, left)) if next.eq_ignore_ascii_case(byte) => {
                    (pattern, path) = (after, left);
                    continue;
                }
                _ => return false,
            },
        };
        let behind = behind.strip_prefix(b"}").unwrap_or(behind);
        if !matches!(behind.first(), Some(b'/' | b' ' | b'?' | b'#')) {
            return true;
        }
        let end = path.iter().position(|b| *b == b'/').unwrap_or(path.len());
        (pattern, path) = (behind, path.get(end..).unwrap_or_default());
    }
    true
}

/// Names of all operations of a table.
pub(super) fn operations(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(Route::read).map(|route| route.operation)
}

/// The segments kept, when the pattern fits all of them.
fn fit<'t>(pattern: &'t str, segments: &[&str]) -> Option<Vec<(&'t str, String)>> {
    let mut kept = Vec::new();
    side_by_side(pattern, segments, &mut |name, middle, after| {
        let middle = middle.join("/");
        let value = plain(middle.strip_suffix(after).unwrap_or(&middle));
        if !name.is_empty() && !value.is_empty() {
            kept.push((name, value));
        }
    })?;
    Some(kept)
}

/// Goes along pattern and segments; nothing where the pattern does not fit them all. `keep` is given a name, the segments that
/// stand for it, and what of the last one does not belong to them.
fn side_by_side<'t>(pattern: &'t str, segments: &[&str], keep: &mut dyn FnMut(&'t str, &[&str], &str)) -> Option<()> {
    let mut left = segments;
    let mut wanted = Segments::of(pattern);
    while let Some(want) = wanted.next() {
        let whole = if want == "**" { ("**", "") } else { ("", want) };
        let (name, after) = kept_part(want).unwrap_or(whole);
        if let Some(name) = name.strip_suffix("**") {
            let (middle, end) = left.split_at_checked(left.len().checked_sub(wanted.clone().count())?)?;
            if !after.is_empty() && !middle.last()?.ends_with(after) {
                return None;
            }
            keep(name, middle, after);
            left = end;
            continue;
        }
        let (segment, rest) = left.split_first()?;
        if !name.is_empty() {
            segment.strip_suffix(after).filter(|value| !value.is_empty())?;
            keep(name, core::slice::from_ref(segment), after);
        } else if want.bytes().any(|b| b == b'*') {
            glob::matches(want, segment).then_some(())?;
        } else {
            want.eq_ignore_ascii_case(segment).then_some(())?;
        }
        left = rest;
    }
    left.is_empty().then_some(())
}

/// A kept value, with the slashes inside a segment as everybody else writes them.
fn plain(value: &str) -> String {
    if value.bytes().any(|b| b == b'%') { value.replace("%2F", "/") } else { value.into() }
}

/// A path with percent-encoding undone but for the slashes inside its segments: `projects/acme%2Fweb` has two.
pub(super) fn segments_apart(path: &str) -> String {
    if !path.bytes().any(|b| b == b'%') {
        return path.into();
    }
    let mut out = String::with_capacity(path.len());
    for (at, part) in path.split("%2F").flat_map(|part| part.split("%2f")).enumerate() {
        out.push_str(if at == 0 { "" } else { "%2F" });
        out.push_str(&String::from_utf8_lossy(&percent_decode(part.as_bytes())));
    }
    out
}

/// A path whose slashes are single: most servers take `//a//b` for `/a/b`.
pub(super) fn one_slash(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 1);
    for segment in Segments::of(path) {
        out.push('/');
        out.push_str(segment);
    }
    if out.is_empty() { "/".into() } else { out }
}

/// A path without its first segments.
pub(super) fn without(path: &str, segments: usize) -> String {
    Segments::of(path).skip(segments).collect::<Vec<_>>().join("/")
}

/// What a path pattern keeps of the beginning of a path, and how many segments it covers; `None` when it does not fit.
pub(super) fn fit_beginning<'t>(pattern: &'t str, path: &str) -> Option<(Vec<(&'t str, String)>, usize)> {
    let length = Segments::of(pattern).count();
    let segments: Vec<&str> = Segments::of(path).take(length).collect();
    fit(pattern, &segments).map(|kept| (kept, length))
}

/// The name that a segment of a pattern is kept under, and what follows it.
fn kept_part(segment: &str) -> Option<(&str, &str)> {
    let (name, after) = cut(segment.strip_prefix('{')?, b'}');
    after.map(|after| (name, after))
}

/// A name as policies write it: `issueCreate` and `CreateIssue` are `issue_create` and `create_issue`.
pub(super) fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for character in name.chars().take(64) {
        if character.is_ascii_uppercase() && lower {
            out.push('_');
        }
        lower = character.is_ascii_lowercase() || character.is_ascii_digit();
        out.push(if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '_' });
    }
    out
}

/// What is wrong with a table, line by line; its tests call this.
#[cfg(test)]
pub(super) fn faults(table: &str) -> Vec<String> {
    let known = ["org", "repo", "channel", "file", "account", "region", "principal", "project", "webhook"];
    use alloc::string::ToString;
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let Some(route) = Route::read(line) else {
            faults.push(line.to_string());
            continue;
        };
        let words = route.categories.split(',').all(|word| word == "-" || Category::parse(word).is_some());
        let kept = route.path.split('/').filter_map(kept_part).map(|(name, _)| name.trim_end_matches('*'));
        let names = kept.chain(route.fields().map(|(name, _)| name)).all(|name| known.contains(&name));
        let places = route.fields().all(|(_, at)| !at.starts_with('$') || crate::json::Path::parse(at).is_ok());
        let whole = route.fields.split_whitespace().count() == route.fields().count();
        let operation = snake_case(route.operation) == route.operation;
        // No path has an empty segment when lines are ruled out by how they begin.
        let path = !route.path.contains("//");
        if !(words && names && places && whole && operation && path) {
            faults.push(line.to_string());
        }
    }
    faults
}

/// The lines that a line before them hides; its tests call this.
#[cfg(test)]
pub(super) fn hidden(table: Table) -> Vec<&'static str> {
    let request = crate::Request::new("GET", "https://a.example/");
    let nothing = Arguments::of(&request, None, &crate::Limits::default());
    let hides = |line: &&str| {
        let route = Route::read(line).filter(|route| !route.path.contains(['?', '#']));
        route.is_some_and(|route| {
            let example = |segment| match segment {
                "**" => String::from("-/-"),
                segment => kept_part(segment).map_or(segment.replace('*', "-"), |(_, after)| ["-", after].concat()),
            };
            let path = route.path.split('/').map(example).collect::<Vec<_>>().join("/");
            let method = line.split([' ', '|']).next().unwrap_or_default();
            let found = find(table, method, &path, &nothing);
            found.is_none_or(|(found, _)| found.path != route.path)
        })
    };
    table.text.lines().filter(hides).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::target::table::table;

    const TABLE: Table = table!(
        "
GET|HEAD  /repos/{org}/{repo}/pulls    list_pull_requests   READ
POST      /repos/{org}/{repo}/pulls    create_pull_request  WRITE
DELETE    /repos/{org}/{repo}          delete_repository    ADMIN  delete,access
POST      /v1/*:runQuery               run_query            READ   -       file=$.a.b account=?acct
GET       /o/{org}/{file**}            get_object           READ
PUT       /o/{org}/{file**}?acl        put_acl              ADMIN
PUT       /o/{org}/{file**}#trash=true trash                WRITE
PUT       /o/{org}/{file**}            put_object           WRITE
POST      /s/{file}:update             update               WRITE
GET       /d/{file**}.json             get_data             READ
POST      /m/**/items/{file}/send      send                 WRITE
ANY       /api/**                      call                 WRITE
"
    );

    fn find(
        table: Table,
        method: &str,
        path: &str,
        query: &str,
        body: &str,
    ) -> Option<(Route<'static>, Vec<(&'static str, String)>)> {
        let url = ["https://a.example/?", query].concat();
        let request = crate::Request::new(method, url.clone()).body(body);
        let url = crate::normalize::parse_url(&url);
        super::find(table, method, path, &Arguments::of(&request, url.as_ref(), &crate::Limits::default()))
    }

    #[test]
    fn lines_fit_calls() {
        let name = |method, path| find(TABLE, method, path, "", "").map(|(route, kept)| (route.operation, kept.len()));
        assert_eq!(name("GET", "/repos/o/r/pulls/"), Some(("list_pull_requests", 2)));
        assert_eq!(name("head", "//repos/o/r/pulls"), Some(("list_pull_requests", 2)));
        assert_eq!(name("PATCH", "/repos/o/r/pulls"), None);
        assert_eq!(name("POST", "/v1/documents:runQuery"), Some(("run_query", 0)));
        assert_eq!(name("PUT", "/api"), Some(("call", 0)));
        assert_eq!(name("PUT", "/api/a/b"), Some(("call", 0)));
        assert_eq!(name("AWS", "/api/a/b"), None);
        assert!(faults(TABLE.text).is_empty());
        assert_eq!(hidden(TABLE), [""; 0]);
        assert_eq!(hidden(table!("ANY /x/* y READ\nGET /x/{file} z READ\nGET /y y READ")), ["GET /x/{file} z READ"]);
        assert_eq!(faults("GET /x Bad READ\nGET /x y READ nothing\nGET /{x} y READ").len(), 3);
    }

    #[test]
    fn a_glance_rules_out_no_line_that_fits() {
        let patterns =
            TABLE.text.lines().filter_map(Route::read).map(|route| route.path.split(['?', '#']).next().unwrap_or_default());
        let more = ["/", "/a/", "/{x}/", "/a*c/d", "/*", "/a/*/c", "/{x}.json/y", "/[ab]/c", "/**", "/a/{x**}"];
        let segments = ["a", "A", "abc", "d", "x.json", "pulls", "repos", "items", "send", "api", "s", "y:update"];
        let mut fits = 0;
        for pattern in patterns.chain(more) {
            for number in 0..segments.len().pow(3) * 4 {
                let at = |place: u32| number / 4 / segments.len().pow(place) % segments.len();
                let path: Vec<&str> = (0..3).filter_map(|place| segments.get(at(place)).copied()).take(number % 4).collect();
                if fit(pattern, &path).is_some() {
                    fits += 1;
                    let line = [pattern, " name WRITE"].concat();
                    assert!(may_fit(&line, &path.join("/")), "{pattern} {path:?}");
                    assert!(may_fit(&[" ", pattern, "?x=1 name WRITE"].concat(), &path.join("/")), "{pattern} {path:?}");
                }
            }
        }
        assert!(fits > 10_000, "{fits}");
        let other = [("/a/{x}/c ", "a/b/d"), ("/a/* ", "a/b/c"), ("/a ", "ab"), ("/a ", "a/b"), ("/{x}/b ", "a/c")];
        assert!(!other.iter().any(|(pattern, path)| may_fit(pattern, path)));
    }

    #[test]
    fn conditions_and_kept_parts() {
        let name = |method, path, query, body| {
            let (route, kept) = find(TABLE, method, path, query, body).unwrap();
            (route.operation, kept.last().map(|(_, value)| value.clone()).unwrap_or_default())
        };
        let key = |text: &str| String::from(text);
        assert_eq!(name("GET", "/o/b/a/b.txt", "", ""), ("get_object", key("a/b.txt")));
        assert_eq!(name("GET", "/o/b", "", ""), ("get_object", key("b")));
        assert_eq!(name("PUT", "/o/b/k", "acl", ""), ("put_acl", key("k")));
        assert_eq!(name("PUT", "/o/b/k", "", r#"{"acl":1}"#), ("put_object", key("k")));
        assert_eq!(name("PUT", "/o/b/k", "", r#"{"trash":true}"#), ("trash", key("k")));
        assert_eq!(name("PUT", "/o/b/k", "trash=true", r#"{"trash":false}"#), ("put_object", key("k")));
        assert_eq!(name("POST", "/s/id:update", "", ""), ("update", key("id")));
        assert_eq!(name("GET", "/d/a/b.json", "", ""), ("get_data", key("a/b")));
        assert_eq!(name("GET", "/d/.json", "", ""), ("get_data", key("")));
        assert!(find(TABLE, "GET", "/d/a/b", "", "").is_none());
        assert_eq!(name("POST", "/m/items/i/send", "", ""), ("send", key("i")));
        assert_eq!(name("POST", "/m/a/items/items/items/send", "", ""), ("send", key("items")));
        assert!(find(TABLE, "POST", "/m/send", "", "").is_none());
        assert!(find(TABLE, "POST", "/s/:update", "", "").is_none());
    }

    #[test]
    fn slashes_letters_and_beginnings() {
        let kept = |path| find(TABLE, "GET", path, "", "").unwrap().1.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(kept("/REPOS/o%2Fp/r/Pulls"), ["o/p", "r"]);
        let beginning = fit_beginning("/ex/jira/{org}", "//ex/jira/acme/rest/api");
        assert_eq!(beginning, Some((Vec::from([("org", String::from("acme"))]), 3)));
        assert_eq!(fit_beginning("/ex/jira/{org}", "/ex/jira"), None);
        assert_eq!(without("//ex/jira/acme/rest/api/", 3), "rest/api");
    }

    #[test]
    fn names_in_one_case() {
        assert_eq!(
            ["issueCreate", "CreateUser", "PutObjectV2", "a-b"].map(snake_case),
            ["issue_create", "create_user", "put_object_v2", "a_b"]
        );
    }
}
