"""Replays the corpus in wasmtime: `replay.py COMPONENT.wasm JOB.json` prints the counts as JSON."""

import base64
import json
import re
import sys

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record

SCANNER = "interven:firewall/scanner@0.1.0"


def record(**fields):
    made = Record()
    for name, value in fields.items():
        setattr(made, name.replace("_", "-"), value)
    return made


def kebab(text):
    return text.lower().replace("_", "-")


class Scanner:
    """The exports of the component. It is given nothing: it imports nothing."""

    def __init__(self, path):
        engine = Engine()
        self.store = Store(engine)
        component = Component.from_file(engine, path)
        self.instance = Linker(engine).instantiate(self.store, component)
        self.interface = self.instance.get_export_index(self.store, SCANNER)

    def call(self, name, *arguments):
        index = self.instance.get_export_index(self.store, name, self.interface)
        function = self.instance.get_func(self.store, index)
        result = function(self.store, *arguments)
        # wasmtime before 36 wanted this call; later versions do it themselves.
        if hasattr(function, "post_return"):
            function.post_return(self.store)
        return result

    def engine(self, options):
        policy = options.get("policy")
        policies = [] if policy is None else policy if isinstance(policy, list) else [policy]
        return self.call(
            "[static]engine.create",
            record(
                policies=[record(name="policy", text=policy_text(each)) for each in policies],
                deny_unknown_host_credentials=options.get("unknownHostCredentials") == "deny",
                credential_hosts=[record(**host) for host in options.get("credentialHosts", [])],
                max_body_bytes=options.get("maxBodyBytes"),
                detection=detection_text(options),
            ),
        )

    def scan(self, engine, request, context):
        headers = [record(name=name, value=value) for name, value in request["headers"]]
        body = base64.b64decode(request["body_base64"])
        return self.call(
            "[method]engine.scan",
            engine,
            record(method=request["method"], url=request["url"], headers=headers, body=body),
            record(
                agent=context.get("agentId", ""),
                grant=context.get("grant"),
                claimed=[kebab(name) for name in context.get("claimed", [])],
                floor=kebab(context.get("floor", "ALLOW")),
                time_ms=context.get("timeMs"),
            ),
        )


def detection_text(options):
    """Names as the core writes them; the corpus has them as JavaScript does."""
    text = json.dumps({name: options[name] for name in ("detectors", "allowlist", "redaction", "allowPrivate", "organisation") if name in options})
    for name in ("ignoreCase", "showsTail", "expiresAtMs", "allowPrivate"):
        text = text.replace(name, re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name))
    return text


def policy_text(policy):
    """As JavaScript writes it, so that the policy version is the same."""
    return policy if isinstance(policy, str) else json.dumps(policy, separators=(",", ":"), ensure_ascii=False)


def forwarded(verdict):
    sent = verdict.forward
    if sent is None:
        return None
    return {
        "method": sent.method,
        "url": sent.url,
        "headers": [[header.name, header.value] for header in sent.headers],
        "body_base64": base64.b64encode(bytes(sent.body)).decode(),
    }


def main(component, job):
    scanner = Scanner(component)
    with open(job, encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    failures = []
    for case in cases:
        engine = scanner.engine(case["options"] or {})
        verdict = scanner.scan(engine, case["request"], case["context"] or {})
        if verdict.report != case["expected"] or forwarded(verdict) != case["forward"]:
            failures.append(f"{case['name']}\n  got  {verdict.report[:2000]}\n  want {case['expected'][:2000]}")
    print(json.dumps({"cases": len(cases), "passed": len(cases) - len(failures), "failed": len(failures), "failures": failures[:20]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
