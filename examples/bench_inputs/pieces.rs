//! Pieces of text as people and agents write them, from word lists.

use crate::support::generate::{Random, expand};

const WORDS: &str = "the of and to a in for is on that by this with from or as an are it at was be have will can more when which \
one about page if we has but all their there each been also any most other some time people first work could should after \
system data report review update order customer account number message list team project change issue request answer \
service value result option step file line table group account order shipping invoice payment schedule meeting summary \
note draft version error warning server client network storage memory process library function return index field record \
second small large early late quick careful simple different same several possible important available current previous \
Monday Tuesday March October Berlin London weather garden kitchen window coffee travel music history science market";
const NAMES: &str = "items order price total user cart index value result options config request response handler state list \
count filter update render fetch parse format element buffer stream error message payload entry name label width";
const CODE: [&str; 8] = [
    "const {n} = {n}.map(({n}) => {n}.{n});",
    "if ({n}.length > {one}) {\n  return {n}({n}, {two});\n}",
    "export function {n}({n}, {n} = {}) {\n  for (const {n} of {n}) {n}.push({n});\n}",
    "import { {n} } from \"./{n}.js\";",
    "let {n} = await {n}.{n}({ {n}: {two}, {n}: true });",
    "// {w} {w} {w} {w} {w}",
    "SELECT {n}, {n} FROM {n} WHERE {n} = ? ORDER BY {n} LIMIT {two}",
    "| {n} | {w} {w} {w} | {two} |",
];
/// What looks like something at first sight and is nothing.
const INNOCENT: [&str; 16] = [
    "{uuid}",
    "commit {hex:40}",
    "sha256:{hex:64}",
    "2026-0{one}-{two}T10:{two}:00Z",
    "max_tokens: {digits:4}",
    "{one}.{digits:3}",
    "v{one}.{two}.{one}",
    "https://docs.example.com/{w}/{w}/{w}?page={two}",
    "{n}_{n}_{n}_{n}",
    "#{hex:6}",
    "{w}-{w}-{w}-{w}-{w}",
    "data:image/png;base64,iVBORw0KGgo{base62:80}",
    "build-{digits:6}",
    "{n}.{n}.{n}.{n}",
    "/{n}/{n}/{n}.ts:{two}",
    "token_count={two}",
];

fn pick<'a>(random: &mut Random, of: &[&'a str]) -> &'a str {
    of[random.below(of.len() as u64) as usize]
}

/// Fills `{w}` (a word) and `{n}` (a name in code), then the generators of the corpus.
fn fill(template: &str, random: &mut Random) -> String {
    let (words, names): (Vec<&str>, Vec<&str>) = (WORDS.split(' ').collect(), NAMES.split(' ').collect());
    let mut text = template.to_owned();
    for (hole, list) in [("{w}", &words), ("{n}", &names)] {
        while text.contains(hole) {
            text = text.replacen(hole, pick(random, list), 1);
        }
    }
    expand(&text, random)
}

/// A sentence. In long texts a character is not ASCII now and then, as in most that people write.
pub fn sentence(random: &mut Random, ascii: bool) -> String {
    let words: Vec<&str> = WORDS.split(' ').collect();
    let count = 6 + random.below(14);
    let mut text: Vec<String> = (0..count).map(|_| pick(random, &words).to_owned()).collect();
    if let Some(letter) = text.first_mut().and_then(|first| first.get_mut(..1)) {
        letter.make_ascii_uppercase();
    }
    if random.below(5) == 0 {
        text.push(random.below(100).to_string());
    }
    let end = if !ascii && random.below(8) == 0 { "… " } else { ". " };
    text.join(" ") + end
}

pub fn code(random: &mut Random) -> String {
    let template = pick(random, &CODE);
    format!("\n{}\n", fill(template, random))
}

pub fn innocent(random: &mut Random) -> String {
    let template = pick(random, &INNOCENT);
    fill(template, random) + " "
}
