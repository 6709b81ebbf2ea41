//! What an organisation says about calls.
//!
//! A policy is a list of rules; every rule that matches has its say, and the strictest effect holds. A rule that cannot be
//! read is an error at load time, never a rule that is skipped.

mod evaluate;
pub(crate) mod glob;
mod parse;
mod rule;

pub(crate) use evaluate::{Subject, evaluate, host_matches};
pub use rule::{Action, Condition, Match, Policy, PolicyRule};
