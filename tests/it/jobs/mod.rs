//! What the clock does, whatever befalls the process.

mod bill_runs;
mod kill_webhooks;
