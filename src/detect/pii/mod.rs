//! Personal data and internal markers.

pub(super) mod card;
pub(super) mod email;
pub(super) mod iban;
pub(super) mod internal;
pub(super) mod ssn;
