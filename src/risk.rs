//! How risky a call is: the highest row of one table, in hundredths.

use crate::{
    finding::{DataClass, Finding, Severity},
    report::RiskBand,
    sort::sort,
};

/// A reason for risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signal {
    pub(crate) name: &'static str,
    pub(crate) hundredths: u32,
}

const MISDIRECTED: Signal = Signal { name: "credential_misdirected", hundredths: 95 };
const SECRET: Signal = Signal { name: "secret_egress", hundredths: 90 };
const PRIVATE: Signal = Signal { name: "private_destination", hundredths: 75 };
const UNINSPECTABLE: Signal = Signal { name: "uninspectable", hundredths: 60 };
const WEAK_SECRET: Signal = Signal { name: "low_severity_secret_egress", hundredths: 40 };
const PII: Signal = Signal { name: "sensitive_data_egress", hundredths: 40 };
const INJECTION: Signal = Signal { name: "injection_marker", hundredths: 30 };
const INTERNAL: Signal = Signal { name: "internal_marker", hundredths: 20 };
const CONTACT: Signal = Signal { name: "contact_data_egress", hundredths: 10 };

/// The signals of a scan, highest first.
pub(crate) fn signals(findings: &[Finding], misdirected: bool, uninspectable: bool, private: bool) -> alloc::vec::Vec<Signal> {
    let of = |f: &Finding| match (f.rule.class(), f.rule.severity()) {
        (DataClass::Secrets, Severity::High) => SECRET,
        (DataClass::Secrets, Severity::Low) => WEAK_SECRET,
        (DataClass::Pii | DataClass::Phi, Severity::High) => PII,
        (DataClass::Pii | DataClass::Phi, Severity::Low) => CONTACT,
        (DataClass::Internal, _) => INTERNAL,
        (DataClass::Injection, _) => INJECTION,
    };
    let mut signals: alloc::vec::Vec<Signal> = findings.iter().filter(|f| f.is_active()).map(of).collect();
    if misdirected {
        signals.push(MISDIRECTED);
    }
    if private {
        signals.push(PRIVATE);
    }
    if uninspectable {
        signals.push(UNINSPECTABLE);
    }
    sort(&mut signals, |a, b| (b.hundredths, a.name) < (a.hundredths, b.name));
    signals.dedup();
    signals
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
