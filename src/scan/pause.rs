//! How long to wait before a gateway is asked again.

/// Fastest that an approval may be asked about: the protocol allows one question per 2 s.
const MIN_POLL_MS: u64 = 2_500;
/// Longest single pause between retries, whatever Retry-After says.
const MAX_BACKOFF_MS: u64 = 20_000;
/// Longest pause between two questions that Retry-After can ask for.
const MAX_POLL_MS: u64 = 60_000;

/// Before retry number `tries`: doubled each time, and up to a half of it left out by chance, but never less than Retry-After.
pub(super) fn backoff(tries: u32, retry_after_ms: Option<u64>, jitter: u64) -> u64 {
    let doubled = 250_u64.saturating_mul(1 << tries.saturating_sub(1).min(6));
    let least = doubled / 2;
    (least + chance(jitter, u64::from(tries)) % (least + 1)).max(retry_after_ms.unwrap_or(0)).min(MAX_BACKOFF_MS)
}

/// Between two questions about an approval: up to an eighth longer by chance.
pub(super) fn poll(interval_ms: u64, asked: u64, retry_after_ms: Option<u64>, jitter: u64) -> u64 {
    let interval = interval_ms.max(MIN_POLL_MS).max(retry_after_ms.unwrap_or(0).min(MAX_POLL_MS));
    interval.saturating_add(chance(jitter, asked) % (interval / 8 + 1))
}

/// The mixing step of `SplitMix64` (Steele, Lea, Flood, OOPSLA 2014). Without jitter it is zero, and nothing differs.
fn chance(jitter: u64, turn: u64) -> u64 {
    if jitter == 0 {
        return 0;
    }
    let mut z = jitter.wrapping_add(turn.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{backoff, poll};

    #[test]
    fn pauses_stay_in_their_bounds_and_differ() {
        let all: alloc::vec::Vec<u64> = (1..1_000).map(|jitter| backoff(3, None, jitter)).collect();
        assert!(all.iter().all(|pause| (500..=1_000).contains(pause)));
        let upper = all.iter().filter(|pause| **pause > 750).count();
        assert!((400..600).contains(&upper), "{upper} of 999 in the upper half");
        assert_eq!(backoff(1, Some(7_000), 5), 7_000);
        assert_eq!(backoff(1, Some(3_600_000), 5), 20_000);
        assert_eq!((poll(10, 1, None, 0), poll(8_000, 1, Some(600_000), 0)), (2_500, 60_000));
        assert!((1..1_000).map(|jitter| poll(8_000, 1, None, jitter)).all(|pause| (8_000..=9_000).contains(&pause)));
    }
}
