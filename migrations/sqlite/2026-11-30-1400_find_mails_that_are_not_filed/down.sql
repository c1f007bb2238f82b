DROP INDEX notices_unfiled;
