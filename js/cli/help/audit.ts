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
