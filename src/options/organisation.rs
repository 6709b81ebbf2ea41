//! Who belongs to the organisation, and which private hosts its agents may reach.

use alloc::{format, string::String, vec::Vec};

use crate::{address::Host, error::ConfigError};

/// Whose agents these are. Everybody who is not named here is external.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Domains, their subdomains included.
    pub domains: Vec<String>,
    /// Users, addresses, groups and accounts that are inside wherever their domain is.
    pub principals: Vec<String>,
}

/// Most entries of each list.
const MOST: usize = 1_000;

impl Organisation {
    /// # Errors
    /// [`ConfigError`] for what could not be a domain, or would be every one.
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (name, list) in [("domains", &self.domains), ("principals", &self.principals)] {
            if list.len() > MOST {
                return Err(ConfigError::option(format!("organisation.{name}"), format!("more than {MOST} entries"), None));
            }
        }
        for (index, domain) in self.domains.iter().enumerate() {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
            let labels = domain.split('.').filter(|label| !label.is_empty()).count();
            if domain.starts_with('.') || labels < 2 || !domain.bytes().all(plain) {
                let key = format!("organisation.domains[{index}]");
                return Err(ConfigError::option(key, "must be a domain, such as `example.com`", None));
            }
        }
        let empty = self.principals.iter().position(|principal| principal.trim().is_empty() || principal.trim() == "*");
        empty.map_or(Ok(()), |index| {
            let key = format!("organisation.principals[{index}]");
            Err(ConfigError::option(key, "must be one user, address, group or account", None))
        })
    }
}

/// The host and port of an entry of `allowPrivate`; `None` for one that is neither `host` nor `host:port`.
fn private_entry(entry: &str) -> Option<(Host, Option<u16>)> {
    if entry.contains(['/', '@', ' ', '*']) {
        return None;
    }
    let end = if entry.starts_with('[') { entry.find(']')? + 1 } else { entry.find(':').unwrap_or(entry.len()) };
    let (host, port) = entry.split_at_checked(end)?;
    let port = match port {
        "" => None,
        port => Some(port.strip_prefix(':')?.parse().ok().filter(|port| *port > 0)?),
    };
    Host::read(host).map(|host| (host, port))
}

/// # Errors
/// [`ConfigError`] for an entry that names no host.
pub(super) fn validate_private(list: &[String]) -> Result<(), ConfigError> {
    if list.len() > MOST {
        return Err(ConfigError::option("allowPrivate", format!("more than {MOST} entries"), None));
    }
    match list.iter().position(|entry| private_entry(entry).is_none()) {
        None => Ok(()),
        Some(index) => {
            let message = "must be `host` or `host:port`, such as `localhost:8080` or `[::1]:8080`";
            Err(ConfigError::option(format!("allowPrivate[{index}]"), message, None))
        }
    }
}

/// Whether a private host may be reached. Spellings of one address are one host; a name and its address are two.
pub(crate) fn allows_private(list: &[String], host: &str, port: Option<u16>) -> bool {
    let entries = list.iter().filter_map(|entry| private_entry(entry));
    entries.into_iter().any(|(known, only)| known.name == host && only.is_none_or(|only| port == Some(only)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn entries_name_hosts_and_ports() {
        let list = vec!["localhost:8080".into(), "10.0.0.1".into(), "[::1]:9".into(), "0x7f.1:80".into()];
        validate_private(&list).unwrap();
        for (host, port, want) in [
            ("localhost", Some(8080), true),
            ("localhost", Some(80), false),
            ("localhost", None, false),
            ("10.0.0.1", None, true),
            ("10.0.0.1", Some(5), true),
            ("[::1]", Some(9), true),
            ("127.0.0.1", Some(80), true),
            ("127.0.0.1", Some(8080), false),
            ("10.0.0.2", None, false),
        ] {
            assert_eq!(allows_private(&list, host, port), want, "{host} {port:?}");
        }
        for wrong in ["", "http://localhost", "localhost:0", "localhost:x", "*", "a b", "*.local", "localhost:8080/x"] {
            assert!(validate_private(&[wrong.into()]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn domains_are_domains() {
        let with = |domain: &str| Organisation { domains: vec![domain.into()], principals: vec![] }.validate();
        assert!(with("example.com").is_ok() && with("mail.example.co.uk").is_ok());
        for wrong in ["", "com", ".com", "*", "https://example.com", "a@example.com", "."] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
    }
}
