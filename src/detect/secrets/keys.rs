//! Private keys and tokens in forms that no vendor owns.

use crate::{
    detect::{
        bech32,
        checks::{base64, distinct, repetitive},
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&AGE, &PUTTY, &ENCODED_JWT, &ENCODED_PRIVATE_KEY, &JWK, &OTP];

/// Secret keys of age: Bech32 in upper case, with a checksum.
static AGE: Rule = Rule::secret("age_secret_key", "PRIVATE_KEY")
    .token(&["AGE-SECRET-KEY-1"], &[Alphabet::Upper.between(50, 62)])
    .checked(age)
    .known_from("age specification, X25519 recipients; BIP 173")
    .evidence(
        &["AGE-SECRET-KEY-1{bech32upper:58}", "key: AGE-SECRET-KEY-1{bech32upper:58}", "# x\nAGE-SECRET-KEY-1{bech32upper:58}\n"],
        &["AGE-SECRET-KEY-1{bech32upper:20}", "age1{word:58}", "AGE-SECRET-KEY-1{bech32upper:70}"],
    );

fn age(candidate: &Candidate<'_>) -> Outcome {
    if repetitive(candidate.text) {
        return Outcome::Placeholder;
    }
    Outcome::Found(if bech32::checksum(candidate.text) == Some(1) { Confidence::High } else { Confidence::Medium })
}

/// The private part of a key file of PuTTY.
static PUTTY: Rule = Rule::secret("putty_private_key", "PRIVATE_KEY")
    .token(
        &["Private-Lines: "],
        &[Alphabet::Digits.between(1, 3), Part::OneOf(&["\r\n", "\n", "\\r\\n", "\\n"]), Alphabet::Lines.between(40, 8_192)],
    )
    .checked(varied)
    .known_from("PuTTY user manual, appendix C")
    .evidence(
        &[
            "Private-Lines: 2\n{base64:64}\n{base64:40}\nPrivate-MAC: {hex:40}",
            "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n{base64:48}\nPrivate-MAC: {hex:64}",
            "Private-Lines: 14\r\n{base64:64}\r\n{base64:64}",
        ],
        &["Public-Lines: 2\n{base64:64}\n{base64:40}", "Private-Lines: 0", "Private-Lines: 2 of 14"],
    );

fn varied(candidate: &Candidate<'_>) -> Outcome {
    if distinct(candidate.text) >= 20 { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// A signed web token that was encoded once more.
static ENCODED_JWT: Rule = Rule::secret("encoded_jwt", "JWT")
    .issued_by_anybody()
    .token(&["ZXlK"], &[Alphabet::Base64.between(60, 16_384)])
    .checked(encoded_jwt)
    .known_from("RFC 7519; RFC 4648")
    .evidence(
        &[
            "{base64of:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.:160}",
            "token: {base64of:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.:160}",
            "x={base64of:eyJraWQiOiIxIn0.eyJzdWIiOiIxIn0.:160}",
        ],
        &["ZXlK{base62:20}", "ZXlK{base62:80}", "{base64of:eyJ.x.:90}"],
    );

fn encoded_jwt(candidate: &Candidate<'_>) -> Outcome {
    let Some(token) = base64(candidate.text) else { return Outcome::Reject };
    let mut segments = token.split(|b| *b == b'.');
    let (header, payload, signature) =
        (segments.next().unwrap_or_default(), segments.next(), segments.next().unwrap_or_default());
    let object = base64(header).is_some_and(|json| json.starts_with(b"{\"") && json.trim_ascii_end().ends_with(b"}"));
    let claims = payload.is_some_and(|text| text.starts_with(b"ey"));
    if object && claims && signature.len() >= 16 { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// A PEM private key that was encoded once more, as in kubeconfig files.
static ENCODED_PRIVATE_KEY: Rule = Rule::secret("encoded_private_key", "PRIVATE_KEY")
    .token(&["LS0tLS1CRUdJTi"], &[Alphabet::Base64.between(80, 16_384)])
    .checked(encoded_private_key)
    .known_from("Kubernetes documentation, kubeconfig; RFC 7468")
    .evidence(
        &[
            "client-key-data: {base64of:-----BEGIN RSA PRIVATE KEY-----\n:300}",
            "{base64of:-----BEGIN EC PRIVATE KEY-----\n:160}",
            "key={base64of:-----BEGIN PRIVATE KEY-----\n:200}",
        ],
        &[
            "{base64of:-----BEGIN CERTIFICATE-----\n:300}",
            "{base64of:-----BEGIN PUBLIC KEY-----\n:300}",
            "LS0tLS1CRUdJTi{base62:20}",
        ],
    );

fn encoded_private_key(candidate: &Candidate<'_>) -> Outcome {
    // A whole number of base64 groups: the label is within them.
    let head = candidate.text.get(..64).and_then(base64).unwrap_or_default();
    let private = head.windows(11).any(|w| w == b"PRIVATE KEY");
    if private { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// The private members of a JSON web key: the name is one letter, so that only the exact lengths of keys count.
static JWK: Rule = Rule::secret("jwk_private_member", "PRIVATE_KEY")
    .shaped(Shape::Assigned)
    .checked(jwk)
    .known_from("RFC 7518 section 6")
    .evidence(
        &[
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"{base64url:43}\"}",
            "\"d\": \"{base64url:342}\"",
            "\"dp\":\"{base64url:171}\"",
        ],
        &["\"x\":\"{base64url:43}\"", "\"d\": \"{base64url:40}\"", "\"d\": \"{word:43}\"", "\"n\":\"{base64url:342}\""],
    );

fn jwk(candidate: &Candidate<'_>) -> Outcome {
    let before = candidate.before;
    let name = match candidate.key.filter(|_| before.is_empty()) {
        Some(key) => key,
        None => {
            let gap = before.iter().rev().take(8).take_while(|b| b" \"'\\:=".contains(b)).count();
            let head = before.get(..before.len() - gap).unwrap_or_default();
            let word = head.iter().rev().take(8).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
            head.get(head.len() - word..).unwrap_or_default()
        }
    };
    let fits = match name {
        b"d" => matches!(candidate.text.len(), 43 | 64 | 76 | 88 | 342 | 512),
        b"p" | b"q" | b"dp" | b"dq" | b"qi" => matches!(candidate.text.len(), 171 | 256 | 342),
        _ => false,
    };
    if !fits {
        return Outcome::Reject;
    }
    let has = |class: fn(&u8) -> bool| candidate.text.iter().any(class);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let plain = candidate.text.iter().all(|b| Alphabet::Base64Url.contains(*b));
    if mixed && plain && distinct(candidate.text) >= 20 { Outcome::Found(Confidence::Medium) } else { Outcome::Reject }
}

/// The address that sets up one-time passwords, with the secret in it.
static OTP: Rule = Rule::secret("otpauth_url", "OTP_SECRET")
    .issued_by_anybody()
    .token(&["otpauth://"], &[Part::OneOf(&["totp/", "hotp/"]), Alphabet::Url.between(16, 400)])
    .checked(otp)
    .known_from("Google Authenticator wiki, key URI format")
    .evidence(
        &[
            "otpauth://totp/Acme:ana?secret={base32:32}&issuer=Acme",
            "otpauth://hotp/a?secret={base32:16}&counter=1",
            "uri: otpauth://totp/a%40b?issuer=x&secret={base32:26}",
        ],
        &["otpauth://totp/Acme:ana?issuer=Acme", "otpauth://totp/Acme", "otpauth://totp/a?secret=&issuer=Acme0000"],
    );

fn otp(candidate: &Candidate<'_>) -> Outcome {
    let at = candidate.text.windows(7).position(|w| w == b"secret=");
    let secret = at.and_then(|at| candidate.text.get(at + 7..)).unwrap_or_default();
    let length = secret.iter().take_while(|b| Alphabet::Base32.contains(b.to_ascii_uppercase())).count();
    if length >= 16 { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
