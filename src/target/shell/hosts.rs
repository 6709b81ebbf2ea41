//! The hosts that the words of a command name.

use super::{
    options, programs,
    words::{UNKNOWN, Word},
};

/// Programs whose words without a scheme are hosts or URLs, and the short options of theirs that take a value.
const NAMERS: &[(&str, &str)] = &[
    ("curl", "dFoHuAebTXmwKCDEPQrtyYzcUx"),
    ("wget", "OoaiPtTwQUBeS"),
    ("ssh", "BbcDEeFIiLlmOopQRSWw"),
    ("mosh", ""),
    ("autossh", "M"),
    ("rsh", "l"),
    ("sftp", "BbcDFiloPRSs"),
    ("ftp", ""),
    ("tftp", ""),
    ("telnet", "l"),
    ("nc", "wpsqIiOTXVce"),
    ("ncat", "wpsgGioce"),
    ("netcat", "wpsqce"),
    ("ping", "ciWstI"),
    ("ping6", "ciWstI"),
    ("dig", "tpbfkqxy"),
    ("nslookup", ""),
    ("host", "tW"),
    ("whois", "hp"),
    ("traceroute", "fmpqwi"),
    ("tracepath", "mp"),
    ("mtr", "cims"),
    ("nmap", "pTegDSio"),
    ("aria2c", "doxsij"),
    ("invoke-webrequest", ""),
    ("invoke-restmethod", ""),
    ("iwr", ""),
    ("irm", ""),
    ("test-connection", ""),
    ("test-netconnection", ""),
];

/// Programs whose first word alone is a host; what follows is a port, or a command for it.
const FIRST_ONLY: &str = " ssh mosh autossh rsh telnet nc ncat netcat sftp ftp tftp test-netconnection ";
/// Programs with words such as `user@host:path`.
const COPIERS: &str = " scp rsync git sftp ";
/// Programs that have hosts in options.
const BY_OPTION: &[(&str, &str, &str)] = &[
    ("curl", "-x", "--proxy"),
    ("curl", "--url", "--url"),
    ("curl", "--connect-to", "--connect-to"),
    ("curl", "--preproxy", "--socks5"),
    ("ssh", "-J", "--jump"),
    ("psql", "-h", "--host"),
    ("mysql", "-h", "--host"),
    ("mariadb", "-h", "--host"),
    ("redis-cli", "-h", "--host"),
    ("mongosh", "--host", "--host"),
    ("aws", "--endpoint-url", "--endpoint-url"),
    ("kubectl", "-s", "--server"),
    ("docker", "-H", "--host"),
];

/// As much of a URL as is read: its host stands at the beginning.
const LONGEST_URL: usize = 1_024;

/// Gives every host and URL that the words name; whether there was any, or a program that names hosts has one that nobody knows.
pub(super) fn of(name: &str, words: &[Word], see: &mut dyn FnMut(&str)) -> bool {
    let mut any = false;
    let mut give = |text: &str| {
        any = true;
        if !text.contains(UNKNOWN) || known_host(text) {
            see(text);
        }
    };
    for word in words {
        urls(&word.text, &mut give);
    }
    if programs::has(COPIERS, name) {
        for word in words.iter().filter(|word| !word.text.contains("://")) {
            if let Some((host, _)) = word.text.split_once(':').filter(|(host, _)| !host.contains('/') && host.len() > 1) {
                give(host.rsplit('@').next().unwrap_or(host));
            }
        }
    }
    if let Some((_, valued)) = NAMERS.iter().find(|(namer, _)| *namer == name) {
        let operands = options::operands(words, valued);
        let most = if programs::has(FIRST_ONLY, name) { 1 } else { usize::MAX };
        for word in operands.iter().filter(|word| !word.text.contains("://")).take(most) {
            let text = word.text.rsplit('@').next().unwrap_or_default();
            if name == "dig" && (word.text.starts_with('+') || text.bytes().all(|b| b.is_ascii_uppercase())) {
                continue;
            }
            give(text);
        }
        // `nc host port`: the port belongs to the host.
    }
    for (_, short, long) in BY_OPTION.iter().filter(|(program, ..)| *program == name) {
        if let Some(host) = options::value(words, short, long).filter(|host| !host.contains("://")) {
            give(host.trim_matches(':').rsplit('@').next().unwrap_or_default());
        }
    }
    any
}

/// `https://known.example/…unknown…`: the host itself is known.
fn known_host(text: &str) -> bool {
    let after = text.split_once("://").map_or(text, |(_, after)| after);
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let host = after.get(..end).unwrap_or_default();
    !host.is_empty() && !host.contains(UNKNOWN)
}

/// Every `scheme://…` in a word.
fn urls(text: &str, give: &mut dyn FnMut(&str)) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("://")).map(|at| from + at) {
        let before = text.get(from..at).unwrap_or_default();
        let scheme = before.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).take(16).count();
        let start = at - scheme;
        let rest = text.get(start..).unwrap_or_default();
        let ends = |b: u8| b" \"'<>\n\t`)},;".contains(&b);
        let mut end = rest.bytes().take(LONGEST_URL).position(ends).unwrap_or(rest.len().min(LONGEST_URL));
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        if scheme > 0 {
            give(rest.get(..end).unwrap_or_default());
        }
        from = at + 3;
    }
}
