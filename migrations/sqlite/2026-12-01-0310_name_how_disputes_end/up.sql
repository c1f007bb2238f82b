-- A dispute ends with one of the lawful outcomes, and with what was given for it: what a regulator asks for, and what a leak adjustment is counted by.

ALTER TABLE bill_disputes ADD COLUMN remedy TEXT CONSTRAINT bill_disputes_remedy_known CHECK (remedy IN ('upheld', 'rebilled', 'leak_adjustment', 'refund', 'goodwill'));
ALTER TABLE bill_disputes ADD COLUMN credit_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT bill_disputes_credit_not_negative CHECK (credit_cents >= 0);
