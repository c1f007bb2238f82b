DROP TABLE processor_readings;
DROP TABLE processor_line_entries;
DROP TABLE processor_lines;
DROP TABLE payouts;
DROP TABLE provider_events;
DROP TABLE payment_moves;
DROP TABLE payments;
DROP TABLE joint_payments;
