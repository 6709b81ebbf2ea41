//! Hosts as URLs write them: every spelling that a client would take for an address, and names of networks.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};
use core::net::{Ipv4Addr, Ipv6Addr};

use super::{AddressClass, ipv4, ipv6};
use crate::{normalize, word_list::WordList};

/// Names of the machine itself.
static LOOPBACK: WordList = WordList::of(
    "localhost localhost.localdomain localhost6 localhost4 ip6-localhost ip6-loopback loopback localtest.me lvh.me vcap.me \
     lacolhost.com",
);
/// Names under which clouds hand out instance credentials.
static METADATA: WordList = WordList::of(
    "metadata metadata.google.internal metadata.goog instance-data instance-data.ec2.internal metadata.azure.internal \
     metadata.azure.com metadata.tencentyun.com metadata.packet.net metadata.platformequinix.com rancher-metadata \
     metadata.oraclecloud.com metadata.internal",
);
/// Suffixes of names that no public resolver knows.
static PRIVATE: WordList =
    WordList::of("internal local localdomain lan intranet private corp home home.arpa svc svc.cluster.local");
/// Services whose names hold the address that they resolve to.
const WILDCARD: &str = "nip.io sslip.io xip.io";

/// A host as long as this is cut: no name is longer.
const LONGEST: usize = 8_192;

/// A host, as it is compared and shown, and the network behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) class: AddressClass,
}

/// The kind of network behind a host as a URL writes it: names, every numeric spelling of IPv4 (decimal, octal and
/// hexadecimal, one to four parts), IPv6 in brackets or without, percent-encoded and full-width characters.
///
/// Names are not resolved: one that says nothing is [`AddressClass::Public`].
///
/// ```
/// use interven::{AddressClass, classify_host};
/// assert_eq!(classify_host("0x7f.1"), AddressClass::Loopback);
/// assert_eq!(classify_host("api.example.com"), AddressClass::Public);
/// ```
pub fn classify_host(host: &str) -> AddressClass {
    Host::read(host).map_or(AddressClass::Reserved, |host| host.class)
}

impl Host {
    /// Reads a host; `None` for what no URL can have there.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let name = folded(text.get(..LONGEST).unwrap_or(text));
        let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        if let Some(inside) =
            bracketed.or_else(|| Some(name.as_str()).filter(|name| name.bytes().filter(|b| *b == b':').count() > 1))
        {
            let bare = inside.split('%').next().unwrap_or_default();
            return bare.parse().ok().map(Self::of_ipv6);
        }
        let name = name.strip_suffix('.').unwrap_or(&name);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') || !c.is_ascii() && c != '\u{fffd}';
        if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            return None;
        }
        if is_numeric(name) {
            return Some(of_numbers(name));
        }
        Some(Self { class: of_name(name), name: name.to_string() })
    }

    fn of_ipv6(address: Ipv6Addr) -> Self {
        Self { name: ["[", &address.to_string(), "]"].concat(), class: ipv6(address) }
    }
}

/// Lower case, without percent-encoding, and with the characters that URL parsers fold folded.
fn folded(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii() && b != b'%') {
        return text.to_ascii_lowercase();
    }
    let decoded: Cow<'_, [u8]> = normalize::percent_decode(text.as_bytes());
    let read = normalize::fold_text(&decoded);
    let text = String::from_utf8_lossy(read.as_deref().unwrap_or(&decoded));
    text.chars().map(|c| if matches!(c, '\u{3002}' | '\u{ff0e}' | '\u{ff61}') { '.' } else { c.to_ascii_lowercase() }).collect()
}

/// Whether URL parsers take the host for a number: its last part is one.
fn is_numeric(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    hexadecimal || !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit())
}

/// An address of one to four numbers. What is no address resolves nowhere good.
fn of_numbers(name: &str) -> Host {
    let Some(address) = numbers(name, true) else { return Host { name: name.into(), class: AddressClass::Reserved } };
    // Some readers take a leading zero for octal and some do not; the stricter reading holds.
    let plain = numbers(name, false).map_or(AddressClass::Public, ipv4);
    let class = if ipv4(address) == AddressClass::Public { plain } else { ipv4(address) };
    Host { name: address.to_string(), class }
}

fn numbers(name: &str, octal: bool) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = name.split('.').take(5).collect();
    let (last, leading) = parts.split_last()?;
    if leading.len() > 3 {
        return None;
    }
    let number = |text: &str| -> Option<u64> {
        match text.strip_prefix("0x") {
            Some("") => Some(0),
            Some(digits) => u64::from_str_radix(digits, 16).ok(),
            None if octal && text.len() > 1 && text.starts_with('0') => u64::from_str_radix(text, 8).ok(),
            None => text.parse().ok(),
        }
    };
    let mut value: u64 = 0;
    for part in leading {
        value = value << 8 | number(part).filter(|n| *n < 256)?;
    }
    let bits = 8 * (4 - u32::try_from(leading.len()).ok()?);
    let last = number(last).filter(|n| *n < 1 << bits)?;
    u32::try_from(value << bits | last).ok().map(Ipv4Addr::from)
}

fn of_name(name: &str) -> AddressClass {
    let is_below = |list: &WordList| {
        let dots = name.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at + 1);
        core::iter::once(0).chain(dots).filter_map(|start| name.get(start..)).any(|suffix| list.has(suffix))
    };
    if METADATA.has(name) {
        return AddressClass::Metadata;
    }
    if is_below(&LOOPBACK) {
        return AddressClass::Loopback;
    }
    if is_below(&PRIVATE) {
        return AddressClass::Private;
    }
    match WILDCARD.split_ascii_whitespace().find_map(|suffix| name.strip_suffix(suffix)?.strip_suffix('.')) {
        Some(rest) => of_wildcard(rest),
        None => AddressClass::Public,
    }
}

/// `app.10.0.0.1`, `app-10-0-0-1`.
fn of_wildcard(rest: &str) -> AddressClass {
    let parts: Vec<&str> = rest.split(['.', '-']).collect();
    let address = parts.windows(4).rev().find_map(|four| match four {
        [a, b, c, d] => Some(Ipv4Addr::new(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?, d.parse().ok()?)),
        _ => None,
    });
    let hexadecimal = || parts.last().filter(|last| last.len() == 8).and_then(|last| u32::from_str_radix(last, 16).ok());
    address.or_else(|| hexadecimal().map(Ipv4Addr::from)).map_or(AddressClass::Public, ipv4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_one_address() {
        for text in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0X7F.1",
            "0177.0.0.1",
            "017700000001",
            "0x7f.0x0.0x0.0x1",
            "127.0.0.1.",
            "127.0.0.01",
            "\u{ff11}\u{ff12}\u{ff17}.0.0.1",
            "127\u{3002}0\u{3002}0\u{3002}1",
            "127\u{ff0e}0\u{ff61}0.1",
            "\u{2460}\u{2461}\u{2466}.0.0.1",
            "%31%32%37.0.0.1",
            "[::1]",
            "::1",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]",
            "0",
            "0.0.0.0",
            "[::]",
            "localhost",
            "LOCALHOST.",
            "a.b.localhost",
            "lo\u{ad}calhost",
            "\u{24db}ocalhost",
            "127.0.0.1.nip.io",
            "app-127-0-0-1.sslip.io",
        ] {
            assert_eq!(classify_host(text), AddressClass::Loopback, "{text}");
        }
    }

    #[test]
    fn other_networks_and_names() {
        use AddressClass::*;
        for (text, class) in [
            ("0xa9fea9fe", Metadata),
            ("169.254.43518", Metadata),
            ("0251.0376.0251.0376", Metadata),
            ("metadata.google.internal.", Metadata),
            ("Metadata", Metadata),
            ("instance-data", Metadata),
            ("10.1", Private),
            ("012.0.0.1", Private),
            ("010.0.0.1", Private),
            ("192.168.257", Private),
            ("db.internal", Private),
            ("printer.local", Private),
            ("[fd00::1]", Private),
            ("[fe80::1%25eth0]", LinkLocal),
            ("256.1.1.1", Reserved),
            ("1.2.3.4.5", Reserved),
            ("08.0.0.1", Reserved),
            ("", Reserved),
            ("a b", Reserved),
            ("example.com", Public),
            ("8.8.8.8", Public),
            ("134744072", Public),
            ("internal.example.com", Public),
            ("localhost.example.com", Public),
            ("mylocalhost", Public),
            ("[2606:4700::1111]", Public),
            ("8.8.8.8.nip.io", Public),
            ("b\u{fc}cher.example", Public),
        ] {
            assert_eq!(classify_host(text), class, "{text}");
        }
    }
}
