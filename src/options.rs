//! What a host configures.

mod allowlist;
mod detector;
mod parse;
mod redaction;

use alloc::{format, string::String, vec::Vec};

pub use allowlist::Allowed;
pub(crate) use allowlist::Expected;
pub use detector::{CustomDetector, Pattern};
pub use redaction::{Operator, Redaction};

use crate::{
    detect::{rules, vendors},
    error::{ConfigError, did_you_mean},
    limits::Limits,
    policy::{Policy, host_matches},
};

/// What happens to a header credential whose host no table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UnknownHostCredentials {
    /// Reported and allowed: the default.
    #[default]
    Allow,
    /// DENY.
    Deny,
}

/// A host of one's own where a vendor's credentials belong, such as a GitHub Enterprise server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialHost {
    /// A vendor of the built-in table: `aws`, `github`, `slack`, …
    pub vendor: String,
    /// A host name; with a leading dot its subdomains as well.
    pub host: String,
}

/// Options of an [`Engine`](crate::Engine). The default is the strict one.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Policies; the strictest of all that match holds, built-in effects included.
    pub policies: Vec<Policy>,
    /// Default [`UnknownHostCredentials::Allow`].
    pub unknown_host_credentials: UnknownHostCredentials,
    /// Additions to the table of credential hosts.
    pub credential_hosts: Vec<CredentialHost>,
    /// Calls that an agent may make in 24 hours, for the condition `daily_budget_exceeded`. Default none.
    pub daily_budget: Option<u32>,
    /// Globs over hosts that are known to be hostile: the threat list.
    pub threat_hosts: Vec<String>,
    /// Bounds of one scan.
    pub limits: Limits,
    /// Rules beside the built-in ones.
    pub detectors: Vec<CustomDetector>,
    /// Findings that are expected. It lifts nothing else: what cannot be inspected is still a DENY.
    pub allowlist: Vec<Allowed>,
    /// How findings are replaced.
    pub redaction: Redaction,
}

/// Most entries of an allowlist.
const MOST_ALLOWED: usize = 1_000;

impl Options {
    /// Adds detectors, allowlist and redaction from a JSON document with these keys. `source` names it in errors.
    ///
    /// ```
    /// let mut options = interven::Options::default();
    /// let text = r#"{"detectors":[{"id":"codename","class":"INTERNAL","literals":["Blue Heron"]}]}"#;
    /// options.read_detection(text, "detection.json").unwrap();
    /// assert_eq!(options.detectors.len(), 1);
    /// ```
    ///
    /// # Errors
    /// [`ConfigError`] for whatever is not exactly understood.
    pub fn read_detection(&mut self, text: &str, source: &str) -> Result<(), ConfigError> {
        parse::read(self, text, source)
    }

    /// Whether a host is on the threat list.
    pub(crate) fn is_threat(&self, host: &str) -> bool {
        self.threat_hosts.iter().any(|glob| host_matches(&glob.to_ascii_lowercase(), host))
    }

    /// Moves what the policies expect of the detector to the allowlist.
    pub(crate) fn suppress(&mut self) {
        let entries = self.policies.iter().flat_map(Policy::suppressed_findings);
        self.allowlist.extend(entries);
    }

    /// Checks what types cannot: known vendors, sizes within the ceiling.
    ///
    /// # Errors
    /// [`ConfigError`] that names the option.
    pub(crate) fn validate(&self) -> Result<(), ConfigError> {
        for (index, own) in self.credential_hosts.iter().enumerate() {
            if !vendors().any(|vendor| vendor == own.vendor) {
                let known: Vec<&str> = vendors().collect();
                let suggestion = did_you_mean(&own.vendor, &known).or_else(|| Some(format!("one of {}", known.join(", "))));
                let key = format!("credentialHosts[{index}].vendor");
                return Err(ConfigError::option(key, format!("unknown vendor `{}`", own.vendor), suggestion));
            }
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b);
            if own.host.len() < 3 || !own.host.bytes().all(plain) {
                let key = format!("credentialHosts[{index}].host");
                return Err(ConfigError::option(key, "must be a lower-case host name", None));
            }
        }
        if self.limits.max_body_bytes > Limits::BODY_CEILING {
            return Err(ConfigError::option("maxBodyBytes", format!("must be at most {}", Limits::BODY_CEILING), None));
        }
        if self.allowlist.len() > MOST_ALLOWED {
            return Err(ConfigError::option("allowlist", format!("more than {MOST_ALLOWED} entries"), None));
        }
        let own = self.detectors.iter().map(|detector| detector.id.as_str());
        let known: Vec<&str> = rules().map(|rule| rule.id).chain(own).collect();
        for (index, entry) in self.allowlist.iter().enumerate() {
            entry.validate(&format!("allowlist[{index}]"), &known)?;
        }
        self.redaction.validate(&known)
    }
}
