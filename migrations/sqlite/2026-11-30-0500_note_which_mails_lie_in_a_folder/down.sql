ALTER TABLE notices DROP COLUMN filed_at;
