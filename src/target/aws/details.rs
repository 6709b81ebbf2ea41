//! What the arguments of an AWS call say about account, tags, and who gets access.

use alloc::{borrow::Cow, string::String, vec::Vec};

use crate::{
    json::{Node, Value, parse_as_sent},
    normalize::form_fields,
    request::Request,
    target::{Arguments, Call, Resource},
};

/// Deepest nesting of a policy document that is read.
const MAX_DEPTH: usize = 16;

/// The region of a signature's credential scope: `key/date/region/service/aws4_request`.
pub(super) fn scope(request: &Request, arguments: &Arguments) -> Option<String> {
    let signed =
        request.header_values("authorization").filter_map(|value| value.split_once("Credential=")).map(|(_, scope)| scope);
    let presigned = arguments.named("X-Amz-Credential");
    signed.chain(presigned).find_map(|scope| {
        let mut parts = scope.split(',').next()?.split('/').skip(2);
        let (region, service) = (parts.next()?, parts.next()?);
        (!region.is_empty() && !service.is_empty()).then(|| region.into())
    })
}

/// Keeps account, tags and principals; whether a canned ACL opens something to everybody.
pub(super) fn keep(call: &Call<'_>, resource: &mut Resource) -> bool {
    for name in ["x-amz-account-id", "x-amz-expected-bucket-owner"] {
        call.request.header_values(name).for_each(|id| resource.keep("account", id));
    }
    call.path.split('/').filter_map(account_of).for_each(|id| resource.keep("account", id));
    call.arguments.each(&mut |key, text| {
        match key {
            "Principal" | "GranteePrincipal" => grantee(text, resource),
            "QueueUrl" => text.split('/').nth(3).into_iter().for_each(|id| resource.keep("account", id)),
            "SourceArn" | "RetiringPrincipal" => {}
            _ => account_of(text).into_iter().for_each(|id| resource.keep("account", id)),
        }
        let document = text.trim_start().starts_with('{') && text.contains("\"Principal\"");
        if let Some(policy) = document.then(|| parse_as_sent(text.as_bytes(), MAX_DEPTH)).flatten() {
            policy_principals(&policy, resource);
        }
    });
    if let Some(body) = call.arguments.body() {
        policy_principals(body, resource);
        tags(body, resource);
    }
    for header in call.request.header_values("x-amz-tagging") {
        form_fields(header.as_bytes()).for_each(|(key, value)| resource.tag(&lossy(&key), &lossy(&value)));
    }
    let grants = call.request.headers.iter().filter(|h| h.name.to_ascii_lowercase().starts_with("x-amz-grant-"));
    for grantee in grants.flat_map(|header| header.value.expose().split(',')) {
        let who = grantee.split_once('=').map_or(grantee, |(_, who)| who).trim().trim_matches('"');
        resource.keep("principal", if who.ends_with("/AllUsers") { "anyone" } else { who });
    }
    let public = call.request.header_values("x-amz-acl").any(|acl| acl.contains("public") || acl.contains("authenticated"));
    if public {
        resource.keep("principal", "anyone");
    }
    public
}

fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The account of an ARN; that of AWS itself is none.
fn account_of(text: &str) -> Option<&str> {
    let account = text.strip_prefix("arn:")?.split(':').nth(3)?;
    (account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())).then_some(account)
}

/// Services of AWS are no strangers.
fn grantee(who: &str, resource: &mut Resource) {
    if !who.ends_with(".amazonaws.com") {
        resource.keep("principal", if who == "*" { "anyone" } else { who });
    }
}

/// Who the allowing statements of a policy name.
fn policy_principals(policy: &Node, resource: &mut Resource) {
    for statements in policy.fields("Statement") {
        let one = core::slice::from_ref(statements);
        for statement in statements.items().unwrap_or(one) {
            if statement.fields("Effect").any(|effect| effect.text() == Some("Deny")) {
                continue;
            }
            if statement.fields("NotPrincipal").next().is_some() {
                resource.keep("principal", "anyone");
            }
            for principal in statement.fields("Principal") {
                match &principal.value {
                    Value::Text(who) => grantee(who, resource),
                    Value::Object(kinds) => {
                        for (_, whom) in kinds {
                            let one = core::slice::from_ref(whom);
                            whom.items().unwrap_or(one).iter().filter_map(Node::text).for_each(|who| grantee(who, resource));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Tags in JSON (`Tags: [{Key, Value}]`, `Tags: {name: value}`) and in forms (`Tags.member.1.Key`, `Tag.1.Key`).
fn tags(body: &Node, resource: &mut Resource) {
    let Value::Object(fields) = &body.value else { return };
    for (name, node) in fields {
        match &node.value {
            Value::Text(key) if name.ends_with(".Key") => {
                let stem = name.strip_suffix("Key").unwrap_or(name);
                let tagged = stem.split('.').any(|part| part.eq_ignore_ascii_case("tag") || part.eq_ignore_ascii_case("tags"));
                if tagged && !key.is_empty() && resource.may_tag() {
                    let value = body.field(&[stem, "Value"].concat()).and_then(Node::text).unwrap_or_default();
                    resource.tag(key, value);
                }
            }
            Value::Object(pairs) if is_tags(name) => {
                pairs.iter().for_each(|(key, value)| resource.tag(key, value.text().unwrap_or_default()));
            }
            Value::Array(items) if is_tags(name) => items.iter().for_each(|item| pair(item, resource)),
            // Tags of what is made stand one level deeper: `TagSpecifications: [{Tags: […]}]`, `Tagging: {TagSet: […]}`.
            Value::Array(items) if name == "TagSpecifications" => {
                let lists: Vec<&Node> = items.iter().flat_map(|item| item.fields("Tags")).collect();
                lists.iter().flat_map(|list| list.items().unwrap_or_default()).for_each(|item| pair(item, resource));
            }
            _ => {}
        }
    }
}

fn is_tags(name: &str) -> bool {
    ["tags", "taglist", "tagset"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn pair(item: &Node, resource: &mut Resource) {
    let text = |upper: &str, lower: &str| item.field(upper).or_else(|| item.field(lower)).and_then(|node| node.text());
    // KMS spells them out.
    if let Some(key) = text("Key", "key").or_else(|| text("TagKey", "tagKey")) {
        resource.tag(key, text("Value", "value").or_else(|| text("TagValue", "tagValue")).unwrap_or_default());
    }
}
