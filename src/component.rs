//! The component face, for any host of WebAssembly components. It translates and never decides.
#![allow(missing_docs, unreachable_pub, clippy::as_conversions, clippy::indexing_slicing, reason = "generated bindings")]
#![expect(unsafe_code, reason = "generated export glue")]

use alloc::{string::ToString, vec::Vec};

use bindings::exports::interven::firewall::{scanner, types};

use crate::{
    CredentialHost, DataClass, Engine, Gate, Limits, Options, Output, Policy, Request, Scan, ScanContext, UnknownHostCredentials,
    Verdict, error::ConfigError, scan::Clock,
};

mod bindings {
    wit_bindgen::generate!({ world: "firewall", path: "wit" });
}

struct Component;

bindings::export!(Component with_types_in bindings);

impl scanner::Guest for Component {
    type Engine = Engine;

    fn redact(text: alloc::string::String) -> alloc::string::String {
        crate::redact_text(&text)
    }
}

impl scanner::GuestEngine for Engine {
    fn create(options: types::Options) -> Result<scanner::Engine, types::ConfigError> {
        let made = read_options(options).and_then(Engine::new).map_err(config_error)?;
        Ok(scanner::Engine::new(made))
    }

    fn scan(&self, request: types::Request, context: types::ScanContext) -> types::Verdict {
        let mut scan = Scan::new(self, read_request(request), read_context(context), Clock(0));
        match scan.poll_output() {
            Output::Done(Verdict::Forward(forward)) => types::Verdict {
                decision: decision(forward.report().decision),
                report: forward.report().to_json(),
                forward: Some(write_request(forward.request())),
                preview: None,
            },
            Output::Done(Verdict::Block(block)) => types::Verdict {
                decision: decision(block.report().decision),
                report: block.report().to_json(),
                forward: None,
                preview: block.preview().map(write_request),
            },
            // Without a gateway a scan ends at once; should it not, it is refused.
            _ => types::Verdict { decision: types::Decision::Deny, report: "{}".to_string(), forward: None, preview: None },
        }
    }

    fn policy_version(&self) -> alloc::string::String {
        Engine::policy_version(self).to_string()
    }
}

fn read_options(options: types::Options) -> Result<Options, ConfigError> {
    let mut made = Options::default();
    for policy in options.policies {
        made.policies.push(Policy::parse(&policy.text, &policy.name)?);
    }
    if options.deny_unknown_host_credentials {
        made.unknown_host_credentials = UnknownHostCredentials::Deny;
    }
    made.credential_hosts =
        options.credential_hosts.into_iter().map(|own| CredentialHost { vendor: own.vendor, host: own.host }).collect();
    if let Some(bytes) = options.max_body_bytes {
        made.limits = Limits { max_body_bytes: usize::try_from(bytes).unwrap_or(usize::MAX), ..made.limits };
    }
    if let Some(text) = options.detection {
        made.read_detection(&text, "detection")?;
    }
    Ok(made)
}

fn read_request(request: types::Request) -> Request {
    let made = Request::new(request.method, request.url).body(request.body);
    request.headers.into_iter().fold(made, |made, header| made.header(header.name, header.value))
}

fn write_request(request: &Request) -> types::Request {
    let header = |h: &crate::Header| types::Header { name: h.name.clone(), value: h.value.expose().clone() };
    types::Request {
        method: request.method.clone(),
        url: request.url.expose().clone(),
        headers: request.headers.iter().map(header).collect(),
        body: request.body.expose().clone(),
    }
}

fn read_context(context: types::ScanContext) -> ScanContext {
    let class = |class: &types::DataClass| match class {
        types::DataClass::Secrets => DataClass::Secrets,
        types::DataClass::Pii => DataClass::Pii,
        types::DataClass::Phi => DataClass::Phi,
        types::DataClass::Internal => DataClass::Internal,
        types::DataClass::Injection => DataClass::Injection,
    };
    ScanContext {
        agent: context.agent,
        grant: context.grant,
        claimed: context.claimed.iter().map(class).collect::<Vec<_>>(),
        floor: match context.floor {
            types::Gate::Allow => Gate::Allow,
            types::Gate::RequireApproval => Gate::RequireApproval,
            types::Gate::Deny => Gate::Deny,
        },
        time_ms: context.time_ms,
        ..ScanContext::default()
    }
}

fn decision(decision: crate::Decision) -> types::Decision {
    match decision {
        crate::Decision::Allow => types::Decision::Allow,
        crate::Decision::Sanitize => types::Decision::Sanitize,
        crate::Decision::RequireApproval => types::Decision::RequireApproval,
        crate::Decision::Deny => types::Decision::Deny,
    }
}

fn config_error(error: ConfigError) -> types::ConfigError {
    types::ConfigError {
        message: error.to_string(),
        line: u32::try_from(error.line).unwrap_or(0),
        column: u32::try_from(error.column).unwrap_or(0),
        source: error.source,
        key: error.key,
        suggestion: error.suggestion,
    }
}
