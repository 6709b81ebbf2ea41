//! What a name says that it does. Names come from people and from models, so a guess may make a verdict stricter and never
//! looser: one writing word outweighs every reading one, and a name that says nothing writes.

use alloc::vec::Vec;

use super::{
    Category, Verb,
    words::{List, Words},
};

/// Words that only look.
static READS: List = List::of(
    "\
    analyze browse calculate check compare compute count describe diff download estimate explain export fetch \
    find get head history inspect list load lookup match peek ping preview query read report resolve retrieve \
    scan scroll search see select show stat stats status suggest summarize tail test translate validate verify \
    view whoami screenshot cursor",
);

/// Words that only look and are never nouns: after the name of a service they say so as well (`GmailSearchEmails`).
static PLAIN_READS: List = List::of("get list search find fetch read query lookup view retrieve describe show browse");

/// Words that change something and are as often nouns; at the beginning of a name they are verbs.
static NOUNS: List = List::of(
    "\
    book buy call charge comment email log mail make mark order pay pin place post put react reply reserve respond sell \
    set sign sms tag text trade",
);

/// Words that change something even at the end of the path of a `GET`. Words that are as often nouns (`order`, `post`, `log`)
/// are not here.
pub(super) static ACTS: List = List::of(
    "\
    accept activate add append apply approve archive assign cancel change clear close confirm create deactivate \
    decline delete deploy destroy disable dismiss edit empty enable erase execute exec import insert install invoke \
    kill logout merge modify move overwrite pause publish purge push reboot register reject remove rename reopen \
    replace reset restart restore resume revert rollback run save send share shutdown start stop submit subscribe \
    terminate transfer trash trigger truncate uninstall unlock unsubscribe update upgrade upload upsert wipe withdraw \
    write",
);

/// Words that change who may do what, whatever they stand beside.
pub(super) static ADMINISTERS: List = List::of(
    "\
    demote elevate grant impersonate invite promote revoke sudo authorize chmod chown kick ban",
);

/// Things that only administrators should change.
pub(super) static GUARDED: List = List::of(
    "\
    access acl admin admins billing collaborator collaborators credential credentials firewall group groups iam \
    key keys member members membership memberships mfa password passwords permission permissions policies policy \
    privilege privileges role roles secret secrets sso token tokens user users scim invitation invitations \
    invites",
);

/// Words by the category that they give a writing call.
static KINDS: &[(Category, List)] = &[
    (Category::Message, List::of("email mail sms message messages reply comment tweet notify forward dm notification")),
    (Category::Share, List::of("share publish permission permissions grant webpage website")),
    (Category::Invite, List::of("invite invitation invitations invites member members collaborator collaborators")),
    (Category::Delete, List::of("delete destroy drop erase purge remove trash truncate wipe terminate empty uninstall clear")),
    (
        Category::Payment,
        List::of(
            "pay payment payments purchase buy sell transfer transaction money refund charge donate invest invoice withdraw payout trade wire deposit checkout order reserve book booking",
        ),
    ),
    (Category::Execute, List::of("exec execute shell bash command script code invoke terminal eval sql")),
    (
        Category::Access,
        List::of("grant revoke role roles policy policies permission permissions promote demote access admin chmod chown unlock"),
    ),
    (Category::Credential, List::of("password passwords token tokens secret secrets credential credentials key keys")),
    (Category::Webhook, List::of("webhook webhooks hook hooks callback callbacks")),
    (Category::Deploy, List::of("deploy deployment deployments release rollback dns restart reboot shutdown")),
];

/// Words that give even a reading call its category.
static READING_KINDS: &[(Category, List)] = &[
    (Category::Export, List::of("export dump backup download")),
    (Category::Credential, List::of("password passwords secret secrets credential credentials")),
];

/// What loads what a URL leads to.
static FETCHES: List = List::of(
    "fetch webfetch http https browse browser url urls web website webpage page crawl scrape navigate goto visit wget curl request \
     download connect ping proxy ssrf screenshot open",
);

/// Shells, and what starts programs.
static PLAIN_SHELLS: List = List::of("bash shell sh zsh terminal powershell pwsh cmd");
static RUNS: List = List::of("command commands cmd exec execute run process subprocess ssh console sandbox");

/// The verb of a function by its name.
pub(super) fn verb_of_name(name: &str) -> Verb {
    let words = Words::of(name);
    let all: Vec<&str> = words.iter().collect();
    // Nouns that are also writing words (`get_post`, `list_orders`) do not stand first; joined by `and` they do.
    let mut parts = all.split(|word| matches!(*word, "and" | "then" | "or" | "plus"));
    let administers = words.any(&[&ADMINISTERS]);
    let destroys = categories(&words, Verb::Write).any(|category| category == Category::Delete);
    let reads = !all.is_empty() && parts.all(only_reads);
    if reads && !destroys && !administers {
        return Verb::Read;
    }
    if administers || words.any(&[&GUARDED]) { Verb::Admin } else { Verb::Write }
}

/// Whether a part of a name begins with a word that only looks, or has one after the name of a service and none that acts.
fn only_reads(part: &[&str]) -> bool {
    let Some(first) = part.first() else { return false };
    let any = |list: &List| part.iter().any(|word| list.has(word));
    // `list_files_and_folders`: what follows an `and` may be a thing.
    let thing = || matches!(part, [one] if one.ends_with('s') && !ACTS.has(one) && !NOUNS.has(one));
    let named = || !NOUNS.has(first) && any(&PLAIN_READS) && !any(&ACTS);
    READS.has(first) || named() || thing()
}

/// The categories of a call by the words of its name, once its verb is known.
pub(super) fn categories_of_name(name: &str, verb: Verb) -> Vec<Category> {
    categories(&Words::of(name), verb).collect()
}

fn categories(words: &Words, verb: Verb) -> impl Iterator<Item = Category> {
    let kinds = if verb == Verb::Read { READING_KINDS } else { KINDS };
    kinds.iter().filter(|(_, of)| words.any(&[of])).map(|(category, _)| *category)
}

/// Whether a function loads what a URL among its arguments leads to.
pub(super) fn fetches(name: &str) -> bool {
    Words::of(name).any(&[&FETCHES])
}

/// Whether a function hands its arguments to a shell or starts a program.
pub(super) fn is_shell(name: &str) -> bool {
    Words::of(name).any(&[&PLAIN_SHELLS, &RUNS])
}

/// Whether a function is a shell by its name.
pub(super) fn is_plain_shell(name: &str) -> bool {
    Words::of(name).any(&[&PLAIN_SHELLS])
}

/// Whether a name says that it changes who may do what.
pub(super) fn administers(name: &str) -> bool {
    Words::of(name).any(&[&ADMINISTERS])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions() {
        for name in [
            "get_user",
            "listOrders",
            "read-file",
            "search_and_summarize",
            "GmailSearchEmails",
            "BankManagerGetBalance",
            "get_post",
            "fetch",
            "list_permissions",
            "screenshot",
        ] {
            assert_eq!(verb_of_name(name), Verb::Read, "{name}");
        }
        for name in [
            "fetch_and_delete",
            "PostSearch",
            "TodoistCreateTask",
            "DropboxShareList",
            "PaymentsGetAndSend",
            "send_money",
            "weather",
            "",
            "get_or_create_issue",
            "getAndRemove",
            "post_message",
            "read_then_update",
        ] {
            assert_eq!(verb_of_name(name), Verb::Write, "{name}");
        }
        for name in ["invite_user_to_slack", "update_password", "grantAccess", "get_and_revoke", "add_member", "delete_user"] {
            assert_eq!(verb_of_name(name), Verb::Admin, "{name}");
        }
    }
}
