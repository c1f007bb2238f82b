//! The books, tried on the database: entries in every fund, credits that come and go, history that stays, and other programs' opinion.

mod aging;
mod by_hand;
mod chart;
mod fees;
mod history;
mod house;
mod integrity;
mod journal;
mod postings;
