DROP INDEX payments_by_requested;
INSERT INTO print_pieces (bill_id, since_at)
SELECT DISTINCT d.bill_id, d.at FROM print_waits w
JOIN bill_deliveries d ON d.bill_id BETWEEN w.first_bill_id AND w.last_bill_id AND d.at = w.since_at
WHERE d.channel = 'paper' AND d.state = 'queued' AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.bill_id = d.bill_id);
DROP TABLE print_waits;
ALTER TABLE print_pieces DROP COLUMN trouble;
ALTER TABLE print_pieces DROP COLUMN wrong_recipient;
