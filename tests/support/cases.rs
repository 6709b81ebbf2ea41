//! The one corpus: hand-written scan cases, and the evidence of every rule in several wrappings.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use interven::{
    CredentialHost, DataClass, Engine, Gate, Organisation, Output, Policy, Request, Scan, ScanContext, UnknownHostCredentials,
    Verdict,
};
use serde_json::{Value, json};

use super::generate::{Random, expand};

/// A case with every generator expanded.
#[derive(Clone)]
pub struct Case {
    pub name: String,
    pub options: Value,
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub context: Value,
    pub expect: Value,
}

/// Every case, in a fixed order.
pub fn all() -> Vec<Case> {
    let mut cases = written();
    cases.extend(evidence());
    cases
}

/// `tests/corpus/scan/*.json` and `tests/corpus/target/*.json`.
pub fn written() -> Vec<Case> {
    ["scan", "target"].iter().flat_map(|folder| files(folder)).flat_map(|file| read(&file)).collect()
}

/// The files of a folder of the corpus, in order.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The cases of one file.
pub fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).unwrap();
    let root: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let stem = file.file_stem().unwrap().to_string_lossy();
    let cases = root["cases"].as_array().unwrap();
    cases
        .iter()
        .map(|case| {
            let name = format!("{stem}/{}", case["name"].as_str().unwrap());
            let mut random = Random::named(&name);
            // One pass over the whole case, so that a value can be used in request and expectation alike.
            let mut named = std::collections::BTreeMap::new();
            if let Some(values) = case["values"].as_object() {
                for (key, template) in values {
                    named.insert(key.clone(), expand(template.as_str().unwrap(), &mut random));
                }
            }
            let mut fill = |text: &str| {
                let replaced = named.iter().fold(text.to_owned(), |t, (key, value)| t.replace(&format!("<{key}>"), value));
                expand(&replaced, &mut random)
            };
            let request = &case["request"];
            let body = match &request["body"] {
                Value::Null => String::new(),
                Value::String(text) => fill(text),
                json => fill(&json.to_string()),
            };
            let header = |h: &Value| (h[0].as_str().unwrap().to_owned(), h[1].as_str().unwrap().to_owned());
            let headers = request["headers"].as_array().map(|list| list.iter().map(header).collect()).unwrap_or_else(Vec::new);
            Case {
                url: fill(request["url"].as_str().unwrap_or("https://api.example.com/notes")),
                headers: headers.into_iter().map(|(n, v): (String, String)| (fill(&n), fill(&v))).collect(),
                method: request["method"].as_str().unwrap_or("POST").to_owned(),
                body: bytes(request, body),
                options: case["options"].clone(),
                context: case["context"].clone(),
                expect: serde_json::from_str(&fill(&case["expect"].to_string())).unwrap(),
                name,
            }
        })
        .collect()
}

/// A body given in base64, or as a text repeated `body_repeat` times.
fn bytes(request: &Value, body: String) -> Vec<u8> {
    if let Some(text) = request["body_base64"].as_str() {
        return STANDARD.decode(text).unwrap();
    }
    match request["body_repeat"].as_u64() {
        Some(times) => body.repeat(times as usize).into_bytes(),
        None => body.into_bytes(),
    }
}

/// Positives and negatives of every rule, as text, JSON string, form field and query parameter.
pub fn evidence() -> Vec<Case> {
    let mut cases = Vec::new();
    for rule in interven::rules() {
        let positives = rule.positives.iter().enumerate().map(|(i, t)| (true, i, *t));
        let negatives = rule.negatives.iter().enumerate().map(|(i, t)| (false, i, *t));
        for (found, index, template) in positives.chain(negatives) {
            let kind = if found { "positive" } else { "negative" };
            let name = format!("{}/{kind} {index}", rule.id);
            let text = expand(template, &mut Random::named(&name));
            let expect = json!({ if found { "finds" } else { "finds_not" }: rule.id });
            let case = |wrapping: &str, url: &str, content_type: &str, body: String| Case {
                name: format!("{name} as {wrapping}"),
                options: Value::Null,
                method: "POST".into(),
                url: url.into(),
                headers: vec![("content-type".into(), content_type.into())],
                body: body.into_bytes(),
                context: Value::Null,
                expect: expect.clone(),
            };
            let percent: String = text
                .bytes()
                .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
                .collect();
            let plain = "https://api.example.com/notes";
            cases.push(case("text", plain, "text/plain", text.clone()));
            cases.push(case("json", plain, "application/json", json!({ "note": text }).to_string()));
            cases.push(case("form", plain, "application/x-www-form-urlencoded", format!("a=1&note={percent}")));
            cases.push(case("query", &format!("{plain}?note={percent}"), "text/plain", String::new()));
        }
    }
    cases
}

/// Engine options from their JavaScript form.
pub fn engine(options: &Value) -> Engine {
    let mut made = interven::Options::default();
    let policies: Vec<Value> = match &options["policy"] {
        Value::Null => Vec::new(),
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    for policy in policies {
        let text = policy.as_str().map_or_else(|| policy.to_string(), str::to_owned);
        made.policies.push(Policy::parse(&text, "policy").unwrap());
    }
    if options["unknownHostCredentials"] == "deny" {
        made.unknown_host_credentials = UnknownHostCredentials::Deny;
    }
    for own in options["credentialHosts"].as_array().into_iter().flatten() {
        made.credential_hosts
            .push(CredentialHost { vendor: own["vendor"].as_str().unwrap().into(), host: own["host"].as_str().unwrap().into() });
    }
    let texts =
        |list: &Value| list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    made.allow_private = texts(&options["allowPrivate"]);
    made.organisation = Organisation {
        domains: texts(&options["organisation"]["domains"]),
        principals: texts(&options["organisation"]["principals"]),
    };
    if let Some(bytes) = options["maxBodyBytes"].as_u64() {
        made.limits.max_body_bytes = bytes as usize;
    }
    let detection: serde_json::Map<String, Value> = ["detectors", "allowlist", "redaction"]
        .into_iter()
        .filter(|name| !options[*name].is_null())
        .map(|name| (name.to_owned(), options[name].clone()))
        .collect();
    let names = [("ignoreCase", "ignore_case"), ("showsTail", "shows_tail"), ("expiresAtMs", "expires_at_ms")];
    let text = names.iter().fold(Value::from(detection).to_string(), |text, (js, core)| text.replace(js, core));
    made.read_detection(&text, "options").unwrap();
    Engine::new(made).unwrap()
}

impl Case {
    pub fn request(&self) -> Request {
        let request = Request::new(self.method.clone(), self.url.clone());
        self.headers.iter().fold(request, |r, (name, value)| r.header(name.clone(), value.clone())).body(self.body.clone())
    }

    pub fn scan_context(&self) -> ScanContext {
        let text = |name: &str| self.context[name].as_str().map(str::to_owned);
        ScanContext {
            agent: text("agentId").unwrap_or_default(),
            grant: text("grant"),
            claimed: self.context["claimed"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|c| DataClass::parse(c.as_str()?))
                .collect(),
            floor: match self.context["floor"].as_str() {
                Some("REQUIRE_APPROVAL") => Gate::RequireApproval,
                Some("DENY") => Gate::Deny,
                _ => Gate::Allow,
            },
            time_ms: self.context["timeMs"].as_u64(),
            ..ScanContext::default()
        }
    }

    /// The local verdict.
    pub fn verdict(&self) -> Verdict {
        let mut scan = Scan::new(&engine(&self.options), self.request(), self.scan_context(), interven::Clock(0));
        match scan.poll_output() {
            Output::Done(verdict) => verdict,
            other => panic!("{}: a local scan must end at once: {other:?}", self.name),
        }
    }
}

/// The canonical text of a verdict's report.
pub fn report_text(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Forward(forward) => forward.report().to_json(),
        Verdict::Block(block) => block.report().to_json(),
    }
}
