//! What the office writes down about an account: a note is kept as written and never changed.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a note records.
    NoteKind {
        /// Something worth knowing.
        Note => "note",
        /// A telephone call.
        Phone => "phone",
        /// A visit, at the counter or at the premise.
        Visit => "visit",
        /// A letter.
        Letter => "letter",
        /// An e-mail.
        Email => "email",
    }
}

/// The longest note that is kept, in characters.
pub const LONGEST_NOTE: usize = 4_000;
