//! Whether a value looks like a secret, a reference to one, or neither.

use crate::detect::entropy;

/// Letter pairs that English words and names in code are mostly made of. Two thirds of all pairs are not among them.
const PAIRS: &str = "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve \
    ra ld ur ro ri io ll be ma me co ta us li no ne el so ic em ho la ec pe di fo tr om ly ee ss ut ch ac ts ns po il un ce ie lo \
    ot ow wa wi ul ad ai su pr rs op am ge wh pa up mo ev ke ck ca mi na ty rt rd ab ig ag id im ir pl ay ap av bl bo br bu cl cr \
    ct cu do du ef ei ek ep ex fa fe fi ff fr ga gh gi gr gs gu if ip ki kn ks lf ls lt lu mb mp ms mu my ni nk nn ny oa od og ok \
    oi ol oo os ov oy pi pp pt pu qu rc rg rk rl rm rn rr ru rv ry sc sh sk sl sm sp sw tl tt tu tw ua ub uc ud ue ug ui um va vi \
    vo we wn wo ye yo ys";

static PAIR_BITS: [u32; 26] = pair_bits();

#[allow(clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects, reason = "made by the compiler")]
const fn pair_bits() -> [u32; 26] {
    let text = PAIRS.as_bytes();
    let mut bits = [0; 26];
    let mut at = 0;
    while at + 1 < text.len() {
        if text[at].is_ascii_lowercase() && text[at + 1].is_ascii_lowercase() {
            bits[(text[at] - b'a') as usize] |= 1 << (text[at + 1] - b'a');
        }
        at += 1;
    }
    bits
}

/// How many of each kind of character a value has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix {
    pub(super) length: usize,
    pub(super) lower: usize,
    pub(super) upper: usize,
    pub(super) digits: usize,
    /// Signs that stand in passwords more often than in code or prose.
    pub(super) signs: usize,
    pub(super) spaces: usize,
    pub(super) hex: usize,
    /// Pairs of letters of one word, and those of them that words have.
    pairs: usize,
    common: usize,
    /// Whether every byte is a graphic ASCII character.
    pub(super) plain: bool,
    /// Whether it has a slash or a colon, as paths have.
    parted: bool,
    /// Whether it has a sign that code and settings have.
    coded: bool,
}

/// What every byte counts as, in lanes of ten bits: small letters, capitals, digits, signs, spaces, hexadecimal digits. No value
/// is so long that a lane could overflow. The highest bits say what the byte is besides.
static COUNTS: [u64; 256] = counts();
const LANE: u32 = 10;
const BLANK: u64 = 1 << 63;
const PARTS: u64 = 1 << 62;
const CODE: u64 = 1 << 61;

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "made by the compiler")]
const fn counts() -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let one = byte as u8;
        let sign = matches!(one, b'!' | b'#' | b'$' | b'%' | b'^' | b'&' | b'*' | b'@' | b'~' | b'?' | b'|' | b'+');
        let part = matches!(one, b'/' | b':');
        let code = matches!(one, b'.' | b'$' | b'@' | b'&' | b'(' | b'{' | b'<' | b'[' | b'>' | b':' | b'=' | b'\\');
        let counts = [
            one.is_ascii_lowercase(),
            one.is_ascii_uppercase(),
            one.is_ascii_digit(),
            sign,
            one == b' ',
            one.is_ascii_hexdigit(),
        ];
        let mut lane = 0;
        while lane < counts.len() {
            table[byte] |= (counts[lane] as u64) << (LANE * lane as u32);
            lane += 1;
        }
        table[byte] |= (BLANK * !one.is_ascii_graphic() as u64) | (PARTS * part as u64) | (CODE * code as u64);
        byte += 1;
    }
    table
}

impl Mix {
    #[allow(clippy::indexing_slicing, reason = "a byte is always an index of a table of 256")]
    pub(super) fn of(value: &[u8]) -> Self {
        let (mut sum, mut seen, mut pairs, mut common) = (0u64, 0, 0, 0);
        let mut previous = 0u8;
        for byte in value {
            let counts = COUNTS[usize::from(*byte)];
            (sum, seen) = (sum.wrapping_add(counts), seen | counts);
            let folded = byte.to_ascii_lowercase();
            if folded.is_ascii_lowercase() && previous.is_ascii_lowercase() {
                let row = PAIR_BITS.get(usize::from(previous - b'a')).copied().unwrap_or_default();
                pairs += 1;
                common += usize::from(row >> (folded - b'a') & 1 == 1);
            }
            previous = folded;
        }
        let lane = |index: u32| usize::try_from(sum >> (index * LANE) & 0x3ff).unwrap_or_default();
        Self {
            length: value.len(),
            lower: lane(0),
            upper: lane(1),
            digits: lane(2),
            signs: lane(3),
            spaces: lane(4),
            hex: lane(5),
            pairs,
            common,
            plain: seen & BLANK == 0,
            parted: seen & PARTS != 0,
            coded: seen & CODE != 0,
        }
    }

    pub(super) fn letters(&self) -> usize {
        self.lower + self.upper
    }

    /// Words, with hardly anything between them.
    pub(super) fn is_wordy(&self) -> bool {
        let lettered = self.letters() * 4 > self.length * 3;
        lettered && self.digits * 6 < self.length && self.pairs >= 4 && self.is_spelled()
    }

    /// Pairs of letters as words have them.
    pub(super) fn is_spelled(&self) -> bool {
        self.common * 10 >= self.pairs * 7
    }

    /// Fewer pairs that words have than random letters would be expected to have in words.
    fn is_scrambled(&self) -> bool {
        self.pairs >= 8 && self.common * 20 <= self.pairs * 11
    }
}

/// How much has to be seen before a value counts as random.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    /// The name says that it is a secret.
    Low,
    /// The name only suggests it.
    High,
}

/// Letters and digits as no word, number, path or name in code has them.
pub(super) fn is_random(value: &[u8], mix: &Mix, bar: Bar) -> bool {
    let solid = mix.letters() + mix.digits;
    let mixed = mix.digits >= 2 && mix.letters() >= 2;
    // What is counted already, before anything is looked for.
    if !mix.plain || mix.is_wordy() || solid * 4 < mix.length * 3 || mix.letters() == 0 || !(mixed || mix.is_scrambled()) {
        return false;
    }
    let code = || value.contains(&b'\\') || is_assignment(value) || is_versioned(value) || is_expression(value);
    if mix.coded && code()
        || mix.parted && is_path(value)
        || is_constant(value, mix)
        || is_operand(value)
        || is_joined_words(value, mix)
        || is_date(value)
    {
        return false;
    }
    let entropy = entropy::hundredths(value);
    let hexadecimal = mix.hex == mix.length || (mix.hex + 4 == mix.length && mix.length == 36);
    // Random letters and digits have more letters: a number with a prefix is an order or a date.
    if !hexadecimal && mix.letters() * 4 < mix.digits {
        return false;
    }
    let least = match (hexadecimal, mix.length) {
        (true, ..32) => 250,
        (true, _) => 300,
        (false, ..16) => 270,
        (false, ..24) => 300,
        (false, _) => 300,
    };
    match bar {
        Bar::Low => entropy >= least,
        Bar::High => {
            let cased = mix.length >= 28 && mix.upper > 2 && mix.lower > 2 && mix.is_scrambled();
            (mixed || cased) && entropy >= least + if hexadecimal { 20 } else { 30 }
        }
    }
}

/// Signs among letters or digits as in generated and in careful passwords.
pub(super) fn is_sign_rich(value: &[u8], mix: &Mix) -> bool {
    let nested = nests(value);
    let calls = has_call(value) && nested;
    mix.spaces == 0 && mix.length >= 8 && mix.letters() > 0 && ((mix.signs >= 2 && !calls) || !nested) && !is_path(value)
}

/// Whether every closing bracket closes the one that was opened last: code and templates do, passwords need not.
pub(super) fn nests(value: &[u8]) -> bool {
    let mut open = [0u8; 16];
    let mut depth = 0;
    for (at, byte) in value.iter().enumerate().take(128) {
        match byte {
            b'(' | b'[' | b'{' => {
                let Some(slot) = open.get_mut(depth) else { return true };
                *slot = *byte;
                depth += 1;
            }
            b')' | b']' | b'}' => {
                let Some(top) = depth.checked_sub(1).and_then(|at| open.get(at)) else { return at + 1 == value.len() };
                let pair = matches!((top, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}'));
                if !pair {
                    return false;
                }
                depth -= 1;
            }
            _ => {}
        }
    }
    true
}

/// Pieces between slashes that are words, dates or ids: base64 has no such pieces.
pub(super) fn is_path(value: &[u8]) -> bool {
    let wordy = |piece: &[u8]| piece.len() >= 3 && piece.iter().all(|b| b.is_ascii_lowercase() || b"._-".contains(b));
    let holds = |needle: &[u8]| value.windows(needle.len()).any(|w| w == needle);
    holds(b"://")
        || value.starts_with(b"//")
        || value.starts_with(b"data:")
        || (value.contains(&b'/') && value.split(|b| *b == b'/').any(wordy))
}

/// Code that names a value.
pub(super) fn is_reference(value: &[u8]) -> bool {
    is_expression(value) || is_operand(value)
}

/// `exports.CLIENT_ID`, `request.body`, `f(x)`, `a[0]`, `$variable`: there is always a sign of [`CODE`] in it.
fn is_expression(value: &[u8]) -> bool {
    let name = |piece: &[u8]| {
        piece.first().is_some_and(|b| b.is_ascii_alphabetic() || b"_$".contains(b))
            && piece.iter().filter(|b| b.is_ascii_digit()).count() * 6 < piece.len()
            && piece.iter().all(|b| b.is_ascii_alphanumeric() || b"_$[]-".contains(b))
            && Mix::of(piece).is_name()
    };
    let dotted = value.contains(&b'.') && value.split(|b| *b == b'.').all(name);
    let variable = value.strip_prefix(b"$").or_else(|| value.strip_prefix(b"@")).or_else(|| value.strip_prefix(b"&"));
    let variable = variable.is_some_and(|name| name.iter().all(|b| b.is_ascii_alphabetic() || b"_[]'\"".contains(b)));
    let indexed = value.contains(&b'[') && value.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'$');
    let called = has_call(value) || value.contains(&b'{') || value.contains(&b'<') || indexed;
    dotted || variable || (called && nests(value)) || holds_arrow(value)
}

/// `*const`, `!parsed.hostname`, `?Sized`, `this.#count++`, `ed25519.Ed25519PrivateKey`: operators and types of code.
fn is_operand(value: &[u8]) -> bool {
    let signs = value.iter().take_while(|b| b"*!?#&+-".contains(b)).count();
    let name = value.get(signs..).unwrap_or_default();
    let word = name.iter().all(|b| b.is_ascii_alphabetic() || b"._".contains(b)) && Mix::of(name).is_name();
    (signs > 0 && word && name.len() <= 32)
        || value.starts_with(b"this.")
        || value.starts_with(b"self.")
        || value.ends_with(b"PrivateKey")
        || value.ends_with(b"PublicKey")
}

/// What stands behind the quote that closes, or behind an argument: `).length`, `"])`. Only where no sign gives it to the name.
pub(super) fn is_rest_of_call(value: &[u8]) -> bool {
    matches!(value, [b')' | b']' | b'}', ..])
}

/// `'a' | 'b'`: one of the strings that a type allows.
pub(super) fn is_alternative(before: &[u8]) -> bool {
    matches!(before, [.., open, b' ', b'|', b' ', close] if open == close && b"\"'".contains(open))
}

/// `localhost:5672`, `main.rs:12`: a host and its port, a file and its line.
pub(super) fn is_address(value: &[u8]) -> bool {
    let Some(colon) = value.iter().rposition(|b| *b == b':') else { return false };
    let (host, port) = value.split_at(colon);
    let plain = host.iter().all(|b| b.is_ascii_lowercase() || b".-".contains(b));
    plain && (2..=5).contains(&port.len().saturating_sub(1)) && port.iter().skip(1).all(u8::is_ascii_digit)
}

/// A name right before a parenthesis; with an exclamation mark that of a macro.
fn has_call(value: &[u8]) -> bool {
    value.windows(2).any(|w| matches!(w, [a, b'('] if a.is_ascii_alphanumeric() || b"_!".contains(a)))
}

fn holds_arrow(value: &[u8]) -> bool {
    value.windows(2).any(|w| w == b"->" || w == b"::")
}

/// `some-long-name_of.things2`: runs of letters of one case between separators, with hardly any digit.
fn is_joined_words(value: &[u8], mix: &Mix) -> bool {
    let pieces = value.split(|b| matches!(b, b'-' | b'_' | b'.' | b'/'));
    let wordy = |p: &&[u8]| {
        let name = p.len() >= 8 && p.iter().all(u8::is_ascii_alphabetic) && Mix::of(p).is_wordy();
        p.len() >= 2
            && (name || p.iter().skip(1).all(u8::is_ascii_lowercase) || p.iter().all(u8::is_ascii_uppercase))
            && Mix::of(p).is_name()
    };
    let wordy = pieces.filter(wordy).map(<[u8]>::len).sum::<usize>();
    (mix.digits * 6 < value.len() && wordy * 2 > value.len()) || wordy * 5 > value.len() * 3
}

impl Mix {
    /// Like a word, or too short to tell.
    fn is_name(&self) -> bool {
        self.pairs < 4 || self.common * 10 >= self.pairs * 6
    }
}

/// `mode=fast`: a word and an equals sign, or the other way round.
fn is_assignment(value: &[u8]) -> bool {
    let word = |piece: &[u8]| piece.len() >= 3 && piece.iter().all(|b| b.is_ascii_lowercase() || *b == b'-');
    let mut pieces = value.splitn(2, |b| *b == b'=');
    let (left, right) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    !right.is_empty() && (word(left) || word(right))
}

/// `MAX_RETRY_COUNT_2`.
fn is_constant(value: &[u8], mix: &Mix) -> bool {
    mix.lower == 0 && mix.digits * 6 < mix.length && value.iter().filter(|b| **b == b'_').count() >= 2
}

/// `package@1.2.3`.
fn is_versioned(value: &[u8]) -> bool {
    let version = value.iter().rposition(|b| *b == b'@').and_then(|at| value.get(at + 1..)).unwrap_or_default();
    version.contains(&b'.') && version.first().is_some_and(|b| b.is_ascii_digit() || b"^~v".contains(b))
}

/// `2024-05-01T…`, `12:30:00`.
fn is_date(value: &[u8]) -> bool {
    let [a, b, c, d, dash, e, f, ..] = value else { return false };
    let year = [a, b, c, d, e, f].iter().all(|b| b.is_ascii_digit()) && matches!(dash, b'-' | b'/');
    year && value.iter().all(|b| b.is_ascii_digit() || b"-/:.TZ+ ".contains(b))
}

/// The form 8-4-4-4-12 of a UUID.
pub(super) fn is_uuid(value: &[u8]) -> bool {
    let dash = |at: usize| value.get(at) == Some(&b'-');
    value.len() == 36 && dash(8) && dash(13) && dash(18) && dash(23) && value.iter().filter(|b| **b == b'-').count() == 4
}
