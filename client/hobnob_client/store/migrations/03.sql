-- No engine of a client asks where an event is by its id.
DROP INDEX log_id;
