//! Paths into a document: `$.a`, `$.a.b`, `$.items[*].f`, `$.items[0]`, `$["odd key"]`.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Node, Value};

/// Longest path that is read, in steps.
const MAX_STEPS: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
    /// Every item of a list, or every value of an object.
    Any,
}

/// A path that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// Reads a path; otherwise what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let mut rest = text.strip_prefix('$').ok_or("must begin with `$`")?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest)?;
            steps.push(step);
            rest = after;
            if steps.len() > MAX_STEPS {
                return Err("has more than 32 steps");
            }
        }
        Ok(Self { steps })
    }

    /// Whether it leads to a place, or to something around it. A place is the keys and positions on the way to it.
    pub(crate) fn leads_to<'k>(&self, mut place: impl Iterator<Item = (Option<usize>, &'k [u8])>) -> bool {
        self.steps.iter().all(|step| match (step, place.next()) {
            (_, None) => false,
            (Step::Any, Some(_)) => true,
            (Step::Index(wanted), Some((index, _))) => index == Some(*wanted),
            (Step::Key(wanted), Some((index, key))) => index.is_none() && key == wanted.as_bytes(),
        })
    }

    /// Every value that the path leads to. A key that stands twice leads to both.
    pub(crate) fn select<'n>(&'n self, root: &'n Node<'n>) -> Vec<&'n Node<'n>> {
        let mut found = Vec::new();
        self.visit(root, &mut |node| found.push(node));
        found
    }

    /// The same, one by one.
    pub(crate) fn visit<'n>(&self, root: &'n Node<'n>, see: &mut dyn FnMut(&'n Node<'n>)) {
        visit(&self.steps, root, see);
    }
}

/// As deep as the path has steps.
fn visit<'n>(steps: &[Step], node: &'n Node<'n>, see: &mut dyn FnMut(&'n Node<'n>)) {
    let Some((step, rest)) = steps.split_first() else { return see(node) };
    match (step, &node.value) {
        (Step::Key(key), Value::Object(fields)) => {
            fields.iter().filter(|(name, _)| name == key).for_each(|(_, node)| visit(rest, node, see));
        }
        (Step::Index(index), Value::Array(items)) => items.get(*index).into_iter().for_each(|node| visit(rest, node, see)),
        (Step::Any, Value::Array(items)) => items.iter().for_each(|node| visit(rest, node, see)),
        (Step::Any, Value::Object(fields)) => fields.iter().for_each(|(_, node)| visit(rest, node, see)),
        _ => {}
    }
}

/// The first step of a text, and what follows it.
fn step(text: &str) -> Result<(Step, &str), &'static str> {
    if let Some(rest) = text.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        return match name {
            "" => Err("has an empty key"),
            "*" => Ok((Step::Any, after)),
            name if name.contains(']') => Err("has a `]` without its `[`"),
            name => Ok((Step::Key(name.to_owned()), after)),
        };
    }
    let rest = text.strip_prefix('[').ok_or("must go on with `.key` or `[…]`")?;
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            let end = quoted.find(quote).ok_or("has a quote without its end")?;
            let (name, after) = quoted.split_at_checked(end).unwrap_or((quoted, ""));
            let after = after.strip_prefix(quote).and_then(|after| after.strip_prefix(']')).ok_or("has a `[` without its `]`")?;
            return Ok((Step::Key(name.to_owned()), after));
        }
    }
    let (inside, after) = rest.split_once(']').ok_or("has a `[` without its `]`")?;
    match inside {
        "*" => Ok((Step::Any, after)),
        number => number
            .parse()
            .map(|index| (Step::Index(index), after))
            .map_err(|_| "has `[…]` around neither a number, `*` nor a quoted key"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::json::parse_as_sent;

    #[test]
    fn what_paths_lead_to() {
        let root = parse_as_sent(br#"{"a":{"b":1,"b":2},"items":[{"f":3},{"f":4},5],"x y":6}"#, 64).unwrap();
        let cases: [(&str, &[&str]); 8] = [
            ("$.a.b", &["1", "2"]),
            ("$.items[*].f", &["3", "4"]),
            ("$.items[1].f", &["4"]),
            ("$.items[2]", &["5"]),
            ("$.items[3]", &[]),
            ("$.a.*", &["1", "2"]),
            ("$[\"x y\"]", &["6"]),
            ("$['x y']", &["6"]),
        ];
        for (path, want) in cases {
            let path = Path::parse(path).unwrap();
            let got: Vec<&str> =
                path.select(&root).iter().map(|n| if let Value::Number(n) = &n.value { n } else { "" }).collect();
            assert_eq!(got, want);
        }
    }

    #[test]
    fn what_is_no_path() {
        for text in ["", "a", "a.b", "$a", "$.", "$..a", "$[", "$[x]", "$[\"a]", "$[-1]", "$.a]"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }
}
