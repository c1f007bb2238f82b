ALTER TABLE bill_documents DROP COLUMN recipient;
DROP TABLE print_letters;
DROP TABLE print_pulls;
DROP TABLE print_items;
DROP TABLE print_pieces;
DROP TABLE print_batches;
