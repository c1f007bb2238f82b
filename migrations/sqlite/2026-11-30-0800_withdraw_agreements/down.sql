ALTER TABLE service_agreements DROP COLUMN withdrawn_at;
