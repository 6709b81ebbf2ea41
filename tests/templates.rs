//! The policies that ship with the package, each with its own cases in `tests/corpus/templates/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

use std::collections::BTreeSet;

use interven::Policy;
use serde_json::Value;
use support::{
    generate::Random,
    policies::{NOON, context, decided, engine, expanded, report, request},
};

const NAMES: [&str; 7] = ["starter", "hipaa", "pci-dss", "soc2", "gdpr", "coding-agent", "browser-agent"];

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn template(name: &str) -> Policy {
    Policy::parse(&read(&format!("policies/{name}.json")), name).unwrap()
}

#[test]
fn every_template_loads_without_a_notice() {
    let files = std::fs::read_dir(format!("{}/policies", env!("CARGO_MANIFEST_DIR"))).unwrap().count();
    assert_eq!(files, NAMES.len());
    for name in NAMES {
        let policy = template(name);
        assert_eq!(policy.name, name);
        assert_eq!(policy.notices(Some(NOON)).iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        assert!(policy.rules.iter().all(|rule| rule.reason_code.is_some()), "{name}: a rule without a reason code");
        assert!(read(&format!("policies/{name}.json")).contains("\"description\""));
    }
}

#[test]
fn every_template_decides_its_cases() {
    let mut wrong = Vec::new();
    for name in NAMES {
        let cases: Value = serde_json::from_str(&read(&format!("tests/corpus/templates/{name}.json"))).unwrap();
        let cases = cases["cases"].as_array().unwrap();
        let decisions: BTreeSet<&str> = cases.iter().map(|case| case["expect"]["decision"].as_str().unwrap()).collect();
        assert!(cases.len() >= 12 && decisions.contains("ALLOW") && decisions.len() >= 3, "{name}: {decisions:?}");
        let codes: BTreeSet<String> = template(name).rules.iter().filter_map(|rule| rule.reason_code.clone()).collect();
        for case in cases {
            let title = format!("{name}: {}", case["name"].as_str().unwrap());
            let case = expanded(case, &mut Random::named(&title));
            let verdict = decided(&engine(vec![template(name)], &case), request(&case), context(&case));
            let said = report(&verdict);
            let got: Vec<&String> = said.reason_codes.iter().filter(|code| codes.contains(*code)).collect();
            let expect = &case["expect"];
            if said.decision.as_str() != expect["decision"] || serde_json::to_value(&got).unwrap() != expect["reason_codes"] {
                wrong.push(format!("{title}: {} {got:?}, not {expect}\n    {}", said.decision.as_str(), said.to_json()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
