//! Queries with teeth, and the doors to the database, on whichever database the run is for.

mod db;
mod kept;
mod proofs;
