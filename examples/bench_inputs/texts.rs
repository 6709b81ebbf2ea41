//! The texts: chats with a model, as JSON, of about a size.

use interven::{Rule, redact_text, rules};
use serde_json::json;

use crate::{
    pieces,
    support::generate::{Random, expand},
};

/// A kind of text.
pub struct Kind {
    pub name: &'static str,
    /// One piece in so many is what the kind is about; none for 0.
    every: u64,
    special: fn(&mut Random) -> String,
    /// Whether pieces in which anything is found are left out.
    clean: bool,
}

/// Prose, code and the identifiers that stand in both.
pub const CLEAN: Kind = Kind { name: "clean", every: 0, special: pieces::innocent, clean: true };
pub const KINDS: &[Kind] = &[
    CLEAN,
    // Cut tokens, the rules' own counter-examples, hashes, dates: a candidate every eighty bytes.
    Kind { name: "near-miss", every: 2, special: near_miss, clean: true },
    // Something to find every eighty bytes.
    Kind { name: "dense", every: 2, special: hit, clean: false },
];

fn any_rule(random: &mut Random) -> &'static Rule {
    let all: Vec<&'static Rule> = rules().collect();
    all[random.below(all.len() as u64) as usize]
}

fn of(random: &mut Random, templates: &[&str]) -> String {
    let template = templates[random.below(templates.len() as u64) as usize];
    expand(template, random)
}

fn near_miss(random: &mut Random) -> String {
    let rule = any_rule(random);
    let text = match random.below(3) {
        0 => pieces::innocent(random),
        1 => of(random, rule.negatives),
        _ => {
            let whole = of(random, rule.positives);
            whole.chars().take(whole.chars().count() * 2 / 3).collect()
        }
    };
    text + " "
}

fn hit(random: &mut Random) -> String {
    let rule = any_rule(random);
    // Key blocks are as long as everything else together.
    let text = of(random, rule.positives);
    if text.len() > 400 { pieces::innocent(random) } else { text + " " }
}

/// A chat of about `size` bytes.
pub fn chat(kind: &Kind, size: usize) -> String {
    let mut random = Random::named(&format!("{}{size}", kind.name));
    let mut messages = Vec::new();
    let mut length = 40;
    while length < size {
        let content = content(kind, &mut random, (size - length).min(1500), size < 64 << 10);
        let role = if messages.len() % 2 == 0 { "user" } else { "assistant" };
        let message = json!({ "role": role, "content": content });
        length += message.to_string().len() + 1;
        messages.push(message);
    }
    json!({ "model": "large-1", "temperature": 0.7, "messages": messages }).to_string()
}

fn content(kind: &Kind, random: &mut Random, size: usize, ascii: bool) -> String {
    let mut text = String::new();
    while text.len() < size {
        let paragraph = paragraph(kind, random, ascii);
        if !kind.clean || redact_text(&paragraph) == paragraph {
            text.push_str(&paragraph);
        }
    }
    text
}

fn paragraph(kind: &Kind, random: &mut Random, ascii: bool) -> String {
    let mut text = String::new();
    while text.len() < 300 {
        let piece = match random.below(10) {
            _ if kind.every > 0 && random.below(kind.every) == 0 => (kind.special)(random),
            0..=1 => pieces::code(random),
            2 => pieces::innocent(random),
            _ => pieces::sentence(random, ascii),
        };
        text.push_str(&piece);
    }
    text + "\n\n"
}

/// Prose and code as they are.
pub fn plain(size: usize) -> String {
    content(&CLEAN, &mut Random::named(&format!("plain{size}")), size, size < 64 << 10)
}

/// A form with short and long fields.
pub fn form(size: usize) -> String {
    let mut random = Random::named(&format!("form{size}"));
    let mut fields = Vec::new();
    let mut length = 0;
    while length < size {
        let text = content(&CLEAN, &mut random, 120, true);
        let value: String = text
            .bytes()
            .map(|b| match b {
                b' ' => "+".to_owned(),
                b if b.is_ascii_alphanumeric() || b"-._*".contains(&b) => char::from(b).to_string(),
                b => format!("%{b:02X}"),
            })
            .collect();
        let field = format!("note{}={value}", fields.len());
        length += field.len() + 1;
        fields.push(field);
    }
    fields.join("&")
}
