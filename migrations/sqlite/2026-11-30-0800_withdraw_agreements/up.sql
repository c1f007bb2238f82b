-- Service that should never have begun is withdrawn and not deleted: drafts and canceled bills name it, and no other agreement may get its number.

ALTER TABLE service_agreements ADD COLUMN withdrawn_at TEXT;
