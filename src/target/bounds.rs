//! What stands behind a bound may do everything: nothing hides there.

use alloc::string::String;

use super::{Arguments, Target, Verb};
use crate::{Limits, Request, normalize::parse_url};

fn verb(request: Request) -> Verb {
    let url = request.url.expose().clone();
    let parsed = parse_url(&url);
    let arguments = Arguments::of(&request, parsed.as_ref(), &Limits::default());
    Target::of(&request, parsed.as_ref(), &arguments).verb
}

#[test]
fn batches_actions_methods_and_root_fields() {
    let many = |text: &str, times: usize| text.repeat(times);
    let post = |url: &str, body: String| Request::new("POST", url).body(body);
    let message = r#"{"jsonrpc":"2.0","method":"ping"}"#;
    let batch = |times: usize| ["[", message, &many(&[",", message].concat(), times), "]"].concat();
    assert_eq!(verb(post("https://a.example/mcp", batch(100))), Verb::Read);
    assert_eq!(verb(post("https://a.example/mcp", batch(300))), Verb::Admin);
    let calls = |times: usize| {
        ["{\"requests\":[{\"method\":\"GET\",\"url\":\"/me\"}", &many(",{\"method\":\"GET\",\"url\":\"/me\"}", times), "]}"]
            .concat()
    };
    let url = "https://graph.microsoft.com/v1.0/$batch";
    assert_eq!(verb(post(url, calls(100))), Verb::Read);
    assert_eq!(verb(post(url, calls(300))), Verb::Admin);
    let actions = |times: usize| many("Action=ListUsers&", times);
    assert_eq!(verb(post("https://iam.amazonaws.com/", actions(16))), Verb::Read);
    assert_eq!(verb(post("https://iam.amazonaws.com/", actions(17))), Verb::Admin);
    let fields = |times: usize| ["{\"query\":\"mutation { a ", &many("b ", times), "}\"}"].concat();
    assert_eq!(verb(post("https://a.example/graphql", fields(9))), Verb::Write);
    assert_eq!(verb(post("https://a.example/graphql", fields(99))), Verb::Admin);
    let asked = |times: usize| {
        (0..times).fold(Request::new("GET", "https://a.example/"), |request, at| {
            request.header("x-http-method-override", alloc::format!("GET{at}"))
        })
    };
    assert_eq!(verb(asked(9)), Verb::Write);
    assert_eq!(verb(asked(99)), Verb::Admin);
    // What is named often is read to the end.
    let fields = [many("action=list&", 999).as_str(), "action=delete"].concat();
    assert_eq!(verb(Request::new("GET", ["https://a.example/x?", &fields].concat())), Verb::Write);
    let forms = [many("_method=GET&", 999).as_str(), "_method=DELETE"].concat();
    assert_eq!(verb(Request::new("GET", ["https://a.example/orgs/x?", &forms].concat())), Verb::Admin);
}
