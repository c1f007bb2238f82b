//! What the stories are told with: a database of their own, a house to visit, people who live there.

pub mod db;
