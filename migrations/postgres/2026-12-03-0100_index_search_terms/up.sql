-- Words that many accounts have are looked for together in a full-text index: a range of terms says who has one of them, not who has all.

CREATE TABLE search_index (
    account_id BIGINT PRIMARY KEY REFERENCES accounts,
    terms TSVECTOR NOT NULL
);

INSERT INTO search_index (account_id, terms)
    SELECT account_id, array_to_tsvector(array_agg(word)) FROM (
        SELECT account_id, term AS word FROM search_terms
        UNION SELECT account_id, left(term, n) || '*' FROM search_terms, generate_series(1, 6) AS n) AS words
    GROUP BY account_id;

-- Without a list of what is still to be sorted in: every search would read through it.
CREATE INDEX search_index_by_term ON search_index USING gin (terms) WITH (fastupdate = off);
