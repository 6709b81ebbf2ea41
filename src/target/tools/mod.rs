//! The built-in tools: where each lives, and its table of operations.

mod anthropic;
mod aws;
mod bamboohr;
mod box_com;
mod cloudflare;
mod dropbox;
mod firebase;
mod gcalendar;
mod gdrive;
mod github;
mod gmail;
mod google;
mod greenhouse;
mod mcp;
mod netlify;
mod notion;
mod openai;
mod slack;
mod stripe;
mod supabase;
mod vercel;
mod workday;

pub(super) use mcp::TOOL as MCP;

/// A service whose calls are known.
pub(super) struct Tool {
    /// The name in policies and on the wire.
    pub(super) name: &'static str,
    /// Hosts by their last labels, each with the beginning of a path where several tools share a host. `{org}.` at the
    /// beginning keeps the label before.
    pub(super) places: &'static [&'static str],
    /// Path of the GraphQL endpoint, if there is one.
    pub(super) graphql: Option<&'static str>,
    /// See [`routes`](super::routes).
    pub(super) table: &'static str,
}

static TOOLS: &[Tool] = &[
    anthropic::TOOL,
    aws::TOOL,
    bamboohr::TOOL,
    box_com::TOOL,
    cloudflare::TOOL,
    dropbox::TOOL,
    firebase::TOOL,
    gcalendar::TOOL,
    gdrive::TOOL,
    github::TOOL,
    gmail::TOOL,
    google::TOOL,
    greenhouse::TOOL,
    mcp::TOOL,
    netlify::TOOL,
    notion::TOOL,
    openai::TOOL,
    slack::TOOL,
    stripe::TOOL,
    supabase::TOOL,
    vercel::TOOL,
    workday::TOOL,
];

/// The tool of a host and path: of all that fit, the one that says most.
pub(super) fn of(host: &str, path: &str) -> Option<&'static Tool> {
    let fits = |place: &str| {
        let (_, place) = kept_label(place);
        let (suffix, prefix) = place.split_at_checked(place.find('/').unwrap_or(place.len())).unwrap_or((place, ""));
        let under = path.strip_prefix(prefix).is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'));
        below(host, suffix).is_some() && under
    };
    let best = |tool: &'static Tool| {
        tool.places.iter().filter(|place| fits(place)).map(|place| (place.len(), tool)).max_by_key(|(length, _)| *length)
    };
    TOOLS.iter().filter_map(best).max_by_key(|(length, _)| *length).map(|(_, tool)| tool)
}

/// What a host names by its first labels: the name of the resource, and its value.
pub(super) fn label<'h>(tool: &Tool, host: &'h str) -> Option<(&'static str, &'h str)> {
    tool.places.iter().find_map(|place| {
        let (name, place) = kept_label(place);
        let suffix = place.split('/').next().unwrap_or(place);
        let label = below(host, suffix).filter(|label| !label.is_empty())?;
        name.map(|name| (name, label))
    })
}

/// The labels before a suffix; none when they are one host.
fn below<'h>(host: &'h str, suffix: &str) -> Option<&'h str> {
    let rest = host.strip_suffix(suffix)?;
    if rest.is_empty() { Some("") } else { rest.strip_suffix('.') }
}

fn kept_label(place: &str) -> (Option<&str>, &str) {
    let kept = place.strip_prefix('{').and_then(|rest| rest.split_once("}."));
    kept.map_or((None, place), |(name, place)| (Some(name), place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec::Vec};

    #[test]
    fn every_line_of_every_table_can_be_read() {
        for tool in TOOLS {
            assert_eq!(super::super::routes::faults(tool.table), Vec::<String>::new(), "{}", tool.name);
            assert!(tool.table.lines().filter(|line| !line.is_empty()).count() >= 8, "{}", tool.name);
        }
    }

    #[test]
    fn a_place_with_a_path_says_more() {
        assert_eq!(of("api.github.com", "/repos").map(|tool| tool.name), Some("github"));
        assert_eq!(of("evilgithub.com", "/").map(|tool| tool.name), None);
    }
}
