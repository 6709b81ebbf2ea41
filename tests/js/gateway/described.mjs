// Holds every answer that a test gets against the gateway's own description of its API.

import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApiDocument } from "../../../dist/gateway/openapi/document.js";

export const document = openApiDocument();

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: "api", ...document });

const PATHS = Object.keys(document.paths).map((path) => ({
  path,
  // What is named goes before what varies.
  varying: path.split("{").length,
  matches: new RegExp(`^${path.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));
PATHS.sort((a, b) => a.varying - b.varying);

const pointer = (...names) => `api#/${names.map((name) => name.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
const validators = new Map();

/** The validator of a schema in the document. */
function validatorAt(...names) {
  const at = pointer(...names);
  if (!validators.has(at)) validators.set(at, ajv.compile({ $ref: at }));
  return validators.get(at);
}

/** Requests of the described part: everything below `/v1/`, and the few beside it. */
const isDescribed = (path) => /^\/(v1\/|health$|metrics$|openapi\.json$)/.test(path);

/** Throws where an answer is not as described. */
export function checkAnswer(method, target, sent, answer) {
  const path = target.split("?")[0];
  if (!isDescribed(path)) return;
  // Whoever may not reach the gateway at all, or asks for what is not there, hears so before any route.
  const code = answer.headers["content-type"]?.startsWith("application/json") ? errorCode(answer) : undefined;
  if (code === "NOT_FOUND" || code === "HOST_NOT_ALLOWED" || code === "ORIGIN_NOT_ALLOWED") return;
  const template = PATHS.find(
    ({ matches, path: known }) => matches.test(path) && document.paths[known][method.toLowerCase()],
  )?.path;
  assert.ok(template, `${method} ${path} is not in openapi.json`);
  const operation = document.paths[template][method.toLowerCase()];
  const described = operation.responses[answer.status];
  assert.ok(described, `${method} ${template} does not say that it answers ${answer.status}: ${answer.text.slice(0, 300)}`);
  if (Object.keys(described.content ?? {}).length === 0) return assert.equal(answer.text, "");
  const type = answer.headers["content-type"].split(";")[0];
  assert.ok(described.content[type], `${method} ${template} does not say that it answers with ${type}`);
  const names = ["paths", template, method.toLowerCase()];
  if (type === "application/json") {
    const validate = validatorAt(...names, "responses", String(answer.status), "content", type, "schema");
    const value = JSON.parse(answer.text);
    assert.ok(validate(value), `${method} ${template} ${answer.status}: ${ajv.errorsText(validate.errors)}`);
  }
  if (answer.status < 300 && operation.requestBody && sent !== undefined && sent !== "") {
    const [[sentType]] = Object.entries(operation.requestBody.content);
    if (sentType !== "application/json") return;
    const validate = validatorAt(...names, "requestBody", "content", sentType, "schema");
    assert.ok(validate(JSON.parse(String(sent))), `${method} ${template} took: ${ajv.errorsText(validate.errors)}`);
  }
}

function errorCode({ text }) {
  try {
    return JSON.parse(text).error?.code;
  } catch {
    return undefined;
  }
}
