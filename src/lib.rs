//! The firewall that runs where the AI agent runs.
//!
//! Every call that an agent is about to make enters as a [`Request`]; a [`Scan`] decides it, and the only way to obtain
//! bytes that may be sent is the [`Forward`] inside the scan's one terminal [`Verdict`]. There is no function that says
//! "allowed" and leaves the caller to choose a body.
//!
//! The crate is a pure state machine: no clock, no socket, no environment, no thread. Time, randomness and network answers
//! come in as arguments, so the same inputs give the same verdict, byte for byte, on every host.
//!
//! ```
//! use interven::{Clock, Engine, Options, Output, Request, Scan, ScanContext, Verdict};
//!
//! let engine = Engine::new(Options::default()).unwrap();
//! let key = ["AK", "IA", "QYLPMN5HKTRJV3ZW"].concat();
//! let request = Request::new("POST", "https://api.example.com/notes")
//!     .header("content-type", "application/json")
//!     .body(format!(r#"{{"note":"{key}"}}"#));
//!
//! let mut scan = Scan::new(&engine, request, ScanContext::default(), Clock(0));
//! match scan.poll_output() {
//!     Output::Done(Verdict::Block(block)) => assert_eq!(block.report().decision.as_str(), "DENY"),
//!     other => unreachable!("a live key must not be sent: {other:?}"),
//! }
//! ```
//!
//! Layers, arrows pointing inward only: the faces (`js`, `component`) translate and never decide; `scan` is the session;
//! `normalize`, `detect`, `target`, `policy`, `risk` and `redact` are pure functions; the rest is vocabulary.
#![no_std]
#![cfg_attr(not(feature = "component"), forbid(unsafe_code))]
#![cfg_attr(feature = "component", deny(unsafe_code))]
#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, reason = "`interven/slim` leaves out rules, decoders and the gateway's session")
)]

extern crate alloc;
#[cfg(any(test, feature = "js", feature = "component"))]
extern crate std;

mod address;
mod automaton;
mod decision;
mod detect;
mod digest;
mod engine;
mod error;
mod finding;
mod hmac;
mod json;
mod lanes;
mod limits;
mod memory;
mod normalize;
mod options;
mod placeholder;
mod policy;
mod redact;
mod redactor;
mod replacement;
mod report;
mod request;
mod risk;
mod scan;
mod secret;
mod seek;
mod sort;
mod stream;
mod target;
mod vault;
mod word_list;

#[cfg(feature = "component")]
mod component;
#[cfg(feature = "js")]
mod js;

pub use address::{AddressClass, classify_address, classify_host};
pub use decision::{Decision, Effect, Gate, ReasonCode};
pub use detect::{Alphabet, Rule, RuleRef, Shape, TokenPart, Vendor, rules};
pub use digest::Digest;
pub use engine::{Engine, ResponseReport};
pub use error::ConfigError;
pub use finding::{Confidence, DataClass, Finding, Part, Severity};
pub use hmac::{hmac_sha256, verify_hmac_sha256};
pub use limits::Limits;
pub use memory::{Event, Judgement, Memory, MemoryKey};
pub use options::{
    Allowed, CredentialHost, CustomDetector, Operator, Options, Organisation, Pattern, Redaction, UnknownHostCredentials,
};
#[cfg(feature = "evidence")]
pub use policy::json_schema as policy_schema;
pub use policy::{Action, McpSignals, Mode, Policy, PolicyRule};
pub use redact::redact_text;
pub use redactor::{Given, Reading, Redactor, RedactorOptions, Redacts, Withheld};
pub use report::{Coverage, MatchedRule, Report, RiskBand};
pub use request::{Header, Request, Response};
#[cfg(feature = "evidence")]
pub use risk::SIGNALS;
pub use risk::Signal;
pub use scan::{
    ApprovalStatus, Block, Call, CallKind, Clock, Disclose, FailMode, Failure, Forward, Gateway, Output, Pending, Resume, Scan,
    ScanContext, Verdict, read_approval,
};
pub use secret::Sensitive;
pub use stream::Detector;
pub use target::{Category, Destination, Resource, Target, Verb};
pub use vault::{Vault, VaultFull};

/// How many hits the built-in rules have in a text as it stands, for the benchmarks alone.
#[doc(hidden)]
pub fn __rules(text: &[u8]) -> usize {
    let mut n = 0;
    detect::detect(&normalize::View::of_text(text), &mut |_| n += 1);
    n
}
