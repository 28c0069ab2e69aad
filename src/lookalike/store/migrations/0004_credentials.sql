-- When a credential was last used, and which sessions it made: they end with it.

-- Sessions of earlier versions don't say which credential made them; their clients log in again.
DELETE FROM sessions;

ALTER TABLE sessions ADD COLUMN credential_id BIGINT REFERENCES credentials (id) ON DELETE CASCADE;

ALTER TABLE credentials ADD COLUMN last_used_at BIGINT;
