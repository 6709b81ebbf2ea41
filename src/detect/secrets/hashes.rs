//! Hashes of passwords and tickets that can be cracked away from the server.

use crate::{
    detect::{
        checks::distinct,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&PASSWORD_HASH, &NAMED_HASH, &KERBEROS];

/// Password hashes in the form of crypt(5).
static PASSWORD_HASH: Rule = Rule::secret("password_hash", "PASSWORD_HASH")
    .issued_by_anybody()
    .token(
        &[
            "1$",
            "2$",
            "2a$",
            "2b$",
            "2x$",
            "2y$",
            "5$",
            "6$",
            "7$",
            "8$",
            "9$",
            "y$",
            "gy$",
            "sha1$",
            "md5$",
            "apr1$",
            "P$",
            "H$",
            "S$",
            "argon2i$",
            "argon2d$",
            "argon2id$",
            "scrypt$",
            "pbkdf2-sha1$",
            "pbkdf2-sha256$",
            "pbkdf2-sha512$",
        ],
        &[Alphabet::Crypt.between(22, 250)],
    )
    .checked(crypt)
    .known_from("crypt(5); PHC string format; documentation of Apache httpd, password formats")
    .evidence(
        &[
            "$2b$12${base62:53}",
            "root:$6${base62:16}${base62:86}:19000:0:99999:7:::",
            "$1${base62:8}${base62:22}",
            "admin:$apr1${base62:8}${base62:22}",
            "$argon2id$v=19$m=65536,t=3,p=4${base62:22}${base62:43}",
        ],
        &["$2b$12${base62:10}", "2b$12${base62:53}", "costs 1$ and {base62:40}", "$1$$$$$$$$$$$$$$$$$$$$$$$$$$$$"],
    );

fn crypt(candidate: &Candidate<'_>) -> Outcome {
    // The first `$` is no letter: the word begins after it.
    let salted = candidate.text.iter().filter(|b| **b == b'$').count() >= 2 || matches!(candidate.text, [b'P' | b'H' | b'S', ..]);
    let last = candidate.text.rsplit(|b| *b == b'$').next().unwrap_or_default();
    let hash = last.len() >= 20 && distinct(last) >= 10 && last.iter().any(u8::is_ascii_digit);
    if candidate.before.ends_with(b"$") && salted && hash { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// Password hashes of web frameworks, which begin with the name of the method.
static NAMED_HASH: Rule = Rule::secret("framework_password_hash", "PASSWORD_HASH")
    .issued_by_anybody()
    .token(
        &["pbkdf2_sha256$", "pbkdf2_sha1$", "pbkdf2:sha256:", "pbkdf2:sha1:", "scrypt:", "bcrypt_sha256$", "bcrypt$$", "argon2$"],
        &[Alphabet::Digits.between(0, 9), Part::OneOf(&["$", ":", "argon2"]), Alphabet::Crypt.between(40, 250)],
    )
    .checked(framework)
    .known_from("Django documentation, password management; Werkzeug documentation, security helpers")
    .evidence(
        &[
            "pbkdf2_sha256$260000${base62:12}${base64:43}=",
            "pbkdf2:sha256:150000${base62:8}${hex:64}",
            "pw: pbkdf2_sha1$1000${base62:12}${base62:43}",
        ],
        &["pbkdf2_sha256$260000", "pbkdf2_sha256", "pbkdf2:sha256:150000"],
    );

fn framework(candidate: &Candidate<'_>) -> Outcome {
    if distinct(candidate.text) >= 16 { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// Kerberos tickets in the form that password crackers read.
static KERBEROS: Rule = Rule::secret("kerberos_hash", "KERBEROS_HASH")
    .token(&["krb5asrep$", "krb5tgs$", "krb5pa$", "DCC2$"], &[Alphabet::Url.between(30, 8_192)])
    .known_from("RFC 4120 section 5.4; hash forms as observed")
    .evidence(
        &[
            "$krb5asrep$23$user@example.com:{hex:32}${hex:120}",
            "$krb5asrep$23${hex:32}${hex:200}",
            "$krb5tgs$23$*user$REALM$a/b*${hex:300}",
        ],
        &["$krb5asrep$", "krb5tgs$23", "$krb5other$23${hex:32}"],
    );
