//! Made-up towns: laid, built and lived in by the program's own use cases.

mod foundation;
mod history;
mod suspending;
mod taking_away;
