//! What the clock does, whatever befalls the process.

mod bill_runs;
mod kill_mails;
mod kill_webhooks;
