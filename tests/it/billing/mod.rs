//! Bill runs from read to ledger: what is drafted, what is held and why, what goes out, and what is taken back.

mod carried;
mod due_dates;
mod estimates;
mod exceptions;
mod factors;
mod facts;
mod in_order;
mod moved_facts;
mod moves;
mod rebills;
mod rederived;
mod runs;
