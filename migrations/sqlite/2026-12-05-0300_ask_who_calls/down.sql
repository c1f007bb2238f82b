ALTER TABLE calls DROP COLUMN identity_checked_at;
