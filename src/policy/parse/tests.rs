#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use alloc::string::ToString;

#[test]
fn a_full_rule() {
    let text = r#"{"name":"p","rules":[{"rule_id":"b","priority":20,"action":"ALLOW"},
        {"rule_id":"a","priority":-1,"match":{"tool_name":"slack","verbs":["write"],"hosts":["*.slack.com"]},
         "condition":{"has_data_class":["PII"]},"action":"SANITIZE","reason_code":"PII_EGRESS"}]}"#;
    let policy = policy(text, "p").unwrap();
    let first = policy.rules.first().unwrap();
    assert_eq!((first.rule_id.as_str(), first.priority, first.action), ("a", -1, Action::Sanitize));
    let keys: Vec<&str> = first.tests.iter().map(|test| test.key.name).collect();
    assert_eq!(keys, ["tool_name", "verbs", "hosts", "has_data_class"]);
}

#[test]
fn errors_name_line_key_and_remedy() {
    let cases = [
        ("{\"name\":\"p\"}", "p:1:1: the key `rules` is missing"),
        ("{\"name\":\"p\",\"rules\":{}}", "p:1:13: rules: must be a list, not an object"),
        (
            "{\"name\":\"p\",\n\"rules\":[{\"rule_id\":\"r\",\n\"match\":{\"host\":[\"a\"]},\"action\":\"DENY\"}]}",
            "p:3:10: rules[0].match.host: unknown key (did you mean `hosts`?)",
        ),
        (
            "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"action\":\"BLOCK\"}]}",
            "p:1:37: rules[0].action: unknown action `BLOCK` (one of ALLOW, SANITIZE, REQUIRE_APPROVAL, DENY, OPEN_INCIDENT)",
        ),
        (
            "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"match\":{\"verbs\":[]},\"action\":\"DENY\"}]}",
            "p:1:46: rules[0].match.verbs: the list is empty, so the rule would never match (remove the key to match everything)",
        ),
        (
            "{\"name\":\"p\",\"rules\":[{\"rule_id\":\"r\",\"priority\":1.5,\"action\":\"DENY\"}]}",
            "p:1:37: rules[0].priority: must be a whole number",
        ),
        ("{\"name\":\"p\",\"rules\":[,]}", "p:1:22: not valid JSON: expected a value"),
    ];
    for (text, want) in cases {
        assert_eq!(policy(text, "p").unwrap_err().to_string(), want);
    }
}
