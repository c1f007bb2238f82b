-- Where no mail server is set, each mail is laid in a folder once, and waits in the outbox all the same.

ALTER TABLE notices ADD COLUMN filed_at TIMESTAMP;
