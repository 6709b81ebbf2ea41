//! What programs do, by their names and by the words after them. What is not here writes and executes.

use super::{classes::Classes, words::Word};

/// Letters of [`Classes::of_letters`], and programs that do only that, whatever their options.
const PROGRAMS: &[(&str, &str)] = &[
    (
        "r",
        "ls cat echo printf pwd cd pushd popd dirs head tail wc grep egrep fgrep rg ag cut tr uniq comm diff cmp stat file du df \
         ps top htop free uptime uname whoami id groups date cal which whereis type true false test [ : sleep seq yes expr bc \
         basename dirname readlink realpath tree less more man help history env printenv locale nl od xxd hexdump strings md5sum \
         sha1sum sha256sum sha512sum cksum base64 rev tac fold fmt column paste join jq yq lscpu lsblk lsof lsusb lspci dmesg \
         journalctl vmstat iostat getent hostname arch nproc tty w who last wait jobs fg bg read shift return exit break continue \
         set unset export local declare typeset readonly getopts umask ulimit let shopt alias unalias hash logger sort \
         dir findstr ver whoami.exe tasklist systeminfo ipconfig ifconfig \
         get-content get-childitem get-item get-process get-location get-date get-help get-command get-service test-path \
         select-string measure-object where-object select-object sort-object format-table format-list write-output write-host \
         resolve-path compare-object gc gci",
    ),
    (
        "w",
        "touch mkdir cp mv ln install tee mktemp patch split csplit gzip gunzip bzip2 bunzip2 xz unxz zstd zip unzip cpio ar \
         rename kill pkill killall copy move xcopy robocopy md ren attrib mklink clip \
         new-item set-content add-content copy-item move-item rename-item out-file tee-object set-location expand-archive \
         compress-archive stop-process set-variable set-item vim vi nano emacs ed code pbcopy pbpaste",
    ),
    (
        "d",
        "rm rmdir unlink shred truncate wipefs mkfs mke2fs mkswap fdisk sfdisk parted cfdisk del erase rd deltree format diskpart \
         cipher remove-item clear-content clear-disk format-volume remove-itemproperty clear-item ri blkdiscard srm wipe",
    ),
    (
        "n",
        "ping ping6 traceroute tracepath mtr dig nslookup host whois nmap arp test-connection resolve-dnsname test-netconnection",
    ),
    (
        "nw",
        "wget2 aria2c scp rsync sftp ftp tftp rclone nc ncat netcat socat telnet start-bitstransfer bitsadmin certutil axel \
         youtube-dl yt-dlp mail mailx sendmail mutt swaks",
    ),
    ("nx", "ssh mosh autossh rsh"),
    (
        "aw",
        "chmod chown chgrp chattr setfacl useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup passwd \
         chpasswd visudo mount umount swapon swapoff iptables ip6tables nft ufw firewall-cmd sysctl insmod rmmod modprobe \
         setenforce setcap shutdown reboot halt poweroff init telinit hostnamectl timedatectl update-alternatives ldconfig \
         icacls cacls takeown net netsh reg regedit sc schtasks setx bcdedit set-executionpolicy set-acl start-service \
         stop-service restart-service new-localuser add-localgroupmember ip route kextload spctl csrutil dscl diskutil losetup \
         cryptsetup lvremove vgremove pvremove zpool zfs iscsiadm unshare nsenter chsh chfn loginctl",
    ),
    ("awx", "crontab at batch launchctl su runas start-process invoke-command new-service gpasswd"),
    (
        "xw",
        "python python2 python3 perl ruby node deno bun php lua tclsh rscript julia osascript swift ghc runghc groovy scala java \
         sh bash zsh dash ksh ash fish csh tcsh pwsh powershell cmd eval source . iex invoke-expression wscript cscript mshta \
         rundll32 regsvr32 make cmake ninja trap gcc g++ cc clang rustc gdb screen tmux expect npx bunx uvx pipx",
    ),
];

/// Programs with subcommands: what any use of them adds, and their names.
const SUITES: &[(&str, &str)] = &[
    (
        "n",
        "aws gcloud az gsutil bq gh glab hub kubectl oc helm terraform tofu terragrunt pulumi cdk sam serverless heroku fly \
      flyctl vercel netlify wrangler doctl linode-cli ibmcloud oci eksctl argocd vault consul nomad firebase supabase stripe \
      s3cmd mc npm pnpm yarn pip pip3 uv poetry conda gem bundle cargo go composer apt apt-get yum dnf apk pacman zypper brew \
      snap flatpak choco winget scoop ansible ansible-playbook",
    ),
    ("", "git docker podman nerdctl docker-compose systemctl service svn hg vagrant virsh lxc"),
];

/// Subcommands by what they do; those with hyphens go by each of their words.
const LOOKS: &str = " get list ls describe show view status log logs diff plan ps images inspect version help info head blame grep \
    top tree search cat tail outdated why doctor validate explain history rev-parse shortlog is-active is-enabled audit fmt ";
const DESTROYS: &str = " delete del rm rmi rb remove destroy terminate purge prune drop uninstall wipe clean reset drain clear flush \
    filter-branch filter-repo update-ref gc deregister detach erase revoke kill rmdir undeploy ";
const RUNS: &str = " run exec build install ci test start dev script apply up invoke compile bootstrap ";
const GUARDED: &str = " iam role roles user users policy policies grant auth login credentials secret secrets key keys sts \
    add-iam-policy-binding rbac clusterrolebinding rolebinding permission permissions organizations enable disable mask \
    daemon-reload ";
const REACHES: &str = " push pull fetch clone ls-remote submodule publish login remote upload download send-email ";

/// Words that make any use of a suite destructive.
const FORCES: &str = " --force -f --force-with-lease --delete --hard -D --mirror --prune --purge --remove-orphans -delete ";

/// Whether a table of words, with a blank on each side, has a word.
pub(super) fn has(table: &str, word: &str) -> bool {
    !word.is_empty() && !word.contains(' ') && table.split_ascii_whitespace().any(|one| one == word)
}

/// What a program does by its name alone.
pub(super) fn by_name(name: &str) -> Option<Classes> {
    if name.starts_with("mkfs.") {
        return Some(Classes::of_letters("d"));
    }
    PROGRAMS.iter().find(|(_, names)| has(names, name)).map(|(letters, _)| Classes::of_letters(letters))
}

/// What a program with subcommands does, by the words after it.
pub(super) fn suite(name: &str, words: &[Word]) -> Option<Classes> {
    let (base, _) = SUITES.iter().find(|(_, names)| has(names, name))?;
    let mut classes = Classes::default();
    let (mut looks, mut acts) = (false, false);
    let subcommands = words.iter().filter(|word| !word.text.starts_with('-')).take(3);
    for word in subcommands.flat_map(|word| core::iter::once(word.text.as_str()).chain(word.text.split('-'))) {
        looks |= has(LOOKS, word);
        for (table, letters) in [(DESTROYS, "d"), (RUNS, "xw"), (REACHES, "n"), (GUARDED, "a")] {
            if has(table, word) {
                classes.add(Classes::of_letters(letters));
                acts |= letters.contains(['d', 'w']);
            }
        }
    }
    if words.first().is_some_and(|word| matches!(word.text.as_str(), "i" | "x")) {
        classes.add(Classes::of_letters("xw"));
    }
    if words.iter().any(|word| has(FORCES, &word.text) || word.may_be_anything()) {
        classes.add(Classes::of_letters("d"));
        acts = true;
    }
    let only_says = |word: &Word| matches!(word.text.as_str(), "--version" | "--help" | "-h" | "-V" | "-v");
    if words.len() == 1 && words.iter().all(only_says) {
        return Some(Classes::READ);
    }
    classes.add(Classes::of_letters(base));
    classes.add(if looks && !acts { Classes::READ } else { Classes::WRITE });
    // Looking at who may do what changes nothing.
    if looks && !acts && classes.has(Classes::ADMIN) {
        return Some(Classes::of_letters(base).and(Classes::READ));
    }
    Some(classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_program_has_two_rows() {
        let mut all: alloc::vec::Vec<&str> =
            PROGRAMS.iter().chain(SUITES).flat_map(|(_, names)| names.split_ascii_whitespace()).collect();
        all.sort_unstable();
        let twice: alloc::vec::Vec<_> = all.windows(2).filter(|pair| pair.first() == pair.last()).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
