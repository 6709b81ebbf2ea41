//! What the Rust test binaries and the corpus expansion share.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

pub mod cases;
pub mod conversation;
pub mod fuzz;
pub mod generate;
pub mod numbers;
pub mod oracles;
pub mod policies;
pub mod policy_tables;
pub mod table;
pub mod wrappings;
