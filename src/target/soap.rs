//! SOAP: the action that a header and the first element of the body name.

use super::{Reading, reading};
use crate::{request::Request, seek::any_of};

/// Reads an envelope; the stricter of header and body holds. Without an element in the body the header alone says nothing.
pub(super) fn read(request: &Request) -> Option<Reading> {
    let body = request.body.expose();
    any_of(body, *b"<")?;
    let body = core::str::from_utf8(body).ok()?;
    let element = first_element(body)?;
    let by_header = request.header_values("soapaction").map(last_part);
    let by_type = request.header_values("content-type").filter_map(|value| value.split_once("action=")).map(|(_, action)| {
        let quoted = action.strip_prefix('"').and_then(|rest| rest.split('"').next());
        last_part(quoted.unwrap_or_else(|| action.split(';').next().unwrap_or(action)))
    });
    let names = core::iter::once(element).chain(by_header).chain(by_type).filter(|name| !name.is_empty());
    reading::strictest(names.map(Reading::of_name))
}

/// The action at the end of a URI or an URN.
fn last_part(action: &str) -> &str {
    let plain = action.trim().trim_matches('"').trim_end_matches('/');
    plain.rsplit(['/', '#', ':']).next().unwrap_or(plain)
}

/// The name of the first element inside `Body`, without its prefix.
fn first_element(text: &str) -> Option<&str> {
    let envelope = text.find("Envelope")?;
    let after = text.get(envelope..)?;
    let body = after.match_indices("Body").find(|(at, _)| {
        let before = after.get(..*at).unwrap_or_default();
        before.ends_with(['<', ':']) && after.get(at + 4..).is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\n', '\r']))
    })?;
    let inside = after.get(body.0..)?.split_once('>')?.1;
    let element = inside.trim_start().strip_prefix('<')?;
    let name = element.split(['>', '/', ' ', '\t', '\n', '\r']).next()?;
    let name = name.rsplit(':').next().unwrap_or(name);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_actions() {
        let soap = "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"urn:s\"><s:Header/><s:Body id=\"1\">\n <u:DeleteUser xmlns:u=\"urn:u\"><Id>7</Id></u:DeleteUser></s:Body></s:Envelope>";
        assert_eq!(first_element(soap), Some("DeleteUser"));
        assert_eq!(first_element("<Envelope><Body></Body></Envelope>"), None);
        assert_eq!(first_element("Body"), None);
        let actions = ["\"http://a.example/Users/GetUser\"", "urn:GetUser", "http://a.example/#GetUser/", "GetUser"];
        assert!(actions.iter().all(|action| last_part(action) == "GetUser"));
    }
}
