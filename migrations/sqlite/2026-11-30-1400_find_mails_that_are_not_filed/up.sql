-- The mails that do not lie in the folder yet are found by themselves, however many wait.

CREATE INDEX notices_unfiled ON notices (id) WHERE state = 'queued' AND channel = 'email' AND filed_at IS NULL;
