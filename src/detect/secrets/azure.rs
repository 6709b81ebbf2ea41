//! Microsoft Azure.

use super::shared;
use crate::{
    detect::{
        checks::{self, distinct},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[
    &STORAGE_CONNECTION_STRING,
    &BUS_CONNECTION_STRING,
    &IDENTIFIABLE_KEY,
    &FUNCTION_KEY,
    &STORAGE_KEY,
    &CLIENT_SECRET,
    &SHARED_ACCESS_SIGNATURE,
    &DEVOPS_TOKEN,
    &DEVOPS_LEGACY_TOKEN,
];

/// No words: these runs carry their mark in their middle.
const UNNAMED: &[&[&str]] = &[&[]];

/// The key of a storage account (or Cosmos DB) in a connection string.
static STORAGE_CONNECTION_STRING: Rule = Rule::secret("azure_storage_connection_string", "AZURE_CONNECTION_STRING")
    .issued_by("azure")
    .token(&["AccountKey="], &[Alphabet::Base64.exactly(86), Part::Text("==")])
    .checked(storage_connection_string)
    .known_from("Azure Storage documentation, configure connection strings")
    .evidence(
        &[
            "DefaultEndpointsProtocol=https;AccountName={word:8};AccountKey={base64:86}==;EndpointSuffix=core.windows.net",
            "AccountEndpoint=https://{word:8}.documents.azure.com:443/;AccountKey={base64:86}==;",
            "AccountKey=+{base64:85}==",
        ],
        &["AccountKey={base64:60}==", "AccountKey={base64:86}", "AccountName={word:8};AccountKey=<key>"],
    );

fn storage_connection_string(candidate: &Candidate<'_>) -> Outcome {
    named_by(candidate, &["AccountName=", "AccountEndpoint="])
}

/// The key of a Service Bus, Event Hubs, Relay or IoT Hub connection string.
static BUS_CONNECTION_STRING: Rule = Rule::secret("azure_bus_connection_string", "AZURE_CONNECTION_STRING")
    .issued_by("azure")
    .token(&["SharedAccessKey="], &[Alphabet::Base64.exactly(43), Part::Text("=")])
    .checked(bus_connection_string)
    .known_from("Azure Service Bus documentation, get a connection string")
    .evidence(
        &[
            "Endpoint=sb://{word:8}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={base64:43}=",
            "HostName={word:8}.azure-devices.net;DeviceId=a1;SharedAccessKey={base64:43}=",
            "SharedAccessKey=/{base64:42}=;EntityPath={word:6}",
        ],
        &["SharedAccessKey={base64:30}=", "SharedAccessKeyName={base64:43}=", "SharedAccessKey={base64:43}"],
    );

fn bus_connection_string(candidate: &Candidate<'_>) -> Outcome {
    named_by(candidate, &["SharedAccessKeyName=", "HostName=", "Endpoint="])
}

/// High confidence where the rest of the connection string stands before the key.
fn named_by(candidate: &Candidate<'_>, fields: &[&str]) -> Outcome {
    if shared::follows(candidate, 512, fields) { checks::distinctive(candidate) } else { checks::by_shape(candidate) }
}

/// The marks of identifiable keys: the length of the key, where the mark stands, and the mark.
const MARKS: &[(usize, usize, &[u8])] = &[
    (44, 33, b"+ASb"),
    (44, 33, b"+AEh"),
    (44, 33, b"+ARm"),
    (44, 33, b"AIoT"),
    (52, 42, b"+ACR"),
    (52, 42, b"AzSe"),
    (84, 52, b"JQQJ9"),
    (88, 52, b"JQQJ9"),
    (88, 76, b"+ASt"),
    (88, 76, b"+ABa"),
    (88, 76, b"ACDb"),
    (88, 76, b"APIM"),
];

/// Keys that name their service in the middle: Cosmos DB, Batch, Container Registry, Search, Service Bus and others.
static IDENTIFIABLE_KEY: Rule = Rule::secret("azure_key", "AZURE_KEY")
    .issued_by("azure")
    .shaped(Shape::Keyed { words: UNNAMED, body: Alphabet::Base64, least: 44, most: 88 })
    .checked(identifiable_key)
    .known_from("Microsoft Security Utilities (open source), identifiable keys")
    .evidence(
        &[
            "{base62:52}JQQJ99{base62:26}",
            "key: {base64:76}ACDb{base64:6}==",
            "\"{base64:33}+ASb{base64:6}=\"",
            "{base62:42}AzSe{base62:6}",
            "password {base64:42}+ACR{base64:6}",
        ],
        &["{base64:88}", "{base62:50}JQQJ99{base62:28}", "{base64:76}ACDb{base64:12}", "{base62:52}"],
    );

fn identifiable_key(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text;
    let marked = |(length, at, mark): &(usize, usize, &[u8])| {
        text.len() == *length && text.get(*at..).is_some_and(|tail| tail.starts_with(mark))
    };
    // A key of 32 or 64 bytes ends in padding.
    let padding = text.iter().rev().take_while(|b| **b == b'=').count();
    let padded = match text.len() {
        44 => padding == 1,
        88 => padding == 2,
        _ => padding == 0,
    };
    if !padded || !MARKS.iter().any(marked) {
        return Outcome::Reject;
    }
    checks::distinctive(candidate)
}

/// Keys of Azure Functions; they are written in base64url.
static FUNCTION_KEY: Rule = Rule::secret("azure_function_key", "AZURE_KEY")
    .shaped(Shape::Keyed { words: UNNAMED, body: Alphabet::Base64Url, least: 54, most: 54 })
    .checked(function_key)
    .issued_by("azure-functions")
    .known_from("Microsoft Security Utilities (open source), identifiable keys")
    .evidence(
        &[
            "{base62:44}AzFu{base62:6}==",
            "https://{word:8}.azurewebsites.net/api/run?code={base62:44}AzFu{base62:6}==",
            "x-functions-key: {base62:44}AzFu{base62:6}==",
        ],
        &["{base62:54}", "{base62:43}AzFu{base62:7}", "{base62:44}AzFu{base62:7}"],
    );

fn function_key(candidate: &Candidate<'_>) -> Outcome {
    let marked = candidate.text.get(44..).is_some_and(|tail| tail.starts_with(b"AzFu"));
    if marked { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Storage account keys by their name.
static STORAGE_KEY: Rule = Rule::secret("azure_storage_key", "AZURE_STORAGE_KEY")
    .issued_by("azure")
    .shaped(Shape::Keyed {
        words: &[&["accountkey"], &["storage", "key"], &["azure", "key"], &["cosmos", "key"]],
        body: Alphabet::Base64,
        least: 88,
        most: 88,
    })
    .checked(storage_key)
    .known_from("Azure Storage documentation, manage account access keys")
    .evidence(
        &["AZURE_STORAGE_KEY={base64:86}==", "account_key: \"{base64:86}==\"", "the Azure storage access key is {base64:86}=="],
        &["{base64:86}==", "AZURE_STORAGE_KEY={base64:88}", "AZURE_STORAGE_KEY={base64:85}=="],
    );

fn storage_key(candidate: &Candidate<'_>) -> Outcome {
    let body = candidate.text.strip_suffix(b"==").unwrap_or_default();
    if body.len() != 86 || body.contains(&b'=') || distinct(body) < 20 {
        return Outcome::Reject;
    }
    shared::mixed(candidate)
}

/// Client secrets of Entra ID applications: three characters, a digit, `Q~`.
static CLIENT_SECRET: Rule = Rule::secret("azure_client_secret", "AZURE_CLIENT_SECRET")
    .issued_by("azure")
    .shaped(Shape::Keyed { words: UNNAMED, body: Alphabet::Unreserved, least: 37, most: 41 })
    .checked(client_secret)
    .known_from("Microsoft identity platform documentation, application credentials (the form is observed)")
    .evidence(
        &[
            "{base62:3}8Q~{base62:34}",
            "AZURE_CLIENT_SECRET={base62:3}7Q~{base64url:31}",
            "client_secret: '{base62:3}8Q~{base64url:34}'",
        ],
        &["{base62:3}xQ~{base62:34}", "{base62:3}8Q{base62:35}", "{base62:3}8Q~{base62:20}"],
    );

fn client_secret(candidate: &Candidate<'_>) -> Outcome {
    match candidate.text {
        [_, _, _, digit, b'Q', b'~', ..] if digit.is_ascii_digit() => checks::distinctive(candidate),
        _ => Outcome::Reject,
    }
}

/// Shared access signatures, in URLs and tokens.
static SHARED_ACCESS_SIGNATURE: Rule = Rule::secret("azure_sas", "AZURE_SAS")
    .issued_by("azure")
    .token(&["sig="], &[Alphabet::Base64.exactly(43), Part::OneOf(&["=", "%3D", "%3d"])])
    .checked(shared_access_signature)
    .known_from("Azure Storage REST documentation, create a service SAS; Service Bus documentation, SAS tokens")
    .evidence(
        &[
            "https://{word:8}.blob.core.windows.net/c?sv=2022-11-02&se=2027-01-01&sr=c&sp=r&sig={base62:43}%3D",
            "?sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2027-01-01T00:00:00Z&spr=https&sig={base64:43}=",
            "SharedAccessSignature sr=x.servicebus.windows.net&sig={base64:43}=&se=1700000000&skn=Root",
        ],
        &[
            "https://example.com/hook?sig={base64:43}=",
            "https://{word:8}.blob.core.windows.net/c?sv=2022-11-02&sig={base64:20}",
            "sig={base64:44}",
        ],
    );

fn shared_access_signature(candidate: &Candidate<'_>) -> Outcome {
    let signed = shared::follows(candidate, 1024, &["sv=20", ".core.windows.net", "SharedAccessSignature"]);
    if signed { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Personal access tokens of Azure DevOps.
static DEVOPS_TOKEN: Rule = Rule::secret("azure_devops_token", "AZURE_DEVOPS_TOKEN")
    .issued_by("azure-devops")
    .shaped(Shape::Keyed { words: UNNAMED, body: Alphabet::Alphanumeric, least: 84, most: 84 })
    .checked(devops_token)
    .known_from("Azure DevOps documentation, use personal access tokens")
    .evidence(
        &["{base62:76}AZDO{base62:4}", "AZURE_DEVOPS_EXT_PAT={base62:76}AZDO{base62:4}", "\"{base62:76}AZDO{base62:4}\""],
        &["{base62:84}", "{base62:75}AZDO{base62:5}", "{base62:76}AZDO{base62:5}"],
    );

fn devops_token(candidate: &Candidate<'_>) -> Outcome {
    let marked = candidate.text.get(76..).is_some_and(|tail| tail.starts_with(b"AZDO"));
    if marked { checks::distinctive(candidate) } else { Outcome::Reject }
}

/// Personal access tokens from before the mark: 52 characters of base32 in lower case.
static DEVOPS_LEGACY_TOKEN: Rule = Rule::secret("azure_devops_legacy_token", "AZURE_DEVOPS_TOKEN")
    .issued_by("azure-devops")
    .shaped(Shape::Keyed {
        words: &[&["azure", "devops"], &["azdo"], &["azdevops"], &["vsts"], &["visualstudio"]],
        body: Alphabet::Lower,
        least: 52,
        most: 52,
    })
    .checked(devops_legacy_token)
    .known_from("Azure DevOps documentation, use personal access tokens")
    .evidence(
        &["AZURE_DEVOPS_PAT={base32lower:52}", "azdo token {base32lower:52}", "vsts: '{base32lower:52}'"],
        &["{base32lower:52}", "AZURE_DEVOPS_PAT={base32lower:51}", "AZURE_DEVOPS_PAT={base32lower:51}0"],
    );

fn devops_legacy_token(candidate: &Candidate<'_>) -> Outcome {
    if distinct(candidate.text) < 12 || candidate.text.iter().any(|b| matches!(b, b'0' | b'1' | b'8' | b'9')) {
        return Outcome::Reject;
    }
    Outcome::Found(Confidence::Medium)
}
