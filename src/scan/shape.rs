//! Whether a redacted body is the body that was sent, redacted: the same keys, the same lists, and values that are the same,
//! or texts.

use crate::{
    json::{Node, Value},
    placeholder,
};

/// True when nothing in `redacted` is new but the texts that stand for what was taken out.
pub(super) fn same_shape(sent: &Node, redacted: &Node) -> bool {
    match (&sent.value, &redacted.value) {
        (Value::Object(sent), Value::Object(redacted)) => {
            sent.len() == redacted.len()
                && sent.iter().zip(redacted).all(|((name, value), (new_name, new_value))| {
                    (name == new_name || placeholder::tokens(new_name.as_bytes()).next().is_some())
                        && same_shape(value, new_value)
                })
        }
        (Value::Array(sent), Value::Array(redacted)) => {
            sent.len() == redacted.len() && sent.iter().zip(redacted).all(|(value, new_value)| same_shape(value, new_value))
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        (Value::Text(_), new) => matches!(new, Value::Text(_) | Value::Null),
        (_, Value::Text(_) | Value::Null) => true,
        (value, new) => value == new,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::json::parse;

    fn same(sent: &str, redacted: &str) -> bool {
        same_shape(&parse(sent.as_bytes(), "sent").unwrap(), &parse(redacted.as_bytes(), "redacted").unwrap())
    }

    #[test]
    fn values_become_texts_and_nothing_else_changes() {
        let sent = r#"{"a":"x","b":[1,true,null,{"c":2.5}]}"#;
        for redacted in [
            sent,
            r#"{"a":"[EMAIL:1]","b":[1,true,null,{"c":2.5}]}"#,
            r#"{"a":null,"b":["[CARD:1]","","x",{"c":"***"}]}"#,
            r#"{"[EMAIL:1]":"x","b":[1,true,null,{"c":2.5}]}"#,
        ] {
            assert!(same(sent, redacted), "{redacted}");
        }
        for redacted in [
            "{}",
            r#"{"a":"x"}"#,
            r#"{"a":"x","b":[]}"#,
            r#"{"a":"x","b":[1,true,null,{"c":2.5}],"d":1}"#,
            r#"{"a":"x","d":[1,true,null,{"c":2.5}]}"#,
            r#"{"a":{},"b":[1,true,null,{"c":2.5}]}"#,
            r#"{"a":7,"b":[1,true,null,{"c":2.5}]}"#,
            r#"{"a":"x","b":[2,true,null,{"c":2.5}]}"#,
            r#"{"a":"x","b":[1,false,null,{"c":2.5}]}"#,
            r#"{"a":"x","b":[1,true,0,{"c":2.5}]}"#,
            r#"{"a":"x","b":[1,true,null,{"c":2.5},5]}"#,
            r#"{"a":"x","b":"[EMAIL:1]"}"#,
        ] {
            assert!(!same(sent, redacted), "{redacted}");
        }
    }
}
