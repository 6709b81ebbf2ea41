//! What a call is about: the parts of its URL and body that policies name.

use alloc::{string::String, vec::Vec};

use crate::secret::Sensitive;

/// The things that a call touches. What a service does not have, or the call does not say, is absent.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Resource {
    /// Organisation, owner, workspace or site.
    pub org: Option<String>,
    /// Repository.
    pub repo: Option<String>,
    /// Project, board, database, list or app.
    pub project: Option<String>,
    /// Channel, conversation, room.
    pub channel: Option<String>,
    /// File, folder, page or object.
    pub file: Option<String>,
    /// Cloud account, or customer.
    pub account: Option<String>,
    /// Cloud region.
    pub region: Option<String>,
    /// Users, groups, addresses and domains that the call gives something to. Personal data, so it is never printed.
    pub principals: Vec<Sensitive<String>>,
    /// Addresses that the call registers to be called back at.
    pub webhooks: Vec<Sensitive<String>>,
    /// Tags of cloud resources, by name and value.
    pub tags: Vec<(String, String)>,
}

/// Most principals, webhooks and tags that are kept of one call.
const MOST: usize = 256;

impl Resource {
    /// Names of those that are told as they are, where nothing in them has to be hidden.
    #[cfg(feature = "full")]
    pub(crate) const NAMES: [&str; 7] = ["org", "repo", "project", "channel", "file", "account", "region"];

    /// Keeps a value under the name that the tables use.
    pub(crate) fn keep(&mut self, name: &str, value: &str) {
        let place = match name {
            "org" => &mut self.org,
            "repo" => &mut self.repo,
            "project" => &mut self.project,
            "channel" => &mut self.channel,
            "file" => &mut self.file,
            "account" => &mut self.account,
            "region" => &mut self.region,
            "principal" | "webhook" => {
                let list = if name == "webhook" { &mut self.webhooks } else { &mut self.principals };
                // Many APIs take several people in one text; one address of a callback may hold a comma.
                let separators: &[char] = if name == "webhook" { &[] } else { &[',', ';'] };
                for one in value.split(separators).map(str::trim).filter(|one| !one.is_empty()) {
                    if list.len() < MOST && !list.iter().any(|kept| kept.expose() == one) {
                        list.push(Sensitive::new(one.into()));
                    }
                }
                return;
            }
            _ => return,
        };
        *place = place.take().or_else(|| Some(value.into())).filter(|value| !value.is_empty());
    }

    /// Whether there is room for a tag.
    pub(super) fn may_tag(&self) -> bool {
        self.tags.len() < MOST
    }

    /// Keeps a tag.
    pub(super) fn tag(&mut self, key: &str, value: &str) {
        if self.may_tag() && !key.is_empty() {
            self.tags.push((key.into(), value.into()));
        }
    }

    /// Leaves out what must not be shown. Principals, webhooks and tags never are.
    pub(crate) fn hide(&mut self, tells: &dyn Fn(&str) -> bool) {
        let all = [
            &mut self.org,
            &mut self.repo,
            &mut self.project,
            &mut self.channel,
            &mut self.file,
            &mut self.account,
            &mut self.region,
        ];
        for place in all {
            if place.as_deref().is_some_and(tells) {
                *place = None;
            }
        }
    }

    /// What may be shown, by name.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("org", &self.org),
            ("repo", &self.repo),
            ("project", &self.project),
            ("channel", &self.channel),
            ("file", &self.file),
            ("account", &self.account),
            ("region", &self.region),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_people_in_one_text() {
        let mut resource = Resource::default();
        for (name, value) in
            [("principal", "a@x.example, b@y.example;c"), ("principal", "c"), ("webhook", "https://h.example/a,b")]
        {
            resource.keep(name, value);
        }
        let exposed = |list: &[Sensitive<String>]| list.iter().map(|one| one.expose().clone()).collect::<Vec<_>>();
        assert_eq!(exposed(&resource.principals), ["a@x.example", "b@y.example", "c"]);
        assert_eq!(exposed(&resource.webhooks), ["https://h.example/a,b"]);
    }
}
