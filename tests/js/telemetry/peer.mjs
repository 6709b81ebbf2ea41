// OpenTelemetry itself, where it is installed.

/** Its modules, or why there are none. */
export async function openTelemetry() {
  try {
    return { api: await import("@opentelemetry/api"), sdk: await import("@opentelemetry/sdk-trace-base") };
  } catch {
    return { skip: "@opentelemetry/api and @opentelemetry/sdk-trace-base are not installed" };
  }
}
