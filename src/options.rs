//! What a host configures.

use alloc::{format, string::String, vec::Vec};

use crate::{detect::vendors, error::ConfigError, error::did_you_mean, limits::Limits, policy::Policy};

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
    /// Bounds of one scan.
    pub limits: Limits,
}

impl Options {
    /// Checks what types cannot: known vendors, sizes within the ceiling.
    ///
    /// # Errors
    /// [`ConfigError`] that names the option.
    pub(crate) fn validate(&self) -> Result<(), ConfigError> {
        let fail = |key: String, message: String, suggestion| {
            Err(ConfigError { source: "options".into(), line: 0, column: 0, key, message, suggestion })
        };
        for (index, own) in self.credential_hosts.iter().enumerate() {
            if !vendors().any(|vendor| vendor == own.vendor) {
                let known: Vec<&str> = vendors().collect();
                let suggestion = did_you_mean(&own.vendor, &known).or_else(|| Some(format!("one of {}", known.join(", "))));
                return fail(format!("credentialHosts[{index}].vendor"), format!("unknown vendor `{}`", own.vendor), suggestion);
            }
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b);
            if own.host.len() < 3 || !own.host.bytes().all(plain) {
                return fail(format!("credentialHosts[{index}].host"), "must be a lower-case host name".into(), None);
            }
        }
        if self.limits.max_body_bytes > Limits::BODY_CEILING {
            return fail("maxBodyBytes".into(), format!("must be at most {}", Limits::BODY_CEILING), None);
        }
        Ok(())
    }
}
