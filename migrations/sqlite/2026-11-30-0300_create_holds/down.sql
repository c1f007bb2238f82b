DROP TABLE moratorium_ends;
DROP TABLE moratoria;
DROP TABLE hold_reviews;
DROP TABLE hold_documents;
DROP TABLE hold_lifts;
DROP TABLE holds;
