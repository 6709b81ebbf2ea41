//! The built-in services, by host, and the operations that have a name.

/// Host suffixes, most specific first.
const HOSTS: &[(&str, &str)] = &[
    ("slack.com", "slack"),
    ("github.com", "github"),
    ("gitlab.com", "gitlab"),
    ("api.linear.app", "linear"),
    ("atlassian.net", "jira"),
    ("datadoghq.com", "datadog"),
    ("pagerduty.com", "pagerduty"),
    ("discord.com", "discord"),
    ("webhook.office.com", "teams"),
    ("sendgrid.com", "sendgrid"),
    ("twilio.com", "twilio"),
    ("salesforce.com", "salesforce"),
    ("hubapi.com", "hubspot"),
    ("zendesk.com", "zendesk"),
    ("intercom.io", "intercom"),
    ("api.notion.com", "notion"),
    ("dropboxapi.com", "dropbox"),
    ("box.com", "box"),
    ("asana.com", "asana"),
    ("monday.com", "monday"),
    ("amazonaws.com", "aws"),
    ("supabase.co", "supabase"),
    ("firebaseio.com", "firebase"),
    ("api.cloudflare.com", "cloudflare"),
    ("api.vercel.com", "vercel"),
    ("api.netlify.com", "netlify"),
    ("api.openai.com", "openai"),
    ("api.anthropic.com", "anthropic"),
    ("api.stripe.com", "stripe"),
    ("bamboohr.com", "bamboohr"),
    ("greenhouse.io", "greenhouse"),
    ("workday.com", "workday"),
    ("googleapis.com", "google"),
];

/// Method, the end of the path, the operation.
const OPERATIONS: &[(&str, &str, &str, &str)] = &[
    ("slack", "POST", "/chat.postMessage", "post_message"),
    ("github", "POST", "/pulls", "create_pull_request"),
    ("github", "POST", "/issues", "create_issue"),
    ("github", "PUT", "/merge", "merge_pull_request"),
    ("stripe", "POST", "/charges", "create_charge"),
    ("stripe", "POST", "/refunds", "create_refund"),
    ("openai", "POST", "/chat/completions", "create_completion"),
    ("openai", "POST", "/responses", "create_response"),
    ("anthropic", "POST", "/messages", "create_message"),
];

/// The tool of a host, by label.
pub(super) fn of_host(host: &str) -> &'static str {
    let below = |suffix: &str| host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    HOSTS.iter().find(|(suffix, _)| below(suffix)).map_or("custom_proxy", |(_, tool)| tool)
}

/// The operation of a path, `request` when it has no name.
pub(super) fn operation(tool: &str, method: &str, path: &str) -> &'static str {
    let named = |(t, m, end, _): &&(&str, &str, &str, &str)| *t == tool && method.eq_ignore_ascii_case(m) && path.ends_with(end);
    match OPERATIONS.iter().find(named) {
        Some((_, _, _, operation)) => operation,
        None if tool == "slack" && path.starts_with("/services/") => "post_message",
        None => "request",
    }
}
