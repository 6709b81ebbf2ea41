//! Secrets, one vendor family a file.

pub(super) mod anthropic;
pub(super) mod aws;
pub(super) mod generic;
pub(super) mod github;
pub(super) mod google;
pub(super) mod openai;
pub(super) mod packages;
pub(super) mod slack;
pub(super) mod stripe;
