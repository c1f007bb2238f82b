DROP TABLE contact_proofs;
DROP INDEX contact_points_one_primary;
ALTER TABLE contact_points DROP COLUMN primary_at;
