//! E-mail addresses.

use crate::{
    detect::{
        rule::{Candidate, Outcome, Rule},
        shape::Shape,
    },
    finding::Confidence,
};

/// Mailboxes (RFC 5321 section 4.1.2, dot-string local parts).
pub(super) static EMAIL: Rule = Rule::pii("email", "EMAIL", email)
    .low()
    .shaped(Shape::Email)
    .known_from("RFC 5321 section 4.1.2; reserved names: RFC 2606, RFC 6761")
    .evidence(
        &["{word:7}@{word:8}.com", "write to {word:5}.{word:6}@mail.{word:6}.co.uk.", "<{word:6}+news@{word:9}.io>"],
        &["{word:6}@localhost", "@{word:8}.com", "{word:5}@{word:5}.1", "git@{word:7}.com:a/b.git"],
    );

fn email(candidate: &Candidate<'_>) -> Outcome {
    let Some(at) = candidate.text.iter().position(|b| *b == b'@') else { return Outcome::Reject };
    let (local, domain) = (candidate.text.get(..at).unwrap_or_default(), candidate.text.get(at + 1..).unwrap_or_default());
    let labels = domain.split(|b| *b == b'.');
    let well_formed = labels.clone().count() >= 2
        && labels.clone().all(|l| !l.is_empty() && l.len() <= 63 && !l.starts_with(b"-") && !l.ends_with(b"-"));
    let top = labels.clone().next_back().unwrap_or_default();
    let named_top = top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic);
    let dots = local.starts_with(b".") || local.ends_with(b".") || local.windows(2).any(|w| w == b"..");
    if !well_formed || !named_top || dots || local == b"git" || in_userinfo(candidate.before) {
        return Outcome::Reject;
    }
    let invented = |word: &[u8]| [&b"fake"[..], b"dummy", b"example"].iter().any(|known| word.eq_ignore_ascii_case(known));
    if reserved(domain)
        || local.split(|b| !b.is_ascii_alphanumeric()).any(invented)
        || local == b"noreply"
        || local.starts_with(b"your")
        || domain.starts_with(b"your")
    {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::High)
    }
}

/// `scheme://user:password@host` is no mailbox.
fn in_userinfo(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(64)..).unwrap_or_default();
    let word = near.iter().rposition(u8::is_ascii_whitespace).map_or(near, |at| near.get(at..).unwrap_or_default());
    word.windows(3).rposition(|w| w == b"://").is_some_and(|at| !word.get(at + 3..).unwrap_or_default().contains(&b'/'))
}

fn reserved(domain: &[u8]) -> bool {
    let suffixes: [&[u8]; 9] = [
        b"example.com",
        b"example.org",
        b"example.net",
        b"example",
        b"test",
        b"invalid",
        b"localhost",
        b"local",
        b"noreply.github.com",
    ];
    suffixes.iter().any(|suffix| {
        let Some((rest, end)) = domain.len().checked_sub(suffix.len()).and_then(|at| domain.split_at_checked(at)) else {
            return false;
        };
        end.eq_ignore_ascii_case(suffix) && (rest.is_empty() || rest.ends_with(b"."))
    })
}
