ALTER TABLE staff RENAME COLUMN role TO former_role;
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer' CONSTRAINT staff_role_known CHECK (role IN ('administrator', 'billing_manager', 'billing_clerk', 'csr', 'field_supervisor', 'collector', 'compliance', 'viewer'));
UPDATE staff SET role = former_role WHERE former_role <> 'field';
ALTER TABLE staff DROP COLUMN former_role;
