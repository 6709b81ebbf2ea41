"""The packages for LangChain, OpenAI's assistants and computer use, with what they are for."""

from types import SimpleNamespace

from interven import Client
from interven_computer_use import IntervenGuard
from interven_langchain import InterventCallback, guard
from interven_langchain.langgraph import scan_tool_call
from interven_openai_assistants import scan_tool_calls
from langchain_core.tools import tool
from say import given, raised, say

client = Client(api_key=given["key"], gateway_url=given["gateway"], runtime_type="langchain")
ran = []


def made():
    @tool
    def note(text: str) -> str:
        """Writes a note."""
        ran.append(text)
        return f"noted {text}"

    return note


# langchain-core 1 hands on `config`, which the wrapper of the published package does not take: it is called as it wraps.
wrapped = guard(made(), client=client)
say(
    wrapped_allow=raised(lambda: wrapped._run(text="hello", config={})),
    wrapped_block=raised(lambda: wrapped._run(text=given["secret"], config={})),
    wrapped_held=raised(lambda: wrapped._run(text="hold this", config={})),
)
say(wrapped_sanitize=raised(lambda: wrapped._run(text=given["ssn"], config={})), ran=list(ran))

# Of a handler langchain-core heeds what it raises only where it says so.
callback = InterventCallback(client=client)
callback.raise_error = True
config = {"callbacks": [callback]}
before = len(ran)
say(
    callback_allow=raised(lambda: made().invoke({"text": "hello"}, config=config)),
    callback_block=raised(lambda: made().invoke({"text": given["secret"]}, config=config)),
    callback_held=raised(lambda: made().invoke({"text": "hold this"}, config=config)),
    callback_ran=len(ran) - before,
)
say(custom_node=[scan_tool_call("note", {"text": text}, client=client) for text in ("hello", given["ssn"], given["secret"])])


def call(name, arguments):
    return SimpleNamespace(id="call_1", type="function", function=SimpleNamespace(name=name, arguments=arguments))


calls = [
    call("post_slack_message", '{"channel": "C1", "text": "hello"}'),
    call("note", '{"text": "%s"}' % given["ssn"]),
    {"id": "call_3", "function": {"name": "note", "arguments": '{"text": "%s"}' % given["secret"]}},
    call("note", '{"text": "hold this"}'),
    call("note", "no JSON"),
]
scanned = scan_tool_calls(calls, client=client)
say(assistants=[{"scan": one.scan, "arguments": one.effective_arguments} for one in scanned])
say(assistants_url=scanned[3].scan.raw.get("approval_url"))

shield = IntervenGuard(api_key=given["key"], gateway=given["gateway"], fail_closed=True, timeout=20)
executed = []


def execute(block):
    executed.append(block["name"])
    return "done"


def use(name, **arguments):
    return {"type": "tool_use", "id": "toolu_1", "name": name, "input": arguments}


blocks = {
    "screenshot": use("computer", action="screenshot"),
    "bash": use("bash", command="ls -la"),
    "typed": use("computer", action="type", text=given["ssn"]),
    "leak": use("bash", command=f"echo {given['secret']}"),
    "held": use("bash", command="hold this"),
}
say(
    verdicts={name: shield.check(block) for name, block in blocks.items()},
    results={name: shield.guard_tool_use(block, execute) for name, block in blocks.items()},
    executed=executed,
)
keyless = IntervenGuard(api_key="iv_live_wrong", gateway=given["gateway"], fail_closed=True)
say(wrong_key=keyless.check(blocks["bash"]))
