//! The built-in tools: where each lives, and its table of operations.

mod github;
mod slack;

/// A service whose calls are known.
pub(super) struct Tool {
    /// The name in policies and on the wire.
    pub(super) name: &'static str,
    /// Hosts by their last labels, each with the beginning of a path where several tools share a host.
    pub(super) places: &'static [&'static str],
    /// Path of the GraphQL endpoint, if there is one.
    pub(super) graphql: Option<&'static str>,
    /// See [`routes`](super::routes).
    pub(super) table: &'static str,
}

static TOOLS: &[Tool] = &[github::TOOL, slack::TOOL];

/// The tool of a host and path: of all that fit, the one that says most.
pub(super) fn of(host: &str, path: &str) -> Option<&'static Tool> {
    let fits = |place: &str| {
        let (suffix, prefix) = place.split_at_checked(place.find('/').unwrap_or(place.len())).unwrap_or((place, ""));
        let below = host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let under = path.strip_prefix(prefix).is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'));
        below && under
    };
    let best = |tool: &'static Tool| {
        tool.places.iter().filter(|place| fits(place)).map(|place| (place.len(), tool)).max_by_key(|(length, _)| *length)
    };
    TOOLS.iter().filter_map(best).max_by_key(|(length, _)| *length).map(|(_, tool)| tool)
}

/// Names of all tools.
pub(crate) fn tool_names() -> impl Iterator<Item = &'static str> {
    TOOLS.iter().map(|tool| tool.name)
}

/// Whether a built-in tool has an operation.
pub(crate) fn has_operation(tool: &str, operation: &str) -> bool {
    let of = |tool: &Tool| super::routes::operations(tool.table).any(|name| name == operation);
    TOOLS.iter().find(|known| known.name == tool).is_some_and(of)
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
