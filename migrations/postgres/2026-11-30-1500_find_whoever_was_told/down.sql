DROP INDEX notices_sent_since;
