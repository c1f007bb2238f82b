//! What a customer is called and since when, and who answers for an account: the closed lists of words about both.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// Why a name is another.
    NameChangeKind {
        /// It was written wrong: it was never the name.
        Correction => "correction",
        /// It changed, by marriage, divorce or a court: from a day on, by a document.
        Legal => "legal",
    }
}

text_enum! {
    /// Why somebody else answers for an account that goes on.
    TakeoverReason {
        /// The customer died, and somebody of the household or the estate takes the account on.
        Death => "death",
        /// A couple parted, and one of them stays.
        Divorce => "divorce",
        /// A court says who answers for it.
        CourtOrder => "court_order",
        /// An organization goes on under another that follows it.
        Organization => "organization",
        /// Somebody else of the same household takes it on.
        Household => "household",
    }
}

text_enum! {
    /// How whoever takes an account on agreed.
    Consent {
        /// By a signature.
        Signed => "signed",
        /// At the counter, with an ID.
        InPerson => "in_person",
        /// By telephone, on a recorded line.
        RecordedCall => "recorded_call",
        /// A court said so in their place.
        Court => "court",
    }
}
