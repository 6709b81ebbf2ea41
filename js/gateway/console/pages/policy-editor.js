// The text of a policy, with completion, errors beside their lines, and a trial on recent calls before it holds.
import { agentText, element } from "../parts/dom.js";
import { plural } from "../parts/format.js";
import { card } from "../parts/table.js";
import { call } from "../shell/api.js";
import { completions } from "./policy-completion.js";
import { replayView } from "./policy-replay.js";

const CHECK_MS = 400;

export class PolicyEditor {
  #text = element("textarea", {
    id: "policy-text",
    spellcheck: false,
    rows: 22,
    wrap: "off",
    "aria-describedby": "policy-problems",
    "aria-controls": "policy-words",
  });
  #lines = element("pre", { className: "gutter", "aria-hidden": "true" });
  #problems = element("div", { id: "policy-problems", role: "status" });
  #words = element("ul", { id: "policy-words", className: "words", "aria-label": "Keys that can stand here" });
  #trial = element("div", {});
  #try = element("button", { type: "button" }, "Try on recent calls");
  #apply = element("button", { type: "button", className: "primary", disabled: true }, "Apply");
  #schema;
  #checking;
  #number = 0;
  #tried;

  /** `onApplied` gets what the gateway answers when the policy holds. */
  constructor(text, policy, onApplied) {
    this.policy = policy;
    this.onApplied = onApplied;
    this.#text.value = text;
    const hint = element(
      "p",
      { className: "muted small" },
      "Apply is there once the text was tried as it stands. ",
      element("kbd", {}, "Ctrl"),
      " ",
      element("kbd", {}, "Space"),
      " shows the keys that fit.",
    );
    this.node = card(
      "Text",
      element(
        "div",
        { className: "pad stack" },
        element("label", { htmlFor: "policy-text", className: "unseen" }, "Text of the policy"),
        element("div", { className: "editor" }, this.#lines, this.#text),
        this.#words,
        this.#problems,
        element("div", { className: "heading" }, this.#try, this.#apply, hint),
        this.#trial,
      ),
    );
    this.#text.addEventListener("input", () => this.#changed());
    this.#text.addEventListener("scroll", () => {
      this.#lines.scrollTop = this.#text.scrollTop;
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.ctrlKey && event.key === " ") this.#suggest(true);
      else if (event.key === "ArrowDown" && event.altKey) this.#words.querySelector("button")?.focus();
      else return;
      event.preventDefault();
    });
    this.#try.addEventListener("click", () => void this.#replay());
    this.#apply.addEventListener("click", () => void this.#send());
    void fetch("/console/policy.schema.json")
      .then((response) => response.json())
      .then(
        (schema) => {
          this.#schema = schema;
          // Somebody may have begun to write.
          if (document.activeElement === this.#text) this.#suggest(false);
        },
        () => {},
      );
    this.#numberLines([]);
    void this.#check();
  }

  stop() {
    clearTimeout(this.#checking);
  }

  #changed() {
    this.#apply.disabled = this.#text.value !== this.#tried;
    this.#suggest(false);
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#check(), CHECK_MS);
    this.#numberLines([]);
  }

  async #check() {
    const own = ++this.#number;
    try {
      const { valid, errors, warnings, rules } = await call("/v1/policies/validate", { policy: this.#text.value });
      if (own !== this.#number) return;
      this.#numberLines(errors.map(({ line }) => line));
      this.#try.disabled = !valid;
      this.#problems.replaceChildren(
        ...errors.map((error) => this.#problem(error)),
        ...warnings.map(({ problem }) => element("p", { className: "notice lost" }, agentText(problem))),
        valid ? element("p", { className: "muted" }, `A policy that can be used, with ${plural(rules, "rule")}.`) : "",
      );
    } catch (error) {
      if (own === this.#number) this.#problems.replaceChildren(element("p", { className: "error" }, error.message));
    }
  }

  #problem({ line, column, key, problem, suggestion }) {
    const go = element("button", { type: "button", className: "small" }, `Line ${line}`);
    go.addEventListener("click", () => this.#select(line));
    const content = this.#text.value.split("\n")[line - 1] ?? "";
    return element(
      "div",
      { className: "error problem" },
      line ? go : null,
      element(
        "span",
        {},
        agentText(`${key ? `${key}: ` : ""}${problem}`),
        suggestion ? [" ", agentText(`Did you mean ${suggestion}?`)] : null,
      ),
      line
        ? element(
            "pre",
            { className: "bare" },
            agentText(content.slice(0, 200)),
            "\n",
            `${" ".repeat(Math.max(0, Math.min(200, column - 1)))}^`,
          )
        : null,
    );
  }

  #select(line) {
    const before =
      this.#text.value
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = this.#text.value.indexOf("\n", before);
    this.#text.focus();
    this.#text.setSelectionRange(before, end === -1 ? this.#text.value.length : end);
  }

  #numberLines(marked) {
    const count = this.#text.value.split("\n").length;
    this.#lines.replaceChildren(
      ...Array.from({ length: count }, (_, index) =>
        element("span", { className: marked.includes(index + 1) ? "wrong" : "" }, `${index + 1}\n`),
      ),
    );
  }

  #suggest(asked) {
    const at = this.#text.selectionStart;
    const written = this.#text.value.slice(0, at);
    const { typed, found } = this.#schema ? completions(this.#schema, written) : { typed: "", found: [] };
    if (!asked && typed === "") return this.#words.replaceChildren();
    this.#words.replaceChildren(
      ...found.map(({ label, about, isValue }) => {
        const word = element("button", { type: "button", className: "small mono", title: about }, label);
        word.addEventListener("click", () => {
          this.#text.focus();
          const closed = this.#text.value[at] === '"' ? "" : isValue ? '"' : '": ';
          this.#text.setRangeText(`${label.slice(typed.length)}${closed}`, at, at, "end");
          this.#changed();
        });
        return element("li", {}, word);
      }),
    );
  }

  async #replay() {
    const text = this.#text.value;
    this.#try.disabled = true;
    this.#trial.replaceChildren(element("p", { className: "loading", role: "status" }, "Deciding recent calls again…"));
    try {
      const found = await call("/v1/policies/replay", { policy: text });
      this.#trial.replaceChildren(replayView(found));
      this.#tried = text;
      this.#apply.disabled = this.#text.value !== text;
    } catch (error) {
      this.#trial.replaceChildren(element("p", { className: "error", role: "alert" }, error.message));
    }
    this.#try.disabled = false;
  }

  async #send() {
    this.#apply.disabled = true;
    try {
      const { env_name: env } = this.policy;
      this.onApplied(
        await call("/v1/policies/apply", { policy: this.#text.value, ...(env === undefined ? {} : { env_name: env }) }),
      );
    } catch (error) {
      this.#problems.replaceChildren(element("p", { className: "error", role: "alert" }, error.message));
    }
  }
}
