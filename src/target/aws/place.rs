//! Service, region, and what else a host of AWS names.

/// What a host says: `dynamodb.us-east-1.amazonaws.com`, `bucket.s3.eu-west-1.amazonaws.com`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'h> {
    /// The service by the name that IAM has for it.
    pub(super) service: &'h str,
    pub(super) region: Option<&'h str>,
    /// What stands before the service: a bucket, an API, an account.
    pub(super) before: Option<&'h str>,
}

/// Reads a host from its end, because a bucket may be called like a region or a service.
pub(super) fn of(host: &str) -> Place<'_> {
    let ends = [".amazonaws.com.cn", ".amazonaws.com", ".api.aws", ".on.aws"];
    let mut rest = ends.iter().find_map(|end| host.strip_suffix(end)).unwrap_or_default();
    let (mut region, mut service) = (None, "");
    while service.is_empty() && !rest.is_empty() {
        let (before, label) = rest.rsplit_once('.').unwrap_or(("", rest));
        rest = before;
        match label {
            "dualstack" | "vpce" => {}
            label if region.is_none() && is_region(label) => region = Some(label),
            label => service = label,
        }
    }
    // The old spelling of regional endpoints of S3.
    if let Some(named) = service.strip_prefix("s3-").filter(|named| is_region(named)) {
        (service, region) = ("s3", Some(named));
    }
    // Some services have the region before their name.
    let (outer, label) = rest.rsplit_once('.').unwrap_or(("", rest));
    if region.is_none() && service != "s3" && is_region(label) {
        (region, rest) = (Some(label), outer);
    }
    let service = match service.strip_suffix("-fips").unwrap_or(service) {
        "email" => "ses",
        "queue" => "sqs",
        "monitoring" => "cloudwatch",
        "bedrock-runtime" | "bedrock-agent" | "bedrock-agent-runtime" => "bedrock",
        "s3-accesspoint" => "s3",
        service => service,
    };
    Place { service, region, before: (!rest.is_empty()).then_some(rest) }
}

/// `us-east-1`, `us-gov-west-1`: a name of few letters, directions and a digit.
fn is_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let partition = parts.next().is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase()));
    let number = parts.next_back().is_some_and(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit()));
    let directions = |part: &str| ["gov", "iso", "isob", "isoe", "isof"].contains(&part) || direction(part);
    partition && number && parts.clone().count() >= 1 && parts.all(directions)
}

fn direction(part: &str) -> bool {
    ["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"].contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let cases = [
            ("iam.amazonaws.com", "iam", None, None),
            ("dynamodb.us-east-1.amazonaws.com", "dynamodb", Some("us-east-1"), None),
            ("my-east-1.s3.eu-west-1.amazonaws.com", "s3", Some("eu-west-1"), Some("my-east-1")),
            ("a.b.s3.dualstack.us-gov-west-1.amazonaws.com", "s3", Some("us-gov-west-1"), Some("a.b")),
            ("us-east-1.s3.amazonaws.com", "s3", None, Some("us-east-1")),
            ("s3-us-west-2.amazonaws.com", "s3", Some("us-west-2"), None),
            ("us-west-2.queue.amazonaws.com", "sqs", Some("us-west-2"), None),
            ("sts-fips.us-east-2.amazonaws.com", "sts", Some("us-east-2"), None),
            ("lambda.ap-southeast-1.api.aws", "lambda", Some("ap-southeast-1"), None),
            ("kms.cn-north-1.amazonaws.com.cn", "kms", Some("cn-north-1"), None),
            ("amazonaws.com", "", None, None),
        ];
        for (host, service, region, before) in cases {
            assert_eq!(of(host), Place { service, region, before }, "{host}");
        }
    }
}
