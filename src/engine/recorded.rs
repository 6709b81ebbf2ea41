//! What a record has to say of a call beside its report, so that other policies can be tried on it later.

use alloc::{string::String, vec::Vec};

use super::{Engine, conceal::conceal, facts::Facts};
use crate::{
    decision::Gate,
    finding::DataClass,
    json::{Object, push_string},
    options::UnknownHostCredentials,
    policy::taken,
    target::{Resource, Target},
};

/// Methods that may be written down: any other text is the agent's.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY"];
/// Runtimes that may be; empty where it is not known.
const RUNTIMES: &[&str] =
    &["", "langchain", "openai", "anthropic", "mcp", "custom", "crewai", "autogen", "llamaindex", "computer_use"];

impl Engine {
    /// The facts as JSON text. Numbers, flags, and names from closed lists: nothing in it is text of the request.
    pub(super) fn recorded(&self, facts: &Facts<'_>) -> String {
        let Facts { request, context, inspection, target, recalled, .. } = facts;
        let base = self.without_policies(inspection, context);
        let subject = facts.subject();
        let stuck = |index: &usize| inspection.unredactable.contains(index);
        let credential = self.options.unknown_host_credentials == UnknownHostCredentials::Deny
            && !facts.misdirected
            && self.has_unknown_host_credential(request, target);
        let denied = facts.private || credential || base.redactions.iter().any(stuck) || !self.valid_method(&request.method);
        let gate = if denied { Gate::Deny } else { base.gate };
        let is_plain = |method: &&&str| METHODS.iter().any(|known| known.eq_ignore_ascii_case(method));
        let all_plain = subject.methods.iter().all(|method| is_plain(&method));
        let methods = subject.methods.iter().filter(|_| all_plain);
        let classes = DataClass::ALL.into_iter();
        let mut out = String::with_capacity(512);
        let mut object = Object::begin(&mut out);
        object
            .text("gate", gate.decision(false).as_str())
            .boolean("redacts", !base.redactions.is_empty())
            .list("methods", methods, |out, method| push_string(out, &method.to_ascii_uppercase()))
            .number("port", subject.port().unwrap_or(0).into())
            .text_or_null("runtime", RUNTIMES.iter().copied().find(|known| *known == context.runtime))
            .list("classes", classes.clone().filter(|class| subject.has_class(&[*class])), push_class)
            .list("takes", classes.clone().filter(|class| taken(*class, &subject).next().is_some()), push_class)
            .list("stuck", classes.filter(|class| taken(*class, &subject).any(|index| stuck(&index))), push_class)
            .number("body_bytes", request.body.expose().len())
            .boolean("new_destination", recalled.new_destination)
            .boolean("volume_burst", recalled.volume_burst)
            .boolean("budget_exceeded", recalled.budget_exceeded)
            .boolean("threat", subject.threat)
            .number("trust", usize::try_from(recalled.trust_hundredths()).unwrap_or_default())
            .list("mcp", subject.mcp.names(), push_string)
            .number("recipients", target.resource.principals.len())
            .number("tags", target.resource.tags.len())
            .number("destinations_total", target.destinations.len())
            .list("hidden", self.hidden_names(facts), push_string)
            .end();
        out
    }

    /// Names that the report does not tell.
    fn hidden_names(&self, facts: &Facts<'_>) -> Vec<&'static str> {
        let Facts { request, inspection, target, .. } = facts;
        let mut shown: Target = (*target).clone();
        conceal(&mut shown, request, inspection, facts.is_web());
        let named = |resource: &Resource, name| resource.shown().any(|(known, _)| known == name);
        let resources = Resource::NAMES.into_iter();
        [
            ("tool", shown.tool != target.tool),
            ("operation", shown.operation != target.operation),
            ("host", shown.host != target.host),
        ]
        .into_iter()
        .chain(resources.map(|name| (name, named(&target.resource, name) != named(&shown.resource, name))))
        .filter_map(|(name, hidden)| hidden.then_some(name))
        .collect()
    }
}

fn push_class(out: &mut String, class: DataClass) {
    push_string(out, class.as_str());
}
