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
replay     what a policy would change: about the newest decisions of a gateway (1000, --limit up to 20000),
           told from facts in its record, or about the calls in FILE, rows as interven scan --jsonl reads them, beside
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
