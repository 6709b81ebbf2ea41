//! Days and times as people write them (RFC 3339), in UTC.

/// Milliseconds since 1970 of `2027-01-31` (the end of that day) or `2027-01-31T12:00:00Z`.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let number = |text: &str, length: usize| {
        (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u64>().ok()).flatten()
    };
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = usize::try_from(month).ok()?.checked_sub(1)?;
    if parts.next().is_some() || year < 1970 || !(1..=*lengths.get(month)?).contains(&day) {
        return None;
    }
    let leaps = |year: u64| year / 4 - year / 100 + year / 400;
    let days = (year - 1970) * 365 + leaps(year - 1) - leaps(1969) + lengths.iter().take(month).sum::<u64>() + day - 1;
    let seconds = match time {
        None => 24 * 60 * 60,
        Some(time) => {
            let mut parts = time.strip_suffix('Z')?.split(':');
            let (hours, minutes) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
            let seconds = parts.next().map_or(Some(0), |text| {
                let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
                let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
                number(whole, 2).filter(|_| digits)
            })?;
            if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 59 {
                return None;
            }
            hours * 3600 + minutes * 60 + seconds
        }
    };
    Some((days * 24 * 60 * 60 + seconds) * 1000)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn days_and_times() {
        assert_eq!(milliseconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(milliseconds("2000-03-01T00:00:00Z"), Some(951_868_800_000));
        assert_eq!(milliseconds("2026-11-21T11:22:21.5Z"), Some(1_795_260_141_000));
        assert_eq!(milliseconds("1970-01-01"), Some(86_400_000));
        for text in [
            "",
            "2026-13-01",
            "2026-02-29",
            "2026-1-1",
            "2026-01-01T25:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.xZ",
            "1969-12-31",
            "2026-01-01-01",
        ] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }
}
