//! Who a call gives something to, and whether they are of the organisation.
//!
//! Inside are the domains that are configured, their subdomains, and the principals that are listed. Everybody else is
//! external: without any domain configured, everybody.

use super::{Arguments, Resource, routes::snake_case};
use crate::{address::Host, options::Organisation};

/// Arguments that name who receives something.
const RECIPIENTS: &str = " to cc bcc recipient recipients email emails email_address email_addresses to_email to_emails participant \
    participants invitee invitees attendee attendees user_email user_emails share_with shared_with member_email receiver payee \
    beneficiary grantee reply_to forward_to ";

/// Whom services let in by these names: anybody.
const ANYBODY: &str = " anyone anyone_with_link anyonewithlink allusers allauthenticatedusers public everyone world * anonymous ";

/// Beginnings of principals in the policies of clouds.
const KINDS: &[&str] = &["mailto:", "user:", "group:", "serviceaccount:", "domain:", "principal:", "smtp:", "email:"];

/// Keeps whom the arguments of a function name.
pub(super) fn collect(arguments: &Arguments, resource: &mut Resource) {
    arguments.each(&mut |key, value| {
        let key = snake_case(key);
        if key.len() >= 2 && RECIPIENTS.split_ascii_whitespace().any(|known| known == key) {
            for one in value.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()) {
                resource.keep("principal", one);
            }
        }
    });
}

/// Whether somebody is not of the organisation.
pub(super) fn is_external(principal: &str, organisation: &Organisation) -> bool {
    let mut who = principal.trim().to_ascii_lowercase();
    // `Name <address>`
    if let Some((_, address)) = who.rsplit_once('<') {
        who = address.trim_end_matches('>').trim().into();
    }
    let bare = KINDS.iter().find_map(|kind| who.strip_prefix(kind)).unwrap_or(&who);
    let listed = |known: &alloc::string::String| {
        let known = known.trim();
        known.eq_ignore_ascii_case(bare) || known.eq_ignore_ascii_case(principal.trim()) || is_in_account(bare, known)
    };
    if organisation.principals.iter().any(listed) {
        return false;
    }
    if ANYBODY.split_ascii_whitespace().any(|anybody| anybody == bare) {
        return true;
    }
    domain_of(bare).is_none_or(|domain| !organisation.domains.iter().any(|own| is_within(&domain, own)))
}

/// `arn:aws:iam::123456789012:user/x` is of the account 123456789012.
fn is_in_account(principal: &str, account: &str) -> bool {
    let digits = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    digits && principal.starts_with("arn:") && principal.split(':').nth(4) == Some(account)
}

/// The domain of an address, a URL or itself.
fn domain_of(who: &str) -> Option<alloc::string::String> {
    if who.starts_with("arn:") {
        return None;
    }
    let host = match who.split_once("://") {
        Some((_, rest)) => {
            let authority = rest.split(['/', '\\', '?', '#']).next()?;
            let host = authority.rsplit('@').next()?;
            if host.starts_with('[') { host } else { host.split(':').next()? }
        }
        // The last `@` is the one that counts, and nothing may follow the domain.
        None if who.contains('@') => who.rsplit('@').next()?,
        None => Some(who).filter(|who| who.contains('.'))?,
    };
    Host::read(host).map(|host| host.name)
}

fn is_within(domain: &str, own: &str) -> bool {
    let own = own.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
    !own.is_empty() && domain.strip_suffix(&*own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn who_is_inside() {
        let ours = Organisation {
            domains: vec!["example.com".into(), "Corp.Example".into()],
            principals: vec!["partner@other.example".into(), "alice".into(), "123456789012".into(), "U024BE7LH".into()],
        };
        for inside in [
            "bob@example.com",
            "BOB@Mail.Example.COM",
            "Bob <bob@example.com>",
            "user:bob@example.com",
            "mailto:bob@example.com",
            "domain:example.com",
            "example.com",
            "https://hooks.example.com:8443/x?y=evil.example",
            "bob@corp.example.",
            "partner@other.example",
            "Alice",
            "u024be7lh",
            "arn:aws:iam::123456789012:user/x",
            "123456789012",
        ] {
            assert!(!is_external(inside, &ours), "{inside}");
        }
        for outside in [
            "bob@example.com.evil.example",
            "bob@evilexample.com",
            "bob@example.com@evil.example",
            "example.com <bob@evil.example>",
            "evil.example",
            "https://evil.example/?u=example.com",
            "https://example.com@evil.example/",
            "https://evil.example\\@example.com/",
            "anyone",
            "allUsers",
            "allAuthenticatedUsers",
            "public",
            "*",
            "arn:aws:iam::999999999999:root",
            "999999999999",
            "mallory",
            "",
            "bob@example.com evil@evil.example",
        ] {
            assert!(is_external(outside, &ours), "{outside}");
        }
        assert!(is_external("bob@example.com", &Organisation::default()));
    }
}
