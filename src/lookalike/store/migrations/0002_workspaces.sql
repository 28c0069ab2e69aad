-- Developer workspaces, pinned sessions, settings and secrets of projects, deploys.

ALTER TABLE projects ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

ALTER TABLE sessions ADD COLUMN pins TEXT NOT NULL DEFAULT '{}';

ALTER TABLE credentials ADD COLUMN default_workspace TEXT NOT NULL DEFAULT '';

-- Which branch a copy is on is in the repository, where it changes in one step with the files.
DROP TABLE developer_copies;

CREATE TABLE developer_workspaces (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, name)
);

CREATE INDEX developer_workspaces_by_use ON developer_workspaces (last_used_at);

CREATE TABLE project_secrets (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    secret TEXT NOT NULL,
    PRIMARY KEY (project_id, kind)
);

CREATE TABLE repository_credentials (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    remote_url TEXT NOT NULL,
    username TEXT NOT NULL,
    password TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key TEXT NOT NULL,
    PRIMARY KEY (project_id, name)
);

CREATE TABLE deploys (
    id IDENTITY,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id BIGINT,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    commit_before TEXT NOT NULL DEFAULT '',
    commit_after TEXT NOT NULL DEFAULT '',
    restored TEXT NOT NULL DEFAULT '',
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX deploys_by_project ON deploys (project_id, id);

-- Repositories that no project has (yet, or any more), from a time on free to be removed.
CREATE TABLE leftovers (
    path TEXT PRIMARY KEY,
    free_at BIGINT NOT NULL
);
