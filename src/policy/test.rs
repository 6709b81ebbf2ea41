//! One key of a rule with its value, and whether it holds for a call.

use alloc::{string::String, vec::Vec};

use super::{
    glob,
    hours::Hours,
    keys::{Asks, Flag, Key},
    number::Number,
    subject::{Subject, host_matches},
    words::Word,
};
use crate::{
    finding::DataClass,
    json::{Node, Path, Value},
    memory::Count,
    target::{Category, Verb},
};

/// A key and what it wants.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) key: &'static Key,
    pub(super) want: Want,
    /// The byte where the key stands in its document.
    pub(super) at: usize,
}

/// What a key wants.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Want {
    /// Any of these names or globs.
    Texts(Vec<String>),
    Words(Vec<Word>),
    Operations(Vec<Operation>),
    Verbs(Vec<Verb>),
    Ports(Vec<(u16, u16)>),
    Tags(Vec<(String, String)>),
    Classes(Vec<DataClass>),
    At(Path, Vec<Wanted>),
    Size(usize),
    Hundredths(u32),
    Signals(Vec<&'static str>),
    Bool(bool),
    Hours(Hours),
    Count(Count),
    Groups(Vec<Vec<Test>>),
    Pattern(super::pattern::BodyPattern),
}

/// One way to name operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// By name, `*` for any text.
    Named(String),
    Category(Category),
    Method(String),
}

/// A value that stands at a path, or a bound of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Text(String),
    Number(Number),
    Bool(bool),
    Null,
}

impl PartialEq for Test {
    /// Two names of one question are the same.
    fn eq(&self, other: &Self) -> bool {
        self.key.asks == other.key.asks && self.want == other.want
    }
}

/// Which way an answer that is not certain must go, so that the rule acts: `No` inside `not`.
///
/// A call may have several methods, spellings of a URL, recipients, or values at a path. Outside `not` one of them is enough;
/// inside it all must fit, or an agent could switch a rule off by adding one that does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// One that fits is enough, and what is unknown fits.
    Yes,
    /// All must fit, and what is unknown does not.
    No,
}

impl Doubt {
    const fn inside_not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }

    fn of<T>(self, mut all: impl Iterator<Item = T>, mut fits: impl FnMut(T) -> bool) -> bool {
        if self == Self::Yes {
            return all.any(fits);
        }
        let mut some = false;
        all.all(|one| {
            some = true;
            fits(one)
        }) && some
    }
}

impl Test {
    pub(super) fn holds(&self, subject: &Subject<'_>, doubt: Doubt) -> bool {
        if let Some(answer) = subject.gaps.and_then(|gaps| gaps.answer(self.key.asks, doubt)) {
            return answer;
        }
        let target = subject.target;
        match (&self.want, self.key.asks) {
            (Want::Texts(list), Asks::Tools) => any(list, &target.tool),
            (Want::Operations(list), _) => list.iter().any(|operation| operation.is(subject, doubt)),
            (Want::Verbs(list), _) => list.contains(&target.verb),
            (Want::Texts(list), Asks::Methods) => {
                doubt.of(subject.methods.iter(), |m| list.iter().any(|method| method.eq_ignore_ascii_case(m)))
            }
            (Want::Texts(list), Asks::Hosts) => {
                doubt.of(subject.hosts(), |host| list.iter().any(|glob| host_matches(glob, host)))
            }
            (Want::Ports(list), _) => {
                subject.port().is_some_and(|port| list.iter().any(|(low, high)| (*low..=*high).contains(&port)))
            }
            (Want::Texts(list), Asks::Urls) => doubt.of(subject.urls.iter(), |url| any(list, url)),
            (Want::Texts(list), Asks::Agents) => any(list, subject.agent),
            (Want::Texts(list), Asks::Runtimes) => list.iter().any(|name| name == subject.runtime),
            (Want::Texts(list), Asks::Resource(name)) => subject.resources(name).iter().any(|value| any(list, value)),
            (Want::Texts(list), Asks::Principals) => {
                doubt.of(target.resource.principals.iter(), |principal| any(list, &principal.expose().to_lowercase()))
            }
            (Want::Tags(list), _) => list.iter().any(|(name, glob)| {
                let tags = target.resource.tags.iter().filter(|(tag, _)| tag == name);
                doubt.of(tags, |(_, value)| glob::matches(glob, value))
            }),
            (Want::Classes(list), _) => subject.has_class(list),
            (Want::Words(list), Asks::ContainsAll) => list.iter().all(|word| subject.body_text.has(word)),
            (Want::Words(list), _) => list.iter().any(|word| subject.body_text.has(word)),
            (Want::At(path, wanted), asks) => {
                let (mut some, mut all) = (false, true);
                if let Some(body) = subject.arguments.body() {
                    path.visit(body, &mut |node| {
                        let fits = stands(node, asks, wanted);
                        (some, all) = (some || fits, all && fits);
                    });
                }
                some && (all || doubt == Doubt::Yes)
            }
            (Want::Size(bytes), _) => subject.body_bytes > *bytes,
            (Want::Signals(list), _) => subject.signals.iter().any(|signal| list.contains(&signal.name)),
            (Want::Hundredths(bound), Asks::RiskGt) => subject.risk_hundredths > *bound,
            (Want::Hundredths(bound), _) => subject.recalled.trust_hundredths() < *bound,
            (Want::Bool(wanted), Asks::Flag(flag)) => subject.flag(flag) == *wanted,
            (Want::Hours(hours), _) => hours.is_outside(subject.time_ms, subject.zone_offsets).unwrap_or(doubt == Doubt::Yes),
            (Want::Count(count), _) => subject.recalled.count(count) > count.limit,
            (Want::Groups(groups), Asks::All) => groups.iter().all(|tests| all(tests, subject, doubt)),
            (Want::Groups(groups), Asks::Not) => !groups.iter().any(|tests| all(tests, subject, doubt.inside_not())),
            (Want::Groups(groups), _) => groups.iter().any(|tests| all(tests, subject, doubt)),
            (Want::Pattern(pattern), _) => pattern.is_in(&subject.body_text.text),
            // No such pair is ever read. Were there one, the rule would hold rather than be skipped.
            (Want::Texts(_) | Want::Bool(_), _) => doubt == Doubt::Yes,
        }
    }

    /// Whether something is so of the question, or of one inside its groups.
    pub(super) fn any_inside(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        match &self.want {
            Want::Groups(groups) => groups.iter().flatten().any(|test| test.any_inside(is)),
            _ => is(self),
        }
    }

    /// The texts that the question looks for in the body.
    pub(super) fn words(&mut self, see: &mut dyn FnMut(&mut Word)) {
        match &mut self.want {
            Want::Groups(groups) => groups.iter_mut().flatten().for_each(|test| test.words(see)),
            Want::Words(words) => words.iter_mut().for_each(see),
            _ => {}
        }
    }

    /// Names of the time zones that the question needs.
    pub(super) fn zones(&self, see: &mut dyn FnMut(&str)) {
        match &self.want {
            Want::Groups(groups) => groups.iter().flatten().for_each(|test| test.zones(see)),
            Want::Hours(Hours { zone: super::hours::Zone::Named(name), .. }) => see(name),
            _ => {}
        }
    }
}

/// Whether all of a group hold.
pub(super) fn all(tests: &[Test], subject: &Subject<'_>, doubt: Doubt) -> bool {
    tests.iter().all(|test| test.holds(subject, doubt))
}

fn any(globs: &[String], text: &str) -> bool {
    globs.iter().any(|glob| glob::matches(glob, text))
}

impl Operation {
    fn is(&self, subject: &Subject<'_>, doubt: Doubt) -> bool {
        match self {
            Self::Named(name) => glob::matches(name, &subject.target.operation),
            Self::Category(category) => subject.target.categories.contains(category),
            Self::Method(method) => doubt.of(subject.methods.iter(), |m| method.eq_ignore_ascii_case(m)),
        }
    }
}

/// Whether the value at a path is one that is wanted, or beyond the bound. A number in quotes is a number: agents and forms
/// write them like that.
fn stands(node: &Node, asks: Asks, wanted: &[Wanted]) -> bool {
    let number = || match &node.value {
        Value::Number(text) | Value::Text(text) => Number::parse(text),
        _ => None,
    };
    let one = |wanted: &Wanted| match (asks, wanted, &node.value) {
        (Asks::PathEquals, Wanted::Text(want), Value::Text(text) | Value::Number(text)) => want == text,
        (Asks::PathEquals, Wanted::Bool(want), Value::Bool(is)) => want == is,
        (Asks::PathEquals, Wanted::Bool(want), Value::Text(text)) => text == if *want { "true" } else { "false" },
        (Asks::PathEquals, Wanted::Null, Value::Null) => true,
        (_, Wanted::Number(bound), _) => number().is_some_and(|number| match asks {
            Asks::PathGt => number > *bound,
            Asks::PathGte => number >= *bound,
            Asks::PathLt => number < *bound,
            Asks::PathLte => number <= *bound,
            _ => number == *bound,
        }),
        _ => false,
    };
    wanted.iter().any(one)
}

impl Flag {
    pub(super) fn of(self, subject: &Subject<'_>) -> bool {
        let recalled = subject.recalled;
        match self {
            Self::ExternalPrincipal => subject.external_principal,
            Self::NewDestination => recalled.new_destination,
            Self::VolumeBurst => recalled.volume_burst,
            Self::ThreatIntel => subject.threat,
            Self::BudgetExceeded => recalled.budget_exceeded,
            Self::McpDrift => subject.mcp.drift,
            Self::McpOrigin => subject.mcp.origin_changed,
            Self::McpInjection => {
                subject.mcp.injection || subject.target.tool == "mcp" && subject.has_class(&[DataClass::Injection])
            }
            Self::McpRiskyParam => subject.mcp.risky_param_added,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use alloc::{format, string::ToString, vec, vec::Vec};

    use super::*;
    use crate::{
        memory::Recalled,
        normalize::parse_url,
        policy::{McpSignals, Policies, Policy},
        request::Request,
        secret::Sensitive,
        target::{Arguments, Target},
    };

    /// Whether a rule with one key matches a call that touches these things.
    fn holds(key: &str, value: &str, change: impl FnOnce(&mut Target)) -> bool {
        let text = format!("{{\"name\":\"p\",\"rules\":[{{\"rule_id\":\"r\",\"action\":\"DENY\",\"{key}\":{value}}}]}}");
        let policies = Policies::new(vec![Policy::parse(&text, "p").unwrap()]);
        let request = Request::new("POST", "https://api.example.com/");
        let url = parse_url(request.url.expose());
        let arguments = Arguments::of(&request, url.as_ref(), &crate::limits::Limits::default());
        let mut target = Target::of(&request, url.as_ref(), &arguments);
        change(&mut target);
        let subject = Subject {
            methods: &["POST"],
            urls: &Default::default(),
            paths: &Default::default(),
            scheme: "https",
            agent: "",
            runtime: "",
            target: &target,
            arguments: &arguments,
            findings: &[],
            claimed: &[],
            body_text: &Default::default(),
            body_bytes: 0,
            external_principal: target.resource.org.as_deref() == Some("outside"),
            threat: false,
            risk_hundredths: 0,
            signals: &[],
            time_ms: None,
            zone_offsets: &[],
            mcp: McpSignals::default(),
            recalled: &Recalled::NOTHING,
            gaps: None,
        };
        !policies.matching(&subject).is_empty()
    }

    /// Whatever table fills a resource, its key looks there and nowhere else.
    #[test]
    fn every_kind_of_resource_has_its_key() {
        type Change = fn(&mut Target, Option<String>);
        let kinds: [(&str, Change); 7] = [
            ("org_patterns", |t, v| t.resource.org = v),
            ("repo_patterns", |t, v| t.resource.repo = v),
            ("project_patterns", |t, v| t.resource.project = v),
            ("channel_patterns", |t, v| t.resource.channel = v),
            ("file_patterns", |t, v| t.resource.file = v),
            ("region_patterns", |t, v| t.resource.region = v),
            ("account_patterns", |t, v| t.resource.account = v),
        ];
        for (key, _) in kinds {
            for (other, change) in kinds {
                let is = |value: &'static str| holds(key, "[\"eu-*\"]", |t| change(t, Some(value.into())));
                assert_eq!((is("eu-7"), is("EU-7"), is("us-7")), (key == other, false, false), "{key} {other}");
            }
            assert!(!holds(key, "[\"eu-*\"]", |_| {}));
        }
    }

    #[test]
    fn tags_are_looked_up_by_name() {
        let tags = |list: &[(&str, &str)]| -> Vec<(String, String)> {
            list.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
        };
        for want in ["{\"env\":\"prod*\"}", "[\"env=prod*\",\"team=none\"]"] {
            assert!(holds("aws_tags", want, |t| t.resource.tags = tags(&[("team", "a"), ("env", "production")])));
            assert!(!holds("aws_tags", want, |t| t.resource.tags = tags(&[("team", "production"), ("env", "test")])));
        }
        // Inside `not` a second tag of the same name is no way out.
        let dev = "{\"aws_tags\":{\"env\":\"dev\"}}";
        assert!(!holds("not", dev, |t| t.resource.tags = tags(&[("env", "dev")])));
        assert!(holds("not", dev, |t| t.resource.tags = tags(&[("env", "dev"), ("env", "prod")])));
    }

    #[test]
    fn principals_are_compared_without_case() {
        let to = |list: &[&str]| list.iter().map(|one| Sensitive::new(one.to_string())).collect::<Vec<_>>();
        assert!(holds("principal_patterns", "[\"*@Acme.example\"]", |t| t.resource.principals =
            to(&["x@y.example", "Jo@ACME.example"])));
        assert!(holds("is_external_principal", "true", |t| t.resource.org = Some("outside".into())));
        assert!(!holds("is_external_principal", "true", |_| {}));
    }
}
