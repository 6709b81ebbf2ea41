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
