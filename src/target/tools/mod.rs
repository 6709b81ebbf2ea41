//! The built-in tools: where each lives, and its table of operations.

use alloc::{string::String, vec::Vec};

use super::{
    routes::fit_beginning,
    segments::Segments,
    table::{Table, table},
};

mod anthropic;
mod asana;
mod aws;
mod bamboohr;
mod box_com;
mod cloudflare;
mod confluence;
mod datadog;
mod discord;
mod dropbox;
mod ends;
mod firebase;
mod gcalendar;
mod gdrive;
mod github;
mod gitlab;
mod gmail;
mod google;
mod greenhouse;
mod hubspot;
mod intercom;
mod jira;
mod linear;
mod mcp;
mod microsoft_graph;
mod monday;
mod netlify;
mod notion;
mod openai;
mod pagerduty;
mod salesforce;
mod sendgrid;
mod slack;
mod stripe;
mod supabase;
mod teams;
mod twilio;
mod vercel;
mod workday;
mod zendesk;

pub(super) use mcp::TOOL as MCP;

/// A service whose calls are known.
pub(super) struct Tool {
    /// The name in policies and on the wire.
    pub(super) name: &'static str,
    /// Hosts by their last labels, each with the beginning of a path where several tools share a host. `{org}.` at the
    /// beginning keeps the label before. A path is a pattern as in the tables; one that keeps something is left out of
    /// the path that the table sees.
    pub(super) places: &'static [&'static str],
    /// Path of the GraphQL endpoint, if there is one.
    pub(super) graphql: Option<&'static str>,
    /// See [`routes`](super::routes).
    pub(super) table: Table,
}

/// A tool as this build knows it: `interven/slim` has the names of the tools, and goes by the words of calls.
const fn shown(tool: Tool) -> Tool {
    if cfg!(feature = "full") { tool } else { Tool { table: table!(""), ..tool } }
}

// One a line.
#[rustfmt::skip]
static TOOLS: &[Tool] = &[
    shown(anthropic::TOOL),
    shown(asana::TOOL),
    shown(aws::TOOL),
    shown(bamboohr::TOOL),
    shown(box_com::TOOL),
    shown(cloudflare::TOOL),
    shown(confluence::TOOL),
    shown(datadog::TOOL),
    shown(discord::TOOL),
    shown(dropbox::TOOL),
    shown(firebase::TOOL),
    shown(gcalendar::TOOL),
    shown(gdrive::TOOL),
    shown(github::TOOL),
    shown(gitlab::TOOL),
    shown(gmail::TOOL),
    shown(google::TOOL),
    shown(greenhouse::TOOL),
    shown(hubspot::TOOL),
    shown(intercom::TOOL),
    shown(jira::TOOL),
    shown(linear::TOOL),
    shown(mcp::TOOL),
    shown(microsoft_graph::TOOL),
    shown(monday::TOOL),
    shown(netlify::TOOL),
    shown(notion::TOOL),
    shown(openai::TOOL),
    shown(pagerduty::TOOL),
    shown(salesforce::TOOL),
    shown(sendgrid::TOOL),
    shown(slack::TOOL),
    shown(stripe::TOOL),
    shown(supabase::TOOL),
    shown(teams::TOOL),
    shown(twilio::TOOL),
    shown(vercel::TOOL),
    shown(workday::TOOL),
    shown(zendesk::TOOL),
];

/// The tool of a host and path: of all that fit, the one that says most.
pub(super) fn of(host: &str, path: &str) -> Option<&'static Tool> {
    let fits = |place: &str| {
        let (_, suffix, prefix) = parts(place);
        below(host, suffix).is_some() && fit_beginning(prefix, path).is_some()
    };
    let best = |tool: &'static Tool| {
        tool.places.iter().filter(|place| fits(place)).map(|place| (place.len(), tool)).max_by_key(|(length, _)| *length)
    };
    ends::near(host).filter_map(best).max_by_key(|(length, _)| *length).map(|(_, tool)| tool)
}

/// The tool that has a path like this on hosts of its users, and the path as its table has it: GitLab's `/api/v4/…`,
/// `/api/v3/…` of GitHub Enterprise Server. What stands before is where it was installed.
pub(super) fn self_hosted(path: &str) -> Option<(&'static Tool, String)> {
    let segments: Vec<&str> = Segments::of(path).collect();
    let api = segments.windows(2).position(|pair| pair.first().is_some_and(|api| api.eq_ignore_ascii_case("api")))?;
    let (version, rest) = segments.get(api + 1..)?.split_first()?;
    match version.to_ascii_lowercase().as_str() {
        "v4" => Some((&gitlab::TOOL, ["/api/v4/", &rest.join("/")].concat())),
        "v3" => Some((&github::TOOL, ["/", &rest.join("/")].concat())),
        _ => None,
    }
}

/// What a host names by its first labels: the name of the resource, and its value. Of all places the most specific says it.
pub(super) fn label<'h>(tool: &Tool, host: &'h str) -> Option<(&'static str, &'h str)> {
    let fits = tool.places.iter().map(|place| parts(place)).filter_map(|(name, suffix, _)| {
        let label = below(host, suffix)?;
        Some((suffix.len(), name, label))
    });
    let (_, name, label) = fits.max_by_key(|(length, ..)| *length)?;
    name.filter(|_| !label.is_empty()).map(|name| (name, label))
}

/// What the path of a tool's place keeps, and how many segments the table does not see.
pub(super) fn beginning(tool: &Tool, host: &str, path: &str) -> (Vec<(&'static str, String)>, usize) {
    let of = |place: &&'static str| {
        let (_, suffix, prefix) = parts(place);
        below(host, suffix).and_then(|_| fit_beginning(prefix, path)).filter(|(kept, _)| !kept.is_empty())
    };
    tool.places.iter().find_map(of).unwrap_or_default()
}

/// The labels before a suffix; none when they are one host.
fn below<'h>(host: &'h str, suffix: &str) -> Option<&'h str> {
    let rest = host.strip_suffix(suffix)?;
    if rest.is_empty() { Some("") } else { rest.strip_suffix('.') }
}

/// The name of the kept label, the last labels of the host, and the beginning of the path.
fn parts(place: &str) -> (Option<&str>, &str, &str) {
    let (host, path) =
        place.split_at_checked(place.bytes().position(|b| b == b'/').unwrap_or(place.len())).unwrap_or((place, ""));
    let kept = host.strip_prefix('{').and_then(|rest| rest.split_once("}."));
    kept.map_or((None, host, path), |(name, host)| (Some(name), host, path))
}

/// Names of all tools.
pub(crate) fn tool_names() -> impl Iterator<Item = &'static str> {
    TOOLS.iter().map(|tool| tool.name)
}

/// Whether a built-in tool has an operation.
pub(crate) fn has_operation(tool: &str, operation: &str) -> bool {
    let of = |tool: &Tool| super::routes::operations(tool.table.text).any(|name| name == operation);
    TOOLS.iter().find(|known| known.name == tool).is_some_and(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_can_be_read() {
        for tool in TOOLS {
            assert_eq!(super::super::routes::faults(tool.table.text), Vec::<String>::new(), "{}", tool.name);
            assert_eq!(super::super::routes::hidden(tool.table), [""; 0], "{}", tool.name);
            assert!(tool.table.text.lines().filter(|line| !line.is_empty()).count() >= 8, "{}", tool.name);
        }
    }

    #[test]
    fn a_place_with_a_path_says_more() {
        assert_eq!(of("api.github.com", "/repos").map(|tool| tool.name), Some("github"));
        assert_eq!(of("evilgithub.com", "/").map(|tool| tool.name), None);
    }
}
