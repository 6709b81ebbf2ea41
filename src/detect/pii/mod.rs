//! Personal data and internal markers.

mod card;
mod email;
pub(in crate::detect) mod iban;
mod internal;
mod ssn;

use super::rule::Rule;

pub(in crate::detect) static RULES: &[&Rule] = &[&card::CREDIT_CARD, &ssn::US_SSN, &iban::IBAN, &email::EMAIL, &internal::MARKER];
