//! Markers that people put on internal material.

use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// Phrases such as "internal only".
pub(super) static MARKER: Rule = Rule::internal("internal_marker", "INTERNAL", marker)
    .shaped(Shape::Phrase(&[
        "internal only",
        "internal use only",
        "do not share",
        "do not distribute",
        "do not forward",
        "confidential",
        "nda required",
        "proprietary",
    ]))
    .known_from("the markers that Interven documents")
    .evidence(
        &["INTERNAL ONLY: {word:5}", "This is confidential.", "NDA required"],
        &["internally only", "confidentiality", "do not shareware"],
    );

fn marker(_: &Candidate<'_>) -> Outcome {
    Outcome::Found(Confidence::Medium)
}
