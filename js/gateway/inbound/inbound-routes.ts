/** Inbound routes as they are made, changed and used. */

import type { AddressRules } from "../proxy/addresses.js";
import { refuseOwnNames } from "../proxy/addresses.js";
import { Refusal } from "../reply.js";
import type { InboundRoute, InboundRouteStore } from "../store/inbound-routes.js";
import type { Vault } from "../vault/vault.js";
import type { RouteWishes } from "./route-fields.js";

/** What routes are kept with. */
export interface InboundRoutesParts {
  store: InboundRouteStore;
  vault: Vault | undefined;
  addressRules: () => AddressRules;
  now: () => number;
}

/** Routes as the API uses them. */
export class InboundRoutes {
  constructor(private readonly parts: InboundRoutesParts) {}

  /** Makes a route; throws a 409 when there is one with this prefix. */
  async create({ prefix, upstreamUrl, headers = [], tool = null, agent = { by: "key" } }: RouteWishes & NewRoute) {
    this.#refusePlace(upstreamUrl, headers.length > 0);
    const createdAt = this.parts.now();
    const sealed = await this.#seal({ prefix, upstreamUrl }, headers);
    const route: InboundRoute = { prefix, upstreamUrl, ...sealed, tool, agent, createdAt, updatedAt: createdAt };
    if (await this.parts.store.add(route)) return route;
    throw new Refusal(
      409,
      "INBOUND_ROUTE_EXISTS",
      "There is a route with this prefix. Change it with PATCH, or remove it first.",
    );
  }

  /** Changes a route; throws a 404 when there is none, a 409 when somebody else has changed it in between. */
  async change(prefix: string, wishes: RouteWishes): Promise<InboundRoute> {
    const before = await this.find(prefix);
    const upstreamUrl = wishes.upstreamUrl ?? before.upstreamUrl;
    // Whoever may change a route may not learn its credentials by that.
    if (upstreamUrl !== before.upstreamUrl && before.sealedHeaders !== null && wishes.headers === undefined) {
      throw new Refusal(
        400,
        "INVALID_REQUEST",
        "'headers' must be given again with another 'upstream_url': they are for the old one.",
      );
    }
    const names = wishes.headers ?? before.headerNames;
    this.#refusePlace(upstreamUrl, names.length > 0);
    const sealed = wishes.headers && (await this.#seal({ prefix, upstreamUrl }, wishes.headers));
    const { tool = before.tool, agent = before.agent } = wishes;
    const updatedAt = Math.max(this.parts.now(), before.updatedAt + 1);
    const route: InboundRoute = { ...before, ...sealed, upstreamUrl, tool, agent, updatedAt };
    if (await this.parts.store.update(route, before.updatedAt)) return route;
    throw new Refusal(409, "INBOUND_ROUTE_CHANGED", "The route has changed in between. Look at it, and try again.");
  }

  /** Removes a route; throws a 404 when there is none. */
  async remove(prefix: string): Promise<InboundRoute> {
    const route = await this.parts.store.remove(prefix, this.parts.now());
    if (!route) throw notFound();
    return route;
  }

  /** The route of a prefix; throws a 404 when there is none. */
  async find(prefix: string | undefined): Promise<InboundRoute> {
    const route = prefix === undefined ? undefined : await this.parts.store.find(prefix);
    if (!route) throw notFound();
    return route;
  }

  /** What the gateway adds to calls of a route; throws a 503 where it cannot be read any more. */
  async addedHeaders(route: InboundRoute): Promise<[string, string][]> {
    if (route.sealedHeaders === null) return [];
    this.#refusePlace(route.upstreamUrl, true);
    try {
      return JSON.parse((await this.parts.vault?.open(route.sealedHeaders, placeOf(route))) ?? "") as [string, string][];
    } catch {
      throw new Refusal(
        503,
        "CREDENTIAL_UNAVAILABLE",
        "The route's headers cannot be read with the key of this vault. Ask the administrator to set them again.",
      );
    }
  }

  async #seal(route: Pick<InboundRoute, "prefix" | "upstreamUrl">, headers: [string, string][]) {
    const headerNames = headers.map(([name]) => name);
    if (headers.length === 0) return { headerNames, sealedHeaders: null };
    if (!this.parts.vault) {
      throw new Refusal(
        501,
        "VAULT_REQUIRED",
        "This gateway has no vault to keep headers in. Start it with one, or leave them out.",
      );
    }
    return { headerNames, sealedHeaders: await this.parts.vault.seal(JSON.stringify(headers), placeOf(route)) };
  }

  #refusePlace(upstreamUrl: string, hasHeaders: boolean): void {
    const rules = this.parts.addressRules();
    const url = new URL(upstreamUrl);
    refuseOwnNames(url, rules);
    if (!hasHeaders || url.protocol === "https:" || rules.allowPrivate.includes(`${url.hostname}:${url.port || 80}`)) return;
    throw new Refusal(
      400,
      "CLEARTEXT_CREDENTIAL",
      "The route's headers would travel in the clear. Use https:, or for a private host --allow-private HOST:PORT.",
    );
  }
}

type NewRoute = Pick<InboundRoute, "prefix" | "upstreamUrl">;

/** The upstream belongs to it: sealed headers that are put beside another one do not open. */
const placeOf = ({ prefix, upstreamUrl }: NewRoute): string => `inbound_routes/${prefix}/headers for ${upstreamUrl}`;

function notFound(): Refusal {
  return new Refusal(404, "INBOUND_ROUTE_NOT_FOUND", "There is no inbound route with this prefix on this gateway.");
}
