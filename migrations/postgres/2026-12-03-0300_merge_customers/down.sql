DROP TABLE customers_apart;
DROP TABLE customer_merge_undos;
DROP TABLE customer_merge_moves;
DROP TABLE customer_merges;
DROP INDEX customers_merged;
ALTER TABLE customers DROP COLUMN merged_into_id;
