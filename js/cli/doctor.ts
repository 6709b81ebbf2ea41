/** `interven doctor`: whether calls are really stopped, here and now. */
import { IntervenClient } from "../patterns/client.js";
import { namedAsFlags, parseArguments } from "./arguments.js";
import { DOCTOR_HELP } from "./help/doctor.js";
import { located, readPolicy } from "./policy/files.js";

const OPTIONS = {
  policy: { type: "string", multiple: true },
  "gateway-url": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Installs a client, lets it try every path, and prints the report. Exit code 0: all is as it should be; 1: it is not. */
export async function runDoctor(argv: readonly string[]): Promise<void> {
  const { values } = parseArguments("doctor", argv, OPTIONS, false);
  if (values.help) {
    process.stdout.write(DOCTOR_HELP);
    return;
  }
  const read = (values.policy ?? []).map(readPolicy);
  const options = {
    policy: read.map(({ text }) => text),
    policySource: read.map(({ source }) => source),
    ...(values["gateway-url"] !== undefined && { gatewayUrl: values["gateway-url"] }),
  };
  const client = located(read, () => namedAsFlags("doctor", () => new IntervenClient(options)));
  const installation = client.install();
  try {
    const { text, ...report } = await client.doctor();
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : text);
    process.exitCode = report.ok ? 0 : 1;
  } finally {
    installation.uninstall();
  }
}
