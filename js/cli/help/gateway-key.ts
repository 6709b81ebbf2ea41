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
  --hmac                the secret with which the agent signs requests of the older protocol
                        (gateway --legacy-hmac); making one revokes the one before
  --gateway-url URL     the gateway (default http://localhost:4100; env INTERVEN_GATEWAY_URL)
  -h, --help            show this help

Environment
  INTERVEN_ADMIN_TOKEN  the administrator's credential

Examples
  interven gateway key create --agent billing-bot > billing-bot.key
  interven gateway key create --agent one-off --ephemeral --tool slack --max-uses 3
`;
