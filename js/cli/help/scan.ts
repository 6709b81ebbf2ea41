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
