//! The values that policies name by their paths, whatever they hold.

use alloc::{collections::BTreeSet, vec::Vec};
use core::ops::Range;

use super::{Engine, inspect::Inspection};
use crate::{
    detect::{Placement, RuleRef},
    finding::{Confidence, Finding, Part, identity},
    normalize::View,
    replacement::Replacement,
};

/// What was found at paths of policies.
#[derive(Default)]
pub(super) struct Fields {
    findings: Vec<(Finding, bool)>,
    seen: BTreeSet<(usize, Part, usize, usize)>,
    unread: bool,
    overflow: bool,
}

impl Engine {
    /// One value of the body or the query.
    pub(super) fn field(&self, view: Option<&View<'_>>, limit: usize, fields: &mut Fields) {
        let Some(view) = view else {
            fields.unread = true;
            return;
        };
        if view.text.is_empty() || &*view.text == b"null" || is_placeholder(&view.text) {
            return;
        }
        for paths in self.policies.fields() {
            if !paths.iter().any(|path| view.pointer.is_under(path)) {
                continue;
            }
            let rule = RuleRef::of_fields(paths);
            let span: Range<usize> = view.wire(0..view.text.len());
            if !fields.seen.insert((rule.address(), view.part, span.start, span.end)) {
                continue;
            }
            if fields.findings.len() >= limit {
                fields.overflow = true;
                return;
            }
            let pointer = view.pointer.render().filter(|pointer| self.shows_nothing(pointer));
            let finding = Finding {
                rule,
                confidence: Confidence::High,
                part: view.part,
                span,
                pointer,
                in_place: false,
                placeholder: false,
                allowed: None,
                identity: identity(&view.text),
                writing: view.writing,
                replacement: Replacement::Placeholder,
            };
            fields.findings.push((finding, view.redactable()));
        }
    }
}

impl Fields {
    /// Adds them to what the detector found; whether there were too many.
    pub(super) fn add_to(self, found: &mut Inspection) -> bool {
        found.unread_fields = self.unread;
        for (finding, redactable) in self.findings {
            if !redactable {
                found.unredactable.insert(found.findings.len());
            }
            found.findings.push(finding);
            found.placements.push(Placement::Content);
        }
        self.overflow
    }
}

/// `[FIELD:7]`: what stands where such a value stood.
fn is_placeholder(text: &[u8]) -> bool {
    let number = text.strip_prefix(b"[FIELD:").and_then(|rest| rest.strip_suffix(b"]"));
    number.is_some_and(|number| !number.is_empty() && number.len() <= 6 && number.iter().all(u8::is_ascii_digit))
}
