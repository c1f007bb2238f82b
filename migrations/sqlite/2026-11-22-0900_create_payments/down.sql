DROP TABLE provider_events;
DROP TABLE payment_moves;
DROP TABLE payments;
