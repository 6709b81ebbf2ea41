//! Secrets without a form of their own: what gives them away is the name that they stand under, and that they look random.

mod commands;
mod looks;
mod name;
mod password;
mod said;
mod stand_in;
mod value;
mod vendor_forms;
mod vendors;
mod words;

use core::cell::OnceCell;

use looks::{Bar, Mix};
use name::{Joint, Name};
pub(super) use said::Said;
pub(super) use stand_in::is_worded;
pub(super) use value::{begins_value, value_range};
pub(super) use vendors::{may_begin as may_begin_vendor, may_hold as may_name_vendor};

use super::{
    checks::repetitive,
    context::Around,
    rule::{Candidate, Outcome, Rule},
    shape::Shape,
};
use crate::finding::Confidence;

pub(in crate::detect) static RULES: &[&Rule] =
    &[&commands::AUTHORIZATION, &commands::COMMAND, &password::PASSWORD, &SECRET, &VENDOR_SECRET, &commands::LOGIN];

/// Random values under a secret-like name.
static SECRET: Rule = Rule::secret("generic_secret", "SECRET")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(secret)
    .known_from("OWASP Secrets Management Cheat Sheet")
    .evidence(
        &[
            "client_secret = \"{base62:32}\"",
            "API_TOKEN={hex:40}",
            "acme secret key: {base62:24}",
            "<apiKey>\n  {base62:24}\n</apiKey>",
            "Dauth.token={hex:32}",
            "token: >-\n  {base62:31}7\n",
            "SECRET_KEY = b\"{base62:31}7\"",
            "<string name=\"api_key\">{base62:31}7</string>",
            "<key>ApiSecret</key>\n<string>{base62:31}7</string>",
            "[{\"key\":\"api_key\",\"type\":\"plain\",\"value\":\"{base62:31}7\"}]",
            "my API key is {base62:31}7",
            "if (\"{word:4}}{word:4}[{word:4})$#{word:12}\" === private_key) {",
            "const apiKey: string = '{base62:30}';",
            "telegram_api_token = \"{digits:9}:Ab{base62:33}\"",
            "signature_secret = \"{base62:31}7\"",
            "Expires=17{digits:8}&Signature={base62:27}7&Key-Pair-Id={word:8}",
            "secret[] = \"{word:4}}{word:4}[{word:4})$#{word:6}\"",
            "Calling the billing API\nusing key={hex:32}",
            "credentials:\n  key: {base36:31}7",
            "my access token:\n\n{base62:31}7\n",
            "the token for the staging system is {base62:31}7",
            "<secret>{{word:6} {word:8} {base62:31}7}</secret>",
            "<code>api_key={hex:32}</code>",
            "id for client_secret={base62:31}7",
        ],
        &[
            "commit = \"{hex:40}\"",
            "telegram_api_token = \"{digits:4}:A{base62:33}7\"",
            "telegram_api_token = \"{digits:17}:A{base62:33}7\"",
            "telegram_api_token = \"{digits:9}:A{base62:40}7\"",
            "DATABRICKS_TOKEN=dapi{hex:20}ghi{hex:9}",
            "meraki-api-key: {hex:36}aB7c",
            "next_page_token: {word:10}",
            "max_tokens%3A+88{two}%2C+temperature%3A+0.{two}",
            "max_tokens: 88{two},top_p:0.{two},model:gpt-4o-mini-20{two}",
            "nonMatchingToken := \"{base36:14}7a\"",
            "max_tokens=4096",
            "key_id={base62:24}",
            "\"publicKey\": \"{base62:44}\"",
            "idempotency_key={uuid}",
            "{\"name\":\"issue_key\",\"value\":\"{base62:24}\"}",
            "dedup_key: {hex:32}",
            "let tokens = quote!(?Sized + #mac!(x));",
            "(Ed25519PrivateKey, Ed448PublicKey)",
            "const token = this.#nextConnection{word:4}++",
            "<dsig:DigestValue>{base64:27}=</dsig:DigestValue>",
            "token_range = \"%d,%d-%d,%d:\"",
            "new Option('-s, --secret').hideHelp()",
            "token = `)$))${extglob{word:4}}`",
            "tokenstream (vec.rs:4{two})",
            "issue_key={base62:24}",
            "CloudFront-Signature: {base64url:90}",
            "\"signature\": \"{base64:64}\"",
            "X-Hub-Signature-256: sha256={hex:64}",
            "api_token: {base64of:some words for the one who reads this:0}",
            "SECRET_KEY = {base64of:hello world of samples:0}",
            "AWS_SECRET_ACCESS_KEY = {base64:54}==",
            "token_ciphertext = \"{base64:64}\"",
            "api_key = \"op://vault/item-{digits:3}/{base62:12}\"",
            "secret = \"arn:aws:secretsmanager:eu-west-1:{digits:12}:secret:db-{base62:6}\"",
            "MailchimpSDK.initialize(token: {hex:32}-us18)",
            "__RequestVerificationToken={base64url:60}",
            "secret[] = {word:4}}{word:4}[{word:4})$#{word:6};",
            "token = request.headers.authorization",
            "Calling the storage API\nput key={hex:32}",
            "using key={hex:32} for the cache",
            "https://api.example.com/ using key={hex:32}",
            "access token\nof {base62:31}7",
            "session token\n{base62:31}7 and more",
            "author key\n{hex:40}",
            "the password for the account is required",
        ],
    );

/// Keys of services that have no form: the service's name stands before them.
static VENDOR_SECRET: Rule = Rule::secret("vendor_secret", "API_KEY")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(vendor_secret)
    .known_from("Documentation of the services; the names are in the table")
    .evidence(
        &[
            "weatherbit: '{base62:31}7'",
            "chartmogul {base62:30}77",
            "statuspage = {uuid}",
            "capsulecrm-private-{base62:39}7",
            "beamer access {base62:38}77",
        ],
        &[
            "weatherbit_id = '{hex:32}'",
            "chartmogul {word:32}",
            "the daily {hex:40}",
            "gitlab {hex:40}",
            "redis-{hex:10}",
            "sumOfExposures = {base62:31}7;",
            "\"{word:5}_api_type_9\": \"Extract_to_type_alias_95078\"",
            "key: arn:aws:kms:us-east-1:{digits:12}:key/{uuid}",
            "USK@{base62:20}-tg-{base62:20},{base62:42}7,AQACAAE/site",
        ],
    );

/// The name of a value and what the value is made of, once for all the rules that judge it.
#[derive(Default)]
pub(crate) struct Judged<'a> {
    name: OnceCell<Name<'a>>,
    mix: OnceCell<Mix>,
}

fn name_of<'a>(candidate: &Candidate<'a>) -> Name<'a> {
    let read = || {
        Name::compared(candidate.after, candidate.around)
            .unwrap_or_else(|| Name::of(candidate.before, candidate.key, candidate.around))
    };
    candidate.judged.map_or_else(read, |judged| *judged.name.get_or_init(read))
}

fn mix_of(candidate: &Candidate<'_>) -> Mix {
    let count = || Mix::of(candidate.text);
    candidate.judged.map_or_else(count, |judged| *judged.mix.get_or_init(count))
}

fn secret(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    if !may_be_random(value, 8) {
        return Outcome::Reject;
    }
    let name = name_of(candidate);
    let signed = is_signed_link(&name);
    if (name.harmless && !signed) || !(name.secret || signed || (name.key && name.near)) || stand_in::is_template(value) {
        return Outcome::Reject;
    }
    let loose = name.joint == Joint::Space || name.listed;
    if (loose && looks::is_rest_of_call(value))
        || (name.heading && !fills_line(candidate))
        || looks::is_alternative(candidate.before)
        || looks::is_address(value)
        || stand_in::is_in_resource_name(candidate.before)
        || !name.quoted && is_declared(candidate.before, value)
        || stand_in::is_encoded_prose(value)
    {
        return Outcome::Reject;
    }
    let mix = mix_of(candidate);
    let uuid = looks::is_uuid(value);
    let joined = name.joint != Joint::Space;
    let random = |bar| looks::is_random(value, &mix, bar);
    // The header's value names a scheme; without one it is the id of something that was allowed.
    let header = name.nearest.len() >= 13 && name.nearest.to_ascii_lowercase().ends_with(b"authorization");
    let found = if name.secret && name.near && !header {
        let rich = looks::is_sign_rich(value, &mix) && !looks::is_reference(value) && (name.quoted || joined && !name.arrow);
        rich || (joined || name.quoted) && value.len() >= 10 && random(Bar::Low) || value.len() >= 16 && random(Bar::High)
    } else if name.secret && !header {
        value.len() >= 16 && !uuid && random(Bar::High)
    } else {
        let alone = name.nearest.len() <= 5;
        let varied = mix.lower > 0 && mix.upper > 0;
        let spoken = is_spoken(&name);
        let access = spoken || joined && is_of_access(&name);
        (joined || spoken)
            && (value.len() >= 20 && !uuid && (varied || !alone) || value.len() >= 16 && access)
            && !has_id_prefix(value)
            && random(Bar::High)
    };
    reported(found && !vendor_forms::contradict(candidate), value)
}

/// `?Expires=…&Signature=…`: whoever has a link of CloudFront, S3 or Google's storage may do what it is signed for. Other
/// signatures prove, and let nobody in.
fn is_signed_link(name: &Name<'_>) -> bool {
    let linked = name.joint == Joint::Field || name.tight && matches!(name.before.last(), Some(b'?' | b'&'));
    linked && matches!(name.nearest, b"Signature" | b"X-Goog-Signature")
}

/// `secret[] = f(x);`: code gives the elements of an array in quotes or in brackets, and so does a file of settings where there
/// are brackets in a value.
fn is_declared(before: &[u8], value: &[u8]) -> bool {
    let head = before.trim_ascii_end().strip_suffix(b"=").map(<[u8]>::trim_ascii_end);
    head.is_some_and(|head| head.ends_with(b"[]")) && value.iter().any(|b| b"()[]{}".contains(b))
}

/// `my API key is …`
fn is_spoken(name: &Name<'_>) -> bool {
    let word = name.before.trim_ascii_end();
    let length = word.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = word.get(word.len() - length..).unwrap_or_default();
    name.nearest.eq_ignore_ascii_case(b"key") && [&b"api"[..], b"access", b"license"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// How far before a key what it opens may be named.
const ACCESS_REACH: usize = 96;

/// `Calling the … API`, and on the next line `Using key=…`; `credentials:` and below it `key: …`.
fn is_of_access(name: &Name<'_>) -> bool {
    const OPENED: [&[u8]; 3] = [b"api", b"credentials", b"credential"];
    const LED: [&[u8]; 6] = [b"using", b"with", b"the", b"my", b"your", b"our"];
    let text = name.before.get(name.before.len().saturating_sub(ACCESS_REACH)..).unwrap_or_default();
    let line = text.rsplit(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    let word = line.rsplit(|b| !b.is_ascii_alphabetic()).next().unwrap_or_default();
    let led = word.is_empty() || LED.iter().any(|led| word.eq_ignore_ascii_case(led));
    let opens = |word: &[u8]| {
        let from = word.iter().position(u8::is_ascii_alphanumeric).unwrap_or_default();
        let end = word.iter().rposition(u8::is_ascii_alphanumeric).map_or(from, |last| last + 1);
        let word = word.get(from..end).unwrap_or_default();
        OPENED.iter().any(|opened| word.eq_ignore_ascii_case(opened))
    };
    name.nearest.eq_ignore_ascii_case(b"key") && led && text.split(u8::is_ascii_whitespace).any(opens)
}

/// Whether the value is a line of its own.
fn fills_line(candidate: &Candidate<'_>) -> bool {
    let margin = candidate.before.iter().rev().take_while(|b| **b != b'\n');
    let ends = candidate.after.first().is_none_or(|b| matches!(b, b'\r' | b'\n'));
    ends && margin.take(8).all(|b| b" \t>-*".contains(b))
}

/// A cheap look before anything else: no short word, no sentence.
fn may_be_random(value: &[u8], least: usize) -> bool {
    let word = || value.iter().all(|b| b.is_ascii_alphabetic() || b"-_.,:;".contains(b));
    (least..=512).contains(&value.len())
        && !value.starts_with(b"arn:")
        && !value.contains(&b' ')
        && (value.len() >= 14 || !word())
}

fn reported(found: bool, value: &[u8]) -> Outcome {
    if !found {
        Outcome::Reject
    } else if repetitive(value) || stand_in::is_placeholder(value) {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::Low)
    }
}

/// `cus_…`, `req_…`: a lower-case word and an underscore begin an id.
fn has_id_prefix(value: &[u8]) -> bool {
    let word = value.iter().take_while(|b| b.is_ascii_lowercase()).count();
    (2..=12).contains(&word) && value.get(word) == Some(&b'_') && !KEY_PREFIXES.contains(&value.get(..word).unwrap_or_default())
}

/// Prefixes that keys have.
const KEY_PREFIXES: [&[u8]; 10] = [b"sk", b"rk", b"key", b"token", b"secret", b"pat", b"api", b"tok", b"live", b"test"];

fn vendor_secret(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    if !may_be_random(value, 10) {
        return Outcome::Reject;
    }
    let name = name_of(candidate);
    // A long word in a list is a value itself, and names none.
    let listed = name.listed && name.nearest.len() >= 32;
    let named = !name.harmless && !listed && (name.vendor || name.common);
    if !(named || may_be_glued(value)) || stand_in::is_template(value) || candidate.before.ends_with(b"arn:aws:") {
        return Outcome::Reject;
    }
    let found = named && is_vendors(value, &mix_of(candidate), &name) && !vendor_forms::contradict(candidate);
    reported(found || is_glued(value, candidate.around), value)
}

fn is_vendors(value: &[u8], mix: &Mix, name: &Name<'_>) -> bool {
    let random = |bar| looks::is_random(value, mix, bar);
    let uuid = looks::is_uuid(value);
    let hash = mix.hex == value.len() && matches!(value.len(), 40 | 64);
    let said = name.key || name.secret || name.password;
    if said {
        return random(Bar::Low) || value.len() >= 16 && random(Bar::High);
    }
    let own = value.len() >= 16 && !has_id_prefix(value) && random(Bar::High);
    match name.joint {
        Joint::Field => name.vendor && own && !uuid && !hash,
        Joint::Operator => own && (name.vendor || !uuid && !hash && value.len() >= 20),
        Joint::Space => own && name.vendor && !hash && value.len() >= 20,
    }
}

/// Long enough, and a word begins it.
fn may_be_glued(value: &[u8]) -> bool {
    value.len() >= 20 && value.iter().take(4).all(u8::is_ascii_alphabetic)
}

/// `vendor-secret-4f6b…`: the name is the beginning of the value.
fn is_glued(value: &[u8], around: &Around) -> bool {
    let separator = |b: &u8| b"-_.:".contains(b);
    if !may_be_glued(value) {
        return false;
    }
    let mut head = 0;
    for (at, _) in value.iter().enumerate().take(48).filter(|(_, b)| separator(b)) {
        let rest = value.get(at + 1..).unwrap_or_default();
        let piece = rest.iter().take_while(|b| !separator(b));
        if piece.clone().count() >= 6 && piece.clone().any(u8::is_ascii_digit) {
            head = at;
            break;
        }
    }
    let (name, rest) = (value.get(..head).unwrap_or_default(), value.get(head + 1..).unwrap_or_default());
    if head == 0 || rest.len() < 16 || looks::is_path(value) {
        return false;
    }
    let name = Name::of(b"", Some(name), around);
    let said = name.key || name.secret;
    let random = looks::is_random(rest, &Mix::of(rest), Bar::Low);
    random && !name.harmless && ((name.vendor || name.common) && said || name.vendor && looks::is_uuid(rest))
}
