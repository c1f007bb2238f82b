ALTER TABLE staff DROP CONSTRAINT staff_role_known;
ALTER TABLE staff RENAME COLUMN role TO former_role;
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer' CONSTRAINT staff_role_known CHECK (role IN ('administrator', 'billing_manager', 'billing_clerk', 'csr', 'field_supervisor', 'collector', 'compliance', 'viewer'));
UPDATE staff SET role = former_role WHERE former_role <> 'field';
-- The earlier build has no job that sees so little: a crew that became a viewer would see what customers owe. They wait to be given another one.
UPDATE staff SET is_active = false WHERE former_role = 'field';
ALTER TABLE staff DROP COLUMN former_role;
