-- The database of the first version.
CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;
INSERT INTO migrations (version, applied_at) VALUES (1, 0);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  trace_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending','approved','denied','expired','executed')),
  preview TEXT NOT NULL,
  report TEXT NOT NULL,
  note TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  decided_at INTEGER,
  executed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX approvals_pending ON approvals (agent_id, digest) WHERE status = 'pending';
CREATE INDEX approvals_subject ON approvals (agent_id, digest, created_at);
CREATE INDEX approvals_open ON approvals (status, expires_at);

CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  trace_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  source TEXT NOT NULL,
  action TEXT NOT NULL,
  mode TEXT NOT NULL,
  method TEXT NOT NULL,
  report TEXT NOT NULL,
  approval_id TEXT
) STRICT;
CREATE INDEX decisions_trace ON decisions (trace_id);
