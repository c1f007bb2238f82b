ALTER TABLE service_order_steps DROP COLUMN assignee_staff_id;
