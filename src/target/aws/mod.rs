//! AWS: service, region and bucket by host, the action by `X-Amz-Target`, `Action` or the path.

mod details;
mod place;

use alloc::vec::Vec;

use super::{Call, Category, Reading, Resource, Verb, meaning, reading, routes, unlisted};

/// Services whose actions are paths: a field called `Action` says nothing there.
const BY_PATH: &[&str] =
    &["s3", "s3-control", "lambda", "lambda-url", "apigateway", "execute-api", "eks", "route53", "cloudfront", "bedrock"];

/// Most actions of one call that are read; one of a call that names more may do everything.
const MOST_ACTIONS: usize = 16;

/// Reads a call.
pub(super) fn read(
    call: &Call<'_>,
    method: &str,
    resource: &mut Resource,
    known: &mut dyn FnMut(&mut Resource, &str, &str) -> Option<Reading>,
) -> Reading {
    let place = place::of(call.host);
    let scope = details::scope(call.request, call.arguments);
    if let Some(region) = place.region.or(scope.as_deref()) {
        resource.keep("region", region);
    }
    let named = if BY_PATH.contains(&place.service) { Vec::new() } else { actions(call, method, place.service) };
    let unread = (named.len() > MOST_ACTIONS).then(Reading::unread);
    let by_action = named.into_iter().take(MOST_ACTIONS).map(|action| {
        known(resource, "AWS", &[place.service, ":", action].concat()).unwrap_or_else(|| {
            let (verb, operation) = (verb(place.service, action), routes::snake_case(action));
            let categories = meaning::categories_of_name(&operation, verb);
            Reading { operation, verb, categories, quoted: true }
        })
    });
    let by_action = reading::strictest(by_action.collect::<Vec<_>>().into_iter().chain(unread));
    let mut found = by_action.unwrap_or_else(|| {
        let bucket = place.before.filter(|_| place.service == "s3").unwrap_or_default();
        let path = ["/", place.service, "/", bucket, call.path].join("/");
        known(resource, method, &path).unwrap_or_else(|| {
            let mut guess = unlisted::read(method, call.path, call.arguments);
            if guess.verb == Verb::Write && is_guarded(place.service) {
                guess.verb = Verb::Admin;
            }
            guess
        })
    });
    if details::keep(call, resource) {
        // A canned ACL opens what the call writes to everybody.
        found.verb = found.verb.max(Verb::Admin);
        found.add(Category::Share);
    }
    found
}

/// The actions that a call names, by the header of the JSON protocols, the field of the query protocol and the path of the
/// newest one. Where they differ all count.
fn actions<'c>(call: &Call<'c>, method: &str, service: &str) -> Vec<&'c str> {
    let by_header = call.request.header_values("x-amz-target").filter(|_| method.eq_ignore_ascii_case("POST"));
    let by_header = by_header.filter_map(|value| value.rsplit_once('.')).map(|(_, action)| action);
    let by_path = call.path.trim_matches('/').strip_prefix("service/").and_then(|rest| rest.split_once("/operation/"));
    let at_root = call.path.bytes().all(|b| b == b'/') || service == "sqs";
    let by_field = call.arguments.named("Action").filter(|_| at_root);
    let plain = |action: &&str| !action.is_empty() && action.bytes().all(|b| b.is_ascii_alphanumeric());
    by_path.map(|(_, action)| action).into_iter().chain(by_header).chain(by_field).filter(plain).take(MOST_ACTIONS + 1).collect()
}

/// The verb of an action that no table knows.
fn verb(service: &str, action: &str) -> Verb {
    let reads = [
        "Describe", "List", "Get", "Head", "Lookup", "Search", "Scan", "Query", "BatchGet", "Select", "Simulate", "Validate",
        "Receive", "Preview", "Estimate", "Detect", "Count", "Filter",
    ];
    if reads.iter().any(|word| action.starts_with(word)) {
        return Verb::Read;
    }
    let administers = ["Policy", "Permission", "Role", "Grant", "Attribute", "Organization", "Member"];
    if is_guarded(service) || administers.iter().any(|word| action.contains(word)) { Verb::Admin } else { Verb::Write }
}

/// Services that say who may do what.
fn is_guarded(service: &str) -> bool {
    let guarded = [
        "iam",
        "sts",
        "organizations",
        "kms",
        "secretsmanager",
        "sso",
        "sso-admin",
        "identitystore",
        "account",
        "ram",
        "eks",
        "route53",
        "cloudtrail",
        "config",
        "guardduty",
        "cognito-idp",
        "acm",
    ];
    guarded.contains(&service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_actions() {
        assert_eq!(verb("ec2", "DescribeInstances"), Verb::Read);
        assert_eq!(verb("ec2", "RunInstances"), Verb::Write);
        assert_eq!(verb("iam", "AttachUserPolicy"), Verb::Admin);
        assert_eq!(verb("sns", "AddPermission"), Verb::Admin);
    }
}
