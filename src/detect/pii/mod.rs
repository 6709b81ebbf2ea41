//! Personal data, health data and internal markers.

pub(super) mod asia;
pub(super) mod banking;
pub(super) mod britain;
mod card;
pub(super) mod contact;
pub(super) mod crypto;
pub(super) mod device;
mod email;
pub(super) mod germany;
pub(super) mod health;
pub(in crate::detect) mod iban;
mod internal;
pub(super) mod names;
pub(super) mod near;
pub(super) mod north_america;
pub(super) mod north_europe;
pub(super) mod other_countries;
pub(super) mod person;
pub(super) mod phone;
pub(super) mod plates;
pub(super) mod south_america;
pub(super) mod south_europe;
mod ssn;
pub(super) mod travel;
pub(super) mod west_europe;

use super::rule::Rule;

pub(in crate::detect) static RULES: &[&Rule] = &[&card::CREDIT_CARD, &ssn::US_SSN, &iban::IBAN, &email::EMAIL, &internal::MARKER];
