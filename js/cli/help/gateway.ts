/** `interven gateway --help` */
export const GATEWAY_HELP = `interven gateway - scan, hold and forward what agents send

Usage
  interven gateway [options]
  interven gateway <command> --help

Commands, at a gateway that runs
  key         make, list and revoke the keys of agents
  credential  set, list and remove the credentials that it calls tools with
  route       add, list and remove inbound routes
  backup      write a consistent copy of its data; also while it is stopped

Listening
  --port N                    port to listen on (default 4100; env PORT)
  --host ADDRESS              address to listen on (default 127.0.0.1)
  --public-host NAME          another name the gateway is reached by; may be repeated
  --public-url URL            where people reach the console behind a proxy with TLS: in links to approvals; its
                              host is a name too (env INTERVEN_PUBLIC_URL)
  --data-dir DIR              where approvals and the audit record are kept (default ./.interven)
  --config FILE               options from a JSON object, by the same names; what is given here goes before

Deciding
  --mode enforce|monitor      monitor forwards what /proxy/ would stop, and records it (default enforce)
  --policy FILE               policy in JSON or YAML, or the name of a template; may be repeated
                              (env INTERVEN_POLICY)
  --env NAME                  environment: applied policies of it are in force (default production;
                              env INTERVEN_ENV)
  --max-body-bytes N          largest request body on /proxy/ (default 1048576, at most 67108864)
  --rate-limit N              scans and calls of tools in a minute (default 60)
  --prompt-limit N            undecided approvals that an agent may open in a minute (default 10)

Where calls may go
  --allow-private HOST:PORT   a private host that agents may reach; may be repeated
  --connect HOST[:PORT]       a host that CONNECT may open tunnels to, unseen, or .DOMAIN for all below it;
                              port 443 if none is given; may be repeated (default: no tunnels)
  --tool-url TOOL=URL         where the API of a tool is, if not at its vendor; may be repeated

Asking and telling people
  --slack-channel CHANNEL     ask people in this channel of Slack as well (id, or #name); needs
                              INTERVEN_SLACK_BOT_TOKEN and INTERVEN_SLACK_SIGNING_SECRET
  --slack-approver ID=NAME    a member of Slack who may approve and deny; may be repeated
  --webhook URL               tell this server of approvals and denials; may be repeated; needs
                              INTERVEN_WEBHOOK_SECRET
  --webhook-preview           tell it the redacted request as well

Another gateway
  --gateway-url URL           another gateway to ask as well; the stricter decision holds
                              (env INTERVEN_GATEWAY_URL)
  --api-key KEY               the key for it; without a URL, for the hosted service (env INTERVEN_API_KEY,
                              which other users of the machine do not see)
  --fail-mode closed|open     when it cannot be asked: refuse (default), or decide here alone
  --legacy-hmac               serve /invoke, /mcp and /approvals/ of the older protocol to agents with an
                              HMAC secret (env INTERVEN_LEGACY_HMAC=1)

Recording
  --retain-days N             drop what is older from the record; it can still be verified (default: keep all)
  --store-bodies none|redacted
                              keep the redacted body with each decision (default none)
  --verbose                   log requests of agents and decisions about approvals (default)
  --quiet                     log nothing but errors
  -h, --help                  show this help

Environment
  INTERVEN_ADMIN_TOKEN        the administrator's credential, 16 characters or more; without it one is
                              made at the first start and printed once
  INTERVEN_SLACK_BOT_TOKEN, INTERVEN_SLACK_SIGNING_SECRET
                              of the Slack app, for --slack-channel
  INTERVEN_WEBHOOK_SECRET     whsec_ and the base64 of 24 to 64 random bytes, for --webhook
  INTERVEN_VAULT_KEY          base64 of 32 random bytes that seal credentials; without it vault.key in the
                              data directory is made and used
  NO_COLOR                    no colours

Exit codes
  0  stopped by Ctrl-C or SIGTERM
  1  it cannot start: a port in use, a wrong policy, a data directory that cannot be used
  2  wrong usage

Examples
  interven gateway
  interven gateway --port 4200 --policy policy.json
  interven gateway --allow-private localhost:8080 --mode monitor

Agents call http://localhost:4100/proxy/https://api.example.com/... ; people open http://localhost:4100/
`;
