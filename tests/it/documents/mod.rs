//! What people keep, in the opinion of programs from outside.

mod bill_pdf;
mod stack;
