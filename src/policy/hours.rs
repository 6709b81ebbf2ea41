//! The time of day, in a zone whose offset the host knows: the core has no clock and no table of zones.

use alloc::string::String;

/// From `start` to `end`, every day; over midnight when `end` is not after `start`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hours {
    /// Minutes after midnight.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) zone: Zone,
}

/// A zone by its offset, or by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Offset(i32),
    /// A name of the IANA database; the host says what its offset is.
    Named(String),
}

const DAY: i64 = 24 * 60;

impl Hours {
    /// Whether a time lies outside; `None` without a time, or without the offset of the zone.
    pub(super) fn is_outside(&self, time_ms: Option<u64>, offsets: &[(String, i32)]) -> Option<bool> {
        let offset = match &self.zone {
            Zone::Offset(minutes) => Some(*minutes),
            Zone::Named(name) => offsets.iter().find(|(known, _)| known == name).map(|(_, minutes)| *minutes),
        };
        let time = i64::try_from(time_ms? / 60_000).ok()?;
        let minute = (time + i64::from(offset?)).rem_euclid(DAY);
        let (start, end) = (i64::from(self.start), i64::from(self.end));
        let inside = if start < end { (start..end).contains(&minute) } else { minute >= start || minute < end };
        Some(!inside)
    }
}

/// `HH:MM` as minutes after midnight.
pub(super) fn time_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let two =
        |text: &str| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `UTC`, `Z`, `+02:00`, or a name such as `Europe/Berlin`.
pub(super) fn zone(text: &str) -> Option<Zone> {
    if matches!(text, "UTC" | "Z" | "GMT") {
        return Some(Zone::Offset(0));
    }
    let signed = text.strip_prefix('+').map(|rest| (1, rest)).or_else(|| text.strip_prefix('-').map(|rest| (-1, rest)));
    if let Some((sign, rest)) = signed {
        return time_of_day(rest).and_then(|minutes| i32::try_from(minutes).ok()).map(|minutes| Zone::Offset(sign * minutes));
    }
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
    (plain && text.contains('/') && text.len() <= 64).then(|| Zone::Named(text.into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn inside_and_outside() {
        let at = |text: &str| Some(u64::from(time_of_day(text).unwrap()) * 60_000);
        let hours = |start, end, tz| Hours {
            start: time_of_day(start).unwrap(),
            end: time_of_day(end).unwrap(),
            zone: zone(tz).unwrap(),
        };
        assert_eq!(hours("09:00", "17:00", "UTC").is_outside(at("09:00"), &[]), Some(false));
        assert_eq!(hours("09:00", "17:00", "UTC").is_outside(at("17:00"), &[]), Some(true));
        assert_eq!(hours("22:00", "06:00", "Z").is_outside(at("23:30"), &[]), Some(false));
        assert_eq!(hours("22:00", "06:00", "Z").is_outside(at("12:00"), &[]), Some(true));
        assert_eq!(hours("09:00", "17:00", "-05:00").is_outside(at("21:59"), &[]), Some(false));
        let berlin = hours("09:00", "17:00", "Europe/Berlin");
        assert_eq!(berlin.is_outside(at("10:00"), &[]), None);
        assert_eq!(berlin.is_outside(at("07:30"), &[("Europe/Berlin".into(), 120)]), Some(false));
        assert_eq!(hours("00:00", "23:59", "UTC").is_outside(None, &[]), None);
    }

    #[test]
    fn what_is_no_time_and_no_zone() {
        assert_eq!(["24:00", "9:00", "09:60", "0900", "aa:bb"].map(time_of_day), [None; 5]);
        assert_eq!(["Berlin", "", "+2", "Europe/Ber lin"].map(zone), [None, None, None, None]);
    }
}
