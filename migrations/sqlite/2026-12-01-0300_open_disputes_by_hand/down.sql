DROP TABLE request_documents;
ALTER TABLE bill_disputes DROP COLUMN acknowledge_by;
ALTER TABLE bill_disputes DROP COLUMN came_by;
