//! JSON, read where it stands.
//!
//! One tokenizer serves everything: bodies, whose every leaf must keep its place on the wire; policies, whose errors name
//! line and key; and gateway answers, where a duplicate key is a refusal. It is iterative, so depth costs memory and not
//! stack, and it accepts what JavaScript emits (lone surrogate escapes included).

mod events;
mod path;
mod reader;
mod signs;
mod steps;
mod string;
mod tree;
mod write;

pub(crate) use events::{Event, Events, JsonErrorKind};
pub(crate) use path::Path;
pub(crate) use reader::{Place, Reader};
pub(crate) use signs::Signs;
pub(crate) use steps::Steps;
pub(crate) use string::unescape;
pub(crate) use tree::position;
pub(crate) use tree::{Field, Node, Value, parse, parse_as_sent};
pub(crate) use write::{Object, push_number, push_string};
