/** `interven gateway credential --help` */
export const GATEWAY_CREDENTIAL_HELP = `interven gateway credential - credentials that a running gateway holds, and no agent sees

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
