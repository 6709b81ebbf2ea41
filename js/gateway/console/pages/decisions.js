// Decisions as they are made, with filters that stay in the address.
import { Refresh } from "../parts/refresh.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { link } from "../shell/routes.js";
import { DecisionFilters, matches, spanOf } from "./decision-filters.js";
import { DecisionList } from "./decision-list.js";
import { Overview } from "./overview.js";

const PAGE_SIZE = 100;
/** Statistics are read again so long after something has happened, or so many times as long as the last reading took. */
const REFRESH_MS = 2500;
const REFRESH_RATIO = 10;

export const decisions = {
  title: "Decisions",

  async show(host, { route, signal }) {
    let filters = route.filters;
    let early;
    let number = 0;
    const overview = new Overview((decision) => change({ decision: filters.decision === decision ? "" : decision }));
    const form = new DecisionFilters((next) => change(next));
    const list = new DecisionList(() => void more());
    host.append(
      heading("Decisions", { lead: "Every call that agents asked for, what was decided, and why." }),
      overview.node,
      form.node,
      list.node,
    );

    function change(next) {
      location.hash = link("decisions", undefined, { ...filters, ...next });
    }

    async function load() {
      const own = ++number;
      early = [];
      form.show(filters);
      overview.mark(filters.decision);
      list.busy();
      const reading = overview.load(filters, signal);
      try {
        const answer = await call(`/v1/decisions?${query(filters)}`);
        if (own !== number || signal.aborted) return;
        list.replace(answer, filters);
        for (const decision of early) list.add(decision);
      } catch (error) {
        if (own === number && !signal.aborted) list.fail(error, () => void load());
      }
      if (own === number) early = undefined;
      await reading;
    }

    async function more() {
      const own = number;
      const answer = await call(`/v1/decisions?${query(filters, list.next)}`);
      if (own === number) list.append(answer);
    }

    const numbers = new Refresh(() => overview.load(filters, signal), {
      signal,
      wait: () => Math.max(REFRESH_MS, overview.took * REFRESH_RATIO),
    });
    void load();
    return {
      route(next) {
        if (next.id !== undefined) return false;
        filters = next.filters;
        void load();
        return true;
      },
      open: () => void load(),
      decision(decision) {
        numbers.soon();
        if (!matches(decision, filters)) return;
        if (early) early.push(decision);
        else list.add(decision);
      },
    };
  },
};

function query(filters, after) {
  const { decision, agent, tool, trace } = filters;
  // A trace is looked for in all of the record.
  const { since, until } = trace ? {} : spanOf(filters);
  const all = { decision, agent, tool, trace_id: trace, since, until, after, limit: PAGE_SIZE };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
}
