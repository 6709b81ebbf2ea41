//! Who gets something, what is called back and what is tagged: reports show none of it, so the corpus cannot ask.

use alloc::{string::String, vec::Vec};

use super::{Arguments, Resource, Target};
use crate::{Limits, Request, normalize::parse_url};

fn touched(method: &str, url: &str, body: &str, headers: &[(&str, &str)]) -> Resource {
    let request = headers.iter().fold(Request::new(method, url), |request, (name, value)| request.header(*name, *value));
    let request = request.body(body);
    let parsed = parse_url(url);
    let arguments = Arguments::of(&request, parsed.as_ref(), &Limits::default());
    Target::of(&request, parsed.as_ref(), &arguments).resource
}

fn exposed(list: &[crate::secret::Sensitive<String>]) -> Vec<&str> {
    list.iter().map(|one| one.expose().as_str()).collect()
}

#[test]
fn principals() {
    let trust = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::444455556666:root","*"],"Service":"ec2.amazonaws.com"}},{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::777788889999:root"}}]}"#;
    let role = [
        "Action=CreateRole&RoleName=app&AssumeRolePolicyDocument=",
        &trust.replace('"', "%22").replace(' ', "%20").replace('{', "%7B").replace('}', "%7D"),
    ]
    .concat();
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("POST", "https://www.googleapis.com/drive/v3/files/f/permissions", r#"{"type":"anyone"}"#, &["anyone"]),
        (
            "POST",
            "https://www.googleapis.com/drive/v3/files/f/permissions",
            r#"{"type":"user","emailAddress":"a@x.example"}"#,
            &["a@x.example"],
        ),
        (
            "POST",
            "https://www.googleapis.com/drive/v3/files/f/permissions",
            r#"{"type":"domain","domain":"x.example"}"#,
            &["x.example"],
        ),
        (
            "POST",
            "https://www.googleapis.com/calendar/v3/calendars/c/events",
            r#"{"attendees":[{"email":"a@x.example"},{"email":"b@x.example"}]}"#,
            &["a@x.example", "b@x.example"],
        ),
        (
            "POST",
            "https://www.googleapis.com/calendar/v3/calendars/c/acl",
            r#"{"scope":{"type":"user","value":"a@x.example"}}"#,
            &["a@x.example"],
        ),
        (
            "PUT",
            "https://gmail.googleapis.com/gmail/v1/users/me/settings/autoForwarding",
            r#"{"emailAddress":"a@x.example"}"#,
            &["a@x.example"],
        ),
        ("PUT", "https://storage.googleapis.com/storage/v1/b/b/iam", r#"{"bindings":[{"members":["allUsers"]}]}"#, &["allUsers"]),
        (
            "POST",
            "https://api.dropboxapi.com/2/sharing/add_folder_member",
            r#"{"members":[{"member":{"email":"a@x.example"}}]}"#,
            &["a@x.example"],
        ),
        ("POST", "https://api.dropboxapi.com/2/sharing/create_shared_link_with_settings", r#"{"path":"/a"}"#, &["anyone"]),
        ("POST", "https://api.box.com/2.0/collaborations", r#"{"accessible_by":{"login":"a@x.example"}}"#, &["a@x.example"]),
        ("POST", "https://api.openai.com/v1/organization/invites", r#"{"email":"a@x.example"}"#, &["a@x.example"]),
        (
            "POST",
            "https://harvest.greenhouse.io/v2/scheduled_interviews",
            r#"{"interviewers":[{"email":"a@x.example"}]}"#,
            &["a@x.example"],
        ),
        ("POST", "https://iam.amazonaws.com/", "Action=AddUserToGroup&GroupName=admins&UserName=eve", &["eve"]),
        ("POST", "https://iam.amazonaws.com/", &role, &["arn:aws:iam::444455556666:root", "anyone"]),
        ("PUT", "https://b.s3.amazonaws.com/?policy", r#"{"Statement":{"Effect":"Allow","Principal":"*"}}"#, &["anyone"]),
        (
            "PUT",
            "https://b.s3.amazonaws.com/?policy",
            r#"{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"x"}}}"#,
            &["anyone"],
        ),
        (
            "POST",
            "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/f/policy",
            r#"{"Principal":"444455556666"}"#,
            &["444455556666"],
        ),
        (
            "POST",
            "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/f/policy",
            r#"{"Principal":"s3.amazonaws.com"}"#,
            &[],
        ),
        (
            "POST",
            "https://ec2.us-east-1.amazonaws.com/",
            "Action=ModifySnapshotAttribute&CreateVolumePermission.Add.1.Group=all",
            &["all"],
        ),
        (
            "POST",
            "https://email.us-east-1.amazonaws.com/v2/email/outbound-emails",
            r#"{"Destination":{"ToAddresses":["a@x.example"],"BccAddresses":["b@x.example"]}}"#,
            &["a@x.example", "b@x.example"],
        ),
        (
            "POST",
            "https://email.us-east-1.amazonaws.com/",
            "Action=SendEmail&Destination.ToAddresses.member.1=a%40x.example&Destination.ToAddresses.member.2=b%40x.example",
            &["a@x.example", "b@x.example"],
        ),
    ];
    for (method, url, body, want) in cases {
        assert_eq!(exposed(&touched(method, url, body, &[]).principals), *want, "{url} {body}");
    }
}

#[test]
fn principals_of_headers() {
    let put = |headers: &[(&str, &str)]| touched("PUT", "https://b.s3.amazonaws.com/k", "x", headers);
    assert_eq!(exposed(&put(&[("x-amz-acl", "public-read")]).principals), ["anyone"]);
    assert_eq!(exposed(&put(&[("x-amz-acl", "private")]).principals), [""; 0]);
    let grants = "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\", emailAddress=\"a@x.example\"";
    assert_eq!(exposed(&put(&[("x-amz-grant-read", grants)]).principals), ["anyone", "a@x.example"]);
}

#[test]
fn webhooks() {
    let cases = [
        ("https://www.googleapis.com/drive/v3/changes/watch", r#"{"address":"https://h.example/a,b"}"#),
        ("https://api.box.com/2.0/webhooks", r#"{"address":"https://h.example/a,b"}"#),
        ("https://api.stripe.com/v1/webhook_endpoints", "url=https%3A%2F%2Fh.example%2Fa,b"),
        ("https://api.vercel.com/v1/webhooks", r#"{"url":"https://h.example/a,b"}"#),
        ("https://api.netlify.com/api/v1/hooks", r#"{"data":{"url":"https://h.example/a,b"}}"#),
        ("https://sns.us-east-1.amazonaws.com/", "Action=Subscribe&Protocol=https&Endpoint=https%3A%2F%2Fh.example%2Fa,b"),
        (
            "https://agent.example/a2a",
            r#"{"jsonrpc":"2.0","method":"tasks/pushNotificationConfig/set","params":{"pushNotificationConfig":{"url":"https://h.example/a,b"}}}"#,
        ),
    ];
    for (url, body) in cases {
        assert_eq!(exposed(&touched("POST", url, body, &[]).webhooks), ["https://h.example/a,b"], "{url}");
    }
}

#[test]
fn tags() {
    let of = |url: &str, body: &str, headers: &[(&str, &str)]| touched("POST", url, body, headers).tags;
    let want = [(String::from("env"), String::from("prod"))];
    let form = [
        (
            "https://ec2.us-east-1.amazonaws.com/",
            "Action=RunInstances&TagSpecification.1.Tag.1.Key=env&TagSpecification.1.Tag.1.Value=prod",
        ),
        ("https://iam.amazonaws.com/", "Action=CreateUser&Tags.member.1.Key=env&Tags.member.1.Value=prod"),
        ("https://sqs.us-east-1.amazonaws.com/", "Action=CreateQueue&Tag.1.Key=env&Tag.1.Value=prod"),
        ("https://lambda.us-east-1.amazonaws.com/2015-03-31/functions", r#"{"Tags":{"env":"prod"}}"#),
        ("https://secretsmanager.us-east-1.amazonaws.com/", r#"{"Tags":[{"Key":"env","Value":"prod"}]}"#),
        ("https://kms.us-east-1.amazonaws.com/", r#"{"Tags":[{"TagKey":"env","TagValue":"prod"}]}"#),
    ];
    for (url, body) in form {
        assert_eq!(of(url, body, &[]), want, "{url}");
    }
    assert_eq!(of("https://b.s3.amazonaws.com/k", "x", &[("x-amz-tagging", "env=prod")]), want);
    assert_eq!(of("https://iam.amazonaws.com/", "Action=CreateUser&Other.1.Key=env&Other.1.Value=prod", &[]), []);
    let many: String = (0..2000).map(|n| alloc::format!("Tags.member.{n}.Key=a&")).collect();
    assert_eq!(of("https://iam.amazonaws.com/", &many, &[]).len(), 256);
}

#[test]
fn accounts_and_regions() {
    let of = |url: &str, body: &str, headers: &[(&str, &str)]| {
        let resource = touched("POST", url, body, headers);
        [resource.account, resource.region].map(Option::unwrap_or_default)
    };
    let signed = ("authorization", "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-3/sts/aws4_request, SignedHeaders=host");
    let role = "Action=AssumeRole&RoleArn=arn:aws:iam::111122223333:role/ops";
    assert_eq!(of("https://sts.amazonaws.com/", role, &[signed]), ["111122223333", "eu-west-3"]);
    assert_eq!(of("https://sts.us-east-2.amazonaws.com/", role, &[signed]), ["111122223333", "us-east-2"]);
    assert_eq!(of("https://b.s3.amazonaws.com/k", "x", &[("x-amz-expected-bucket-owner", "111122223333")]), ["111122223333", ""]);
    assert_eq!(of("https://iam.amazonaws.com/", "Action=AttachRolePolicy&PolicyArn=arn:aws:iam::aws:policy/X", &[]), ["", ""]);
}
