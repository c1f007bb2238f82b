-- Whoever is sent out with service orders has a job of their own, which sees the orders and nothing of what customers owe.

ALTER TABLE staff DROP CONSTRAINT staff_role_known;
ALTER TABLE staff RENAME COLUMN role TO former_role;
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer' CONSTRAINT staff_role_known CHECK (role IN ('administrator', 'billing_manager', 'billing_clerk', 'csr', 'field_supervisor', 'field', 'collector', 'compliance', 'viewer'));
UPDATE staff SET role = former_role;
ALTER TABLE staff DROP COLUMN former_role;
