-- A crew may be at the door while an order is taken from it: what it brings back then is known by whom the order was given to, step by step.

ALTER TABLE service_order_steps ADD COLUMN assignee_staff_id BIGINT REFERENCES staff;
