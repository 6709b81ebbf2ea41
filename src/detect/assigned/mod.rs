//! Secrets without a form of their own: what gives them away is the name that they stand under, and that they look random.

mod commands;
mod looks;
mod name;
mod said;
mod value;
mod vendors;
mod words;

use core::cell::OnceCell;

use looks::{Bar, Mix};
use name::{Joint, Name};
pub(super) use said::Said;
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
    &[&commands::AUTHORIZATION, &commands::COMMAND, &PASSWORD, &SECRET, &VENDOR_SECRET, &commands::LOGIN];

/// Passwords under a name that says so.
static PASSWORD: Rule = Rule::secret("password", "PASSWORD")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(password)
    .known_from("OWASP Secrets Management Cheat Sheet")
    .evidence(
        &[
            "password = \"{base62:6}!{base62:5}\"",
            "db_passwd: {base62:12}7",
            "PGPASSWORD={base62:10}#7",
            "$config['password'] = '{base62:10}%7';",
            "AdminPassword : \"{word:12}\"",
            "if (\"{word:4}}{word:4}[{word:4})\" !== db_password) {",
            "if (passwd == \"{word:4}}{word:4}[{word:4})\") {",
            "db_pass := {word:3}{{{word:3})$#{word:3}",
            "MAIL_PASSWORD={word:9}",
        ],
        &[
            "password = \"\"",
            "password: string",
            "password=${DB_PASSWORD}",
            "password: ********",
            "password = get_password(user)",
            "the password [PASSWORD:1] was taken out",
            "password_reset_url = \"{word:6}{digits:4}\"",
            "password: \"Please enter your password\"",
        ],
    );

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
            "const apiKey: string = '{base62:30}';",
        ],
        &[
            "commit = \"{hex:40}\"",
            "next_page_token: {word:10}",
            "max_tokens=4096",
            "key_id={base62:24}",
            "\"publicKey\": \"{base62:44}\"",
            "idempotency_key={uuid}",
            "token = request.headers.authorization",
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
        &["weatherbit_id = '{hex:32}'", "chartmogul {word:32}", "the daily {hex:40}", "gitlab {hex:40}", "redis-{hex:10}"],
    );

/// Words that stand for a type, a state or nothing where a value could be.
const NO_VALUES: &[&str] = &[
    "string",
    "number",
    "boolean",
    "undefined",
    "required",
    "optional",
    "null",
    "none",
    "nil",
    "true",
    "false",
    "default",
    "text",
    "object",
    "any",
    "buffer",
    "input",
    "changed",
    "disabled",
    "enabled",
    "invalid",
    "missing",
    "incorrect",
    "empty",
    "reset",
    "forgot",
    "confirm",
    "unknown",
    "value",
    "plaintext",
    "encrypted",
    "hashed",
    "varchar",
];

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

fn password(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    if !(4..=128).contains(&value.len()) {
        return Outcome::Reject;
    }
    let mut name = name_of(candidate);
    name.password |= name.quoted && is_identified(candidate.before);
    let bare = value.strip_suffix(b";").or_else(|| value.strip_suffix(b",")).unwrap_or(value);
    let no_value = NO_VALUES.iter().any(|word| bare.eq_ignore_ascii_case(word.as_bytes()));
    if !name.password || name.harmless || no_value || looks::is_template(value) {
        return Outcome::Reject;
    }
    let mix = mix_of(candidate);
    if mix.letters() + mix.digits < 3 || is_address(value) || value.ends_with(b"=") && mix.digits == 0 {
        return Outcome::Reject;
    }
    if mix.spaces > 0 {
        let whole = name.quoted || name.joint == Joint::Field;
        return if whole && is_phrase(value, &mix) { Outcome::Found(Confidence::Low) } else { Outcome::Reject };
    }
    let worded = mix.letters() + value.iter().filter(|b| b"_-".contains(b)).count() == value.len();
    let accepted = match name.joint {
        Joint::Field => true,
        Joint::Operator if name.quoted && worded => {
            value.len() >= 8 && !name.listed && !looks::is_reference(value) && mix.letters() > 0
        }
        Joint::Operator if name.quoted => mix.letters() + mix.digits > 0 && !value.ends_with(b"@"),
        Joint::Operator if name.arrow || looks::is_reference(value) || value.ends_with(b"@") => false,
        Joint::Operator if worded => is_line(candidate, &name),
        Joint::Operator => mix.digits + mix.signs > 0 && !starts_with_name(value, &name),
        // A word that a function is given is no password.
        Joint::Space if name.quoted => {
            !(looks::is_reference(value) || (worded && candidate.before.iter().rev().nth(1) == Some(&b'(')))
        }
        Joint::Space => mix.digits > 0 && mix.letters() > 0 && !looks::is_reference(value) && !looks::is_path(value),
    };
    // `password 'password'` gives a value, `PASSWORD = "password"` defines a word.
    let same = worded && name.joint != Joint::Space && is_named_like(value, candidate.around);
    if !accepted {
        Outcome::Reject
    } else if repetitive(value) || looks::is_placeholder(value) || same {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::Low)
    }
}

/// `IDENTIFIED BY '…'` of SQL.
fn is_identified(before: &[u8]) -> bool {
    let head = before.get(before.len().saturating_sub(15)..).unwrap_or_default();
    head.to_ascii_lowercase().starts_with(b"identified by ")
}

/// A few small words, and none of those that labels and messages have.
fn is_phrase(value: &[u8], mix: &Mix) -> bool {
    const PROSE: [&[u8]; 18] = [
        b"must",
        b"should",
        b"please",
        b"enter",
        b"required",
        b"invalid",
        b"your",
        b"password",
        b"the",
        b"is",
        b"not",
        b"forgot",
        b"reset",
        b"change",
        b"confirm",
        b"character",
        b"characters",
        b"or",
    ];
    let mut words = value.split(|b| *b == b' ');
    let few = (1..=7).contains(&mix.spaces) && mix.lower + mix.digits + mix.spaces == mix.length;
    few && words.all(|word| !word.is_empty() && !PROSE.contains(&word))
}

/// `localhost:5672`: a host and its port.
fn is_address(value: &[u8]) -> bool {
    let Some(colon) = value.iter().rposition(|b| *b == b':') else { return false };
    let (host, port) = value.split_at(colon);
    let plain = host.iter().all(|b| b.is_ascii_lowercase() || b".-".contains(b));
    plain && (2..=5).contains(&port.len().saturating_sub(1)) && port.iter().skip(1).all(u8::is_ascii_digit)
}

/// The value is what the field is called.
fn is_named_like(value: &[u8], around: &Around) -> bool {
    let mut name = Name::of(b"", Some(value), around);
    name.key |= name.secret;
    value.len() <= 24
        && (name.password || name.key || name.login)
        && value.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b))
        && {
            let word = ["password", "passwd", "passphrase", "secret", "pass", "username", "token", "pwd"];
            word.iter().any(|word| value.eq_ignore_ascii_case(word.as_bytes())) || value.contains(&b'_') || value.contains(&b'-')
        }
}

fn starts_with_name(value: &[u8], name: &Name<'_>) -> bool {
    let head = value.get(..name.nearest.len()).unwrap_or_default();
    !head.is_empty() && head.eq_ignore_ascii_case(name.nearest)
}

/// `NAME=word` as a line of its own, or as a part of a query or connection string.
fn is_line(candidate: &Candidate<'_>, name: &Name<'_>) -> bool {
    let opens = matches!(name.before.last(), None | Some(b'\n' | b'\r' | b'&' | b'?' | b';'));
    let closes = matches!(candidate.after.first(), None | Some(b'\n' | b'\r' | b'&' | b';' | b'"'));
    name.tight && opens && closes && candidate.text.len() >= 6 && !starts_with_name(candidate.text, name)
}

fn secret(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    let name = name_of(candidate);
    if name.harmless || !(name.secret || (name.key && name.near)) || !may_be_random(value, 8) || looks::is_template(value) {
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
        joined && value.len() >= 20 && !uuid && (varied || !alone) && !has_id_prefix(value) && random(Bar::High)
    };
    reported(found, value)
}

/// A cheap look before anything else: no short word, no sentence.
fn may_be_random(value: &[u8], least: usize) -> bool {
    let word = || value.iter().all(|b| b.is_ascii_alphabetic() || b"-_.,:;".contains(b));
    (least..=512).contains(&value.len()) && !value.contains(&b' ') && (value.len() >= 14 || !word())
}

fn reported(found: bool, value: &[u8]) -> Outcome {
    if !found {
        Outcome::Reject
    } else if repetitive(value) || looks::is_placeholder(value) {
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
    let name = name_of(candidate);
    let named = !name.harmless && (name.vendor || name.common);
    if !(named || may_be_glued(value)) || !may_be_random(value, 10) || looks::is_template(value) {
        return Outcome::Reject;
    }
    let found = named && is_vendors(value, &mix_of(candidate), &name);
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
