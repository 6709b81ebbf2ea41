//! Credentials in command lines and in header lines.

use super::{
    looks::{self, Bar, Mix},
    name::{Joint, Name},
    stand_in,
};
use crate::{
    detect::{
        checks::{base64, repetitive},
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// How far before a value the command is looked for.
const COMMAND_REACH: usize = 240;

/// The value of an `Authorization` header that stands in text (RFC 9110 section 11.6.2).
pub(super) static AUTHORIZATION: Rule = Rule::secret("http_authorization", "AUTHORIZATION")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(authorization)
    .known_from("RFC 9110 section 11.6.2; RFC 7617; RFC 6750")
    .evidence(
        &["Authorization: Basic {basic}", "-H 'Authorization: Bearer {base62:32}'", "authorization=Token {hex:40}"],
        &["Authorization: Basic", "Authorization: Bearer ${TOKEN}", "a Bearer token that expires", "Basic {word:12}"],
    );

fn authorization(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    let Some(head) = candidate.before.strip_suffix(b" ").filter(|_| value.len() >= 8) else { return Outcome::Reject };
    let length = head.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    let word = head.get(head.len() - length..).unwrap_or_default();
    let scheme = |name: &[u8]| word.eq_ignore_ascii_case(name);
    if !SCHEMES.iter().any(|name| scheme(name)) || stand_in::is_template(value) {
        return Outcome::Reject;
    }
    let near = candidate.before.get(candidate.before.len().saturating_sub(48)..).unwrap_or_default().to_ascii_lowercase();
    let header = near.windows(13).any(|w| w == b"authorization")
        || candidate.key.is_some_and(|key| key.to_ascii_lowercase().ends_with(b"authorization"));
    let pair = if scheme(b"basic") { base64(value) } else { None };
    let placed = pair.as_ref().and_then(|text| text.splitn(2, |b| *b == b':').nth(1)).is_some_and(stand_in::is_placeholder);
    let found = if scheme(b"basic") {
        let pair = pair.is_some_and(|text| text.contains(&b':') && text.iter().all(|b| b.is_ascii_graphic() || *b == b' '));
        pair || (header && value.len() >= 12 && Mix::of(value).digits > 0)
    } else if scheme(b"bearer") {
        let mix = Mix::of(value);
        let bar = if header { Bar::Low } else { Bar::High };
        value.len() >= 12 && looks::is_random(value, &mix, bar)
    } else {
        header && value.len() >= 12 && looks::is_random(value, &Mix::of(value), Bar::Low)
    };
    match found {
        false => Outcome::Reject,
        true if placed || repetitive(value) || stand_in::is_placeholder(value) => Outcome::Placeholder,
        true => Outcome::Found(Confidence::Medium),
    }
}

/// Schemes of the header; the first two of the registry, the others as services use them.
const SCHEMES: [&[u8]; 9] = [b"basic", b"bearer", b"token", b"apikey", b"api-key", b"key", b"digest", b"negotiate", b"splunk"];

/// User and password in the arguments of a command.
pub(super) static COMMAND: Rule = Rule::secret("command_credential", "CREDENTIAL")
    .issued_by_anybody()
    .shaped(Shape::Assigned)
    .checked(command)
    .known_from("curl manual, option -u; manuals of sshpass, docker login, PsExec, mysql, sqlcmd and smbclient")
    .evidence(
        &[
            "curl -u {word:6}:{base62:12} https://api.example.com",
            "curl -X POST https://api.example.com --user '{word:6}:{base62:9}!'",
            "psexec \\\\host -u {word:8} -p {word:9} cmd",
            "sshpass -p {base62:12} ssh host",
            "mysql -u root -p'{base62:9}!7' app",
            "mysql -u root -p{base62:9}K7 app",
            "curl -u{word:6}:{base62:11}7 https://api.example.com",
            "sqlcmd -S db -U sa -P {base62:11}7",
            "smbclient //srv/share -U {word:6}%{base62:11}7",
            "az login --service-principal -u {uuid} -p {base62:34} --tenant {uuid}",
        ],
        &[
            "curl -u $USER:$PASSWORD https://a.example",
            "git push -u origin main:main",
            "curl -u user https://a.example",
            "docker run -p 8080:80",
            "docker run mongo -p 127.0.0.1:27017:27017",
            "mysql -port3306",
            "docker exec mysql\nmkdir -p {base62:11}7",
        ],
    );

fn command(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    let near = candidate.before.get(candidate.before.len().saturating_sub(COMMAND_REACH)..).unwrap_or_default();
    let trimmed = near.iter().rev().take_while(|b| b" \"'=\\$".contains(b)).count();
    let (head, joint) = near.split_at(near.len() - trimmed);
    // What all options end with that are looked for.
    if !head.last().is_some_and(|b| b"uUpPwr".contains(b)) {
        return Outcome::Reject;
    }
    // One command may go on after a backslash at the end of a line.
    let start = head.windows(2).rposition(|w| matches!(w, [before, b'\n'] if !b"\\\r".contains(before)));
    let head = head.get(start.unwrap_or_default()..).unwrap_or_default();
    let spaced = joint.iter().any(|b| b" =".contains(b));
    let option = |names: &[&[u8]]| names.iter().any(|name| head.ends_with(name) && head.len() > name.len());
    let user = if spaced { option(&[b" -u", b" --user", b" -U", b" --proxy-user", b"\n-u"]) } else { option(&[b" -u"]) };
    let secret = if spaced { option(&[b" -p", b" -w", b" -P"]) } else { option(&[b" -p"]) };
    if !(user || secret) || stand_in::is_template(value) || value.contains(&b'$') || !(6..=200).contains(&value.len()) {
        return Outcome::Reject;
    }
    let runs = |names: &[&[u8]]| names.iter().any(|name| head.windows(name.len()).any(|w| w.eq_ignore_ascii_case(name)));
    let sign = if runs(&[b"smbclient", b"rpcclient"]) { b'%' } else { b':' };
    let mut parts = value.splitn(2, |b| *b == sign);
    let (login, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let blank = [login, word].iter().any(|part| part.first().is_some_and(|b| b"[<{%".contains(b)));
    let pair = !blank && !login.is_empty() && !looks::is_path(value) && (!word.is_empty() || value.ends_with(b":"));
    let ports = value.iter().all(|b| b.is_ascii_digit() || b":./-".contains(b));
    let found = if user {
        (runs(&[b"curl", b"wget", b"http", b"smbclient", b"rpcclient"]) && pair)
            || (spaced
                && runs(&[b"psexec", b"sqlcmd", b"mysql", b"docker", b"podman", b"helm"])
                && candidate.after.windows(4).any(|w| w == b" -p "))
    } else if spaced {
        runs(PASSWORD_OPTION) && !ports
    } else {
        // A client of MySQL takes a password only where no space is between.
        runs(&[b"mysql", b"mariadb"]) && Mix::of(value).digits > 0 && !value.starts_with(b"ort")
    };
    match found {
        false => Outcome::Reject,
        true if repetitive(value) || stand_in::is_placeholder(value) => Outcome::Placeholder,
        true => Outcome::Found(Confidence::Medium),
    }
}

/// Commands that take a password behind `-p`, `-P` or `-w`.
const PASSWORD_OPTION: &[&[u8]] = &[
    b"psexec",
    b"sshpass",
    b"docker login",
    b"podman login",
    b"oc login",
    b"az login",
    b"htpasswd",
    b"ldapsearch",
    b"ldapmodify",
    b"mongo",
    b"sqlcmd",
    b"bcp ",
    b"cqlsh",
    b"rabbitmqadmin",
    b"mosquitto_",
];

/// The name that logs in, beside its password: the two are one credential.
pub(super) static LOGIN: Rule = Rule::secret("credential_login", "LOGIN")
    .issued_by_anybody()
    .low()
    .shaped(Shape::Assigned)
    .checked(login)
    .known_from("OWASP Secrets Management Cheat Sheet")
    .evidence(
        &[
            "Server=db;User Id={word:8};Password={base62:9};",
            "username={word:9}\npassword={base62:11}",
            "credentials {\n  username '{word:7}'\n  password '{base62:10}'\n}",
        ],
        &["username={word:9}", "user: {word:8}, role: admin", "username = req.user\npassword = req.password"],
    );

fn login(candidate: &Candidate<'_>) -> Outcome {
    let value = candidate.text;
    // What is not followed by another name is not worth a look.
    if value.len() > 64 || candidate.after.is_empty() {
        return Outcome::Reject;
    }
    let plain = value.iter().all(|b| b.is_ascii_alphanumeric() || b"_-@.\\".contains(b));
    if !plain {
        return Outcome::Reject;
    }
    // The password's name follows, right after what separates the two, and a value after that.
    let rest = candidate.after.iter().position(|b| b.is_ascii_alphabetic()).filter(|at| *at <= 12);
    let rest = rest.and_then(|at| candidate.after.get(at..)).unwrap_or_default();
    let word = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-".contains(b)).count();
    let given = rest.get(word..).unwrap_or_default();
    let given = given.iter().position(|b| !b" \t\"'=:>".contains(b)).and_then(|at| given.get(at..)).unwrap_or_default();
    let given = given.get(..given.iter().position(|b| b.is_ascii_whitespace() || b"\"';&<".contains(b)).unwrap_or(given.len()));
    let given = given.unwrap_or_default();
    let next = Name::of(b"", rest.get(..word), candidate.around);
    let value_follows = || given.len() >= 4 && !stand_in::is_template(given) && !looks::is_reference(given);
    if !next.password || next.harmless || !value_follows() {
        return Outcome::Reject;
    }
    let name = Name::of(candidate.before, candidate.key, candidate.around);
    let named = name.login || (name.harmless && name.nearest.eq_ignore_ascii_case(b"id") && name.joint == Joint::Operator);
    let nobody = value.eq_ignore_ascii_case(b"anonymous") || value.eq_ignore_ascii_case(b"nobody");
    if !named || nobody || looks::is_reference(value) {
        Outcome::Reject
    } else if repetitive(given) || stand_in::is_placeholder(given) {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::Low)
    }
}
