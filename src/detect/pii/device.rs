//! Addresses and serial numbers of machines that belong to a person. Reported only.

use super::near::{Compact, if_named, near};
use crate::{
    address::{AddressClass, classify_address},
    detect::{
        checks::luhn,
        checksums,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&IP_ADDRESS, &MAC_ADDRESS, &IMEI, &ICCID, &VIN];

/// Addresses of the Internet; those of private networks show how a network is built, with low confidence.
static IP_ADDRESS: Rule = Rule::pii("ip_address", "IP_ADDRESS", ip)
    .low()
    .shaped(Shape::Network)
    .known_from("RFC 791; RFC 4291 section 2.2; special blocks: RFC 6890")
    .evidence(
        &[
            "client 8{one}.{two}.2{one}.{two}",
            "from 2a01:4f8:{two}:1::{two}",
            "ip=5.{two}.1{two}.{one}:443",
            "host 192.168.1.{two}",
            "route 10.{two}.0.0/16 and fe80::{two}%eth0/64",
            "range 10.{two}.30.40/16-10.{two}.0.0/16",
        ],
        &["127.0.0.1", "version 8{one}.{two}.2{one}.{two}", "255.255.255.0", "12:34:56", "be::ad"],
    );

fn ip(candidate: &Candidate<'_>) -> Outcome {
    let Ok(text) = core::str::from_utf8(candidate.text) else { return Outcome::Reject };
    let text = text.split(['%', '/']).next().unwrap_or_default();
    let dotted = !text.contains(':');
    // `Chrome/131.0.0.0` and version numbers have four parts, too.
    let product = matches!(candidate.before, [.., name, b'/'] if name.is_ascii_alphanumeric());
    let versioned = || near(candidate, &["version", "ver", "v", "release", "build", "oid", "assembly"]);
    if dotted && (product || versioned() || text.starts_with("255.")) {
        return Outcome::Reject;
    }
    // `be::ad` is a path in code more often than an address.
    let written = text.parse::<core::net::IpAddr>().is_ok() && text.bytes().any(|b| b.is_ascii_digit());
    match classify_address(text) {
        AddressClass::Public if dotted && text.ends_with(".0.0") => Outcome::Reject,
        AddressClass::Public => Outcome::Found(Confidence::Medium),
        AddressClass::Loopback | AddressClass::Metadata => Outcome::Reject,
        _ if written => Outcome::Found(Confidence::Low),
        _ => Outcome::Reject,
    }
}

/// Hardware addresses of network interfaces.
static MAC_ADDRESS: Rule = Rule::pii("mac_address", "MAC_ADDRESS", mac)
    .low()
    .shaped(Shape::Forms(&[
        "XX:XX:XX:XX:XX:XX",
        "XX-XX-XX-XX-XX-XX",
        "XXXX.XXXX.XXXX",
        "XX:XX:XX:XX:XX:XX:XX:XX",
        "XX-XX-XX-XX-XX-XX-XX-XX",
    ]))
    .known_from("IEEE 802, EUI-48 and EUI-64")
    .evidence(
        &["0a:1b:{two}:3c:4d:{two}", "MAC 0A-1B-{two}-3C-4D-{two}", "{two}0a.1b{two}.3c4d", "MAC address ad:de:ad:be:ef:ca"],
        &[
            "00:00:00:00:00:00",
            "0a:1b:{two}:3c:4d",
            "0a:1b:{two}:3c:4g:{two}",
            "be:ad:ed:fa:ce:ab",
            "{two}:{two}:{two}:{two}:{two}:{two}:{two}",
        ],
    );

fn mac(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let hexadecimal = compact.iter().all(u8::is_ascii_hexdigit);
    let some = compact.iter().any(|b| *b != b'0') && compact.iter().any(|b| *b != b'F');
    let telling = !candidate.text.contains(&b'.') || compact.iter().any(u8::is_ascii_uppercase);
    if !(hexadecimal && some && telling) {
        return Outcome::Reject;
    }
    // Letters alone are words and bytes more often than an interface: it must be said.
    let named = ["mac", "hardware address", "hw address", "physical address", "ethernet", "bssid", "ether", "macaddr"];
    if !compact.iter().any(u8::is_ascii_digit) && !near(candidate, &named) {
        return Outcome::Reject;
    }
    // `aa:bb:cc:dd:ee:ff`
    let documented = compact.chunks(2).all(|pair| pair.first() == pair.last());
    Outcome::Found(if documented { Confidence::Low } else { Confidence::Medium })
}

/// Identities of mobile equipment.
static IMEI: Rule = Rule::pii("device_imei", "IMEI", imei)
    .low()
    .shaped(Shape::Forms(&["000000000000000", "00-000000-000000-0", "00 000000 000000 0"]))
    .needs_name(&["imei", "imei number", "equipment identity"])
    .known_from("3GPP TS 23.003 section 6.2")
    .evidence(
        &["IMEI {luhn:35:15}", "imei={luhn:49:15}", "IMEI: {luhn:86:15}"],
        &["x {luhn:35:15}", "IMEI {luhn:35:14}", "timeit {luhn:35:15}"],
    );

fn imei(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, luhn(&Compact::of(candidate.text)), IMEI.names)
}

/// Serial numbers of SIM cards.
static ICCID: Rule = Rule::pii("sim_iccid", "ICCID", iccid)
    .low()
    .shaped(Shape::Forms(&["8900000000000000000", "89000000000000000000"]))
    .needs_name(&["iccid", "sim", "sim card", "sim number"])
    .known_from("ITU-T E.118")
    .evidence(
        &["ICCID {luhn:8949:19}", "sim={luhn:8944:20}", "iccid: {luhn:8901:20}"],
        &["x {luhn:8949:19}", "ICCID {luhn:79:19}", "simple {luhn:8949:19}"],
    );

fn iccid(candidate: &Candidate<'_>) -> Outcome {
    if_named(candidate, luhn(candidate.text), ICCID.names)
}

/// Vehicle identification numbers.
static VIN: Rule = Rule::pii("vehicle_vin", "VIN", vehicle)
    .low()
    .shaped(Shape::Forms(&["XXXXXXXXXXXXXXXXX"]))
    .needs_name(&["vin", "vehicle identification", "chassis"])
    .known_from("ISO 3779; 49 CFR 565")
    .evidence(&["VIN {vin}", "vin={vin}", "vehicle identification number: {vin}"], &["x {vin}", "VIN {vin}1", "VIN {word:17}"]);

fn vehicle(candidate: &Candidate<'_>) -> Outcome {
    let compact = Compact::of(candidate.text);
    let valid = checksums::vin(&compact) && compact.iter().filter(|b| b.is_ascii_digit()).count() >= 4;
    if_named(candidate, valid, VIN.names)
}
