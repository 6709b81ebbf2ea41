//! Who gets something and which addresses are registered, tool by tool: reports do not show it, so the corpus cannot.

use alloc::{string::String, vec::Vec};

use super::{Arguments, Target};
use crate::{limits::Limits, normalize::parse_url, request::Request, secret::Sensitive};

fn check(method: &str, url: &str, body: &str, principals: &[&str], webhooks: &[&str]) {
    let mut request = Request::new(method, url).body(body);
    if !body.starts_with(['{', '[', '"']) {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let parsed = parse_url(url);
    let resource = Target::of(&request, parsed.as_ref(), &Arguments::of(&request, parsed.as_ref(), &Limits::default())).resource;
    let exposed = |list: &[Sensitive<String>]| list.iter().map(|one| one.expose().clone()).collect::<Vec<_>>();
    assert_eq!(exposed(&resource.principals), principals, "{url}");
    assert_eq!(exposed(&resource.webhooks), webhooks, "{url}");
}

#[test]
fn recipients_of_mail_and_messages() {
    let to = r#"{"personalizations":[{"to":[{"email":"a@x.example"}],"cc":[{"email":"b@x.example"}]},{"to":[{"email":"c@x.example"}],"bcc":[{"email":"d@x.example"}]}]}"#;
    let all = ["a@x.example", "c@x.example", "b@x.example", "d@x.example"];
    check("POST", "https://api.sendgrid.com/v3/mail/send", to, &all, &[]);
    let form = "to[]=a%40x.example&to[]=b%40x.example&bcc=c%40x.example";
    check("POST", "https://api.sendgrid.com/api/mail.send.json", form, &["a@x.example", "b@x.example", "c@x.example"], &[]);
    let mail = r#"{"message":{"toRecipients":[{"emailAddress":{"address":"a@x.example"}}],"bccRecipients":[{"emailAddress":{"address":"b@x.example"}}]}}"#;
    check("POST", "https://graph.microsoft.com/v1.0/me/sendMail", mail, &["a@x.example", "b@x.example"], &[]);
    let call = "To=client%3Aops&Url=https%3A%2F%2Fx.example%2Fv&StatusCallback=https%3A%2F%2Fx.example%2Fs";
    let called = ["https://x.example/v", "https://x.example/s"];
    check("POST", "https://api.twilio.com/2010-04-01/Accounts/a/Calls.json", call, &["client:ops"], &called);
    let single = r#"{"message":{"to":"a@x.example","cc":["b@x.example"],"bcc":["c@x.example"]}}"#;
    let three = ["a@x.example", "b@x.example", "c@x.example"];
    check("POST", "https://api.hubapi.com/marketing/v3/transactional/single-email/send", single, &three, &[]);
    let simple = r#"{"inputs":[{"emailAddresses":"a@x.example,b@x.example"}]}"#;
    let url = "https://a.my.salesforce.com/services/data/v60.0/actions/standard/emailSimple";
    check("POST", url, simple, &["a@x.example", "b@x.example"], &[]);
    let notice = r#"{"to":{"users":[{"accountId":"u1"}],"groups":[{"name":"g1"}]}}"#;
    check("POST", "https://a.atlassian.net/rest/api/3/issue/W-1/notify", notice, &["u1", "g1"], &[]);
    let ticket = r#"{"ticket":{"requester":{"email":"a@x.example"},"email_ccs":[{"user_email":"b@x.example"}]}}"#;
    check("POST", "https://a.zendesk.com/api/v2/tickets", ticket, &["a@x.example", "b@x.example"], &[]);
    check("POST", "https://api.intercom.io/messages", r#"{"to":{"type":"user","id":"u1"}}"#, &["u1"], &[]);
}

#[test]
fn whom_things_are_shared_with() {
    check("PUT", "https://api.github.com/repos/o/r/collaborators/octo", "", &["octo"], &[]);
    check("POST", "https://api.github.com/orgs/o/invitations", r#"{"email":"a@x.example"}"#, &["a@x.example"], &[]);
    check("POST", "https://api.github.com/repos/o/r/transfer", r#"{"new_owner":"p"}"#, &["p"], &[]);
    check("POST", "https://gitlab.com/api/v4/projects/1/members", "user_id=7&access_level=30", &["7"], &[]);
    check("POST", "https://gitlab.com/api/v4/groups/g/invitations?email=a%40x.example", "", &["a@x.example"], &[]);
    let shared = "channel=C1&emails=a%40x.example,b%40x.example";
    check("POST", "https://slack.com/api/conversations.inviteShared", shared, &["a@x.example", "b@x.example"], &[]);
    check("POST", "https://slack.com/api/conversations.invite", r#"{"channel":"C1","users":"U1,U2"}"#, &["U1", "U2"], &[]);
    check("PUT", "https://discord.com/api/v10/guilds/1/members/2/roles/3", "", &["2"], &[]);
    let member = r#"{"roles":[],"user@odata.bind":"https://graph.microsoft.com/v1.0/users('u1')"}"#;
    let bound = ["https://graph.microsoft.com/v1.0/users('u1')"];
    check("POST", "https://graph.microsoft.com/v1.0/teams/t/members", member, &bound, &[]);
    let file = "https://graph.microsoft.com/v1.0/me/drive/items/i";
    check("POST", &[file, "/invite"].concat(), r#"{"recipients":[{"email":"a@x.example"}]}"#, &["a@x.example"], &[]);
    check("POST", &[file, "/createLink"].concat(), r#"{"type":"view","scope":"anonymous"}"#, &["anyone"], &[]);
    check("POST", &[file, "/createLink"].concat(), r#"{"type":"view","scope":"organization"}"#, &[], &[]);
    check("POST", "https://a.atlassian.net/rest/api/3/issue/W-1/watchers", "\"u1\"", &["u1"], &[]);
    let read = r#"{"subject":{"type":"user","identifier":"u1"}}"#;
    check("POST", "https://a.atlassian.net/wiki/rest/api/space/D/permission", read, &["u1"], &[]);
    check("POST", "https://api.pagerduty.com/users", r#"{"user":{"email":"a@x.example"}}"#, &["a@x.example"], &[]);
    check("POST", "https://app.asana.com/api/1.0/projects/p/addMembers", r#"{"data":{"members":"u1,u2"}}"#, &["u1", "u2"], &[]);
    let user = r#"{"data":{"attributes":{"email":"a@x.example"}}}"#;
    check("POST", "https://api.datadoghq.com/api/v2/users", user, &["a@x.example"], &[]);
}

#[test]
fn of_every_call_in_a_batch() {
    let graph = r#"{"requests":[{"method":"POST","url":"/users","body":{"userPrincipalName":"a@x.example"}},{"method":"POST","url":"/subscriptions","body":{"notificationUrl":"https://x.example/n"}}]}"#;
    check("POST", "https://graph.microsoft.com/v1.0/$batch", graph, &["a@x.example"], &["https://x.example/n"]);
    let composite = r#"{"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/User","body":{"Email":"a@x.example"}},{"method":"POST","url":"/services/data/v60.0/sobjects/ContentDistribution","body":{}}]}"#;
    let url = "https://a.my.salesforce.com/services/data/v60.0/composite";
    check("POST", url, composite, &["a@x.example", "anyone"], &[]);
    let url = "https://git.acme.example/api/v4/projects/1/hooks";
    check("POST", url, r#"{"url":"https://x.example/h"}"#, &[], &["https://x.example/h"]);
}

#[test]
fn in_documents_of_graphql() {
    let linear = "https://api.linear.app/graphql";
    let inside = r#"{"query":"mutation { organizationInviteCreate(input: {email: \"a@x.example\"}) { success } }"}"#;
    check("POST", linear, inside, &["a@x.example"], &[]);
    let beside = r#"{"query":"mutation I($i: X!) { organizationInviteCreate(input: $i) { success } }","variables":{"i":{"email":"a@x.example"}}}"#;
    check("POST", linear, beside, &["a@x.example"], &[]);
    let hook = r#"{"query":"mutation { webhookCreate(input: {url: \"https://x.example/h\"}) { success } }"}"#;
    check("POST", linear, hook, &[], &["https://x.example/h"]);
    let monday = r#"{"query":"mutation M($who: [ID!]!) { add_users_to_board(board_id: 1, user_ids: $who) { id } }","variables":{"who":[5,6]}}"#;
    check("POST", "https://api.monday.com/v2", monday, &["5", "6"], &[]);
}

#[test]
fn registered_addresses() {
    let at = "https://x.example/h";
    let cases = [
        ("https://api.github.com/repos/o/r/hooks", r#"{"config":{"url":"https://x.example/h"}}"#),
        ("https://gitlab.com/api/v4/projects/1/hooks", "url=https%3A%2F%2Fx.example%2Fh"),
        ("https://a.atlassian.net/rest/api/3/webhook", r#"{"url":"https://x.example/h"}"#),
        ("https://api.datadoghq.eu/api/v1/integration/webhooks/configuration/webhooks", r#"{"url":"https://x.example/h"}"#),
        (
            "https://api.pagerduty.com/webhook_subscriptions",
            r#"{"webhook_subscription":{"delivery_method":{"url":"https://x.example/h"}}}"#,
        ),
        ("https://graph.microsoft.com/v1.0/subscriptions", r#"{"notificationUrl":"https://x.example/h"}"#),
        ("https://api.sendgrid.com/v3/user/webhooks/event/settings", r#"{"url":"https://x.example/h"}"#),
        ("https://conversations.twilio.com/v1/Conversations/c/Webhooks", "Configuration.Url=https%3A%2F%2Fx.example%2Fh"),
        ("https://a.zendesk.com/api/v2/webhooks", r#"{"webhook":{"endpoint":"https://x.example/h"}}"#),
        ("https://app.asana.com/api/1.0/webhooks", r#"{"data":{"target":"https://x.example/h"}}"#),
        ("https://api.intercom.io/subscriptions", r#"{"url":"https://x.example/h"}"#),
    ];
    for (url, body) in cases {
        check("POST", url, body, &[], &[at]);
    }
    check("PUT", "https://api.hubapi.com/webhooks/v3/1/settings", r#"{"targetUrl":"https://x.example/h"}"#, &[], &[at]);
}
