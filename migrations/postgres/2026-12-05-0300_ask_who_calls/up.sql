-- Whoever takes a call asks who it is, and marks that they did.

ALTER TABLE calls ADD COLUMN identity_checked_at TIMESTAMP;
