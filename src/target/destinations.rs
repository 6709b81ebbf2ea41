//! Destinations inside a call: hosts that its receiver will connect to because the call names them.
//!
//! Which texts count depends on what the call is: URLs among the arguments of functions that fetch, servers and media that a
//! model service loads, addresses that a webhook is sent to, hosts in shell commands, images in messages. A URL that is
//! merely talked about is no destination.

use alloc::{string::String, vec::Vec};

use super::{Arguments, Category, Target, Verb, meaning};
use crate::{
    address::{AddressClass, Host},
    json::{Node, Value, parse_as_sent},
    secret::Sensitive,
    seek::any_of,
};

/// A host that a call makes somebody connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The scheme of its URL in lower case; empty where only a host is named.
    pub scheme: String,
    /// The host in lower case; addresses in their usual spelling, whatever was written.
    pub host: String,
    /// The port that is named.
    pub port: Option<u16>,
}

/// Most destinations that are kept of one call.
const MOST: usize = 64;
/// As much of a URL as is read: its host stands at the beginning.
const LONGEST: usize = 1_024;
/// Schemes whose URLs have no host.
const OPAQUE: &str = "mailto data tel javascript about blob file sms urn";
/// Longest text that is read as a document inside a document.
const LONGEST_NESTED: usize = 64 * 1024;

/// What was found. Destinations that are not public push out public ones, and `more` says that some have found no place.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub(super) kept: Vec<Sensitive<Destination>>,
    pub(super) more: bool,
}

impl Destination {
    /// Reads a URL as lenient clients do. With `bare` a host without a scheme counts as well.
    pub(super) fn read(text: &str, bare: bool) -> Option<(Self, AddressClass)> {
        let cut = text.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
        let text: String = cut.take(LONGEST).collect();
        let (scheme, rest) = match text.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) && is_special(scheme) => (scheme, rest.trim_start_matches(['/', '\\'])),
            Some((scheme, rest)) if is_scheme(scheme) && rest.starts_with("//") => (scheme, rest.get(2..)?),
            _ if text.starts_with("//") => ("", text.get(2..)?),
            Some((scheme, _)) if OPAQUE.split(' ').any(|opaque| scheme.eq_ignore_ascii_case(opaque)) => return None,
            _ if bare => ("", text.as_str()),
            _ => return None,
        };
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let authority = rest.get(..end)?.trim_end();
        let host = authority.rsplit('@').next()?;
        let colon = if host.starts_with('[') { host.find(']').map(|at| at + 1) } else { host.find(':') };
        let several = !host.starts_with('[') && host.matches(':').count() > 1;
        let (name, port) = match colon.filter(|_| !several) {
            Some(at) => (host.get(..at)?, host.get(at..)?.trim_start_matches(':').parse().ok()),
            None => (host, None),
        };
        let Host { name, class } = Host::read(name)?;
        let said = !scheme.is_empty() || text.starts_with("//") || class != AddressClass::Public || name.contains('.');
        said.then(|| (Self { scheme: scheme.to_ascii_lowercase(), host: name, port }, class))
    }

    /// The port, by the scheme where none is named.
    pub(crate) fn effective_port(&self) -> Option<u16> {
        self.port.or(default_port(&self.scheme))
    }
}

/// The port of a scheme.
pub(crate) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        "ssh" | "sftp" | "git+ssh" => Some(22),
        _ => None,
    }
}

fn is_scheme(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) && text.len() <= 32 && text.bytes().all(plain)
}

/// Schemes whose URLs have a host however many slashes are written.
fn is_special(scheme: &str) -> bool {
    ["http", "https", "ws", "wss", "ftp"].iter().any(|special| scheme.eq_ignore_ascii_case(special))
}

impl Reached {
    /// Adds what a text names, if it names anything.
    pub(super) fn add(&mut self, text: &str, bare: bool) {
        // A host that does not end within what is read was padded to hide it.
        let cut = |c: &char| *c == '/' || *c == '\\' || *c == '?' || *c == '#';
        if text.len() > LONGEST
            && text.trim_start().split_once("://").is_some_and(|(scheme, rest)| {
                is_scheme(scheme)
                    && !rest.chars().take(LONGEST - scheme.len()).any(|c| cut(&c))
                    && rest.chars().nth(LONGEST - scheme.len() - 3).is_some()
            })
        {
            self.more = true;
        }
        let Some((destination, class)) = Destination::read(text, bare) else { return };
        if self.kept.iter().any(|known| *known.expose() == destination) {
            return;
        }
        let public = |known: &Sensitive<Destination>| crate::address::classify_host(&known.expose().host) == AddressClass::Public;
        if self.kept.len() < MOST {
            self.kept.push(Sensitive::new(destination));
        } else if class != AddressClass::Public {
            match self.kept.iter().rposition(public).and_then(|at| self.kept.get_mut(at)) {
                Some(place) => *place = Sensitive::new(destination),
                None => self.more = true,
            }
        }
    }

    /// Everything that a call names in its arguments.
    pub(super) fn collect(&mut self, target: &Target, called: &[&str], arguments: &Arguments) {
        let kind = Kind {
            function: !called.is_empty(),
            fetches: called.iter().any(|name| meaning::fetches(name)),
            webhook: target.categories.contains(&Category::Webhook),
            model: asks_a_model(arguments)
                || target.categories.contains(&Category::Model)
                || matches!(target.tool.as_str(), "openai" | "anthropic"),
            message: target.categories.contains(&Category::Message),
            writes: target.verb > Verb::Read,
        };
        if kind.function || kind.fetches || kind.webhook || kind.model || kind.message || kind.writes {
            arguments.roots().for_each(|root| self.walk(root, &kind, true));
        }
    }

    fn walk(&mut self, root: &Node, kind: &Kind, nested: bool) {
        let mut open = Vec::from([Place { parent: "", key: "", node: root, history: false }]);
        while let Some(Place { parent, key, node, history }) = open.pop() {
            match &node.value {
                Value::Object(fields) => {
                    for (name, node) in fields {
                        // What a model called before, and the shapes of what it may call.
                        let history =
                            history || kind.model && matches!(&**name, "input" | "arguments" | "parameters" | "input_schema");
                        open.push(Place { parent: key, key: name, node, history });
                    }
                }
                Value::Array(items) => open.extend(items.iter().map(|node| Place { parent, key, node, history })),
                Value::Text(text) if !history => {
                    if nested
                        && kind.function
                        && text.len() <= LONGEST_NESTED
                        && text.trim_start().starts_with(['{', '['])
                        && let Some(inner) = parse_as_sent(text.as_bytes(), 64)
                    {
                        self.walk(&inner, kind, false);
                    }
                    self.text(parent, key, text, kind);
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, parent: &str, key: &str, text: &str, kind: &Kind) {
        // Without a scheme only a function's own arguments can be URLs.
        if !kind.fetches && !kind.message && any_of(text.as_bytes().get(..40).unwrap_or(text.as_bytes()), *b":/").is_none() {
            return;
        }
        let key = name_of(key);
        let ends = |words: &[&str]| words.iter().any(|word| key.ends_with(word));
        let is_url = ends(&["url", "uri", "href", "endpoint", "link"]);
        if kind.fetches {
            let host = ends(&[
                "url", "uri", "host", "hostname", "server", "ip", "domain", "endpoint", "address", "site", "website", "page",
            ]);
            self.add(text, host);
        } else if kind.function && (is_url || ends(&["host", "server"]))
            || kind.webhook && (is_url || ends(&["callback", "webhook", "hook", "target", "address", "urls"]))
            || kind.writes && (key.contains("webhook") || key.contains("callback"))
        {
            self.add(text, false);
        }
        if kind.model {
            let parent = name_of(parent);
            let media = ["image_url", "file_url", "document_url", "video_url", "audio_url", "server_url"];
            let loads = media.contains(&key.as_str())
                || key == "url"
                    && ["mcp_servers", "source", "image_url", "input_image", "file", "video_url", "document"]
                        .contains(&parent.as_str());
            if loads {
                self.add(text, false);
            }
        }
        if kind.message {
            self.images(text);
        }
    }

    /// `![…](https://…)`: whoever shows the message fetches it.
    fn images(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("![") {
            rest = rest.get(at + 2..).unwrap_or_default();
            let near = rest.as_bytes().windows(2).take(512).position(|pair| pair == b"](");
            if let Some(url) = near.and_then(|close| rest.get(close + 2..)) {
                let url = url.trim_start().trim_start_matches('<').chars();
                let url: String = url.take(LONGEST).take_while(|c| !matches!(c, ')' | '>') && !c.is_whitespace()).collect();
                self.add(&url, false);
            }
        }
    }
}

/// Whether a body looks like what model services take, wherever it goes.
fn asks_a_model(arguments: &Arguments) -> bool {
    let has = |name: &str| arguments.body().is_some_and(|body| body.field(name).is_some());
    has("model") && (has("messages") || has("input") || has("contents") || has("mcp_servers"))
}

/// Which texts of a call are destinations.
struct Kind {
    function: bool,
    fetches: bool,
    webhook: bool,
    model: bool,
    message: bool,
    writes: bool,
}

struct Place<'n> {
    parent: &'n str,
    key: &'n str,
    node: &'n Node<'n>,
    history: bool,
}

/// A key in one case, and the plural as the singular.
fn name_of(key: &str) -> String {
    let name = super::routes::snake_case(key);
    name.strip_suffix('s')
        .filter(|singular| singular.ends_with("url") || singular.ends_with("uri") || singular.ends_with("host"))
        .map(Into::into)
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, bare: bool) -> Option<(String, String, Option<u16>)> {
        Destination::read(text, bare).map(|(d, _)| (d.scheme, d.host, d.port))
    }

    #[test]
    fn urls_as_clients_read_them() {
        let want = |scheme: &str, host: &str, port| Some((scheme.into(), host.into(), port));
        assert_eq!(read("HTTPS://u:p@API.Example.com:8443/a?b#c", false), want("https", "api.example.com", Some(8443)));
        for text in ["http:\\\\0x7f.1\\", "http:/127.1/", "http:127.1", "ht\ntp://127.0.0.1", " \u{1}http://a@127.1"] {
            assert_eq!(read(text, false), want("http", "127.0.0.1", None), "{text}");
        }
        assert_eq!(read("//cdn.example/x", false), want("", "cdn.example", None));
        assert_eq!(read("git+ssh://git@host.example/x", false), want("git+ssh", "host.example", None));
        assert_eq!(read("169.254.169.254/latest", true), want("", "169.254.169.254", None));
        assert_eq!(read("[::1]:8080", true), want("", "[::1]", Some(8080)));
        assert_eq!(read("localhost:8080/x", true), want("", "localhost", Some(8080)));
        for none in ["", "word", "a sentence with: a colon", "mailto:a@b.example", "data:text/html,x", "http://", "http://a b/"] {
            assert_eq!(read(none, true), None, "{none}");
        }
        assert_eq!(read("example.com", false), None);
    }

    #[test]
    fn bounded_and_private_first() {
        let mut reached = Reached::default();
        for n in 0..100 {
            reached.add(&alloc::format!("https://h{n}.example/"), false);
        }
        reached.add("http://10.0.0.1/", false);
        assert_eq!(reached.kept.len(), MOST);
        assert!(reached.kept.iter().any(|d| d.expose().host == "10.0.0.1") && !reached.more);
        for n in 0..70 {
            reached.add(&alloc::format!("http://10.0.1.{n}/"), false);
        }
        assert!(reached.kept.len() == MOST && reached.more);
        let mut padded = Reached::default();
        padded.add(&["http://l", &"\u{ad}".repeat(5_000), "ocalhost/"].concat(), false);
        assert!(padded.more);
    }
}
