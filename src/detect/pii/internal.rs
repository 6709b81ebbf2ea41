//! Markers that people put on internal material.

use crate::{
    detect::rule::{Candidate, Outcome, Rule, Shape, Vendor},
    finding::{Confidence, DataClass, Severity},
};

/// Phrases such as "internal only".
pub(in crate::detect) static MARKER: Rule = Rule {
    id: "internal_marker",
    class: DataClass::Internal,
    severity: Severity::Low,
    label: "INTERNAL",
    vendor: Vendor::None,
    shape: Shape::Phrase(&[
        "internal only",
        "internal use only",
        "do not share",
        "do not distribute",
        "do not forward",
        "confidential",
        "nda required",
        "proprietary",
    ]),
    source: "the markers that Interven documents",
    positives: &["INTERNAL ONLY: {word:5}", "This is confidential.", "NDA required"],
    negatives: &["internally only", "confidentiality", "do not shareware"],
    check: marker,
}
.with_evidence();

fn marker(_: &Candidate<'_>) -> Outcome {
    Outcome::Found(Confidence::Medium)
}
