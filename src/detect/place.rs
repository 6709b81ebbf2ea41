//! A credential in its own place: the table of vendors and hosts.
//!
//! `Authorization` to the service that issued the token, a webhook URL, a password in the URL of its own host: this is how
//! calls authenticate. The same value to another host, or in a body, is an ordinary secret.

use super::rule::{Rule, Vendor};
use crate::{normalize::Place, options::CredentialHost};

/// Where a credential stands, relative to where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// In content: an ordinary secret.
    Content,
    /// In its own place.
    Own,
    /// In a credential header, to a host that no table knows.
    UnknownHost,
    /// In a credential header, to a host that is not its vendor's.
    Misdirected,
}

/// The hosts of each vendor; a leading dot means any subdomain as well.
const HOSTS: &[(&str, &[&str])] = &[
    ("aws", &[".amazonaws.com", ".amazonaws.com.cn", ".api.aws"]),
    ("github", &[".github.com", ".githubusercontent.com", ".ghe.com"]),
    ("slack", &[".slack.com"]),
    ("stripe", &[".stripe.com"]),
    ("openai", &[".openai.com"]),
    ("anthropic", &[".anthropic.com"]),
    ("google", &[".googleapis.com", ".google.com"]),
    (
        "s3",
        &[
            ".amazonaws.com",
            ".amazonaws.com.cn",
            ".r2.cloudflarestorage.com",
            ".digitaloceanspaces.com",
            ".storage.googleapis.com",
        ],
    ),
    (
        "azure",
        &[
            ".microsoftonline.com",
            ".core.windows.net",
            ".servicebus.windows.net",
            ".search.windows.net",
            ".documents.azure.com",
            ".batch.azure.com",
            ".openai.azure.com",
            ".cognitiveservices.azure.com",
            ".azure-api.net",
            ".azure-devices.net",
            "graph.microsoft.com",
            "management.azure.com",
        ],
    ),
    ("azure-functions", &[".azurewebsites.net"]),
    ("azure-devops", &[".dev.azure.com", ".visualstudio.com"]),
    ("alibaba", &[".aliyuncs.com"]),
    ("digitalocean", &[".digitalocean.com"]),
    ("heroku", &[".heroku.com"]),
    ("fly", &["api.fly.io", "api.machines.dev"]),
    ("railway", &[".railway.com", "backboard.railway.app"]),
    ("yandex", &[".yandexcloud.net", ".cloud.yandex.net"]),
    ("cloudflare", &[".cloudflare.com"]),
    ("fastly", &[".fastly.com"]),
    ("vercel", &["api.vercel.com", "ai-gateway.vercel.sh"]),
    ("netlify", &["api.netlify.com"]),
    ("render", &["api.render.com"]),
    ("supabase", &[".supabase.co", ".supabase.com"]),
    ("neon", &["console.neon.tech"]),
    ("planetscale", &[".planetscale.com", ".psdb.cloud"]),
    ("gitlab", &[".gitlab.com"]),
    ("atlassian", &[".atlassian.com", ".atlassian.net", ".bitbucket.org"]),
    ("circleci", &[".circleci.com"]),
    ("buildkite", &[".buildkite.com"]),
    ("travis", &[".travis-ci.com"]),
    ("codecov", &[".codecov.io"]),
    ("snyk", &[".snyk.io"]),
    ("terraform", &["app.terraform.io", "app.eu.terraform.io"]),
    ("pulumi", &[".pulumi.com"]),
    ("doppler", &[".doppler.com"]),
    ("infracost", &[".infracost.io"]),
    ("1password", &[".1password.com", ".1password.eu", ".1password.ca"]),
    ("groq", &[".groq.com"]),
    ("xai", &[".x.ai"]),
    ("perplexity", &[".perplexity.ai"]),
    ("huggingface", &[".huggingface.co", ".huggingface.cloud"]),
    ("replicate", &[".replicate.com"]),
    ("together", &[".together.xyz", ".together.ai"]),
    ("openrouter", &[".openrouter.ai"]),
    ("cerebras", &[".cerebras.ai"]),
    ("nvidia", &[".nvidia.com"]),
    ("fireworks", &[".fireworks.ai"]),
    ("elevenlabs", &[".elevenlabs.io"]),
    ("azure_openai", &[".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"]),
    ("cohere", &[".cohere.com", ".cohere.ai"]),
    ("mistral", &[".mistral.ai"]),
    ("assemblyai", &[".assemblyai.com"]),
    ("deepgram", &[".deepgram.com"]),
    ("langsmith", &[".smith.langchain.com", ".langgraph.app"]),
    ("wandb", &[".wandb.ai"]),
    ("pinecone", &[".pinecone.io"]),
    ("tavily", &[".tavily.com"]),
    ("firecrawl", &[".firecrawl.dev"]),
    ("exa", &[".exa.ai"]),
    ("brave", &[".search.brave.com"]),
    ("discord", &[".discord.com", ".discordapp.com"]),
    ("telegram", &[".telegram.org"]),
    ("teams", &[".webhook.office.com"]),
    ("power_automate", &[".logic.azure.com", ".api.powerplatform.com"]),
    ("twilio", &[".twilio.com"]),
    ("sendgrid", &[".sendgrid.com"]),
    ("mailgun", &[".mailgun.net"]),
    ("mailchimp", &[".mailchimp.com"]),
    ("mailjet", &[".mailjet.com"]),
    ("brevo", &[".brevo.com", ".sendinblue.com"]),
    ("postmark", &[".postmarkapp.com"]),
    ("resend", &[".resend.com"]),
    ("mailersend", &[".mailersend.com"]),
    ("klaviyo", &[".klaviyo.com"]),
    ("notion", &[".notion.com"]),
    ("linear", &[".linear.app"]),
    ("asana", &[".asana.com"]),
    ("clickup", &[".clickup.com"]),
    ("airtable", &[".airtable.com"]),
    ("figma", &[".figma.com"]),
    ("trello", &[".trello.com"]),
    ("hubspot", &[".hubapi.com", ".hubspot.com"]),
    ("salesforce", &[".salesforce.com", ".force.com"]),
    ("zendesk", &[".zendesk.com"]),
    ("intercom", &[".intercom.io", ".intercom.com"]),
    ("okta", &[".okta.com", ".oktapreview.com", ".okta-emea.com"]),
    ("auth0", &[".auth0.com"]),
    ("clerk", &[".clerk.com", ".clerk.dev"]),
    ("workos", &[".workos.com"]),
    ("typeform", &[".typeform.com"]),
    ("contentful", &[".contentful.com"]),
    ("algolia", &[".algolia.net", ".algolianet.com", ".algolia.com", ".algolia.io"]),
    ("mapbox", &[".mapbox.com"]),
    ("postman", &[".postman.com", ".getpostman.com"]),
    ("square", &[".squareup.com", ".squareupsandbox.com"]),
    ("braintree", &[".braintreegateway.com", ".braintree-api.com"]),
    ("plaid", &[".plaid.com"]),
    ("adyen", &[".adyen.com", ".adyenpayments.com"]),
    ("razorpay", &[".razorpay.com"]),
    ("flutterwave", &[".flutterwave.com"]),
    ("paystack", &[".paystack.co"]),
    ("coinbase", &[".coinbase.com"]),
    ("gocardless", &[".gocardless.com"]),
    ("mercury", &[".mercury.com"]),
    ("shopify", &[".myshopify.com", ".shopify.com"]),
    ("shippo", &[".goshippo.com"]),
    ("easypost", &[".easypost.com"]),
    ("duffel", &[".duffel.com"]),
    ("paddle", &[".paddle.com"]),
    ("polar", &[".polar.sh"]),
    ("lob", &[".lob.com"]),
    ("datadog", &[".datadoghq.com", ".datadoghq.eu", ".ddog-gov.com"]),
    ("newrelic", &[".newrelic.com", ".nr-data.net"]),
    ("grafana", &[".grafana.net", ".grafana.com"]),
    ("dynatrace", &[".dynatrace.com"]),
    ("honeycomb", &[".honeycomb.io"]),
    ("launchdarkly", &[".launchdarkly.com"]),
    ("pagerduty", &[".pagerduty.com"]),
    ("opsgenie", &[".opsgenie.com"]),
    ("sumologic", &[".sumologic.com"]),
    ("databricks", &[".cloud.databricks.com", ".gcp.databricks.com", ".azuredatabricks.net"]),
    ("mongodb", &[".mongodb.com"]),
    ("confluent", &[".confluent.cloud"]),
    ("clickhouse", &[".clickhouse.cloud"]),
    ("datastax", &[".datastax.com"]),
    ("tailscale", &[".tailscale.com"]),
    ("ngrok", &[".ngrok.com"]),
    ("npm", &[".npmjs.org"]),
    ("pypi", &[".pypi.org"]),
];

/// The rules whose credentials stand in the path of their own URLs.
const IN_PATH: &[&str] = &["slack_webhook", "discord_webhook", "teams_webhook", "telegram_bot_token"];

/// The names of the vendors, for error messages.
pub(crate) fn vendors() -> impl Iterator<Item = &'static str> {
    HOSTS.iter().map(|(vendor, _)| *vendor)
}

/// The hosts of a vendor; a leading dot means any subdomain as well.
pub(super) fn hosts(vendor: &str) -> impl Iterator<Item = &'static str> {
    HOSTS.iter().filter(move |(name, _)| *name == vendor).flat_map(|(_, hosts)| hosts.iter().copied())
}

/// Classifies one finding. `host` is `None` when the URL could not be read: then nothing is in its place.
pub(crate) fn placement(rule: &Rule, place: Place<'_>, host: Option<&str>, own_hosts: &[CredentialHost]) -> Placement {
    let header = matches!(place, Place::Header(name) if credential_header(name));
    let position =
        header || matches!(place, Place::Query(_) | Place::Userinfo) || (IN_PATH.contains(&rule.id) && place == Place::Path);
    let (Some(host), true) = (host, position) else { return Placement::Content };
    if rule.vendor == Vendor::Named("aws") && !signs_aws(place) {
        return Placement::Content;
    }
    match rule.vendor {
        Vendor::None => Placement::Content,
        Vendor::Any if header => Placement::UnknownHost,
        Vendor::Any => Placement::Content,
        Vendor::Named(vendor) if belongs(vendor, host, own_hosts) => Placement::Own,
        Vendor::Named(_) if header => Placement::Misdirected,
        Vendor::Named(_) => Placement::Content,
    }
}

/// AWS signs in one header and a few parameters; anywhere else on its hosts a key is content, since anybody has a bucket.
fn signs_aws(place: Place<'_>) -> bool {
    match place {
        Place::Header(name) => name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("x-amz-security-token"),
        Place::Query(name) => [&b"X-Amz-Credential"[..], b"X-Amz-Security-Token", b"AWSAccessKeyId"].contains(&name),
        _ => false,
    }
}

fn belongs(vendor: &str, host: &str, own_hosts: &[CredentialHost]) -> bool {
    let mut own = own_hosts.iter().filter(|own| own.vendor == vendor);
    hosts(vendor).any(|pattern| host_matches(pattern, host)) || own.any(|own| host_matches(&own.host, host))
}

/// Compares by label: `.a.example` is `a.example` and everything below it, `a.example` is only itself.
fn host_matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('.') {
        Some(suffix) => host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        None => host == pattern,
    }
}

/// Whether any vendor's credentials belong to the host.
pub(crate) fn known_host(host: &str, own_hosts: &[CredentialHost]) -> bool {
    let own = own_hosts.iter().map(|own| own.host.as_str());
    HOSTS.iter().flat_map(|(_, hosts)| hosts.iter().copied()).chain(own).any(|pattern| host_matches(pattern, host))
}

/// Headers that carry credentials by their name. The client keeps the same list for redirects (`js/credential-headers.ts`).
pub(crate) fn credential_header(name: &str) -> bool {
    credential_name(name) || name.eq_ignore_ascii_case("cookie") || name.eq_ignore_ascii_case("set-cookie")
}

/// Names of headers and query parameters that hold credentials.
pub(crate) fn credential_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let exact = [
        "auth",
        "token",
        "key",
        "apikey",
        "sig",
        "signature",
        "session",
        "sessionid",
        "password",
        "passwd",
        "secret",
        "credential",
    ];
    let suffixes = [
        "-auth",
        "-token",
        "-key",
        "-apikey",
        "-secret",
        "-password",
        "-session",
        "-session-id",
        "-signature",
        "-credential",
        "-credentials",
        "authorization",
    ];
    exact.contains(&name.as_str()) || suffixes.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::detect::rules;

    fn rule(id: &str) -> &'static Rule {
        rules().find(|rule| rule.id == id).unwrap()
    }

    #[test]
    fn places() {
        let at = |rule, place, host| placement(rule, place, Some(host), &[]);
        let authorization = Place::Header("Authorization");
        assert_eq!(at(rule("github_token"), authorization, "api.github.com"), Placement::Own);
        assert_eq!(at(rule("github_token"), authorization, "api.github.com.evil.example"), Placement::Misdirected);
        assert_eq!(at(rule("github_token"), authorization, "evilgithub.com"), Placement::Misdirected);
        assert_eq!(at(rule("github_token"), Place::Body, "api.github.com"), Placement::Content);
        assert_eq!(at(rule("jwt"), authorization, "api.example.com"), Placement::UnknownHost);
        assert_eq!(at(rule("private_key"), authorization, "api.example.com"), Placement::Content);
        assert_eq!(at(rule("slack_webhook"), Place::Path, "hooks.slack.com"), Placement::Own);
        assert_eq!(at(rule("google_api_key"), Place::Query(b"key"), "maps.googleapis.com"), Placement::Own);
    }

    #[test]
    fn own_hosts_extend_the_table() {
        let own = [CredentialHost { vendor: "github".into(), host: "git.corp.example".into() }];
        let place = Place::Header("Authorization");
        assert_eq!(placement(rule("github_token"), place, Some("git.corp.example"), &own), Placement::Own);
        assert_eq!(placement(rule("stripe_live_key"), place, Some("git.corp.example"), &own), Placement::Misdirected);
    }
}
