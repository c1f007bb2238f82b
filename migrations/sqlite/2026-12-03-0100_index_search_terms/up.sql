-- Words that many accounts have are looked for together in a full-text index: a range of terms says who has one of them, not who has all.

CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', contentless_delete=1, detail='none', prefix='1 2 3 4 5 6 7', tokenize='ascii');

INSERT INTO search_index (rowid, terms)
    SELECT account_id, group_concat(term, ' ') FROM (SELECT DISTINCT account_id, term FROM search_terms) GROUP BY account_id;
