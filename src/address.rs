//! Which network an IP address belongs to, whatever it is wrapped in.

mod host;

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) use host::Host;
pub use host::classify_host;

/// The kind of network behind an address. Everything but [`Public`](AddressClass::Public) is refused by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressClass {
    /// Globally reachable.
    Public,
    /// RFC 1918, RFC 4193, RFC 6598.
    Private,
    /// 127.0.0.0/8, ::1, and the unspecified addresses, which connect to the same machine.
    Loopback,
    /// 169.254.0.0/16, fe80::/10.
    LinkLocal,
    /// Where clouds hand out instance credentials.
    Metadata,
    /// Multicast, documentation, benchmarking and other special blocks (RFC 6890), and text that is no address.
    Reserved,
}

impl AddressClass {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Loopback => "loopback",
            Self::LinkLocal => "link_local",
            Self::Metadata => "metadata",
            Self::Reserved => "reserved",
        }
    }
}

/// Classifies the text of an IPv4 or IPv6 address; text that is neither is [`AddressClass::Reserved`].
pub fn classify_address(text: &str) -> AddressClass {
    let bare = text.split('%').next().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    match bare.parse() {
        Ok(IpAddr::V4(address)) => ipv4(address),
        Ok(IpAddr::V6(address)) => ipv6(address),
        Err(_) => AddressClass::Reserved,
    }
}

fn ipv4(address: Ipv4Addr) -> AddressClass {
    match address.octets() {
        // AWS, Google, Azure and others; Alibaba; Oracle.
        [169, 254, 169, 254 | 253 | 123] | [169, 254, 170, 2 | 23] | [100, 100, 100, 200] | [192, 0, 0, 192] => {
            AddressClass::Metadata
        }
        [127, ..] | [0, ..] => AddressClass::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => AddressClass::Private,
        [169, 254, ..] => AddressClass::LinkLocal,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18..=19, ..] | [198, 51, 100, _] | [203, 0, 113, _] | [224..=255, ..] => {
            AddressClass::Reserved
        }
        _ => AddressClass::Public,
    }
}

fn ipv6(address: Ipv6Addr) -> AddressClass {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        ipv4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => AddressClass::Loopback,
        // Mapped, translated and compatible forms of IPv4; NAT64 (RFC 6052, RFC 8215); 6to4; Teredo hides its client inverted.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] | [0, 0, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x64, 0xff9b, 1, ..] => AddressClass::Private,
        [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, 0, _, _, _, _, high, low] => embedded(!high, !low),
        [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254] => AddressClass::Metadata,
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => AddressClass::Private,
        [0xfe80..=0xfebf, ..] => AddressClass::LinkLocal,
        [0x2001, 0x0db8, ..] | [0x2001, 0x0001..=0x01ff, ..] | [0x3fff, ..] => AddressClass::Reserved,
        [0x2000..=0x3fff, ..] => AddressClass::Public,
        _ => AddressClass::Reserved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        use AddressClass::*;
        let cases = [
            ("93.184.216.34", Public),
            ("2606:4700::1111", Public),
            ("10.1.2.3", Private),
            ("172.31.0.1", Private),
            ("172.32.0.1", Public),
            ("192.168.1.1", Private),
            ("100.64.0.1", Private),
            ("127.0.0.1", Loopback),
            ("0.0.0.0", Loopback),
            ("::", Loopback),
            ("::1", Loopback),
            ("[::1]", Loopback),
            ("169.254.1.1", LinkLocal),
            ("fe80::1%eth0", LinkLocal),
            ("169.254.169.254", Metadata),
            ("fd00:ec2::254", Metadata),
            ("::ffff:169.254.169.254", Metadata),
            ("::ffff:a9fe:a9fe", Metadata),
            ("64:ff9b::a9fe:a9fe", Metadata),
            ("2002:7f00:1::", Loopback),
            ("::127.0.0.1", Loopback),
            ("fc00::1", Private),
            ("ff02::1", Reserved),
            ("224.0.0.1", Reserved),
            ("198.18.0.1", Reserved),
            ("2001:db8::1", Reserved),
            ("localhost", Reserved),
            ("", Reserved),
            ("2130706433", Reserved),
        ];
        for (text, class) in cases {
            assert_eq!(classify_address(text), class, "{text}");
        }
    }
}
