DROP TABLE sandbox_deliveries;
DROP TABLE sandbox_idempotency;
DROP TABLE sandbox_objects;
