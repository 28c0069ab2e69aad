-- Query tasks with what they answered, in parts, and the last validation of each workspace.
--
-- A task that has not ended is held by a runner, one running server process, until `lease_until`.
-- `user_id` of a validation is 0 for production, which all share.

CREATE TABLE query_tasks (
    id TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    query_id BIGINT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    result_format TEXT NOT NULL,
    result_source TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    project TEXT NOT NULL DEFAULT '',
    workspace TEXT NOT NULL DEFAULT '',
    branch TEXT NOT NULL DEFAULT '',
    commit_id TEXT NOT NULL DEFAULT '',
    tree TEXT NOT NULL DEFAULT '',
    connection TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    runner TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    media_type TEXT NOT NULL DEFAULT '',
    size BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX query_tasks_by_user ON query_tasks (user_id);
CREATE INDEX query_tasks_by_query ON query_tasks (query_id);
CREATE INDEX query_tasks_by_creation ON query_tasks (created_at);
CREATE INDEX query_tasks_held ON query_tasks (runner) WHERE status IN ('added', 'running');
CREATE INDEX query_tasks_kept ON query_tasks (finished_at) WHERE size > 0;

CREATE TABLE query_task_parts (
    task_id TEXT NOT NULL REFERENCES query_tasks (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    data BYTES NOT NULL,
    PRIMARY KEY (task_id, number)
);

CREATE TABLE validations (
    user_id BIGINT NOT NULL,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    body BYTES NOT NULL,
    PRIMARY KEY (project_id, user_id, workspace)
);
