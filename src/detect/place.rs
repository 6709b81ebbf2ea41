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
    ("npm", &[".npmjs.org"]),
    ("pypi", &[".pypi.org"]),
];

/// The names of the vendors, for error messages.
pub(crate) fn vendors() -> impl Iterator<Item = &'static str> {
    HOSTS.iter().map(|(vendor, _)| *vendor)
}

/// Classifies one finding. `host` is `None` when the URL could not be read: then nothing is in its place.
pub(crate) fn placement(rule: &Rule, place: Place<'_>, host: Option<&str>, own_hosts: &[CredentialHost]) -> Placement {
    let header = matches!(place, Place::Header(name) if credential_header(name));
    let position =
        header || matches!(place, Place::Query(_) | Place::Userinfo) || (rule.id == "slack_webhook" && place == Place::Path);
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
    let known = HOSTS.iter().filter(|(name, _)| *name == vendor).flat_map(|(_, hosts)| hosts.iter().copied());
    let own = own_hosts.iter().filter(|own| own.vendor == vendor).map(|own| own.host.as_str());
    known.chain(own).any(|pattern| host_matches(pattern, host))
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
mod tests {
    use super::*;
    use crate::detect::secrets;

    #[test]
    fn places() {
        let at = |rule, place, host| placement(rule, place, Some(host), &[]);
        let authorization = Place::Header("Authorization");
        assert_eq!(at(&secrets::github::TOKEN, authorization, "api.github.com"), Placement::Own);
        assert_eq!(at(&secrets::github::TOKEN, authorization, "api.github.com.evil.example"), Placement::Misdirected);
        assert_eq!(at(&secrets::github::TOKEN, authorization, "evilgithub.com"), Placement::Misdirected);
        assert_eq!(at(&secrets::github::TOKEN, Place::Body, "api.github.com"), Placement::Content);
        assert_eq!(at(&secrets::generic::JWT, authorization, "api.example.com"), Placement::UnknownHost);
        assert_eq!(at(&secrets::generic::PRIVATE_KEY, authorization, "api.example.com"), Placement::Content);
        assert_eq!(at(&secrets::slack::WEBHOOK, Place::Path, "hooks.slack.com"), Placement::Own);
        assert_eq!(at(&secrets::google::API_KEY, Place::Query(b"key"), "maps.googleapis.com"), Placement::Own);
    }

    #[test]
    fn own_hosts_extend_the_table() {
        let own = [CredentialHost { vendor: "github".into(), host: "git.corp.example".into() }];
        let place = Place::Header("Authorization");
        assert_eq!(placement(&secrets::github::TOKEN, place, Some("git.corp.example"), &own), Placement::Own);
        assert_eq!(placement(&secrets::stripe::LIVE_KEY, place, Some("git.corp.example"), &own), Placement::Misdirected);
    }
}
