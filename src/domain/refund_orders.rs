//! Refunds that the office orders of what came by the processor: where one stands.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where a refund that the office orders stands.
    RefundState {
        /// It waits for a second person.
        Proposed => "proposed",
        /// It is decided, and the processor is to be called.
        Ordered => "ordered",
        /// The processor took it; what came of it stands with the payment.
        Sent => "sent",
        /// The processor would not take it.
        Failed => "failed",
        /// The second person refused it.
        Refused => "refused",
        /// Whoever ordered it gave it up.
        Withdrawn => "withdrawn",
    }
}
