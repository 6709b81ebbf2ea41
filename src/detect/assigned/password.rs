//! Passwords: a name that says so, and a value that can be one.

use super::{
    looks::{self, Mix},
    mix_of,
    name::{Joint, Name},
    name_of, stand_in,
};
use crate::{
    detect::{
        checks::repetitive,
        context::Around,
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// Passwords under a name that says so.
pub(super) static PASSWORD: Rule = Rule::secret("password", "PASSWORD")
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
            "{\"user\":\"{word:4}\",\"pass\":\"{base62:9}!7\"}",
            "{\"name\":\"DB_PASSWORD\",\"value\":\"{base62:9}!7\"}",
            "psk=\"{base62:9}!7\"",
            "AdminPassword : \"{word:12}\"",
            "if (\"{word:4}}{word:4}[{word:4})\" !== db_password) {",
            "if (passwd == \"{word:4}}{word:4}[{word:4})\") {",
            "db_pass := {word:3}{{{word:3})$#{word:3}",
            "MAIL_PASSWORD={word:9}",
            "if (\"{word:4}}{word:4}[{word:4})$#{word:12}\" != my_quite_long_name_password) {",
            "password: |\n  {base62:9}!7\n",
            "<property name=\"connection.password\">{base62:9}!7</property>",
            "$password = ConvertTo-SecureString \"{base62:9}!7\" -AsPlainText",
            "db_pass: '{one}A,.:-*?!'",
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
            "password: required|min:{two}",
            "pub pw_passwd: *const c_char",
            "then pass the `Flat{word:4}`",
            "do not pass \"the_{word:6}\" down",
            "| Regex must pass | `Fun{word:5}`",
            "build: pass --debug-ng{two}",
            "runs faster than two-pass mem{two}+SWAR",
            "type: \"test:pass\" | \"test:fail\"",
            "pass_usize(value.1)",
            "from('user:pass').toString(\"base64\")",
            "Path::new(\"/etc/passwd\").has_root()",
            "PWD: '/Users/{word:6}'",
            "f(self, password):\n \"\"\"Constructor.",
            "user.password || !parsed.hostname",
            "a password must pass `shows{word:4}`",
            "password = \",.:-*?!\"",
            "password: ENC[AES256_GCM,data:{base62:14}==,iv:{base62:42}=,tag:{base62:22}==,type:str]",
            "password: op://vault/item-{digits:3}/password",
            "password = \"arn:aws:secretsmanager:eu-west-1:{digits:12}:secret:db-{base62:6}\"",
            "password: keyvault://{word:5}/db-{digits:4}",
            "password = \"vault:secret/data/{word:5}#{word:6}{two}\"",
        ],
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

fn password(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    if !(4..=128).contains(&value.len()) || is_prose(candidate) {
        return Outcome::Reject;
    }
    let mut name = name_of(candidate);
    name.password |= name.quoted && is_identified(candidate.before);
    if !name.password || name.harmless {
        return Outcome::Reject;
    }
    let bare = value.strip_suffix(b";").or_else(|| value.strip_suffix(b",")).unwrap_or(value);
    // `required|min:8` of a form's validator.
    let bare = bare.split(|b| *b == b'|').next().unwrap_or_default();
    let no_value = NO_VALUES.iter().any(|word| bare.eq_ignore_ascii_case(word.as_bytes()));
    if no_value || stand_in::is_template(value) {
        return Outcome::Reject;
    }
    let mix = mix_of(candidate);
    let signs = name.quoted && looks::is_sign_rich(value, &mix);
    if (mix.letters() + mix.digits < 3 && !signs) || looks::is_address(value) || value.ends_with(b"=") && mix.digits == 0 {
        return Outcome::Reject;
    }
    if mix.spaces > 0 {
        let whole = name.quoted || name.joint == Joint::Field;
        return match whole && is_phrase(value, &mix) {
            false => Outcome::Reject,
            true if stand_in::is_placeholder(value) => Outcome::Placeholder,
            true => Outcome::Found(Confidence::Low),
        };
    }
    let spaced = name.joint == Joint::Space || name.listed;
    let verb = name.nearest == b"pass" && is_verb(candidate.before, name.before);
    let path = name.nearest.to_ascii_lowercase().ends_with(b"pwd") && matches!(value, [b'/' | b'~', ..]);
    let foreign = value.iter().filter(|b| !b.is_ascii()).count() * 2 > value.len() && value.len() > 24;
    if verb
        || path
        || foreign
        || documents(candidate.before)
        || looks::is_alternative(candidate.before)
        || (spaced && looks::is_rest_of_call(value))
    {
        return Outcome::Reject;
    }
    let full_stop = usize::from(value.ends_with(b"."));
    let worded = full_stop + mix.letters() + value.iter().filter(|b| b"_-".contains(b)).count() == value.len();
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
        // `pass_size(value.1)` is a call, `two-pass scan2` a way to do it.
        Joint::Space if candidate.before.ends_with(b"(") || name.nearest.ends_with(b"-pass") => false,
        Joint::Space => mix.digits > 0 && mix.letters() > 0 && !looks::is_reference(value) && !looks::is_path(value),
    };
    // `password 'password'` gives a value, `PASSWORD = "password"` defines a word.
    let same = worded && name.joint != Joint::Space && is_named_like(value, candidate.around);
    if !accepted {
        Outcome::Reject
    } else if repetitive(value) || stand_in::is_placeholder(value) || same {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::Low)
    }
}

/// Nothing but a space joins it to the word before it, and it has no digit: no password is given so. Most values are refused here,
/// before their names are read.
fn is_prose(candidate: &Candidate<'_>) -> bool {
    let head = candidate.before.iter().rev().find(|b| **b != b' ');
    candidate.before.ends_with(b" ")
        && head.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.')
        && !candidate.text.iter().any(u8::is_ascii_digit)
        && !matches!(candidate.after, [b'"' | b'\'' | b'`', ..])
}

/// `to pass "…"`, `pass --quiet`: what is handed over, and not with a sign that gives it to a name.
fn is_verb(before: &[u8], name: &[u8]) -> bool {
    let gap = before.iter().rev().take(8).take_while(|b| b" \"'`".contains(b)).count();
    let joined = before.get(..before.len() - gap).is_some_and(|head| matches!(head, [.., b'=' | b':' | b'>']));
    let told = matches!(name, [] | [.., b'a'..=b'z' | b':' | b'.' | b'|', b' ' | b'\n']);
    let code = matches!(before, [.., b'`' | b' ']) && before.iter().rev().take(2).any(|b| *b == b'`');
    !before.is_empty() && !joined && (told || code)
}

/// `def f(password):` and then the text that says what it does.
fn documents(before: &[u8]) -> bool {
    let head = before.strip_suffix(b"\"\"\"").or_else(|| before.strip_suffix(b"'''"));
    head.is_some_and(|head| head.trim_ascii_end().ends_with(b"):"))
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
