//! The values of keys: each has the one type that it may have.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::{
    glob,
    hours::{self, Hours},
    keys::{self, Asks, Group},
    number::Number,
    pattern::BodyPattern,
    test::{Operation, Test, Want, Wanted},
    words::Word,
};
use crate::{
    error::ConfigError,
    finding::DataClass,
    json::{Path, Place, Reader, Value},
    memory::{Count, Counted, Per},
    risk,
    target::{Category, Verb},
};

/// Deepest nesting of `any`, `all` and `not`.
const MAX_GROUPS: usize = 8;
pub(super) const CLASSES: &[&str] = &["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"];
pub(super) const VERBS: &[&str] = &["READ", "WRITE", "ADMIN"];
pub(super) const COUNTED: &[(&str, Counted)] =
    &[("calls", Counted::Calls), ("writes", Counted::Writes), ("denials", Counted::Denials)];
pub(super) const PER: &[(&str, Per)] = &[("agent", Per::Agent), ("tool", Per::Tool), ("destination", Per::Destination)];

impl Reader<'_> {
    /// The keys of an object that are of a group, or of any.
    pub(super) fn tests(&self, place: &Place<'_>, group: Option<Group>) -> Result<Vec<Test>, ConfigError> {
        let mut tests = Vec::new();
        for (name, _) in self.fields(place)? {
            let Some(key) = keys::find(name).filter(|key| group.is_none_or(|group| key.group == group)) else { continue };
            let at = self.required(place, name)?;
            let want = self.want(&at, key.asks)?;
            // Three names of one question are one list.
            let same = tests.iter_mut().find(|test: &&mut Test| test.key.asks == key.asks);
            match (same.map(|test| &mut test.want), want) {
                (Some(Want::Texts(known)), Want::Texts(more)) if key.asks == Asks::Tools => known.extend(more),
                (_, want) => tests.push(Test { key, want, at: at.node.at }),
            }
        }
        Ok(tests)
    }

    fn want(&self, place: &Place<'_>, asks: Asks) -> Result<Want, ConfigError> {
        Ok(match asks {
            Asks::Tools => Want::Texts(self.globs(place)?.into_iter().map(tool_name).collect()),
            Asks::Operations => Want::Operations(self.operations(place)?),
            Asks::Verbs => Want::Verbs(self.named(place, "verb", VERBS, Verb::parse)?),
            Asks::Hosts => Want::Texts(self.hosts(place)?),
            Asks::Ports => Want::Ports(self.ports(place)?),
            Asks::Tags => Want::Tags(self.tags(place)?),
            Asks::Classes => Want::Classes(self.named(place, "data class", CLASSES, DataClass::parse)?),
            Asks::Principals => Want::Texts(self.globs(place)?.iter().map(|text| text.to_lowercase()).collect()),
            Asks::ContainsAny | Asks::ContainsAll => Want::Words(self.texts(place)?.iter().map(|text| Word::new(text)).collect()),
            Asks::Pattern => self.pattern_of(place)?,
            Asks::PathEquals | Asks::PathGt | Asks::PathGte | Asks::PathLt | Asks::PathLte => self.value_at(place, asks)?,
            Asks::SizeGt => match usize::try_from(self.whole_number(place)?) {
                Ok(bytes) => Want::Size(bytes),
                Err(_) => return self.fail(place, "must not be negative", None),
            },
            Asks::Flag(_) => match place.node.value {
                Value::Bool(wanted) => Want::Bool(wanted),
                _ => return self.fail(place, "must be true or false", None),
            },
            Asks::RiskGt | Asks::TrustLt => Want::Hundredths(self.hundredths(place)?),
            Asks::Signals => Want::Signals(self.named(place, "signal", risk::NAMES, risk::named)?),
            Asks::HoursOutside => Want::Hours(self.hours(place)?),
            Asks::Count => Want::Count(self.count(place)?),
            Asks::Any | Asks::All | Asks::Not => Want::Groups(self.groups(place)?),
            Asks::Methods | Asks::Runtimes => Want::Texts(self.texts(place)?),
            Asks::Urls | Asks::Agents | Asks::Resource(_) => Want::Texts(self.globs(place)?),
        })
    }

    /// Globs that can match something.
    pub(super) fn globs(&self, place: &Place<'_>) -> Result<Vec<String>, ConfigError> {
        let globs = self.texts(place)?;
        match globs.iter().find_map(|text| Some((text, glob::fault(text)?))) {
            Some((text, fault)) => self.fail(place, format!("the glob `{text}` {fault}"), None),
            None => Ok(globs),
        }
    }

    fn operations(&self, place: &Place<'_>) -> Result<Vec<Operation>, ConfigError> {
        let mut operations = Vec::new();
        for text in self.globs(place)? {
            operations.push(match text.split_once(':') {
                Some(("category", name)) => match Category::parse(name) {
                    Some(category) => Operation::Category(category),
                    None => {
                        let known: Vec<&str> = Category::ALL.iter().map(|category| category.as_str()).collect();
                        return self.fail(
                            place,
                            format!("unknown category `{name}`"),
                            Some(format!("one of {}", known.join(", "))),
                        );
                    }
                },
                Some(("method", name)) => Operation::Method(name.to_owned()),
                _ => Operation::Named(text),
            });
        }
        Ok(operations)
    }

    /// Host globs that can match: a host as URLs have it, without scheme, port and path.
    pub(super) fn hosts(&self, place: &Place<'_>) -> Result<Vec<String>, ConfigError> {
        let hosts = self.texts(place)?;
        for host in &hosts {
            let literal = host.starts_with('[') && host.contains(':') && host.ends_with(']');
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._*?[]".contains(&b);
            if !literal && (!host.bytes().all(plain) || glob::fault(host).is_some()) {
                let suggestion = "a host such as `api.example.com` or `*.example.com`; punycode for other letters, `ports` for ports, paths in url_patterns";
                return self.fail(place, format!("`{host}` can never match a host"), Some(suggestion.to_owned()));
            }
        }
        Ok(hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect())
    }

    fn ports(&self, place: &Place<'_>) -> Result<Vec<(u16, u16)>, ConfigError> {
        let one = |value: &Value| match value {
            Value::Number(text) => text.parse().ok().map(|port| (port, port)),
            Value::Text(text) => {
                let (low, high) = text.split_once('-').unwrap_or((text, text));
                Some((low.parse().ok()?, high.parse().ok()?)).filter(|(low, high)| low <= high)
            }
            _ => None,
        };
        let items = place.node.items().unwrap_or(core::slice::from_ref(place.node));
        let ports: Option<Vec<(u16, u16)>> = items.iter().map(|item| one(&item.value)).collect();
        match ports.filter(|ports| !ports.is_empty()) {
            Some(ports) => Ok(ports),
            None => self.fail(place, "must be ports, or ranges of them", Some("such as [443, \"8000-8999\"]".into())),
        }
    }

    fn tags(&self, place: &Place<'_>) -> Result<Vec<(String, String)>, ConfigError> {
        if let Value::Object(fields) = &place.node.value {
            let tags: Option<Vec<_>> =
                fields.iter().map(|(name, node)| Some(((**name).to_owned(), node.text()?.to_owned()))).collect();
            if let Some(tags) = tags.filter(|tags| !tags.is_empty()) {
                return Ok(tags);
            }
            return self.fail(place, "must be an object of strings", Some("such as {\"env\": \"prod*\"}".into()));
        }
        let pair = |text: &String| text.split_once('=').map(|(name, glob)| (name.to_owned(), glob.to_owned()));
        match self.texts(place)?.iter().map(pair).collect() {
            Some(tags) => Ok(tags),
            None => self.fail(place, "must be `name=glob`", Some("such as `env=prod*`".into())),
        }
    }

    fn pattern_of(&self, place: &Place<'_>) -> Result<Want, ConfigError> {
        match BodyPattern::new(&self.text(place)?) {
            Ok(pattern) => Ok(Want::Pattern(pattern)),
            Err(problem) => {
                let remedy = (!cfg!(feature = "patterns")).then(|| "use `interven/patterns`, or `body_contains_any`".into());
                self.fail(place, problem, remedy)
            }
        }
    }

    fn value_at(&self, place: &Place<'_>, asks: Asks) -> Result<Want, ConfigError> {
        self.only_keys(place, &["path", "value"])?;
        let path_at = self.required(place, "path")?;
        let path = Path::parse(&self.text(&path_at)?).or_else(|problem| {
            self.fail(&path_at, format!("a path {problem}"), Some("such as `$.amount` or `$.items[*].price`".into()))
        })?;
        let at = self.required(place, "value")?;
        let wanted = |value: &Value| match value {
            Value::Number(text) => Number::parse(text).map(Wanted::Number),
            Value::Text(text) if asks == Asks::PathEquals => Some(Wanted::Text(text.clone().into_owned())),
            Value::Bool(set) if asks == Asks::PathEquals => Some(Wanted::Bool(*set)),
            Value::Null if asks == Asks::PathEquals => Some(Wanted::Null),
            _ => None,
        };
        let several = at.node.items().filter(|items| asks == Asks::PathEquals && !items.is_empty());
        let values: Option<Vec<Wanted>> =
            several.unwrap_or(core::slice::from_ref(at.node)).iter().map(|n| wanted(&n.value)).collect();
        match values {
            Some(values) => Ok(Want::At(path, values)),
            None if asks == Asks::PathEquals => {
                self.fail(&at, "must be a string, a number, true, false or null, or a list of these", None)
            }
            None => self.fail(&at, "must be a number", None),
        }
    }

    /// A number from 0 to 1, in hundredths.
    fn hundredths(&self, place: &Place<'_>) -> Result<u32, ConfigError> {
        let Value::Number(text) = &place.node.value else { return self.fail(place, "must be a number from 0 to 1", None) };
        let hundredths = (0..=100_u32).find(|n| Number::parse(text) == Number::parse(&format!("{n}e-2")));
        hundredths.map_or_else(|| self.fail(place, "must be a number from 0 to 1 with at most two decimals", None), Ok)
    }

    fn hours(&self, place: &Place<'_>) -> Result<Hours, ConfigError> {
        self.only_keys(place, &["start", "end", "tz"])?;
        let time = |name: &str| {
            let at = self.required(place, name)?;
            hours::time_of_day(&self.text(&at)?).map_or_else(|| self.fail(&at, "must be a time of day such as 09:00", None), Ok)
        };
        let (start, end) = (time("start")?, time("end")?);
        let tz = self.required(place, "tz")?;
        match hours::zone(&self.text(&tz)?) {
            Some(zone) => Ok(Hours { start, end, zone }),
            None => self.fail(&tz, "must be `UTC`, an offset such as `+02:00`, or a zone such as `Europe/Berlin`", None),
        }
    }

    fn count(&self, place: &Place<'_>) -> Result<Count, ConfigError> {
        self.only_keys(place, &["of", "per", "window", "limit"])?;
        let of = self
            .optional(place, "of")
            .map_or(Ok(Counted::Calls), |at| self.one(&at, "count", &COUNTED.map_names(), |name| COUNTED.named(name)))?;
        let per = self
            .optional(place, "per")
            .map_or(Ok(Per::Agent), |at| self.one(&at, "key", &PER.map_names(), |name| PER.named(name)))?;
        let window = self.required(place, "window")?;
        let text = self.text(&window)?;
        let minutes = match text.split_at_checked(text.len().saturating_sub(1)) {
            Some((number, "m")) => number.parse::<u32>().ok(),
            Some((number, "h")) => number.parse::<u32>().ok().and_then(|hours| hours.checked_mul(60)),
            _ => None,
        };
        let Some(window_minutes) = minutes.filter(|minutes| (1..=1440).contains(minutes)) else {
            return self.fail(&window, "must be minutes or hours, at most 24h", Some("such as 10m or 24h".into()));
        };
        let limit_at = self.required(place, "limit")?;
        let limit = u32::try_from(self.whole_number(&limit_at)?);
        let Ok(limit) = limit else { return self.fail(&limit_at, "must not be negative", None) };
        Ok(Count { of, per, window_minutes, limit })
    }

    /// One group, or a list of them: objects with the keys of match and condition.
    fn groups(&self, place: &Place<'_>) -> Result<Vec<Vec<Test>>, ConfigError> {
        // `rules[0].condition.any[1].not`: each group is one more name.
        if place.key.matches('.').count() > 1 + MAX_GROUPS {
            return self.fail(place, format!("groups are nested more than {MAX_GROUPS} deep"), None);
        }
        let items = if place.node.items().is_some() {
            self.items(place)?
        } else {
            [Place { node: place.node, key: place.key.clone() }].into()
        };
        let mut groups = Vec::new();
        for item in &items {
            self.only_keys(item, &keys::names(None))?;
            let tests = self.tests(item, None)?;
            if tests.is_empty() {
                return self.fail(item, "an empty group holds for every call", Some("remove it, or say what it asks".into()));
            }
            groups.push(tests);
        }
        if groups.is_empty() {
            return self.fail(place, "the list is empty", Some("remove the key".into()));
        }
        Ok(groups)
    }
}

/// A table of names.
trait Names<T> {
    fn map_names(&self) -> Vec<&'static str>;
    fn named(&self, name: &str) -> Option<T>;
}

impl<T: Copy> Names<T> for &[(&'static str, T)] {
    fn map_names(&self) -> Vec<&'static str> {
        self.iter().map(|(name, _)| *name).collect()
    }

    fn named(&self, name: &str) -> Option<T> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// Tools have one name each; these are spelled in other ways as well.
fn tool_name(name: String) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "google_drive" | "googledrive" | "drive" => "gdrive".into(),
        "microsoft_teams" | "msteams" => "teams".into(),
        _ => lower,
    }
}
