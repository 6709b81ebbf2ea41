//! Programs whose options decide what they do.

use alloc::{string::String, vec::Vec};

use super::{
    classes::Classes,
    programs,
    words::{UNKNOWN, Word},
};

/// Options of `curl` that take a value, but for those of [`CURL_SENDS`].
const CURL_VALUES: &str = " --header --user --user-agent --request --output --max-time --connect-timeout --retry --retry-delay \
    --cookie --cookie-jar --cacert --cert --key --write-out --referer --range --interface --limit-rate --max-redirs --config \
    --aws-sigv4 --oauth2-bearer --output-dir --proxy-user --capath --ciphers --unix-socket --dump-header --retry-max-time --proxy --url --connect-to --preproxy --socks5 --resolve ";
/// Options of `curl` that send data.
const CURL_SENDS: &str =
    " --data --data-raw --data-binary --data-ascii --data-urlencode --json --form --form-string --upload-file ";

/// Whether a file is a disk, or memory.
pub(super) fn is_device(file: &str) -> bool {
    let Some(device) = file.strip_prefix("/dev/") else { return file.starts_with("\\\\.\\") };
    ["sd", "hd", "vd", "xvd", "nvme", "mmcblk", "disk", "rdisk", "mapper/", "dm-", "md", "loop", "mem", "kmem", "port"]
        .iter()
        .any(|kind| device.starts_with(kind))
}

/// What stands from the first word that is neither an option nor the value of one. `valued` are the short options with values.
pub(super) fn operands_from<'w>(words: &'w [Word], valued: &str) -> &'w [Word] {
    let mut rest = words;
    while let Some((word, more)) = rest.split_first() {
        match word.text.strip_prefix('-').filter(|_| !word.text.is_empty()) {
            None => return rest,
            Some("-") => return more,
            Some(option) => rest = if takes_next(option, valued) { more.get(1..).unwrap_or_default() } else { more },
        }
    }
    rest
}

/// Words that are neither options nor values of short ones.
pub(super) fn operands<'w>(words: &'w [Word], valued: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut rest: &'w [Word] = words;
    while let Some((word, more)) = rest.split_first() {
        rest = more;
        match word.text.strip_prefix('-') {
            Some(option) if !option.is_empty() => {
                let skips =
                    takes_next(option, valued) || programs::has(CURL_VALUES, &word.text) || programs::has(CURL_SENDS, &word.text);
                if skips {
                    rest = more.get(1..).unwrap_or_default();
                }
            }
            _ => found.push(word.clone()),
        }
    }
    found
}

/// Whether the value of a cluster of short options is the next word: that of the first that takes one, when nothing follows it.
fn takes_next(option: &str, valued: &str) -> bool {
    !option.starts_with('-')
        && option
            .char_indices()
            .find(|(_, letter)| valued.contains(*letter))
            .is_some_and(|(at, c)| at + c.len_utf8() == option.len())
}

/// The value of an option, in the next word or its own.
pub(super) fn value(words: &[Word], short: &str, long: &str) -> Option<String> {
    words.iter().enumerate().find_map(|(at, word)| {
        let text = word.text.as_str();
        if text == short || text == long {
            return words.get(at + 1).map(|next| next.text.clone());
        }
        let attached = text.strip_prefix(long).and_then(|rest| rest.strip_prefix('='));
        attached.or_else(|| text.strip_prefix(short).filter(|_| !text.starts_with("--"))).map(Into::into)
    })
}

/// What a program does, where its options say so.
pub(super) fn of(name: &str, words: &[Word], texts: &[String]) -> Option<Classes> {
    let any = |test: &dyn Fn(&str) -> bool| words.iter().any(|word| test(&word.text));
    let unknown = words.iter().any(Word::may_be_anything);
    // One letter, alone or in a cluster of short options.
    let short = |letter: char| any(&|w| w.starts_with('-') && !w.starts_with("--") && w.contains(letter));
    let letters = match name {
        "curl" | "curl.exe" => return Some(curl(words)),
        "wget" | "iwr" | "irm" | "invoke-webrequest" | "invoke-restmethod" => {
            let sends = any(&|w| {
                let w = w.to_ascii_lowercase();
                ["--post", "--body", "--method", "-method", "-body", "-infile"].iter().any(|option| w.starts_with(option))
            });
            let shows = any(&|w| w == "-O-" || w == "-qO-" || w == "--spider" || w == "-")
                || name.starts_with('i') && !any(&|w| w.eq_ignore_ascii_case("-outfile"));
            if sends || !shows || unknown { "nw" } else { "n" }
        }
        "find" => {
            let deletes = any(&|w| w == "-delete") || unknown;
            if deletes {
                "rd"
            } else if any(&|w| w.starts_with("-fprint") || w == "-fls") {
                "rw"
            } else {
                "r"
            }
        }
        "sed" => {
            if short('i') || any(&|w| w.starts_with("--in-place")) || unknown {
                "rw"
            } else if any(&|w| w.ends_with("/e") || w.starts_with("w ") || w.contains("/w ") || w.starts_with("1e")) {
                "rwx"
            } else {
                "r"
            }
        }
        "awk" | "gawk" | "mawk" | "nawk" => {
            let acts = any(&|w| w.contains("system") || w.contains(['|', '>', UNKNOWN]) || w.contains("getline")) || short('f');
            if acts { "rwx" } else { "r" }
        }
        "sort" => {
            if short('o') || any(&|w| w.starts_with("--output") || w.starts_with("--compress-prog")) {
                "rwx"
            } else {
                "r"
            }
        }
        "date" => {
            if short('s') || any(&|w| w.starts_with("--set")) {
                "a"
            } else {
                "r"
            }
        }
        "tar" | "bsdtar" => {
            let runs = any(&|w| {
                w.starts_with("--to-command") || w.starts_with("--checkpoint-action") || w.starts_with("--use-compress")
            });
            let lists = any(&|w| w == "--list")
                || words.first().is_some_and(|w| w.text.contains('t') && !w.text.contains(['c', 'x', 'r', 'u']));
            if runs {
                "rwx"
            } else if lists {
                "r"
            } else {
                "rw"
            }
        }
        "dd" => "rw",
        "python" | "python2" | "python3" | "node" | "ruby" | "perl" | "php" | "deno" | "bun" | "java" | "go" | "rustc"
        | "gcc"
            if words.len() == 1 && any(&|w| matches!(w, "--version" | "-V" | "-v" | "-version")) =>
        {
            "r"
        }
        "systemctl" | "service" => {
            let looks = any(&|w| matches!(w, "status" | "show" | "list-units" | "is-active" | "is-enabled" | "cat"));
            if looks && words.len() <= 3 { "r" } else { "aw" }
        }
        "docker" | "podman" | "nerdctl" => return docker(name, words),
        "git" => return git(words),
        "psql" | "mysql" | "mariadb" | "sqlite3" | "sqlcmd" | "mongo" | "mongosh" | "cqlsh" | "clickhouse-client"
        | "redis-cli" | "duckdb" | "sqlplus" | "bcp" => {
            let sql = sql(words, texts);
            let local = matches!(name, "sqlite3" | "duckdb");
            return Some(if local { sql } else { sql.and(Classes::NETWORK) });
        }
        "nc" | "ncat" | "netcat" | "socat" => {
            let runs = short('e') || short('c') || any(&|w| w.starts_with("--exec") || w.to_ascii_lowercase().contains("exec:"));
            if runs { "nwx" } else { "nw" }
        }
        "openssl" => {
            if any(&|w| w == "s_client" || w == "s_server") {
                "nw"
            } else {
                "w"
            }
        }
        "history" => {
            if short('c') {
                "d"
            } else {
                "r"
            }
        }
        "kill" | "pkill" | "killall" => "w",
        _ => return None,
    };
    Some(Classes::of_letters(letters))
}

fn curl(words: &[Word]) -> Classes {
    let method = value(words, "-X", "--request").unwrap_or_default();
    let mut classes = Classes::NETWORK;
    match method.to_ascii_uppercase().as_str() {
        "" | "GET" | "HEAD" | "OPTIONS" => {}
        "DELETE" => classes.add(Classes::of_letters("d")),
        _ => classes.add(Classes::WRITE),
    }
    let writes = |word: &Word| {
        let text = word.text.as_str();
        let name = text.split('=').next().unwrap_or_default();
        let saves = matches!(
            name,
            "--output" | "--remote-name" | "--remote-name-all" | "--config" | "--cookie-jar" | "--output-dir" | "--dump-header"
        );
        let cluster = text.starts_with('-') && !text.starts_with("--");
        saves || programs::has(CURL_SENDS, name) || word.may_be_anything() || cluster && short_writes(text)
    };
    if words.iter().any(writes) {
        classes.add(Classes::WRITE);
    }
    classes
}

/// Whether a cluster of `curl`'s short options sends or saves; what follows an option that takes a value is the value.
fn short_writes(cluster: &str) -> bool {
    for letter in cluster.chars().skip(1) {
        if "dFToOKcD".contains(letter) {
            return true;
        }
        if "HuAebXmxwECPQrtyYzU".contains(letter) {
            return false;
        }
    }
    false
}

fn docker(name: &str, words: &[Word]) -> Option<Classes> {
    let mut classes = programs::suite(name, words)?;
    // The whole machine, by its files, its devices or its engine.
    let escapes = |text: &str| {
        let mount = text.strip_prefix("-v").or_else(|| text.strip_prefix("--volume=")).unwrap_or(text);
        mount.starts_with("/:")
            || mount.contains("docker.sock")
            || text.contains("source=/,")
            || text.contains("src=/,")
            || matches!(
                text,
                "--privileged"
                    | "--pid=host"
                    | "--net=host"
                    | "--network=host"
                    | "--userns=host"
                    | "--cap-add=ALL"
                    | "--cap-add=SYS_ADMIN"
            )
            || ["/etc:", "/root:", "/var:", "/usr:", "/home:", "/proc:", "/boot:"].iter().any(|folder| mount.starts_with(folder))
    };
    if words.iter().any(|word| escapes(&word.text)) {
        classes.add(Classes::of_letters("ad"));
    }
    Some(classes)
}

fn git(words: &[Word]) -> Option<Classes> {
    let mut classes = programs::suite("git", operands_from(words, "Cc"))?;
    let pushes = words.iter().any(|word| word.text == "push");
    // `+main` overwrites, `:main` deletes.
    if pushes && words.iter().any(|word| word.text.starts_with(['+', ':']) || word.text == "-d") {
        classes.add(Classes::of_letters("d"));
    }
    let runs =
        |word: &Word| word.text.starts_with("ext::") || word.text.starts_with("--upload-pack") || word.text.starts_with("--exec");
    // `-c core.pager=…`, `-c alias.x=!…` run what they name.
    if words.iter().any(runs) || words.iter().any(|word| word.text == "-c") || words.first().is_some_and(|w| w.text == "config") {
        classes.add(Classes::of_letters("xw"));
    }
    if words.iter().any(Word::may_be_anything) {
        classes.add(Classes::of_letters("d"));
    }
    Some(classes)
}

/// What a database client does, by the statements among its words.
fn sql(words: &[Word], texts: &[String]) -> Classes {
    const TABLES: &[(&str, &str)] = &[
        ("r", " select show explain describe get keys hgetall scan find ping "),
        (
            "w",
            " insert update alter create copy merge replace set hset lpush rpush incr load call do vacuum insertone insertmany updateone into ",
        ),
        ("d", " drop delete truncate flushall flushdb del unlink dropdatabase deletemany deleteone remove shutdown "),
        ("aw", " grant revoke config "),
        ("x", " program xp_cmdshell load_file outfile eval script module "),
    ];
    let mut classes = Classes::default();
    let pieces = words.iter().map(|word| word.text.as_str()).chain(texts.iter().map(String::as_str));
    for word in
        pieces.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')).filter(|word| word.len() < 16)
    {
        let lower = word.to_ascii_lowercase();
        for (letters, table) in TABLES {
            if programs::has(table, &lower) {
                classes.add(Classes::of_letters(letters));
            }
        }
    }
    let file = words.iter().any(|word| word.text == "-f" || word.text.starts_with("--file") || word.text.contains(UNKNOWN));
    if classes == Classes::default() || file {
        classes.add(Classes::of_letters("wx"));
    }
    classes
}
