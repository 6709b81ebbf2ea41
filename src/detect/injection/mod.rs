//! Text that gives orders to an agent: prompt injection.
//!
//! Attacks are worded freely, so these rules look for what all of a family must do: lift earlier orders, speak with the
//! voice of the system or of the user, ask for an action or for data, or hide all that. They report, and decide nothing.

mod covert;
mod lexicon;
mod lists;
mod overrides;
mod requests;
mod roles;
mod tasks;
mod words;

use super::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &overrides::OVERRIDE,
    &roles::ROLE,
    &roles::TEMPLATE,
    &roles::PERSONA,
    &roles::AUTHORITY,
    &tasks::TASK,
    &tasks::ADDRESSED,
    &requests::EXFILTRATION,
    &requests::TODO,
    &requests::ORDER,
    &covert::SECRECY,
    &covert::HOST,
    &covert::LINK,
];
