//! What an organisation says about calls.
//!
//! A policy is a list of rules; every rule that matches has its say, and the strictest effect holds. A rule that cannot be
//! read is an error at load time, never a rule that is skipped.

mod date;
mod evaluate;
mod gaps;
pub(crate) mod glob;
mod hours;
mod keys;
mod notices;
mod number;
mod parse;
mod pattern;
mod read;
#[cfg(feature = "full")]
mod replay;
mod rule;
#[cfg(feature = "evidence")]
mod schema;
mod subject;
mod test;
mod words;

pub(crate) use date::milliseconds;
#[cfg(feature = "full")]
pub(crate) use evaluate::taken;
pub(crate) use evaluate::{Matched, Policies};
#[cfg(feature = "full")]
pub(crate) use gaps::Gaps;
#[cfg(feature = "full")]
pub(crate) use replay::{Both, Outcome, Sanitizable};
pub use rule::{Action, Mode, Policy, PolicyRule};
#[cfg(feature = "evidence")]
pub use schema::json_schema;
pub use subject::McpSignals;
pub(crate) use subject::{Subject, host_matches};
pub(crate) use words::BodyText;
