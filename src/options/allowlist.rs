//! Findings that are expected: reported, and not acted on.

use alloc::{format, string::String};

use crate::{
    digest::Digest,
    error::{ConfigError, did_you_mean},
    policy::{glob, host_matches},
    secret::Sensitive,
};

/// An entry of the allowlist. All criteria that are given must hold, and at least one must be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Why: it is shown in reports.
    pub reason: String,
    /// SHA-256 of the value, decoded, in hexadecimal. It is not shown: of a short value it tells the value.
    pub sha256: Option<Sensitive<String>>,
    /// Id of the rule.
    pub rule: Option<String>,
    /// Glob over the host that the call goes to.
    pub host: Option<String>,
    /// Glob over the JSON pointer, or the name of the form field, in the body.
    pub path: Option<String>,
    /// When it ceases to hold, in milliseconds since 1970 (UTC). An entry that expires holds only where the time is known.
    pub expires_at_ms: Option<u64>,
}

/// What an entry is compared with.
pub(crate) struct Expected<'a> {
    pub(crate) value: &'a [u8],
    pub(crate) rule: &'a str,
    pub(crate) host: Option<&'a str>,
    pub(crate) pointer: Option<&'a str>,
    pub(crate) time_ms: Option<u64>,
}

impl Allowed {
    /// The first entry that holds.
    pub(crate) fn find<'l>(list: &'l [Self], expected: &Expected<'_>) -> Option<&'l Self> {
        let mut digest = None;
        list.iter().find(|entry| entry.holds(expected, &mut digest))
    }

    /// The digest is taken once, and only when an entry asks for it.
    fn holds(&self, expected: &Expected<'_>, digest: &mut Option<String>) -> bool {
        let fits = |wanted: &Option<String>, test: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(test);
        fits(&self.rule, &|rule| rule == expected.rule)
            && fits(&self.host, &|glob| expected.host.is_some_and(|host| host_matches(&glob.to_ascii_lowercase(), host)))
            && fits(&self.path, &|path| expected.pointer.is_some_and(|pointer| glob::matches(path, pointer)))
            && self.expires_at_ms.is_none_or(|end| expected.time_ms.is_some_and(|now| now < end))
            && self.sha256.as_ref().is_none_or(|wanted| {
                let digest = digest.get_or_insert_with(|| format!("{}", Digest::of_bytes(expected.value)));
                wanted.expose().eq_ignore_ascii_case(digest)
            })
    }

    /// # Errors
    /// [`ConfigError`] for an entry that could not hold, or would hold for everything.
    pub(super) fn validate(&self, key: &str, known: &[&str]) -> Result<(), ConfigError> {
        let fail = |name: &str, message: &str, suggestion| Err(ConfigError::option(format!("{key}{name}"), message, suggestion));
        if self.reason.trim().is_empty() || self.reason.len() > 512 {
            return fail(".reason", "must say why, in at most 512 bytes", None);
        }
        if self.sha256.is_none() && self.rule.is_none() && self.host.is_none() && self.path.is_none() {
            return fail("", "needs at least one of sha256, rule, host, path", None);
        }
        let digest = |hex: &str| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        if self.sha256.as_ref().is_some_and(|hex| !digest(hex.expose())) {
            return fail(".sha256", "must be 64 hexadecimal digits: the SHA-256 of the value", None);
        }
        if let Some(id) = self.rule.as_deref().filter(|id| !known.contains(id)) {
            return fail(".rule", &format!("unknown rule `{id}`"), did_you_mean(id, known));
        }
        let host = |host: &String| host.is_empty() || host.contains("://") || host.contains(char::is_whitespace);
        if self.host.as_ref().is_some_and(host) {
            return fail(".host", "must be a glob over host names, such as `*.example.com`", None);
        }
        Ok(())
    }
}
