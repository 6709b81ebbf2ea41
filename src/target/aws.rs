//! AWS: service, region and account by host, action by `X-Amz-Target`, `Action` or the path.

use alloc::{format, string::String, vec::Vec};

use super::{Arguments, Resource, Verb};

/// Service, region and bucket that a host names: `dynamodb.us-east-1.amazonaws.com`, `bucket.s3.eu-west-1.amazonaws.com`.
pub(super) fn service(host: &str, resource: &mut Resource) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let end = labels.iter().position(|label| *label == "amazonaws" || *label == "api").unwrap_or(labels.len());
    let labels = labels.get(..end).unwrap_or_default();
    let is_region = |label: &&str| label.split('-').count() >= 3 && label.ends_with(|c: char| c.is_ascii_digit());
    if let Some(region) = labels.iter().find(|label| is_region(label)) {
        resource.keep("region", region);
    }
    let names: Vec<&str> = labels.iter().filter(|label| !is_region(label) && **label != "dualstack").copied().collect();
    let last = names.last().copied().unwrap_or_default();
    // `execute-api` and `s3` have the API or bucket before them.
    if let ("s3", Some(bucket)) = (last, names.len().checked_sub(2).and_then(|at| names.get(at))) {
        resource.keep("file", bucket);
    }
    String::from(last.strip_prefix("s3-").map_or(last, |_| "s3"))
}

/// The action that a call names: by the header of the JSON protocols or the field of the query protocol.
pub(super) fn action(target_header: Option<&str>, arguments: &Arguments) -> Option<String> {
    let named = target_header.and_then(|value| value.rsplit_once('.')).map(|(_, action)| action);
    named
        .or_else(|| arguments.named("Action").next())
        .filter(|action| action.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(Into::into)
}

/// How a table names an action: `iam:CreateUser`.
pub(super) fn row(service: &str, action: &str) -> String {
    format!("{service}:{action}")
}

/// The verb of an action that no table knows.
pub(super) fn verb(service: &str, action: &str) -> Verb {
    let reads = [
        "Describe", "List", "Get", "Head", "Lookup", "Search", "Scan", "Query", "BatchGet", "Select", "Simulate", "Validate",
        "Receive",
    ];
    if reads.iter().any(|word| action.starts_with(word)) {
        return Verb::Read;
    }
    let guarded = ["iam", "sts", "organizations", "kms", "secretsmanager", "sso", "sso-admin", "identitystore", "account", "ram"];
    if guarded.contains(&service) { Verb::Admin } else { Verb::Write }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_actions() {
        let of = |host: &str| {
            let mut resource = Resource::default();
            let service = service(host, &mut resource);
            (service, resource.region.unwrap_or_default(), resource.file.unwrap_or_default())
        };
        let want = |a: &str, b: &str, c: &str| (String::from(a), String::from(b), String::from(c));
        assert_eq!(of("iam.amazonaws.com"), want("iam", "", ""));
        assert_eq!(of("dynamodb.us-east-1.amazonaws.com"), want("dynamodb", "us-east-1", ""));
        assert_eq!(of("bucket.s3.eu-west-1.amazonaws.com"), want("s3", "eu-west-1", "bucket"));
        assert_eq!(of("s3.amazonaws.com"), want("s3", "", ""));
        assert_eq!(verb("ec2", "DescribeInstances"), Verb::Read);
        assert_eq!(verb("ec2", "RunInstances"), Verb::Write);
        assert_eq!(verb("iam", "AttachUserPolicy"), Verb::Admin);
    }
}
