"""`client.tools`: calls that the gateway makes with credentials that it holds."""

from interven import Client
from say import given, raised, say

client = Client(api_key=given["key"], gateway_url=given["gateway"], timeout=20)
tools = client.tools
post = tools.slack.post_message
pull = {"owner": "o", "repo": "r", "title": "A title", "head": "topic"}

allowed = post(text="hello", channel="C1", blocks=[{"type": "divider"}])
say(allowed=allowed, allowed_is=[allowed.allowed, allowed.sanitized, allowed.blocked, allowed.awaiting_approval])
sanitized = post(text=given["ssn"], channel="C1")
say(sanitized=sanitized, sanitized_is=sanitized.sanitized)
denied = post(text=given["secret"], channel="C1")
say(denied=denied, denied_is=denied.blocked)
held = post(text="hold this", channel="C1")
say(held=held, held_is=held.awaiting_approval)
say(pending=client.poll_approval(held.approval_id))
say(approved=client.wait_for_approval(held.approval_id, poll_interval=2.5, max_wait=20))
say(after=post(text="hold this", channel="C1"))
say(pull=tools.github.create_pull_request(**pull, body="Why"))
say(file=tools.github.update_file(owner="o", repo="r", path="docs/a b.md", message="m", content="aGVsbG8=", branch="topic"))
say(share=tools.gdrive.share_file(file_id="f1", role="reader", type="user", email_address="someone@example.com"))
say(http=tools.http.request(url=f"{given['upstream']}/plain", method="POST", body={"n": 1}, headers={"X-Kept": "yes"}))
say(escape=tools.call("slack", "list_channels", limit=5))
say(unknown=raised(lambda: tools.call("slack", "no_such_operation")))
wrong = Client(api_key="iv_live_wrong", gateway_url=given["gateway"])
say(wrong_key=raised(lambda: wrong.tools.slack.post_message(text="hello", channel="C1")))
