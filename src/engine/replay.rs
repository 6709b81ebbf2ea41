//! Policies tried on a call that was recorded: from facts, without its content.

use alloc::{string::String, vec::Vec};

use super::{
    Engine,
    inspect::{Inspection, Look},
};
use crate::{
    decision::Gate,
    finding::DataClass,
    json::{self, Node, Object, Value, push_string},
    limits::Limits,
    memory::Recalled,
    normalize::{self, Url},
    policy::{Both, Gaps, McpSignals, Outcome, Policy, PolicyRule, Sanitizable, Subject},
    request::Request,
    risk::{self, Signal},
    secret::Sensitive,
    target::{Arguments, Category, Destination, Resource, Target, Verb},
};

/// Where a body stands that is read again; nobody connects there.
const NOWHERE: &str = "https://replay.invalid/";

/// A record that was read.
struct Record<'d> {
    root: &'d Node<'d>,
}

impl Engine {
    /// What the policies of this engine make of a call that was recorded: JSON text in and out, `None` for what is no record.
    ///
    /// In go the members of [`Report::facts`](crate::Report::facts) with those of the report that are named alike, and `agent`,
    /// `time_ms`, `zone_offsets`, `url` (without its query), `body` and `content_type` where they are known; `known` is a list of
    /// `[policy, rule_id, matched]` for what is known of rules otherwise. Out comes
    /// `{"least", "most", "rules": [{"policy", "rule_id", "action", "mode", "certain", "suppressed", "keys"}]}`: the least and the
    /// most strict decision that is possible, the rules that match or may, and which keys the record cannot answer.
    pub fn replay(&self, record: &str) -> Option<String> {
        let root = json::parse(record.as_bytes(), "record").ok()?;
        let record = Record { root: &root };
        let request = record.body();
        let again = request.as_ref().map(|request| self.inspect(request, Look { policies: true, ..Look::default() }).0);
        // A body that is not what it was says nothing.
        let again = again.filter(|found| found.findings.is_empty() && found.coverage.skipped().next().is_none());
        Some(self.replayed(&record, request.as_ref(), again.as_ref()))
    }

    fn replayed(&self, record: &Record<'_>, request: Option<&Request>, again: Option<&Inspection>) -> String {
        let empty = Request::new("POST", NOWHERE);
        let arguments = Arguments::of(again.and(request).unwrap_or(&empty), None, &Limits::default());
        let unread = self.policies.read(String::new());
        let spelt = record.text("url").and_then(normalize::parse_url);
        let paths = spelt.as_ref().map(Url::paths).unwrap_or_default();
        let urls = spelt.as_ref().map(|url| url.forms(&paths)).unwrap_or_default();
        let target = record.target();
        let gaps = record.gaps(&target, spelt.is_some(), again.is_some());
        let rules_match = Gaps { matches: true, ..gaps.clone() };
        let claimed = record.classes("classes");
        let methods: Vec<&str> = record.texts("methods").collect();
        let signals = record.signals();
        let zone_offsets = record.field("zone_offsets").map(Node::numbers).unwrap_or_default();
        let flag = |name| record.flag(name);
        let recalled = Recalled::recorded(
            flag("new_destination"),
            flag("volume_burst"),
            flag("budget_exceeded"),
            u32::try_from(record.number("trust")).unwrap_or_default(),
        );
        let least = Subject {
            methods: &methods,
            urls: &urls,
            paths: &paths,
            scheme: "",
            agent: record.text("agent").unwrap_or_default(),
            runtime: record.text("runtime").unwrap_or_default(),
            target: &target,
            arguments: &arguments,
            findings: &[],
            claimed: &claimed,
            body_text: again.map_or(&unread, |found| &found.body_text),
            body_bytes: usize::try_from(record.number("body_bytes")).unwrap_or(usize::MAX),
            external_principal: target.external_principals > 0,
            threat: flag("threat"),
            risk_hundredths: u32::try_from(record.number("risk_hundredths")).unwrap_or(u32::MAX),
            signals: &signals,
            time_ms: record.field("time_ms").map(|_| record.number("time_ms")),
            zone_offsets: &zone_offsets,
            mcp: McpSignals::of(|name| record.texts("mcp").any(|set| set == name)),
            recalled: &recalled,
            gaps: Some(&gaps),
        };
        let both = Both { least, most: Subject { gaps: Some(&rules_match), ..least } };
        let base = Outcome { gate: record.gate(), redacts: flag("redacts") };
        let content = Sanitizable { takes: record.classes("takes"), stuck: record.classes("stuck") };
        let made = self.policies.replay(&both, base, &content, &|policy, rule| record.known(policy, rule));
        let mut out = String::with_capacity(256);
        Object::begin(&mut out)
            .text("least", made.least.as_str())
            .text("most", made.most.as_str())
            .list("rules", &made.rules, |out, found| {
                Object::begin(out)
                    .text("policy", &found.policy.name)
                    .text("rule_id", &found.rule.rule_id)
                    .text("action", found.rule.action.as_str())
                    .text("mode", found.rule.mode.as_str())
                    .boolean("certain", found.certain)
                    .boolean("suppressed", found.suppressed)
                    .list("keys", &found.keys, |out, key| push_string(out, key))
                    .end();
            })
            .end();
        out
    }
}

impl<'d> Record<'d> {
    #[inline(never)]
    fn field(&self, name: &str) -> Option<&'d Node<'d>> {
        self.root.field(name)
    }

    #[inline(never)]
    fn text(&self, name: &str) -> Option<&'d str> {
        self.field(name).and_then(Node::text)
    }

    fn texts(&self, name: &str) -> impl Iterator<Item = &'d str> + use<'d> {
        self.items(name).iter().filter_map(Node::text)
    }

    #[inline(never)]
    fn items(&self, name: &str) -> &'d [Node<'d>] {
        self.field(name).and_then(Node::items).unwrap_or_default()
    }

    #[inline(never)]
    fn number(&self, name: &str) -> u64 {
        match self.field(name).map(|node| &node.value) {
            Some(Value::Number(text)) => text.parse().unwrap_or_default(),
            _ => 0,
        }
    }

    #[inline(never)]
    fn flag(&self, name: &str) -> bool {
        self.field(name).is_some_and(Node::is_true)
    }

    #[inline(never)]
    fn classes(&self, name: &str) -> Vec<DataClass> {
        self.texts(name).filter_map(DataClass::parse).collect()
    }

    /// What holds without any policy. What is not said is not sent.
    fn gate(&self) -> Gate {
        match self.text("gate") {
            Some("ALLOW") => Gate::Allow,
            Some("REQUIRE_APPROVAL") => Gate::RequireApproval,
            _ => Gate::Deny,
        }
    }

    fn signals(&self) -> Vec<Signal> {
        self.texts("signals").filter_map(risk::named).map(|name| Signal { name, hundredths: 0 }).collect()
    }

    fn body(&self) -> Option<Request> {
        let (body, content_type) = (self.text("body")?, self.text("content_type")?);
        Some(Request::new("POST", NOWHERE).header("content-type", content_type).body(body))
    }

    fn target(&self) -> Target {
        let mut resource = Resource::default();
        if let Some(Value::Object(fields)) = self.field("resource").map(|node| &node.value) {
            fields
                .iter()
                .filter_map(|(name, node)| Some((name, node.text()?)))
                .for_each(|(name, value)| resource.keep(name, value));
        }
        let host = |host: &str| Destination { scheme: String::new(), host: host.into(), port: None };
        let number = |name| usize::try_from(self.number(name)).unwrap_or(usize::MAX);
        Target {
            tool: self.text("tool_name").unwrap_or("custom_proxy").into(),
            operation: self.text("operation").unwrap_or("request").into(),
            verb: self.text("verb").and_then(Verb::parse).unwrap_or(Verb::Write),
            categories: self.texts("categories").filter_map(Category::parse).collect(),
            quoted: false,
            host: self.text("host").unwrap_or_default().into(),
            port: u16::try_from(self.number("port")).ok().filter(|port| *port > 0),
            resource,
            destinations: self.texts("destinations").map(|name| Sensitive::new(host(name))).collect(),
            more_private: false,
            principals: number("principals"),
            external_principals: number("external_principals"),
        }
    }

    fn gaps(&self, target: &Target, url: bool, body: bool) -> Gaps {
        let hidden = |name: &str| self.texts("hidden").any(|hidden| hidden == name);
        Gaps {
            tool: hidden("tool"),
            operation: hidden("operation"),
            methods: self.texts("methods").next().is_none(),
            hosts: hidden("host")
                || self.number("destinations_total") != u64::try_from(target.destinations.len()).unwrap_or(u64::MAX),
            urls: !url,
            agent: self.text("agent").is_none(),
            runtime: self.text("runtime").is_none(),
            body: !body && self.number("body_bytes") > 0,
            principals: self.number("recipients") > 0,
            tags: self.number("tags") > 0,
            // A repository is matched with its owner as well.
            resources: Resource::NAMES.into_iter().filter(|name| hidden(name) || *name == "repo" && hidden("org")).collect(),
            matches: false,
        }
    }

    /// What is known otherwise of whether a rule matched.
    fn known(&self, policy: &Policy, rule: &PolicyRule) -> Option<bool> {
        let entries = self.field("known").and_then(Node::items)?;
        entries.iter().find_map(|entry| {
            let [name, id, matched] = entry.items()? else { return None };
            let same = name.text() == Some(&policy.name) && id.text() == Some(&rule.rule_id);
            same.then_some(matched.is_true())
        })
    }
}
