/** `interven gateway backup --help` */
export const GATEWAY_BACKUP_HELP = `interven gateway backup - a consistent copy of what a gateway keeps, while it runs or not

Usage
  interven gateway backup --to FILE [--data-dir DIR] [--gateway-url URL]

The record in the copy is checked; a file that is there is never overwritten. The keys of the record and of the vault
are not in it: keep audit.key and vault.key elsewhere. Where the gateway keeps the database for itself (Node 20), the
gateway makes the copy, and is asked with INTERVEN_ADMIN_TOKEN.

Options
  --to FILE              where the copy goes
  --data-dir DIR         the gateway's data directory (default ./.interven)
  --gateway-url URL      the gateway, where it has to be asked (default http://localhost:4100;
                         env INTERVEN_GATEWAY_URL)
  -h, --help             show this help

Environment
  INTERVEN_ADMIN_TOKEN   the administrator's credential

Exit codes
  0  the copy is written and whole
  1  it is not: the error says why
  2  wrong usage

Example
  interven gateway backup --to /backups/interven-2026-01-31.db
`;
