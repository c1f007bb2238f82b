DROP INDEX notices_by_digest;
DROP INDEX notices_by_provider;
ALTER TABLE notices DROP COLUMN digest_id;
ALTER TABLE notices DROP COLUMN delivered_at;
ALTER TABLE notices DROP COLUMN provider_id;
DROP TABLE failing_addresses;
DROP TABLE text_consents;
DROP TABLE text_numbers;
DROP TABLE alert_preferences;
