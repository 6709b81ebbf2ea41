"""`interven.Client`: scans, approvals, responses, errors."""

from interven import Client
from say import given, raised, say

client = Client(api_key=given["key"], gateway_url=given["gateway"], agent_id="ignored", timeout=20)
url = given["upstream"]

say(health=client.health(), unhealthy=Client(api_key="x", gateway_url="http://127.0.0.1:9").health())
allowed = client.scan(method="post", url=f"{url}/notes", body={"text": "hello"}, headers={"X-Kept": "yes"})
say(allowed=allowed, allowed_is=[allowed.allowed, allowed.blocked, allowed.needs_sanitization, allowed.needs_approval])
say(empty=client.scan(method="GET", url=f"{url}/notes"))
say(sanitized=client.scan(method="POST", url=f"{url}/notes", body={"text": given["ssn"], "n": 1}))
denied = client.scan(method="POST", url=f"{url}/notes", body={"text": given["secret"]})
say(denied=denied, denied_blocked=denied.blocked)
held = client.scan(method="POST", url=f"{url}/held", body={"n": 1})
say(held=held, held_needs=held.needs_approval)
say(pending=client.poll_approval(held.approval_id))
say(too_fast=client.poll_approval(held.approval_id))
say(unknown_approval=client.poll_approval("00000000-0000-4000-8000-000000000000"))
say(response=client.scan_response(trace_id=allowed.trace_id, response_body={"ssn": given["ssn"]}, response_status=200))
say(response_text=client.scan_response(trace_id=allowed.trace_id, response_body="nothing in here"))
say(response_list=client.scan_response(trace_id=allowed.trace_id, response_body=[1, "two"]))
say(no_such_trace=raised(lambda: client.scan_response(trace_id="nonsense", response_body="x")))

wrong = Client(api_key=given["key"][:-4] + "AAAA", gateway_url=given["gateway"])
say(wrong_key=raised(lambda: wrong.scan(method="GET", url=url)))
say(wrong_key_response=raised(lambda: wrong.scan_response(trace_id=allowed.trace_id, response_body="x")))
say(too_large=raised(lambda: client.scan(method="POST", url=url, body={"text": "x" * 300_000})))
say(far_too_large=raised(lambda: client.scan(method="POST", url=url, body={"text": "x" * 30_000_000})))
say(bad_url=raised(lambda: client.scan(method="POST", url="no url")))
limited = Client(api_key=given["limited_key"], gateway_url=given["limited"])
say(rate_limited=[raised(lambda: limited.scan(method="GET", url="https://api.example.com/")) for _ in range(2)])
