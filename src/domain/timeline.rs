//! What an account's timeline tells: everything that happened to it, sorted into kinds that a reader may ask for alone.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What sort of thing happened.
    TimelineKind {
        /// A bill was issued or canceled.
        Bills => "bills",
        /// A payment took a step.
        Payments => "payments",
        /// A fee, a credit or anything else was posted to the ledger.
        Charges => "charges",
        /// Somebody decided over the balance by hand.
        Corrections => "corrections",
        /// A read came in, or was put right.
        Reads => "reads",
        /// The customer was told something.
        Notices => "notices",
        /// A note was written.
        Notes => "notes",
        /// Somebody called.
        Calls => "calls",
        /// A request or dispute took a step.
        Requests => "requests",
        /// An order took a step.
        Orders => "orders",
        /// An extension or arrangement took a step.
        Arrangements => "arrangements",
        /// A hold was placed or lifted, a low income certified.
        Holds => "holds",
        /// A deposit took a step.
        Deposits => "deposits",
        /// A level payment plan took a step.
        LevelPlans => "level_plans",
        /// Something waited for a person, or was settled.
        Exceptions => "exceptions",
        /// Service was out.
        Outages => "outages",
        /// The account itself: its standing, its people, how it is billed and paid.
        Account => "account",
    }
}
