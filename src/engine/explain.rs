//! Why a verdict is what it is: every rule that was considered, and which of its keys did not hold.

use alloc::string::String;

use super::Engine;
use crate::{
    json::{Object, push_string},
    normalize::parse_url,
    request::Request,
    scan::ScanContext,
};

impl Engine {
    /// The report about a request, and for every rule of every policy whether it matched and which of its keys did not hold,
    /// as JSON text: `{"report", "rules": [{"policy", "rule_id", "action", "mode", "matched", "suppressed", "failed"}]}`. No
    /// value of the request is in it.
    pub fn explain(&self, request: &Request, context: &ScanContext) -> String {
        let report = self.evaluated(request, context).1.to_json();
        let url = parse_url(request.url.expose());
        let (inspection, source) = self.inspected(request, url.as_ref(), context);
        let facts = self.facts(request, context, url.as_ref(), &inspection, source);
        let subject = facts.subject();
        let mut out = String::with_capacity(1024);
        Object::begin(&mut out)
            .raw("report", &report)
            .list("rules", self.policies.considered(&subject), |out, considered| {
                Object::begin(out)
                    .text("policy", &considered.policy.name)
                    .text("rule_id", &considered.rule.rule_id)
                    .text("action", considered.rule.action.as_str())
                    .text("mode", considered.rule.mode.as_str())
                    .boolean("matched", considered.failed.is_empty())
                    .boolean("suppressed", considered.suppressed)
                    .list("failed", &considered.failed, |out, key| push_string(out, key))
                    .end();
            })
            .end();
        out
    }
}
