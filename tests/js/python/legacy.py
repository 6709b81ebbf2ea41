"""`AifClient` and `AifMcpMiddleware`: the older protocol, in which the gateway makes the calls."""

import time

import requests
from aif_sdk import auth, client as aif_client
from interven import AifClient, AifMcpMiddleware, InvokeParams
from say import given, raised, say

agent = {"gateway_url": given["gateway"], "agent_id": given["agent"], "agent_secret": given["agent_secret"]}
client = AifClient(**agent, agent_name="tester", timeout=20)
credential = {"credential_type": "pat", "credential_token": given["token"], "scopes": ["repo"]}


def params(path="/repos/o/r/issues", method="POST", **more):
    return InvokeParams(tool_name="github", method=method, url_path=path, **{**credential, **more})


allowed = client.invoke(params(operation="create_issue", body={"title": "hello"}, headers={"X-Kept": "yes"}))
say(allowed=allowed, read=client.invoke(params("/repos/o/r", "GET")))
say(sanitized=client.invoke(params(body={"title": given["ssn"]})))
say(denied=client.invoke(params(body={"title": given["secret"]})))
raising = AifClient(**agent, agent_name="tester", raise_on_deny=True)
say(raised_on_deny=raised(lambda: raising.invoke(params(body={"title": given["secret"]}))))

held = client.invoke(params(body={"title": "hold this"}))
say(held=held, pending=client.poll_approval(held.approval_id))
say(early=client.execute_approval(held.approval_id, **credential))
say(held_waits=held.approval_id)
say(approved=client.wait_for_approval(held.approval_id, poll_interval=2.5, max_wait=20))


def execute(token=given["token"]):
    return client.execute_approval(held.approval_id, credential_token=token, credential_type="pat", scopes=["repo"])


say(other_credential=execute("another"), executed=execute(), twice=execute())

refused = client.invoke(params(body={"title": "hold this", "n": 2}))
say(refused_waits=refused.approval_id)
say(refused=raised(lambda: client.wait_for_approval(refused.approval_id, poll_interval=2.5, max_wait=20)))

wrong = AifClient(**{**agent, "agent_secret": "wrong"}, agent_name="tester")
say(wrong_secret=raised(lambda: wrong.invoke(params(body={"n": 1}))))
say(too_large=raised(lambda: client.invoke(params(body={"text": "x" * 300_000}))))
say(no_tool=raised(lambda: client.invoke(InvokeParams(tool_name="unheard", method="GET", url_path="/", **credential))))


class Past(aif_client.datetime):
    """A clock that is two minutes late."""

    @classmethod
    def now(cls, zone=None):
        return cls.fromtimestamp(time.time() - 120, zone)


current, aif_client.datetime = aif_client.datetime, Past
say(stale=raised(lambda: client.invoke(params(body={"n": 1}))))
aif_client.datetime = current

sent = []
post, requests.post = requests.post, lambda *args, **more: sent.append((args, more)) or post(*args, **more)
client.invoke(params(body={"n": 3}))
requests.post = post
(args, more) = sent[0]
again = post(*args, **more)
say(replayed={"status": again.status_code, "error": again.json()["error"]}, signs=auth.hmac_sign("text", "secret"))
requests.post = lambda *args, **other: post(*sent[0][0], **sent[0][1])
say(replayed_raises=raised(lambda: client.invoke(params())))
requests.post = post

middleware = AifMcpMiddleware(**agent, credential_type="pat", credential_token=given["token"], scopes=["repo"])


def call(number, **arguments):
    given_arguments = {"owner": "o", "repo": "r", "head": "topic", **arguments}
    params = {"name": "github_create_pull_request", "arguments": given_arguments}
    answer = middleware.intercept({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params})
    return {"answer": answer, "allowed": middleware.is_allowed(answer), "approval": middleware.get_approval_id(answer)}


say(tools=middleware.list_tools())
say(listed=middleware.intercept({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}))
say(mcp_allowed=call(2, title="hello"), mcp_replayed=call(2, title="hello"))
say(mcp_sanitized=call(3, title=given["ssn"]), mcp_denied=call(4, title=given["secret"]))
waiting = call(5, title="hold this")
say(mcp_held=waiting, mcp_held_again=call(5, title="hold this"))
say(mcp_waits=waiting["approval"])
client.wait_for_approval(waiting["approval"], poll_interval=2.5, max_wait=20)
say(mcp_after=call(5, title="hold this"), mcp_twice=call(5, title="hold this"))
second = call(6, title="hold this")
say(second_waits=second["approval"])
client.wait_for_approval(second["approval"], poll_interval=2.5, max_wait=20)
say(mcp_executed=client.execute_approval(second["approval"], **credential))
posing = AifMcpMiddleware(**{**agent, "agent_secret": "wrong"})
nothing = posing.intercept({"jsonrpc": "2.0", "id": 7, "method": "tools/list"})
say(mcp_wrong_secret={"answer": nothing, "allowed": posing.is_allowed(nothing)})
say(mcp_no_tool=middleware.intercept({"jsonrpc": "2.0", "id": 8, "method": "tools/call", "params": {"name": "no_such_tool"}}))
