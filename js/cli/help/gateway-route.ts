/** `interven gateway route --help` */
export const GATEWAY_ROUTE_HELP = `interven gateway route - inbound routes of a running gateway: what is called by a name of its own

Usage
  interven gateway route add PREFIX URL [options]
  interven gateway route list
  interven gateway route remove PREFIX

Calls to /inbound/PREFIX/ of the gateway go on to URL, decided like any other. Headers of a route are added after the
decision; they are sealed by the gateway and never given back.

Options of add
  --header NAME                a header to add; its whole value is read from standard input
  --from-env HEADER=VARIABLE   a header to add, with the value of an environment variable; may be repeated
  --tool TOOL                  the tool whose API is at URL, such as github
  --agent ID                   the agent that callers without a key are
  --agent-header NAME          the header in which callers without a key say which agent they are
  --allow-from RANGE           an address, or a range such as 10.0.3.0/24, that callers without a key come from;
                               may be repeated (default: this machine, while there are no keys)

Options
  --gateway-url URL            the gateway (default http://localhost:4100; env INTERVEN_GATEWAY_URL)
  -h, --help                   show this help

Environment
  INTERVEN_ADMIN_TOKEN         the administrator's credential

Examples
  interven gateway route add notes https://api.example.com/v1
  interven gateway route add notes https://api.example.com/v1 --from-env x-api-key=NOTES_KEY
  printf 'Bearer %s' "$TOKEN" | interven gateway route add notes https://api.example.com --header authorization
`;
