//! How risky a call is: the sum of its signals, each with a weight from one table, in hundredths.

use alloc::vec::Vec;

use crate::{
    finding::{DataClass, Finding, Severity},
    report::RiskBand,
    sort::sort,
};

/// A reason for risk, and what it adds to the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The name on the wire.
    pub name: &'static str,
    /// Hundredths; only trust can take away.
    pub hundredths: i32,
}

macro_rules! signals {
    ($($constant:ident $name:literal $hundredths:literal $about:literal;)*) => {
        $(pub(crate) const $constant: Signal = Signal { name: $name, hundredths: $hundredths };)*

        /// The names of all signals.
        pub(crate) const NAMES: &[&str] = &[$($name,)*];

        /// Every signal with its weight and its meaning, heaviest first.
        #[cfg(feature = "evidence")]
        pub const SIGNALS: &[(Signal, &str)] = &[$(($constant, $about),)*];
    };
}

signals! {
    MISDIRECTED "credential_misdirected" 95 "A credential is on its way to a host that is not its vendor's.";
    SECRET "secret_egress" 90 "A live credential outside its own place.";
    PRIVATE "private_destination" 75 "The call leads to a private, loopback, link-local or metadata address.";
    UNINSPECTABLE "uninspectable" 60 "Part of the request could not be inspected.";
    THREAT "threat_intel_match" 60 "The destination is on a threat list of the configuration.";
    READ_THEN_WRITE "read_then_write" 50 "The call carries text of a sensitive response that was read before.";
    WEAK_SECRET "low_severity_secret_egress" 40 "A test-mode or publishable key, or what only looks like a secret.";
    PII "sensitive_data_egress" 40 "Government, tax, card, bank or health numbers.";
    INJECTION "injection_marker" 30 "Text that gives orders to an agent.";
    INTERNAL "internal_marker" 20 "A marker of internal material.";
    BURST "volume_burst" 20 "Five times the agent's usual number of calls within ten minutes.";
    MASS "mass_action" 20 "Ten or more changing calls to one tool within a minute.";
    DESTRUCTIVE "destructive_action" 20 "The call destroys something.";
    EXTERNAL "external_principal" 15 "The call gives something to somebody outside the organisation.";
    NEW "new_destination" 15 "The agent has not written to this destination before.";
    CONTACT "contact_data_egress" 10 "E-mail addresses, phone numbers, names and addresses.";
    ADMIN "admin_operation" 10 "The call changes who may do what.";
}

/// The name of a signal, where there is one of that name.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| *known == name)
}

/// What is known of a call besides what was found in it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Circumstances {
    pub(crate) misdirected: bool,
    pub(crate) private: bool,
    pub(crate) uninspectable: bool,
    pub(crate) threat: bool,
    pub(crate) read_then_write: bool,
    pub(crate) burst: bool,
    pub(crate) mass: bool,
    pub(crate) destructive: bool,
    pub(crate) external: bool,
    pub(crate) new_destination: bool,
    pub(crate) admin: bool,
    /// Trust in the agent in hundredths, where it is remembered.
    pub(crate) trust: Option<u32>,
}

/// The signals of a scan, heaviest first, each once.
pub(crate) fn signals(findings: &[Finding], now: Circumstances) -> Vec<Signal> {
    let of = |f: &Finding| match (f.rule.class(), f.rule.severity()) {
        (DataClass::Secrets, Severity::High) => SECRET,
        (DataClass::Secrets, Severity::Low) => WEAK_SECRET,
        (DataClass::Pii | DataClass::Phi, Severity::High) => PII,
        (DataClass::Pii | DataClass::Phi, Severity::Low) => CONTACT,
        (DataClass::Internal, _) => INTERNAL,
        (DataClass::Injection, _) => INJECTION,
    };
    let mut signals: Vec<Signal> = findings.iter().filter(|f| f.is_active()).map(of).collect();
    let facts = [
        (now.misdirected, MISDIRECTED),
        (now.private, PRIVATE),
        (now.uninspectable, UNINSPECTABLE),
        (now.threat, THREAT),
        (now.read_then_write, READ_THEN_WRITE),
        (now.burst, BURST),
        (now.mass, MASS),
        (now.destructive, DESTRUCTIVE),
        (now.external, EXTERNAL),
        (now.new_destination, NEW),
        (now.admin, ADMIN),
    ];
    signals.extend(facts.into_iter().filter(|(holds, _)| *holds).map(|(_, signal)| signal));
    signals.extend(now.trust.map(trust).filter(|signal| signal.hundredths != 0));
    sort(&mut signals, |a, b| (b.hundredths, a.name) < (a.hundredths, b.name));
    signals.dedup();
    signals
}

/// Trust adds up to 20 where there is none, and takes up to 10 where there is most; at 50 it says nothing.
fn trust(hundredths: u32) -> Signal {
    let away = i32::try_from(hundredths.min(100)).unwrap_or(50) - 50;
    Signal { name: "trust", hundredths: if away < 0 { -away * 20 / 50 } else { -away * 10 / 50 } }
}

/// The score: the sum, from 0 to 100.
pub(crate) fn score(signals: &[Signal]) -> u32 {
    let sum: i32 = signals.iter().map(|signal| signal.hundredths).sum();
    u32::try_from(sum.clamp(0, 100)).unwrap_or(0)
}

/// The band of a score: LOW below 0.25, MEDIUM below 0.50, HIGH below 0.75, CRITICAL from there.
pub(crate) fn band(hundredths: u32) -> RiskBand {
    match hundredths {
        0..25 => RiskBand::Low,
        25..50 => RiskBand::Medium,
        50..75 => RiskBand::High,
        _ => RiskBand::Critical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_add_up_and_trust_moves_them() {
        let score_of = |now| score(&signals(&[], now));
        let now = Circumstances { new_destination: true, destructive: true, ..Circumstances::default() };
        assert_eq!(score_of(now), 35);
        assert_eq!(score_of(Circumstances { trust: Some(0), ..now }), 55);
        assert_eq!(score_of(Circumstances { trust: Some(100), ..now }), 25);
        assert_eq!(score_of(Circumstances { trust: Some(50), ..now }), 35);
        assert_eq!(score_of(Circumstances { misdirected: true, uninspectable: true, ..now }), 100);
        assert_eq!(score_of(Circumstances { trust: Some(80), ..Circumstances::default() }), 0);
    }
}
