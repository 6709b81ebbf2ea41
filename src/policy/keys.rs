//! The keys of rules: one table, from which documents are read, errors suggest, explanations name and the JSON Schema is made.

/// Where a key may stand. In the older flat shape all of them stand in the rule itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// What the call is.
    Match,
    /// What it carries, and what is known about it.
    Condition,
}

/// What a key asks about, and so what its value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Tools,
    Operations,
    Verbs,
    Methods,
    Hosts,
    Ports,
    Urls,
    Agents,
    Runtimes,
    /// One of the names of [`Resource`](crate::Resource).
    Resource(&'static str),
    Principals,
    Tags,
    Classes,
    ContainsAny,
    ContainsAll,
    Pattern,
    PathEquals,
    PathGt,
    PathGte,
    PathLt,
    PathLte,
    SizeGt,
    Flag(Flag),
    RiskGt,
    Signals,
    TrustLt,
    HoursOutside,
    Count,
    Any,
    All,
    Not,
}

/// Facts that hold or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    ExternalPrincipal,
    NewDestination,
    VolumeBurst,
    ThreatIntel,
    BudgetExceeded,
    McpDrift,
    McpOrigin,
    McpInjection,
    McpRiskyParam,
}

/// One key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) group: Group,
    pub(super) asks: Asks,
    /// What it means, for the JSON Schema.
    #[cfg_attr(not(feature = "evidence"), expect(dead_code, reason = "the schema is made by builds with `evidence`"))]
    pub(super) about: &'static str,
}

macro_rules! keys {
    ($($group:ident $name:literal $asks:expr, $about:literal;)*) => {
        /// All keys. A second name for the same question comes after the first.
        pub(super) static KEYS: &[Key] = &[$(Key {
            name: $name,
            group: Group::$group,
            asks: $asks,
            about: if cfg!(feature = "evidence") { $about } else { "" },
        },)*];
    };
}

keys! {
    Match "tools" Asks::Tools, "Tools by name, such as `slack`; `*` stands for any text.";
    Match "tool_name" Asks::Tools, "The same as `tools`.";
    Match "tool_names" Asks::Tools, "The same as `tools`.";
    Match "operations" Asks::Operations, "Operations by name, `category:delete`, `method:POST`, or `*`.";
    Match "verbs" Asks::Verbs, "Whether the call reads, writes or administers.";
    Match "methods" Asks::Methods, "HTTP methods, without case. What a method override asks for counts as well.";
    Match "hosts" Asks::Hosts, "Globs over the host and over the hosts that the body names.";
    Match "ports" Asks::Ports, "Ports, as numbers or as ranges such as `8000-8999`. Without one in the URL it is that of the scheme.";
    Match "url_patterns" Asks::Urls, "Globs over the URL up to the query, with case, as it is and percent-decoded.";
    Match "agent_ids" Asks::Agents, "Globs over the id of the agent.";
    Match "agent_runtime_types" Asks::Runtimes, "Runtimes of the agent, such as `langchain`.";
    Match "org_patterns" Asks::Resource("org"), "Globs over organisation, owner, workspace or site.";
    Match "repo_patterns" Asks::Resource("repo"), "Globs over the repository, as `repo` or `org/repo`.";
    Match "project_patterns" Asks::Resource("project"), "Globs over project, board, database or list.";
    Match "channel_patterns" Asks::Resource("channel"), "Globs over channel or conversation.";
    Match "file_patterns" Asks::Resource("file"), "Globs over file, folder, page or object.";
    Match "region_patterns" Asks::Resource("region"), "Globs over the cloud region.";
    Match "account_patterns" Asks::Resource("account"), "Globs over the cloud account or customer.";
    Match "aws_tags" Asks::Tags, "Tags that the call names, as an object of globs or a list of `name=glob`.";
    Match "principal_patterns" Asks::Principals, "Globs over users, groups and addresses that the call gives something to, without case.";
    Condition "has_data_class" Asks::Classes, "A finding of one of these classes. Credentials in their own place and placeholders do not count.";
    Condition "body_contains_any" Asks::ContainsAny, "The body, decoded, contains one of these texts, without case.";
    Condition "body_contains_all" Asks::ContainsAll, "The body, decoded, contains all of these texts, without case.";
    Condition "body_matches" Asks::Pattern, "The body, decoded, has a match of this regular expression. Needs `interven/patterns` or the gateway.";
    Condition "body_path_equals" Asks::PathEquals, "The value at a path of the body is this one, or one of these.";
    Condition "body_path_gt" Asks::PathGt, "The number at a path of the body is greater.";
    Condition "body_path_gte" Asks::PathGte, "The number at a path of the body is greater or equal.";
    Condition "body_path_lt" Asks::PathLt, "The number at a path of the body is less.";
    Condition "body_path_lte" Asks::PathLte, "The number at a path of the body is less or equal.";
    Condition "body_size_bytes_gt" Asks::SizeGt, "The body is larger, in bytes.";
    Condition "is_external_principal" Asks::Flag(Flag::ExternalPrincipal), "The call gives something to somebody outside the organisation.";
    Condition "is_new_destination" Asks::Flag(Flag::NewDestination), "The agent has not written to this destination before.";
    Condition "new_resource" Asks::Flag(Flag::NewDestination), "The older name of `is_new_destination`.";
    Condition "is_volume_burst" Asks::Flag(Flag::VolumeBurst), "Five times the agent's usual number of calls within ten minutes.";
    Condition "volume_burst" Asks::Flag(Flag::VolumeBurst), "The older name of `is_volume_burst`.";
    Condition "risk_score_gt" Asks::RiskGt, "The risk score is greater; 0 to 1, in hundredths.";
    Condition "has_signal" Asks::Signals, "One of these risk signals is there, such as `read_then_write`.";
    Condition "trust_score_lt" Asks::TrustLt, "The trust in the agent is less; 0 to 1, in hundredths.";
    Condition "threat_intel_match" Asks::Flag(Flag::ThreatIntel), "The destination is on a threat list of the configuration.";
    Condition "daily_budget_exceeded" Asks::Flag(Flag::BudgetExceeded), "The agent has used up its calls of the day.";
    Condition "time_of_day_outside" Asks::HoursOutside, "The time is outside these hours: `start` and `end` as `HH:MM`, `tz` as `UTC`, `+02:00` or a zone name.";
    Condition "mcp_drift_detected" Asks::Flag(Flag::McpDrift), "The tools of the MCP server are not those that were agreed to.";
    Condition "mcp_origin_changed" Asks::Flag(Flag::McpOrigin), "The MCP server is at another address than before.";
    Condition "mcp_injection_heuristic" Asks::Flag(Flag::McpInjection), "A tool call or description has text that gives orders to the agent.";
    Condition "mcp_risky_param_added" Asks::Flag(Flag::McpRiskyParam), "A tool of the MCP server has gained a parameter such as a path, a URL or a command.";
    Condition "count_gt" Asks::Count, "More than `limit` calls within `window`: `of` calls, writes or denials, `per` agent, tool or destination.";
    Condition "any" Asks::Any, "At least one of these groups of keys holds.";
    Condition "all" Asks::All, "All of these groups of keys hold.";
    Condition "not" Asks::Not, "This group of keys does not hold.";
}

/// The key of a name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Names of the keys of a group, or of all.
pub(super) fn names(group: Option<Group>) -> alloc::vec::Vec<&'static str> {
    KEYS.iter().filter(|key| group.is_none_or(|group| key.group == group)).map(|key| key.name).collect()
}
