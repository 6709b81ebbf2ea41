#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "the bits are set by the compiler, where a wrong index does not compile; what is read of a host stands before its end"
)]
//! Which tools a host may belong to, by its last two labels: most hosts belong to none.

use super::{TOOLS, Tool};

/// For every tool a set of bits, in which the last two labels of other hosts mostly are not.
static ENDS: [u64; TOOLS.len()] = {
    let mut ends = [0; TOOLS.len()];
    let mut tool = 0;
    while tool < TOOLS.len() {
        let mut place = 0;
        while place < TOOLS[tool].places.len() {
            let text = TOOLS[tool].places[place].as_bytes();
            let mut end = 0;
            while end < text.len() && text[end] != b'/' {
                end += 1;
            }
            ends[tool] |= bit(text, end);
            place += 1;
        }
        tool += 1;
    }
    ends
};

/// The bit of the last two labels of a host, which ends at `end`. Every place has two.
const fn bit(host: &[u8], end: usize) -> u64 {
    let (mut at, mut dots, mut mixed) = (end, 0, 0_u32);
    while at > 0 {
        at -= 1;
        if host[at] == b'.' {
            dots += 1;
            if dots == 2 {
                break;
            }
        }
        mixed = (mixed ^ host[at] as u32).wrapping_mul(0x9e37_79b1);
    }
    1 << (mixed >> 26)
}

/// The tools that the host may be of.
pub(super) fn near(host: &str) -> impl Iterator<Item = &'static Tool> {
    let bit = bit(host.as_bytes(), host.len());
    TOOLS.iter().zip(&ENDS).filter(move |(_, ends)| **ends & bit != 0).map(|(tool, _)| tool)
}

#[cfg(test)]
mod tests {
    use super::{super::parts, *};

    #[test]
    fn every_place_is_found_by_the_end_of_its_host() {
        for tool in TOOLS {
            for place in tool.places {
                let (_, suffix, _) = parts(place);
                assert!(suffix.contains('.'), "{place} has one label");
                for host in [suffix, &["a.", suffix].concat()] {
                    assert!(near(host).any(|one| one.name == tool.name), "{place}");
                }
            }
        }
    }
}
