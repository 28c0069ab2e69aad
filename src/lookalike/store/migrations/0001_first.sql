-- Users and what they may do, API sessions, projects, connections, saved queries, audit.
--
-- One text for SQLite and PostgreSQL. IDENTITY and BYTES are replaced by each one's own words.
-- Times are microseconds since 1970 in UTC, flags are 0 or 1, lists and maps are JSON.
-- A statement ends with a semicolon at the end of a line, and nothing else does.

CREATE TABLE users (
    id IDENTITY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    is_disabled INTEGER NOT NULL DEFAULT 0,
    locale TEXT NOT NULL,
    timezone TEXT NOT NULL,
    attributes TEXT NOT NULL DEFAULT '{}',
    -- Grows with each change of the user or the user's roles, so that what was read may be kept.
    generation BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE roles (
    id IDENTITY,
    name TEXT NOT NULL UNIQUE,
    permissions TEXT NOT NULL,
    models TEXT
);

CREATE TABLE user_roles (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
);

CREATE INDEX user_roles_by_role ON user_roles (role_id);

CREATE TABLE credentials (
    id IDENTITY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL UNIQUE,
    secret_hash BYTES NOT NULL,
    is_disabled INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE INDEX credentials_by_user ON credentials (user_id);

CREATE TABLE sessions (
    id IDENTITY,
    token_hash BYTES NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    real_user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    parent_id BIGINT REFERENCES sessions (id) ON DELETE CASCADE,
    workspace TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- A login writes every index, so there are only those that a frequent request reads.
CREATE INDEX sessions_by_parent ON sessions (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE projects (
    id IDENTITY,
    name TEXT NOT NULL UNIQUE,
    repository TEXT NOT NULL,
    production_branch TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE developer_copies (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    branch TEXT NOT NULL,
    PRIMARY KEY (user_id, project_id)
);

CREATE INDEX developer_copies_by_project ON developer_copies (project_id);

CREATE TABLE connections (
    name TEXT PRIMARY KEY,
    dialect TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE queries (
    id IDENTITY,
    digest TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE audit_entries (
    id IDENTITY,
    at BIGINT NOT NULL,
    actor BIGINT,
    real_actor BIGINT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
