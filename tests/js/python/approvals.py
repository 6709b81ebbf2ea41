"""`wait_for_approval`, `gate` and `guard`, while the administrator decides."""

from interven import Client, gate, guard
from say import given, raised, say

client = Client(api_key=given["key"], gateway_url=given["gateway"])
url = given["upstream"]


def waiting(name, **more):
    held = client.scan(method="POST", url=f"{url}/held", body={"name": name})
    say(**{f"{name}_waits": held.approval_id})
    return raised(lambda: client.wait_for_approval(held.approval_id, poll_interval=2.5, max_wait=20, **more))


say(approve=waiting("approve"))
say(again=client.scan(method="POST", url=f"{url}/held", body={"name": "approve"}))
say(deny=waiting("deny"))
expiring = Client(api_key=given["expiring_key"], gateway_url=given["expiring"])
overdue = expiring.scan(method="POST", url=f"{url}/held", body={"name": "overdue"})
say(expire=raised(lambda: expiring.wait_for_approval(overdue.approval_id, poll_interval=2.5, max_wait=20)))
late = gate(expiring, method="POST", url=f"{url}/held", body={"name": "late"}, poll_interval=2.5, max_wait=20)
say(gate_expire=late, timeout=raised(lambda: client.wait_for_approval(overdue.approval_id, max_wait=0)))
say(settle=waiting("settle", raise_on_terminal=False))


def pending(name):
    return lambda scan: say(**{f"{name}_waits": scan.approval_id})


def gated(name, path="held", body=None):
    body = {"name": name} if body is None else body
    return gate(client, method="POST", url=f"{url}/{path}", body=body, poll_interval=2.5, max_wait=20, on_pending=pending(name))


say(gate_approve=gated("gate_approve"))
say(gate_deny=gated("gate_deny"))
say(gate_allow=gated("gate_allow", "notes"))
say(gate_sanitize=gated("gate_sanitize", "notes", {"text": given["ssn"]}))
say(gate_block=gated("gate_block", "notes", {"text": given["secret"]}))

called = []


@guard(client, url=f"{url}/notes")
def post(text, channel="general"):
    called.append(text)
    return f"posted to {channel}"


say(guard_allow=post("hello"), guard_block=post(given["secret"]), guard_called=len(called))
