//! What hostile texts repeat: one or more of every rule's own evidence. (Those that are no rule's are in the benchmark.)

use interven::rules;
use serde_json::{Value, json};

use crate::support::generate::{Random, expand};

pub fn all() -> Vec<Value> {
    rules()
        .map(|rule| {
            let mut random = Random::named(rule.id);
            let mut one = |templates: &[&str]| expand(templates.first().copied().unwrap_or_default(), &mut random);
            let (hit, miss) = (one(rule.positives), one(rule.negatives));
            let cut: String = hit.chars().take(hit.chars().count() - 1).collect();
            json!({ "rule": rule.id, "hit": hit, "miss": miss, "cut": cut })
        })
        .collect()
}
