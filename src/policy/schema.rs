//! The JSON Schema of policy documents, made from the tables that read them.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    keys::{Asks, Flag, Group, KEYS, Key},
    parse::{POLICY_KEYS, RULE_KEYS, SUPPRESSION_KEYS},
    read::{CLASSES, COUNTED, PER, VERBS},
    rule::{Action, Mode},
};
use crate::{
    json::{Object, push_string},
    risk::NAMES,
    target::{Category, tool_names},
};

/// The schema (JSON Schema 2020-12), as a text that ends with a newline.
pub fn json_schema() -> String {
    let mut out = String::new();
    let mut root = Object::begin(&mut out);
    root.text("$schema", "https://json-schema.org/draft/2020-12/schema")
        .text("title", "interven policy")
        .text("type", "object")
        .boolean("additionalProperties", false)
        .list("required", ["name", "rules"], push_string)
        .written("properties", |out| properties(out, POLICY_KEYS.iter().map(|key| (*key, policy_key(key)))))
        .written("$defs", |out| {
            let groups = [("match", Some(Group::Match)), ("condition", Some(Group::Condition)), ("group", None)];
            let mut defs = Object::begin(out);
            for (name, group) in groups {
                let keys = KEYS.iter().filter(|key| group.is_none_or(|group| key.group == group));
                defs.written(name, |out| closed(out, &[], keys.map(|key| (key.name, described(key)))));
            }
            let flat = KEYS.iter().map(|key| (key.name, described(key)));
            defs.written("rule", |out| closed(out, &["rule_id", "action"], RULE_KEYS.iter().map(|key| (*key, rule_key(key))).chain(flat)));
            defs.written("suppression", |out| {
                closed(out, &["rule_id", "expires", "reason"], SUPPRESSION_KEYS.iter().map(|key| (*key, suppression_key(key))));
            });
            defs.raw("texts", r#"{"anyOf":[{"type":"string","minLength":1},{"type":"array","minItems":1,"items":{"type":"string","minLength":1}}]}"#);
            defs.end();
        })
        .end();
    out.push('\n');
    out
}

fn properties(out: &mut String, list: impl Iterator<Item = (&'static str, String)>) {
    let mut object = Object::begin(out);
    for (name, schema) in list {
        object.raw(name, &schema);
    }
    object.end();
}

/// An object with these keys and no others.
fn closed(out: &mut String, required: &[&str], list: impl Iterator<Item = (&'static str, String)>) {
    Object::begin(out)
        .text("type", "object")
        .boolean("additionalProperties", false)
        .list("required", required, |out, name| push_string(out, name))
        .written("properties", |out| properties(out, list))
        .end();
}

/// The schema of a key with its description.
fn described(key: &Key) -> String {
    let mut about = String::new();
    push_string(&mut about, key.about);
    let schema = value(key.asks);
    format!("{{\"description\":{about},{}", schema.strip_prefix('{').unwrap_or_default())
}

fn texts() -> String {
    r##"{"$ref":"#/$defs/texts"}"##.into()
}

/// One of some names, or a list of them.
fn names(list: &[&str]) -> String {
    let one = one_of(list);
    format!("{{\"anyOf\":[{one},{{\"type\":\"array\",\"minItems\":1,\"items\":{one}}}]}}")
}

fn one_of(list: &[&str]) -> String {
    let mut out = String::new();
    Object::begin(&mut out).list("enum", list, |out, name| push_string(out, name)).end();
    out
}

/// What is suggested, and anything else.
fn suggested(list: &[&str]) -> String {
    let one = one_of(list);
    let one = format!("{{\"anyOf\":[{one},{{\"type\":\"string\",\"minLength\":1}}]}}");
    format!("{{\"anyOf\":[{one},{{\"type\":\"array\",\"minItems\":1,\"items\":{one}}}]}}")
}

fn value(asks: Asks) -> String {
    match asks {
        Asks::Tools => suggested(&tool_names().collect::<Vec<_>>()),
        Asks::Operations => {
            let categories: Vec<String> = Category::ALL.iter().map(|category| format!("category:{}", category.as_str())).collect();
            suggested(&categories.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Asks::Verbs => names(VERBS),
        Asks::Classes => names(CLASSES),
        Asks::Signals => names(NAMES),
        Asks::Ports => {
            let one = r#"{"anyOf":[{"type":"integer","minimum":0,"maximum":65535},{"type":"string","pattern":"^[0-9]+(-[0-9]+)?$"}]}"#;
            format!("{{\"anyOf\":[{one},{{\"type\":\"array\",\"minItems\":1,\"items\":{one}}}]}}")
        }
        Asks::Tags => r##"{"anyOf":[{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},{"$ref":"#/$defs/texts"}]}"##.into(),
        Asks::Pattern => r#"{"type":"string","minLength":1,"maxLength":4096}"#.into(),
        Asks::PathEquals => path(r#"{}"#),
        Asks::PathGt | Asks::PathGte | Asks::PathLt | Asks::PathLte => path(r#"{"type":"number"}"#),
        Asks::SizeGt => r#"{"type":"integer","minimum":0}"#.into(),
        Asks::Flag(Flag::ExternalPrincipal | Flag::NewDestination | Flag::VolumeBurst | Flag::ThreatIntel | Flag::BudgetExceeded)
        | Asks::Flag(Flag::McpDrift | Flag::McpOrigin | Flag::McpInjection | Flag::McpRiskyParam) => r#"{"type":"boolean"}"#.into(),
        Asks::RiskGt | Asks::TrustLt => r#"{"type":"number","minimum":0,"maximum":1}"#.into(),
        Asks::HoursOutside => {
            let time = r#"{"type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"}"#;
            format!("{{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"start\",\"end\",\"tz\"],\"properties\":{{\"start\":{time},\"end\":{time},\"tz\":{{\"type\":\"string\"}}}}}}")
        }
        Asks::Count => {
            let of = one_of(&COUNTED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            let per = one_of(&PER.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            let window = r#"{"type":"string","pattern":"^[0-9]+[mh]$"}"#;
            let limit = r#"{"type":"integer","minimum":0}"#;
            format!("{{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"window\",\"limit\"],\"properties\":{{\"of\":{of},\"per\":{per},\"window\":{window},\"limit\":{limit}}}}}")
        }
        Asks::Any | Asks::All | Asks::Not => {
            r##"{"anyOf":[{"$ref":"#/$defs/group"},{"type":"array","minItems":1,"items":{"$ref":"#/$defs/group"}}]}"##.into()
        }
        _ => texts(),
    }
}

fn path(value: &str) -> String {
    format!(
        "{{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"path\",\"value\"],\"properties\":{{\"path\":{{\"type\":\"string\",\"pattern\":\"^\\\\$\"}},\"value\":{value}}}}}"
    )
}

fn policy_key(name: &str) -> String {
    match name {
        "rules" => r##"{"type":"array","items":{"$ref":"#/$defs/rule"}}"##.into(),
        "suppressions" => r##"{"description":"Rules of this policy, or of the detector, that are expected at a host or path until a day.","type":"array","items":{"$ref":"#/$defs/suppression"}}"##.into(),
        "env_names" | "compliance_tags" => texts(),
        "version" => r#"{"type":["string","integer"]}"#.into(),
        _ => r#"{"type":"string","minLength":1}"#.into(),
    }
}

fn rule_key(name: &str) -> String {
    match name {
        "match" => r##"{"$ref":"#/$defs/match"}"##.into(),
        "condition" => r##"{"$ref":"#/$defs/condition"}"##.into(),
        "priority" => r#"{"description":"Lower numbers are reported first; the verdict does not depend on the order.","type":"integer","default":100}"#.into(),
        "action" => one_of(&Action::ALL.map(Action::as_str)),
        "mode" => one_of(&Mode::ALL.map(Mode::as_str)),
        "incident_severity" => one_of(&["LOW", "MEDIUM", "HIGH", "CRITICAL"]),
        "sanitize_fields" => texts(),
        "reason_code" => r#"{"type":"string","pattern":"^[A-Z0-9_]{1,64}$"}"#.into(),
        _ => r#"{"type":"string","minLength":1}"#.to_string(),
    }
}

fn suppression_key(name: &str) -> String {
    match name {
        "expires" => r#"{"description":"A day, or a time in UTC, such as 2027-01-31.","type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*Z)?$"}"#.into(),
        _ => r#"{"type":"string","minLength":1}"#.into(),
    }
}
