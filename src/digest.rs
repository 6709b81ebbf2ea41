//! The digest that an approval is bound to.

use alloc::{string::String, vec::Vec};
use core::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};

use crate::{
    hmac::hmac_sha256,
    limits::Limits,
    options::{Allowed, CustomDetector, Options, Pattern, Redaction, UnknownHostCredentials},
    request::Request,
    sort::sort,
};

/// SHA-256 over the canonical form of a request that will be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

/// Headers that differ between two attempts at the same call.
const PER_ATTEMPT: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "baggage",
    "connection",
    "content-length",
    "date",
    "idempotency-key",
    "sec-fetch-mode",
    "traceparent",
    "tracestate",
    "user-agent",
    "x-request-id",
    "x-stainless-retry-count",
];

/// Credentials rotate while a person decides: of these only the name counts, and of the first two the scheme.
const CREDENTIALS: &[&str] = &["authorization", "proxy-authorization", "cookie", "x-api-key"];

/// Schemes that say nothing about the credential behind them.
const SCHEMES: &[&str] = &["", "apikey", "aws4-hmac-sha256", "basic", "bearer", "digest", "negotiate", "token"];

impl Digest {
    /// Canonical form: each field with its length before it, so that no two requests read alike. Method, URL, the
    /// remaining headers sorted by lower-case name, body, agent and policy version.
    // INVARIANT(I3): an approval is bound to the digest of what will be sent.
    pub(crate) fn of(request: &Request, agent: &str, policy_version: &str) -> Self {
        let mut hash = Fields::new();
        hash.text("interven request v1");
        hash.text(&request.method);
        hash.text(request.url.expose());
        for (name, value) in &counted_headers(request) {
            hash.text(name);
            hash.text(value);
        }
        hash.text("body");
        hash.bytes(request.body.expose());
        hash.text(agent);
        hash.text(policy_version);
        hash.end()
    }

    /// The same under a key (HMAC-SHA-256): it binds as much, and nobody without the key can try out what it is of.
    pub(crate) fn keyed(self, key: &[u8; 32]) -> Self {
        Self(hmac_sha256(key, &self.0))
    }

    /// Whether who is `shown` the one knows everything that the digest of the other is made of, but for agent and policies.
    pub(crate) fn is_told_by(shown: &Request, sent: &Request) -> bool {
        let is_plain = |value: &str| SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(value));
        let known = |request| {
            let mut headers = counted_headers(request);
            headers
                .iter_mut()
                .filter(|(name, value)| CREDENTIALS.contains(&name.as_str()) && is_plain(value))
                .for_each(|(_, value)| *value = "");
            headers
        };
        shown.method == sent.method && shown.url == sent.url && shown.body == sent.body && known(shown) == known(sent)
    }

    /// SHA-256 of some bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Identifies this version of the engine with everything in the options that a verdict rests on.
    pub(crate) fn of_options(options: &Options) -> Self {
        let mut hash = Fields::new();
        hash.text(concat!("interven options ", env!("CARGO_PKG_VERSION")));
        hash.number(usize::from(cfg!(feature = "full")));
        hash.number(usize::from(options.unknown_host_credentials == UnknownHostCredentials::Deny));
        hash.number(options.credential_hosts.len());
        for own in &options.credential_hosts {
            hash.text(&own.vendor);
            hash.text(&own.host);
        }
        let Limits { max_body_bytes, max_depth, max_nodes, max_findings } = options.limits;
        for limit in [max_body_bytes, max_depth, max_nodes, max_findings] {
            hash.number(limit);
        }
        hash.number(options.daily_budget.map_or(0, |most| usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1)));
        hash.number(options.threat_hosts.len());
        for host in &options.threat_hosts {
            hash.text(host);
        }
        hash.number(options.policies.len());
        for policy in &options.policies {
            hash.text(&policy.text);
        }
        hash.number(options.detectors.len());
        for detector in &options.detectors {
            hash.detector(detector);
        }
        hash.number(options.allowlist.len());
        for entry in &options.allowlist {
            hash.allowed(entry);
        }
        hash.redaction(&options.redaction);
        for list in [&options.allow_private, &options.organisation.domains, &options.organisation.principals] {
            hash.number(list.len());
            list.iter().for_each(|entry| hash.text(entry));
        }
        hash.end()
    }
}

/// The headers that the digest of a request is made of.
fn counted_headers(request: &Request) -> Vec<(String, &str)> {
    let mut headers: Vec<(String, &str)> =
        request.headers.iter().map(|h| (h.name.to_ascii_lowercase(), h.value.expose().as_str())).collect();
    headers.retain(|(name, _)| !PER_ATTEMPT.contains(&name.as_str()) && !name.starts_with("x-interven-"));
    for (name, value) in &mut headers {
        match CREDENTIALS.iter().position(|one| one == name) {
            // What stands before a space in the others is no scheme, but a piece of what rotates.
            Some(0 | 1) => *value = value.split_once(' ').map_or("", |(scheme, _)| scheme),
            Some(_) => *value = "",
            None => {}
        }
    }
    sort(&mut headers, |a, b| a < b);
    headers
}

/// Hashes fields, each with its length before it.
struct Fields(Sha256);

impl Fields {
    fn new() -> Self {
        Self(Sha256::new())
    }

    fn number(&mut self, number: usize) {
        self.0.update(u64::try_from(number).unwrap_or(u64::MAX).to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.number(usize::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    fn detector(&mut self, detector: &CustomDetector) {
        let CustomDetector { id, class, severity, pattern, near, validator, shows_tail } = detector;
        for text in [id, class.as_str(), severity.as_str()] {
            self.text(text);
        }
        match pattern {
            Pattern::Literals { values, ignore_case } => {
                self.number(usize::from(*ignore_case));
                self.number(values.len());
                for value in values {
                    self.text(value.expose());
                }
            }
            Pattern::Regex(regex) => {
                self.number(2);
                self.text(regex.expose());
            }
        }
        self.number(near.len());
        for word in near {
            self.text(word);
        }
        self.optional(validator.as_deref());
        self.number(usize::from(*shows_tail));
    }

    fn allowed(&mut self, entry: &Allowed) {
        let Allowed { reason, sha256, rule, host, path, expires_at_ms } = entry;
        self.text(reason);
        for text in [sha256.as_ref().map(|hex| hex.expose()), rule.as_ref(), host.as_ref(), path.as_ref()] {
            self.optional(text.map(String::as_str));
        }
        self.number(usize::from(expires_at_ms.is_some()));
        self.0.update(expires_at_ms.unwrap_or_default().to_be_bytes());
    }

    /// But for the key of the hashes: it decides nothing.
    fn redaction(&mut self, redaction: &Redaction) {
        let Redaction { default, classes, rules, key: _ } = redaction;
        self.text(default.as_str());
        self.number(classes.len());
        for (class, operator) in classes {
            self.text(class.as_str());
            self.text(operator.as_str());
        }
        self.number(rules.len());
        for (rule, operator) in rules {
            self.text(rule);
            self.text(operator.as_str());
        }
    }

    fn end(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]).try_for_each(|nibble| {
            let digit = if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
            f.write_char(char::from(digit))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{CredentialHost, Operator};

    #[test]
    fn every_option_counts() {
        let digest = |change: fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            Digest::of_options(&options)
        };
        let read = |options: &mut Options, text: &str| options.read_detection(text, "options").unwrap_or_default();
        let documents = [
            r#"{"detectors":[{"id":"a","class":"PII","literals":["abc"]}]}"#,
            r#"{"detectors":[{"id":"a","class":"PII","literals":["abc"],"ignore_case":true}]}"#,
            r#"{"detectors":[{"id":"a","class":"PII","regex":"abc"}]}"#,
            r#"{"detectors":[{"id":"a","class":"PHI","regex":"abc"}]}"#,
            r#"{"detectors":[{"id":"a","class":"PII","regex":"abc","near":["d"]}]}"#,
            r#"{"detectors":[{"id":"a","class":"PII","regex":"abc","validator":"luhn"}]}"#,
            r#"{"allowlist":[{"reason":"r","rule":"email"}]}"#,
            r#"{"allowlist":[{"reason":"r","host":"email"}]}"#,
            r#"{"allowlist":[{"reason":"r","host":"email","expires_at_ms":0}]}"#,
            r#"{"redaction":{"classes":{"PII":"mask"}}}"#,
            r#"{"redaction":{"rules":{"email":"mask"}}}"#,
        ];
        let of_document = documents.map(|text| {
            let mut options = Options::default();
            read(&mut options, text);
            Digest::of_options(&options)
        });
        let changes: [fn(&mut Options); 9] = [
            |options| options.daily_budget = Some(0),
            |options| options.threat_hosts.push("a".into()),
            |_| {},
            |options| options.unknown_host_credentials = UnknownHostCredentials::Deny,
            |options| options.limits.max_body_bytes += 1,
            |options| options.limits.max_findings += 1,
            |options| options.redaction.default = Operator::Drop,
            |options| options.credential_hosts.push(CredentialHost { vendor: "ab".into(), host: "c".into() }),
            |options| options.credential_hosts.push(CredentialHost { vendor: "a".into(), host: "bc".into() }),
        ];
        let digests: Vec<Digest> = changes.map(digest).into_iter().chain(of_document).collect();
        for (index, one) in digests.iter().enumerate() {
            assert!(!digests.iter().skip(index + 1).any(|other| other == one), "{index}");
        }
    }

    #[test]
    fn who_is_shown_all_that_counts_can_say_the_digest() {
        let request = || Request::new("POST", "https://a.example/").header("content-type", "text/plain").body("x");
        let told = |shown: Request, sent: Request| Digest::is_told_by(&shown, &sent);
        assert!(told(request(), request().header("user-agent", "y")));
        let signed = |value| request().header("authorization", value);
        assert!(told(signed("[CREDENTIAL]"), signed("Bearer a")));
        assert!(!told(signed("[CREDENTIAL]"), signed("1234 5678")));
        assert!(told(request().header("cookie", "[CREDENTIAL]"), request().header("cookie", "pin=1234; s=1")));
        assert!(!told(request().header("x-pin", "[CREDENTIAL]"), request().header("x-pin", "1234")));
        assert!(!told(request().header("x-interven-hidden-1", "y"), request().header("1234", "y")));
        assert!(!told(request().body("y"), request()));
        assert!(!told(Request::new("POST", "https://b.example/").header("content-type", "text/plain").body("x"), request()));
    }

    #[test]
    fn a_key_changes_the_digest_and_binds_as_much() {
        let one = Digest::of_bytes(b"1");
        assert_eq!(one.keyed(&[7; 32]), one.keyed(&[7; 32]));
        assert_ne!(one.keyed(&[7; 32]), one.keyed(&[8; 32]));
        assert_ne!(one.keyed(&[7; 32]), Digest::of_bytes(b"2").keyed(&[7; 32]));
        assert_ne!(one.keyed(&[7; 32]), one);
    }

    #[test]
    fn every_field_counts_and_attempts_do_not() {
        let request = || Request::new("POST", "https://a.example/").header("content-type", "text/plain").body("x");
        let digest = |r: Request| Digest::of(&r, "agent", "v1");
        let same = digest(request());
        assert_eq!(digest(request().header("User-Agent", "y")), same);
        let signed = |value| digest(request().header("Authorization", value));
        assert_eq!(signed("Bearer a"), signed("Bearer b"));
        assert_ne!(signed("Bearer a"), signed("Basic a"));
        let cookies = |value| digest(request().header("Cookie", value));
        assert_eq!(cookies("s=1; t=2"), cookies("s=3"));
        assert_ne!(signed("Bearer a"), same);
        assert_ne!(digest(request().header("x-account-key", "alice")), digest(request().header("x-account-key", "bob")));
        assert_ne!(digest(request().body("y")), same);
        assert_ne!(digest(request().header("x-mode", "1")), same);
        assert_ne!(Digest::of(&request(), "other", "v1"), same);
        assert_ne!(Digest::of(&request(), "agent", "v2"), same);
        assert_ne!(digest(Request::new("PUT", "https://a.example/").header("content-type", "text/plain").body("x")), same);
    }
}
