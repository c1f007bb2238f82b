DROP TABLE places_apart;
DROP TABLE place_merge_undos;
DROP TABLE place_merge_moves;
DROP TABLE place_merges;
DROP INDEX premises_merged;
ALTER TABLE premises DROP COLUMN merged_into_id;
