//! HTML character references: `&amp;`, `&#64;`, `&#x40;`.

/// The named references that stand for characters with a meaning in tokens and addresses.
const NAMES: &[(&[u8], char)] = &[
    (b"amp;", '&'),
    (b"lt;", '<'),
    (b"gt;", '>'),
    (b"quot;", '"'),
    (b"apos;", '\''),
    (b"nbsp;", ' '),
    (b"commat;", '@'),
    (b"period;", '.'),
    (b"colon;", ':'),
    (b"semi;", ';'),
    (b"comma;", ','),
    (b"sol;", '/'),
    (b"bsol;", '\\'),
    (b"equals;", '='),
    (b"plus;", '+'),
    (b"lowbar;", '_'),
    (b"hyphen;", '-'),
    (b"dash;", '-'),
    (b"minus;", '-'),
    (b"num;", '#'),
    (b"percnt;", '%'),
    (b"dollar;", '$'),
    (b"excl;", '!'),
    (b"quest;", '?'),
    (b"ast;", '*'),
    (b"lpar;", '('),
    (b"rpar;", ')'),
    (b"lsqb;", '['),
    (b"rsqb;", ']'),
    (b"lcub;", '{'),
    (b"rcub;", '}'),
    (b"shy;", '\u{ad}'),
    (b"zwj;", '\u{200d}'),
    (b"zwnj;", '\u{200c}'),
    (b"ZeroWidthSpace;", '\u{200b}'),
    (b"NewLine;", '\n'),
    (b"Tab;", '\t'),
];

/// The character of a reference, and its length after the `&`.
pub(super) fn reference(text: &[u8]) -> Option<(char, usize)> {
    if let Some(digits) = text.strip_prefix(b"#") {
        let hexadecimal = matches!(digits.first(), Some(b'x' | b'X'));
        let (digits, radix, prefix) = if hexadecimal { (digits.get(1..)?, 16, 2) } else { (digits, 10, 1) };
        // Leading zeros change nothing, and there may be many of them.
        let zeros = digits.iter().take(16).take_while(|b| **b == b'0').count();
        let length = zeros + digits.get(zeros..)?.iter().take(7).take_while(|b| char::from(**b).is_digit(radix)).count();
        let value = core::str::from_utf8(digits.get(..length)?).ok().and_then(|d| u32::from_str_radix(d, radix).ok())?;
        let closed = usize::from(digits.get(length) == Some(&b';'));
        return Some((char::from_u32(value)?, prefix + length + closed));
    }
    let (name, character) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
    Some((*character, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        assert_eq!(reference(b"#64;b"), Some(('@', 4)));
        assert_eq!(reference(b"#x41;"), Some(('A', 5)));
        assert_eq!(reference(b"#0000000000065;"), Some(('A', 15)));
        assert_eq!(reference(b"#65 "), Some(('A', 3)));
        assert_eq!(reference(b"amp;"), Some(('&', 4)));
        assert_eq!(reference(b"nope;"), None);
    }
}
