//! Credentials that anybody may issue.

use crate::{
    detect::{
        checks::base64,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Shape},
    },
    finding::Confidence,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&JWT, &PRIVATE_KEY];

/// Signed JSON web tokens (RFC 7519): three segments, the first a JSON header.
static JWT: Rule = Rule::secret("jwt", "JWT")
    .issued_by_anybody()
    .token(&["eyJ"], &[Alphabet::Dotted.between(20, 16_384)])
    .checked(jwt)
    .known_from("RFC 7519, RFC 7515 section 3.1")
    .evidence(
        &["{jwt}", "Authorization: Bearer {jwt}", "id_token={jwt}&state=1", "cut {jwtcut} here"],
        &["eyJ{base64url:40}", "eyJ{base64url:40}.{base64url:40}.{base64url:40}", "eyJhbGciOiJub25lIn0"],
    );

fn jwt(candidate: &Candidate<'_>) -> Outcome {
    // A header is short: a run without a dot near its beginning is no token, and is not read to its end.
    if !candidate.text.get(..1024).unwrap_or(candidate.text).contains(&b'.') {
        return Outcome::Reject;
    }
    let mut segments = candidate.text.split(|b| *b == b'.');
    let (Some(header), Some(payload)) = (segments.next(), segments.next()) else { return Outcome::Reject };
    // Without its signature it lets nobody in, and still says who somebody is.
    let signature = segments.next();
    let object = |segment: &[u8]| base64(segment).is_some_and(|json| json.starts_with(b"{\"") && json.ends_with(b"}"));
    let algorithm = base64(header).is_some_and(|json| json.windows(5).any(|w| w == b"\"alg\""));
    if !algorithm || !object(header) || !object(payload) {
        return Outcome::Reject;
    }
    match signature {
        Some(signature) if signature.len() >= 16 => Outcome::Found(Confidence::High),
        None if payload.len() >= 40 => Outcome::Found(Confidence::Low),
        _ => Outcome::Reject,
    }
}

/// Private keys in PEM (RFC 7468) and its OpenSSH and PGP relatives.
static PRIVATE_KEY: Rule = Rule::secret("private_key", "PRIVATE_KEY")
    .shaped(Shape::Pem)
    .checked(private_key)
    .known_from("RFC 7468, RFC 9580 section 6.2")
    .evidence(
        &["{pem:RSA PRIVATE KEY}", "key: {pem:PRIVATE KEY}", "{pem:OPENSSH PRIVATE KEY}", "{pem:PGP PRIVATE KEY BLOCK}"],
        &["{pem:PUBLIC KEY}", "{pem:CERTIFICATE}", "-----BEGIN PRIVATE KEY-----\nYOUR KEY HERE\n-----END PRIVATE KEY-----"],
    );

fn private_key(candidate: &Candidate<'_>) -> Outcome {
    let text = candidate.text.get(11..).unwrap_or_default();
    let label_end = text.windows(5).take(64).position(|w| w == b"-----").unwrap_or_default();
    let key_bytes = text.get(label_end + 5..).unwrap_or_default().iter().take(400).filter(|b| b.is_ascii_alphanumeric()).count();
    // The smallest real key (Ed25519 in PKCS #8) has 64 characters.
    if key_bytes >= 60 { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}

/// Whether a block begins with the label of a private key.
pub(in crate::detect) fn begins_private_key(block: &[u8]) -> bool {
    let Some(rest) = block.strip_prefix(b"-----BEGIN ") else { return false };
    let label = rest.iter().take(64).position(|b| *b == b'-').and_then(|end| rest.get(..end)).unwrap_or_default();
    label.ends_with(b"PRIVATE KEY") || label.ends_with(b"PRIVATE KEY BLOCK")
}

/// Length of a block that starts with `-----BEGIN `: to the end of its END line, else as far as key text goes.
pub(in crate::detect) fn pem_length(block: &[u8]) -> usize {
    let mut at = 11;
    while let Some(byte) = block.get(at) {
        let rest = block.get(at..).unwrap_or_default();
        if rest.starts_with(b"-----BEGIN ") {
            break;
        }
        if rest.starts_with(b"-----END ") {
            let tail = rest.get(9..).unwrap_or_default();
            let end = tail.iter().take(80).position(|b| *b == b'-').map_or(0, |dash| dash + 5);
            return (at + 9 + end).min(block.len());
        }
        if !(byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=:,-.\\()".contains(byte)) {
            break;
        }
        at += 1;
    }
    at
}
