//! User and password inside URLs and connection strings.

use super::shared::is_mixed;
use crate::{
    detect::{
        checks::repetitive,
        rule::{Candidate, Outcome, Rule},
        shape::{Alphabet, Part},
    },
    finding::Confidence,
    placeholder,
};

pub(in crate::detect) static RULES: &[&Rule] = &[&CONNECTION_URL, &ORACLE, &URL_CREDENTIAL, &CONFIG_SECRET];

/// Longest URL that is read as one.
const URL: Part = Alphabet::Url.between(6, 600);

/// Addresses of databases, queues and directories with user and password: the whole address tells where to use them.
static CONNECTION_URL: Rule = Rule::secret("connection_url", "CONNECTION_URL")
    .issued_by_anybody()
    .token(
        &[
            "postgres://",
            "postgresql://",
            "mysql://",
            "mysql2://",
            "mysqlx://",
            "mariadb://",
            "mongodb://",
            "mongodb+srv://",
            "mssql://",
            "sqlserver://",
            "oracle://",
            "cockroachdb://",
            "clickhouse://",
            "cassandra://",
            "neo4j://",
            "neo4j+s://",
            "bolt://",
            "redis://",
            "rediss://",
            "valkey://",
            "memcached://",
            "amqp://",
            "amqps://",
            "mqtt://",
            "mqtts://",
            "nats://",
            "kafka://",
            "ldap://",
            "ldaps://",
            "smtp://",
            "smtps://",
            "imap://",
            "imaps://",
            "pop3://",
            "snowflake://",
            "couchdb://",
            "influxdb://",
            "redshift://",
            "vertica://",
            "presto://",
            "trino://",
            "hive://",
            "db2://",
            "firebird://",
            "etcd://",
            "psycopg2://",
            "psycopg://",
            "asyncpg://",
            "pymysql://",
            "mysqldb://",
            "mysqlconnector://",
            "aiomysql://",
            "pyodbc://",
            "pymssql://",
            "cx_oracle://",
            "oracledb://",
            "aioredis://",
            "pyamqp://",
        ],
        &[URL],
    )
    .checked(with_password)
    .known_from("RFC 3986 section 3.2.1; documentation of the databases, connection strings")
    .evidence(
        &[
            "postgres://{word:6}:{base62:12}@db.internal:5432/app",
            "DATABASE_URL=mysql://{word:6}:{base62:8}%40x@db.internal/app",
            "mongodb+srv://{word:6}:{base62:12}@cluster0.internal.net/test?retryWrites=true",
            "redis://:{base62:16}@cache.internal:6379/0",
        ],
        &[
            "postgres://db.internal:5432/app",
            "postgres://$USER:$PASSWORD@db.internal/app",
            "postgres://{word:6}:****@db.internal/app",
            "redis://cache.internal:6379/0",
        ],
    );

/// Oracle's thin driver writes user and password before the address of the server.
static ORACLE: Rule = Rule::secret("oracle_connection_url", "CONNECTION_URL")
    .issued_by_anybody()
    .token(&["jdbc:oracle:thin:", "jdbc:oracle:oci:"], &[Alphabet::Word.between(1, 64), Part::Text("/"), URL])
    .checked(oracle)
    .known_from("Oracle Database JDBC Developer's Guide, thin-style service names")
    .evidence(
        &[
            "jdbc:oracle:thin:{word:5}/{base62:11}7@db.internal:1521/app",
            "url=jdbc:oracle:oci:{word:5}/{base62:11}7@db.internal:1521:app",
            "\"jdbc:oracle:thin:{word:5}/{base62:11}7@//db.internal:1521/app\"",
        ],
        &["jdbc:oracle:thin:@db.internal:1521/app", "jdbc:oracle:thin:{word:5}/$PASSWORD@db", "jdbc:oracle:thin:a/b"],
    );

fn oracle(candidate: &Candidate<'_>) -> Outcome {
    let password = candidate.text.splitn(2, |b| *b == b'/').nth(1).unwrap_or_default();
    let password = password.get(..password.iter().rposition(|b| *b == b'@').unwrap_or_default()).unwrap_or_default();
    let masked = password.iter().all(|b| b"*xX.".contains(b)) || password.starts_with(b"$") || password.starts_with(b"[");
    if password.len() < 3 || masked { Outcome::Reject } else { Outcome::Found(Confidence::Medium) }
}

/// Addresses of servers with user and password.
static URL_CREDENTIAL: Rule = Rule::secret("url_credential", "URL_CREDENTIAL")
    .issued_by_anybody()
    .token(
        &[
            "http://",
            "https://",
            "ftp://",
            "ftps://",
            "sftp://",
            "ssh://",
            "git://",
            "svn://",
            "ws://",
            "wss://",
            "rtsp://",
            "rtmp://",
            "socks4://",
            "socks5://",
            "socks5h://",
            "socks://",
            "telnet://",
            "vnc://",
            "rdp://",
            "smb://",
            "dav://",
            "davs://",
            "xmpp://",
            "sip://",
            "s3://",
            "elasticsearch://",
            "vault://",
        ],
        &[Alphabet::Authority.between(6, 300)],
    )
    .checked(with_password)
    .known_from("RFC 3986 section 3.2.1")
    .evidence(
        &[
            "https://{word:6}:{base62:12}@git.internal/repo.git",
            "ftp://{word:6}:{base62:9}@files.internal",
            "proxy: http://{word:6}:{word:8}@proxy.internal:8080",
            "git clone https://{base62:39}aB7@git.internal/repo.git",
        ],
        &[
            "https://files.internal:8080/a@b",
            "https://{word:6}@git.internal/repo.git",
            "https://${USER}:${PASSWORD}@git.internal/repo.git",
            "https://user:****@git.internal/",
            "https://user:%5BSECRET%3A1%5D@git.internal/",
        ],
    );

fn with_password(candidate: &Candidate<'_>) -> Outcome {
    let find = |needle: &[u8]| candidate.text.windows(needle.len()).position(|w| w == needle);
    let rest = find(b"://").and_then(|at| candidate.text.get(at + 3..)).unwrap_or_default();
    let authority = rest.split(|b| matches!(b, b'/' | b'?' | b'#')).next().unwrap_or_default();
    let at = authority.iter().rposition(|b| *b == b'@');
    // A password may hold a slash or a question mark that nobody escaped.
    let at = at.or_else(|| rest.iter().position(|b| *b == b'@').filter(|at| rest.get(..*at).is_some_and(|u| u.contains(&b':'))));
    let userinfo = at.and_then(|at| rest.get(..at)).unwrap_or_default();
    let host = at.and_then(|at| rest.get(at + 1..)).unwrap_or_default();
    let Some(colon) = userinfo.iter().position(|b| *b == b':') else {
        // `https://token@host`: a token stands for both.
        let token = userinfo.len() >= 20 && userinfo.iter().all(|b| Alphabet::Word.contains(*b)) && is_mixed(userinfo);
        return if token && !repetitive(userinfo) { Outcome::Found(Confidence::Low) } else { Outcome::Reject };
    };
    let password = userinfo.get(colon + 1..).unwrap_or_default();
    let placed = is_placed(password);
    let masked = password.iter().all(|b| matches!(b, b'*' | b'.' | b'x' | b'X' | b'-'));
    // `host:8080` before an `@` that stands in the path.
    let port = password.iter().take_while(|b| b.is_ascii_digit()).count();
    let port = port > 0 && password.get(port) == Some(&b'/');
    let variable = password.first().is_some_and(|b| b"$%".contains(b))
        && password.iter().skip(1).all(|b| b.is_ascii_alphabetic() || b"_%".contains(b));
    if password.len() < 3 || masked || placed || port || variable || !host.first().is_some_and(u8::is_ascii_alphanumeric) {
        return Outcome::Reject;
    }
    // Hosts that are reserved for documentation (RFC 2606), with a password that is the word for one.
    let word = [&b"password"[..], b"pass", b"passwd", b"pwd", b"secret", b"changeme"].contains(&password);
    let sample =
        [&b"example.com"[..], b"example.org", b"example.net"].iter().any(|name| host.windows(name.len()).any(|w| w == *name));
    if repetitive(password) || (sample && (word || password.len() <= 3)) {
        Outcome::Placeholder
    } else {
        Outcome::Found(Confidence::Medium)
    }
}

/// `[…]` is what stands for a value that was taken out, or that a tutorial leaves out. Nothing may stand beside it.
fn is_placed(password: &[u8]) -> bool {
    let inside = |open: &[u8], close: &[u8]| {
        let inside = password.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| !inside.windows(close.len()).any(|w| w == close))
    };
    inside(b"[", b"]") || inside(b"%5B", b"%5D") || placeholder::covers(password, &(0..password.len()), &|_| true)
}

/// Secrets in the connection strings of Azure App Configuration and its relatives.
static CONFIG_SECRET: Rule = Rule::secret("azure_app_configuration", "CONNECTION_STRING")
    .issued_by("azure")
    .token(&["Endpoint=https://"], &[Alphabet::Unreserved.between(4, 120), Part::Text(";Id="), Alphabet::Url.between(60, 200)])
    .checked(config_secret)
    .known_from("Azure App Configuration documentation, access keys")
    .evidence(
        &[
            "Endpoint=https://app.azconfig.io;Id={base62:4}-l9-s0:{base62:20};Secret={base64:43}=",
            "\"Endpoint=https://app.azconfig.io;Id={base62:4}:{base62:20};Secret={base64:43}=\"",
            "conn: Endpoint=https://a-b.azconfig.io;Id=x-{base62:4}:{base62:20};Secret={base64:43}=",
        ],
        &[
            "Endpoint=https://app.azconfig.io;Id={base62:24}",
            "Endpoint=https://app.azconfig.io;Id=a:b;Secret=****",
            "Endpoint=https://app.azconfig.io;Id={base62:24};Name={base62:60}",
        ],
    );

fn config_secret(candidate: &Candidate<'_>) -> Outcome {
    let marked = candidate.text.windows(8).any(|w| w == b";Secret=");
    if marked { Outcome::Found(Confidence::High) } else { Outcome::Reject }
}
