ALTER TABLE account_roles DROP COLUMN premise_id;
