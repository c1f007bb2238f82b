DROP TABLE register_days;
DROP TABLE interval_days;
DROP TABLE reads;
DROP TABLE import_mappings;
DROP TABLE import_rejections;
DROP TABLE imports;
