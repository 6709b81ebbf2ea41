/** Help texts. */

/** `interven --help` */
export const MAIN_HELP = `interven - the firewall for what AI agents send

Usage
  interven <command> [options]

Commands
  gateway     run the gateway: /proxy/ in front of agents, approvals, console
  scan        find secrets and personal data in files, or decide rows of JSON
  policy      check, explain, test, compare, try and apply policies
  doctor      try whether calls are really stopped
  audit       check and export the record that a gateway keeps

Options
  -h, --help     show help; also: interven <command> --help
  -v, --version  show the version

Examples
  interven gateway --port 4100
  interven scan src
`;

/** `interven gateway --help` */
export const GATEWAY_HELP = `interven gateway - scan, hold and forward what agents send

Usage
  interven gateway [options]
  interven gateway key create|list|revoke [options]
  interven gateway credential set|list|remove [options]
  interven gateway backup --to FILE [--data-dir DIR] [--gateway-url URL]

Options
  --config FILE             options from a JSON object, by the same names; what is given here goes before
  --port N                  port to listen on (default 4100; env PORT)
  --host ADDRESS            address to listen on (default 127.0.0.1)
  --public-host NAME        another name the gateway is reached by; may be repeated
  --public-url URL          where people reach the console behind a proxy with TLS: in links to approvals; its
                            host is a name too (env INTERVEN_PUBLIC_URL)
  --mode enforce|monitor    monitor forwards what /proxy/ would stop, and records it (default enforce)
  --policy FILE             policy in JSON or YAML, or the name of a template; may be repeated
                            (env INTERVEN_POLICY)
  --env NAME                environment: applied policies of it are in force (default production;
                            env INTERVEN_ENV)
  --data-dir DIR            where approvals and the audit record are kept (default ./.interven)
  --allow-private HOST:PORT a private host that agents may reach; may be repeated
  --connect HOST[:PORT]     a host that CONNECT may open tunnels to, unseen, or .DOMAIN for all below it; port 443 if
                            none is given; may be repeated (default: no tunnels)
  --tool-url TOOL=URL       where the API of a tool is, if not at its vendor; may be repeated
  --slack-channel CHANNEL   ask people in this channel of Slack as well (id, or #name); needs
                            INTERVEN_SLACK_BOT_TOKEN and INTERVEN_SLACK_SIGNING_SECRET
  --slack-approver ID=NAME  a member of Slack who may approve and deny; may be repeated
  --webhook URL             tell this server of approvals and denials; may be repeated; needs
                            INTERVEN_WEBHOOK_SECRET
  --webhook-preview         tell it the redacted request as well
  --gateway-url URL         another gateway to ask as well; the stricter decision holds (env INTERVEN_GATEWAY_URL)
  --api-key KEY             the key for it; without a URL, for the hosted service (env INTERVEN_API_KEY, which
                            other users of the machine do not see)
  --fail-mode closed|open   when it cannot be asked: refuse (default), or decide here alone
  --legacy-hmac             serve /invoke, /mcp and /approvals/ of the older protocol to agents with an HMAC
                            secret (env INTERVEN_LEGACY_HMAC=1)
  --max-body-bytes N        largest request body on /proxy/ (default 1048576, at most 67108864)
  --rate-limit N            scans and calls of tools in a minute (default 60)
  --prompt-limit N          undecided approvals that an agent may open in a minute (default 10)
  --retain-days N           drop what is older from the record; it can still be verified (default: keep all)
  --store-bodies none|redacted
                            keep the redacted body with each decision (default none)
  --verbose                 log requests to /proxy/, /v1/scan, /v1/approvals and /v1/tools (default)
  --quiet                   log nothing but errors
  -h, --help                show this help

backup writes a consistent copy of everything but the key of the record, also while the gateway runs. Where the
gateway keeps the database for itself (Node 20), it is asked at --gateway-url (default http://localhost:4100) with
INTERVEN_ADMIN_TOKEN.

Environment
  INTERVEN_ADMIN_TOKEN      the administrator's credential, 16 characters or more; without it one is
                            made at the first start and printed once
  INTERVEN_SLACK_BOT_TOKEN, INTERVEN_SLACK_SIGNING_SECRET
                            of the Slack app, for --slack-channel
  INTERVEN_WEBHOOK_SECRET   whsec_ and the base64 of 24 to 64 random bytes, for --webhook
  INTERVEN_VAULT_KEY        base64 of 32 random bytes that seal credentials; without it vault.key in the
                            data directory is made and used
  NO_COLOR                  no colours

Examples
  interven gateway
  interven gateway --port 4200 --policy policy.json
  interven gateway --allow-private localhost:8080 --mode monitor

Agents call http://localhost:4100/proxy/https://api.example.com/... ; people open http://localhost:4100/
`;

/** `interven gateway key --help` */
export const GATEWAY_KEY_HELP = `interven gateway key - the keys of agents, at a running gateway

Usage
  interven gateway key create --agent ID [options]
  interven gateway key list [--hmac]
  interven gateway key revoke KEY_ID
  interven gateway key create --hmac --agent ID
  interven gateway key revoke --hmac --agent ID

The first key closes the gateway to agents without one. A key is written to standard output, this once.

Options of create
  --agent ID            the agent that whoever holds the key is
  --name NAME           what the agent is called
  --description TEXT    what the key is for
  --env NAME            the environment that the agent is in; messages stay in one
  --allow-ip RANGE      an address, or a range such as 10.0.0.0/8, that it may be used from; may be repeated
  --tool TOOL           a tool that it may be used for, such as slack; may be repeated
  --verb VERB           read, write or admin; may be repeated
  --ephemeral           for few calls and a short time
  --ttl-seconds N       how long an ephemeral key lasts (default 600, at most 86400)
  --max-uses N          how many calls an ephemeral key is good for (default 1, at most 1000)

Options
  --hmac                the secret with which the agent signs requests of the older protocol (gateway --legacy-hmac);
                        making one revokes the one before
  --gateway-url URL     the gateway (default http://localhost:4100; env INTERVEN_GATEWAY_URL)
  -h, --help            show this help

Environment
  INTERVEN_ADMIN_TOKEN  the administrator's credential

Examples
  interven gateway key create --agent billing-bot > billing-bot.key
  interven gateway key create --agent one-off --ephemeral --tool slack --max-uses 3
`;

/** `interven gateway credential --help` */
export const GATEWAY_CREDENTIAL_HELP = `interven gateway credential - what a running gateway calls tools with, and no agent sees

Usage
  interven gateway credential set TOOL [options] < FILE
  interven gateway credential list
  interven gateway credential remove TOOL

TOOL is a tool such as slack, or http:HOST for requests to one host. The credential is read from standard input,
or from an environment variable, and sealed by the gateway; it is never given back.

Options of set
  --from-env NAME       the environment variable that holds it, instead of standard input
  --header NAME         the header that it is sent in, if not the tool's own
  --prefix TEXT         what stands before it there, such as 'Bearer '
  --origin ORIGIN       where it may be sent to, such as https://gitlab.example.com, if not where the
                        tool's calls go; may be repeated

Options
  --gateway-url URL     the gateway (default http://localhost:4100; env INTERVEN_GATEWAY_URL)
  -h, --help            show this help

Environment
  INTERVEN_ADMIN_TOKEN  the administrator's credential

Examples
  interven gateway credential set slack < slack.token
  interven gateway credential set github --from-env GITHUB_TOKEN
  interven gateway credential set http:api.example.com --header x-api-key
`;

/** `interven scan --help` */
export const SCAN_HELP = `interven scan - find secrets and personal data in files, or decide rows of JSON

Usage
  interven scan [options] <file|directory|->...
  interven scan --jsonl [options] < rows.jsonl

Files are read as text, of any size in bounded memory; - is standard input. In directories .git,
node_modules, links and binary files are left out.

Options
  --format text|json|sarif  how findings are written (default text); the values never are
  --redact                  write the text with placeholders instead; one file, or -
  --jsonl                   read {"id","text"} or {"id","request"} a line, write one answer a line
  --policy FILE             policy in JSON or YAML, or the name of a template, for --jsonl; may be
                            repeated
  --allow-private HOST[:PORT]
                            a private host that requests may lead to; may be repeated
  --org-domain DOMAIN       a domain of the organisation, subdomains included; may be repeated
  --max-body-bytes N        largest body for --jsonl (default and most 67108864)
  --all                     list documentation samples too, and with --jsonl credentials in their place
  --quiet                   no progress and no summary
  -h, --help                show this help

Exit codes
  0  nothing was found and everything was inspected; with --jsonl: every line was answered
  1  something was found
  2  wrong usage; something could not be read, inspected to its end, or answered

Environment
  NO_COLOR                  no colours

Examples
  interven scan .
  interven scan --format sarif src > interven.sarif
  cat dump.txt | interven scan --redact - > clean.txt
`;

/** `interven policy --help` */
export const POLICY_HELP = `interven policy - check, explain, test, compare, try and apply policies

Usage
  interven policy validate [--strict] [--json] <policy>...
  interven policy explain [--policy P]... (--url URL [--method M] [--header H]... [--body TEXT] | --request FILE)
                          [--agent ID] [--org-domain D]... [--json]
  interven policy test [--policy P]... [--org-domain D]... [--json] <cases>...
  interven policy diff [--env NAME] [--gateway-url URL] [--json] OLD NEW
  interven policy replay --policy P [--gateway-url URL] [--since T] [--until T] [--limit N]
                         [--fail-on-change] [--json]
  interven policy replay --policy P... --against FILE [--baseline P]... [--org-domain D]...
                         [--fail-on-change] [--json]
  interven policy apply [--env NAME] [--gateway-url URL] [--dry-run] [--json] <policy>...
  interven policy templates [NAME]

A policy is a file in JSON or YAML, or the name of a template; for diff also gateway:NAME, what is applied to a
gateway under that name, or gateway: for what has the name of the other one.

validate   whether policies can be used; and rules that can never match, that another makes superfluous,
           names that no tool has, suppressions that are over. With --strict these are errors.
explain    what is decided about a request, and for every rule which of its keys does not hold
test       files or folders of cases: {"policy"?, "cases": [{"name", "request", "expect": {"decision", …}}]}
diff       rules that were added, removed and changed, key by key, and whether they stand in another order
replay     what a policy would change: about the newest decisions of a gateway (1000, --limit up to 20000), told from
           facts in its record, or about the calls in FILE, rows as interven scan --jsonl reads them, beside
           the policies of --baseline (default none)
apply      makes policies hold at a gateway, under their name in an environment (default: their own, or the
           gateway's); the same text changes nothing. --dry-run only shows the difference
templates  the policies that come with the package; with a name, its text

--org-domain names a domain of the organisation; without one everybody is external. The gateway is at
--gateway-url (default http://localhost:4100; env INTERVEN_GATEWAY_URL).

Exit codes
  0  fine; explain: the request would be sent; diff: they say the same
  1  a policy cannot be used, a case failed, the gateway refuses; explain: the request would be held or refused;
     diff: they differ; replay --fail-on-change: a decision changes, or it cannot be told
  2  wrong usage

Examples
  interven policy validate policy.yaml
  interven policy explain --policy starter --url https://slack.com/api/chat.postMessage --body '{"text":"hi"}'
  interven policy templates starter > policy.json
  interven policy replay --policy policy.json --since 2026-11-01
  interven policy apply policy.json --env production

Environment
  INTERVEN_ADMIN_TOKEN  the administrator's credential, for what asks a gateway
`;

/** `interven doctor --help` */
export const DOCTOR_HELP = `interven doctor - try whether calls are really stopped

Usage
  interven doctor [options]

Installs a client in this process and sends a made-up secret down every path that it has: fetch, undici,
node:http, node:https. They lead to a port of this process; nothing leaves the machine. Prints what was
blocked, what the client depends on, and what an installed client does not cover.

It says whether the package works on this machine. For a process of your own, call client.doctor() in it.

Options
  --policy FILE       policy in JSON or YAML, or the name of a template; may be repeated
  --gateway-url URL   gateway to ask for its health (env INTERVEN_GATEWAY_URL; the key: INTERVEN_API_KEY)
  --json              the report as JSON
  -h, --help          show this help

Exit codes
  0  all is as it should be
  1  a path is not blocked, the gateway does not answer or does not take the key, a policy cannot be used
  2  wrong usage

Examples
  interven doctor
  interven doctor --policy policy.yaml --json
`;

/** `interven audit --help` */
export const AUDIT_HELP = `interven audit - check and export the record that a gateway keeps

Usage
  interven audit verify [--data-dir DIR | --file BACKUP] [--head FILE] [--public-key KEY] [--json]
  interven audit export [--data-dir DIR | --file BACKUP] [--format F] [--kind K] [--since T] [--until T]
  interven audit head [--data-dir DIR]
  interven audit reseal [--data-dir DIR]

verify  whether any entry was changed, removed, moved or put in: names the first one. --head is a head that was
        kept elsewhere; only that tells for certain that the end was not cut off
export  the record on standard output: ndjson (default), csv, splunk, datadog or ocsf
head    the signed head, to be kept elsewhere; the same as GET /v1/audit/head
reseal  signs the record as it is, after its key was lost or a gateway refused to start on it, and says so in it

DIR is ./.interven if it is not given. A gateway on Node 20 keeps its database for itself: stop it, or name a
backup with --file. Times are like 2026-01-31 or 2026-01-31T12:00:00Z; --since is in, --until is out.

Exit codes
  0  the record is whole
  1  it is not, or it cannot be read
  2  wrong usage

Examples
  interven audit verify --data-dir .interven --head head.json
  interven audit export --format csv --since 2026-01-01 > record.csv
`;
