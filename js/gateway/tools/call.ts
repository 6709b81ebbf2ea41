/** `POST /v1/tools/{tool}/{operation}`: what is asked for, as the call that the gateway makes. */
import type { WireRequest } from "../../types.js";
import { Refusal } from "../reply.js";
import { type Catalogue, HTTP, operationNames, REQUEST, type Tool, vendorUrlOf } from "./catalogue.js";
import type { Credentials, OpenCredential } from "./credentials.js";
import { httpRequest, toolRequest } from "./http-request.js";
import type { Params } from "./params.js";
import { requestOf } from "./request.js";

/** A call that is ready to be decided. */
export interface ToolCall {
  /** All of it but the credential. */
  request: WireRequest;
  /** The same at the vendor, where it goes to an address of one's own. */
  vendorUrl?: string;
  credential: OpenCredential | undefined;
}

/** Makes the call; throws a typed error for what is unknown, wrong, or cannot be made here. */
export async function toolCall(
  catalogue: Catalogue,
  credentials: Credentials,
  tool: string,
  operation: string,
  params: Params,
): Promise<ToolCall> {
  if (tool === HTTP) return httpCall(credentials, operation, params);
  const known = catalogue.find(tool);
  const { base } = known.service;
  const build = builderOf(known, operation);
  if (base === undefined) {
    throw new Refusal(
      409,
      "TOOL_HAS_NO_URL",
      `Every customer of ${tool} has another host. Start the gateway with --tool-url ${tool}=https://…`,
    );
  }
  const request = build(base, params);
  const credential = await credentials.open(tool, new URL(request.url).origin);
  if (!credential) {
    throw new Refusal(
      409,
      "CREDENTIAL_MISSING",
      `This gateway holds no credential for ${tool}. The administrator sets one: interven gateway credential set ${tool}`,
    );
  }
  refuseOwn(request, credential);
  const vendorUrl = vendorUrlOf(known, request.url);
  return { request, credential, ...(vendorUrl === undefined ? {} : { vendorUrl }) };
}

/** A request to any host. It bears a credential only where there is one for exactly that host. */
async function httpCall(credentials: Credentials, operation: string, params: Params): Promise<ToolCall> {
  if (operation !== REQUEST) throw unknownOperation(HTTP, [REQUEST]);
  const request = httpRequest(params);
  const { host, origin } = new URL(request.url);
  const credential = await credentials.open(`${HTTP}:${host}`, origin);
  if (credential) refuseOwn(request, credential);
  return { request, credential };
}

function builderOf(tool: Tool, operation: string): (base: string, params: Params) => WireRequest {
  const { table } = tool;
  const listed = table && Object.hasOwn(table.operations, operation) ? table.operations[operation] : undefined;
  if (table && listed) return (base, params) => requestOf(base, table, listed, params);
  if (operation === REQUEST) return (base, params) => toolRequest(base, table, params);
  throw unknownOperation(tool.name, operationNames(tool));
}

/** What a person approves may not say another credential than the one that is sent. */
function refuseOwn({ headers }: WireRequest, { header }: OpenCredential): void {
  if (headers.some(([name]) => name.toLowerCase() === header.toLowerCase()))
    throw new Refusal(400, "INVALID_REQUEST", `The header '${header}' is the gateway's own to set here; leave it out.`);
}

function unknownOperation(tool: string, known: readonly string[]): Refusal {
  return new Refusal(404, "UNKNOWN_OPERATION", `There is no such operation of ${tool}. There are: ${known.join(", ")}.`);
}
