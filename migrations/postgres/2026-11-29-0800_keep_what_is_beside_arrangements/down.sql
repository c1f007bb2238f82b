ALTER TABLE arrangement_debts DROP COLUMN beside_cents;
