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
