//! What the processor's objects say of one payment when they are read again, and what must be done so that ours stands the same.

use chrono::NaiveDateTime;

use crate::domain::money::Money;
use crate::domain::payments::Instrument;
use crate::domain::payments::PaymentState;
use crate::domain::payments::Tender;
use crate::domain::payments::lines::LineSeen;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// A Checkout session's own state.
    SessionStatus {
        /// The customer may still pay.
        Open => "open",
        /// The customer has finished.
        Complete => "complete",
        /// It can no longer be used.
        Expired => "expired",
    }
}

text_enum! {
    /// A PaymentIntent's own state.
    IntentStatus {
        /// No instrument, or the last one was refused.
        RequiresPaymentMethod => "requires_payment_method",
        /// An instrument waits to be charged.
        RequiresConfirmation => "requires_confirmation",
        /// The customer must do something, such as authenticate.
        RequiresAction => "requires_action",
        /// Authorized and not captured.
        RequiresCapture => "requires_capture",
        /// With the bank.
        Processing => "processing",
        /// Paid.
        Succeeded => "succeeded",
        /// Given up.
        Canceled => "canceled",
    }
}

text_enum! {
    /// A dispute's own state. The inquiries (`warning_…`) move no money.
    DisputeStatus {
        /// An inquiry waits for an answer.
        WarningNeedsResponse => "warning_needs_response",
        /// An inquiry is looked at.
        WarningUnderReview => "warning_under_review",
        /// An inquiry ended.
        WarningClosed => "warning_closed",
        /// The money is withheld; evidence may be given.
        NeedsResponse => "needs_response",
        /// The money is withheld; the bank decides.
        UnderReview => "under_review",
        /// The money is back.
        Won => "won",
        /// The money is gone.
        Lost => "lost",
        /// Settled before it was a dispute; nothing moved.
        Prevented => "prevented",
    }
}

/// A dispute, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSeen {
    /// Its name at the processor.
    pub reference: String,
    /// Where it stands.
    pub status: DisputeStatus,
    /// How much was taken back.
    pub amount: Money,
    /// The reason, in the processor's word, such as `insufficient_funds`.
    pub reason: String,
    /// The lines by which it took money away, and brought it again where it was won.
    pub lines: Vec<LineSeen>,
}

/// A refund that went through, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSeen {
    /// Its name at the processor.
    pub reference: String,
    /// The key under which it was asked for here; nothing where it was made at the processor.
    pub key: Option<String>,
    /// How much went back.
    pub amount: Money,
    /// Whether it failed after all, so that the money is ours again.
    pub has_failed: bool,
    /// The line by which it went, where it is known.
    pub line: Option<LineSeen>,
    /// The line by which it came again, where it is known.
    pub failure_line: Option<LineSeen>,
}

/// Everything the processor says of one payment, read again just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The Checkout session, if there was one.
    pub session: Option<SessionStatus>,
    /// The PaymentIntent, once there is one.
    pub intent: Option<IntentSeen>,
}

/// A PaymentIntent with its charge, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentSeen {
    /// Its name: the payment's reference.
    pub reference: String,
    /// Where it stands.
    pub status: IntentStatus,
    /// What came, or what was asked while nothing has come.
    pub amount: Money,
    /// By what it was paid, or last tried.
    pub instrument: Option<Instrument>,
    /// When the customer gave the payment.
    pub given_at: NaiveDateTime,
    /// Why the last try was refused, in the processor's word.
    pub failure: Option<String>,
    /// The line by which the money came, with what the processor keeps of it, once it is known.
    pub line: Option<LineSeen>,
    /// Disputes of it.
    pub disputes: Vec<DisputeSeen>,
    /// Refunds of it.
    pub refunds: Vec<RefundSeen>,
}

/// One thing to do to a payment so that it stands as the processor says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// The bank has it: pending from now on.
    Process,
    /// It can no longer be paid.
    Cancel,
    /// The bank refused it.
    Fail {
        /// The processor's word for why.
        reason: String,
    },
    /// The money is here.
    Post,
    /// Some of it went back.
    Refund {
        /// The refund's name.
        reference: String,
        /// How much.
        amount: Money,
    },
    /// A refund failed after all.
    UndoRefund {
        /// The refund's name.
        reference: String,
        /// How much.
        amount: Money,
    },
    /// The bank took a settled bank payment back; such a return is final.
    Return {
        /// The dispute's name.
        reference: String,
        /// The processor's word for why.
        reason: String,
    },
    /// A card payment is disputed; a person must answer until it is decided.
    Contest {
        /// The dispute's name.
        reference: String,
        /// The processor's word for why.
        reason: String,
    },
    /// A dispute was decided: nobody need answer any more.
    Settle {
        /// The dispute's name.
        reference: String,
        /// How it was decided.
        status: DisputeStatus,
    },
    /// A disputed card payment is lost.
    ChargeBack {
        /// The dispute's name.
        reference: String,
        /// The processor's word for why.
        reason: String,
        /// How much of the payment is lost.
        amount: Money,
    },
    /// A line of our account at the processor is this one's.
    Account(LineSeen, LineOf),
}

/// What a line of the account is written down with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOf {
    /// The payment itself.
    Payment,
    /// The step of this name: a refund that went, or came again.
    Step(String),
    /// The payment's return by its bank.
    Return,
    /// Nothing else: the line itself moves money into dispute, or out of it.
    Dispute,
}

/// What must happen to a payment, in this order, for it to stand as the processor says.
///
/// Every step is named even when an earlier reading was missed: a payment first heard of when it is already returned is posted and then
/// returned, so that the ledger tells the whole story. Steps below the payment's own rank are left out; refunds are named each time and
/// their own references keep them from being written twice.
#[must_use]
pub fn moves(current: PaymentState, tender: Tender, seen: &Seen) -> Vec<Move> {
    let Some(intent) = &seen.intent else {
        let gone = seen.session == Some(SessionStatus::Expired);
        let leaves = gone && current == PaymentState::Requested;
        return if leaves { vec![Move::Cancel] } else { vec![] };
    };
    match intent.status {
        IntentStatus::Processing if current.may_become(PaymentState::Processing) => {
            vec![Move::Process]
        }
        IntentStatus::RequiresPaymentMethod if seen.session == Some(SessionStatus::Complete) => {
            fail(current, intent)
        }
        IntentStatus::RequiresPaymentMethod if seen.session == Some(SessionStatus::Expired) => {
            cancel(current, intent)
        }
        // Without a page nobody can try another instrument: a saved one that was refused is refused.
        IntentStatus::RequiresPaymentMethod
            if seen.session.is_none() && intent.failure.is_some() =>
        {
            fail(current, intent)
        }
        IntentStatus::Canceled => cancel(current, intent),
        IntentStatus::Succeeded => after_success(current, tender, intent),
        IntentStatus::RequiresPaymentMethod
        | IntentStatus::RequiresConfirmation
        | IntentStatus::RequiresAction
        | IntentStatus::RequiresCapture
        | IntentStatus::Processing => vec![],
    }
}

/// What was only asked for is given up. What was with the bank already was counted on: to the customer it has failed.
fn cancel(current: PaymentState, intent: &IntentSeen) -> Vec<Move> {
    if current == PaymentState::Processing {
        fail_as(current, intent, "canceled")
    } else if current.may_become(PaymentState::Canceled) {
        vec![Move::Cancel]
    } else {
        vec![]
    }
}

fn fail(current: PaymentState, intent: &IntentSeen) -> Vec<Move> {
    fail_as(current, intent, "declined")
}

fn fail_as(current: PaymentState, intent: &IntentSeen, word: &str) -> Vec<Move> {
    if !current.may_become(PaymentState::Failed) {
        return vec![];
    }
    let reason = intent.failure.clone();
    let reason = reason.unwrap_or_else(|| word.to_owned());
    vec![Move::Fail { reason }]
}

fn after_success(current: PaymentState, tender: Tender, intent: &IntentSeen) -> Vec<Move> {
    let mut steps = Vec::new();
    if current.may_become(PaymentState::Succeeded) {
        steps.push(Move::Post);
    }
    let account = |line: &Option<LineSeen>, of| line.clone().map(|line| Move::Account(line, of));
    steps.extend(account(&intent.line, LineOf::Payment));
    for refund in &intent.refunds {
        let (reference, amount) = (refund.reference.clone(), refund.amount);
        steps.push(Move::Refund {
            reference: reference.clone(),
            amount,
        });
        steps.extend(account(&refund.line, LineOf::Step(reference.clone())));
        if refund.has_failed {
            let name = failure_of(&reference);
            steps.push(Move::UndoRefund { reference, amount });
            steps.extend(account(&refund.failure_line, LineOf::Step(name)));
        }
    }
    for dispute in &intent.disputes {
        steps.extend(of_dispute(current, tender, dispute));
    }
    steps
}

/// The name of the step by which a refund came again.
#[must_use]
pub fn failure_of(refund: &str) -> String {
    format!("{refund}:failed")
}

fn of_dispute(current: PaymentState, tender: Tender, dispute: &DisputeSeen) -> Vec<Move> {
    let (reference, reason) = (dispute.reference.clone(), dispute.reason.clone());
    let lines = |of: LineOf| {
        let lines = dispute.lines.iter().cloned();
        lines.map(move |line| Move::Account(line, of.clone()))
    };
    let decision = match (dispute.status, tender) {
        (
            DisputeStatus::WarningNeedsResponse
            | DisputeStatus::WarningUnderReview
            | DisputeStatus::WarningClosed
            | DisputeStatus::Prevented,
            _,
        ) => return vec![],
        // An ACH return is final from its first moment: there is nothing to contest.
        (_, Tender::BankAccount) => {
            let mut steps = Vec::new();
            if current.may_become(PaymentState::Returned) {
                steps.push(Move::Return { reference, reason });
            }
            steps.extend(lines(LineOf::Return));
            return steps;
        }
        (DisputeStatus::NeedsResponse | DisputeStatus::UnderReview, _) => {
            vec![Move::Contest { reference, reason }]
        }
        (status @ DisputeStatus::Won, _) => vec![Move::Settle { reference, status }],
        (status @ DisputeStatus::Lost, _) => {
            // What is lost is what was taken away: a dispute of part of a payment takes part of it.
            let amount = -dispute.lines.iter().map(|line| line.amount).sum::<Money>();
            let mut steps = Vec::new();
            if current.may_become(PaymentState::ChargedBack) && amount.is_positive() {
                steps.push(Move::ChargeBack {
                    reference: reference.clone(),
                    reason,
                    amount,
                });
            }
            steps.push(Move::Settle { reference, status });
            steps
        }
    };
    lines(LineOf::Dispute).chain(decision).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payments::lines::LineKind;

    fn intent(status: IntentStatus) -> IntentSeen {
        IntentSeen {
            reference: "pi_1".to_owned(),
            status,
            amount: Money::from_cents(8_410),
            instrument: None,
            given_at: NaiveDateTime::default(),
            failure: None,
            line: None,
            disputes: vec![],
            refunds: vec![],
        }
    }

    fn seen(session: SessionStatus, intent: IntentSeen) -> Seen {
        Seen {
            session: Some(session),
            intent: Some(intent),
        }
    }

    fn dispute(status: DisputeStatus) -> DisputeSeen {
        DisputeSeen {
            reference: "dp_1".to_owned(),
            status,
            amount: Money::from_cents(8_410),
            reason: "insufficient_funds".to_owned(),
            lines: vec![],
        }
    }

    #[test]
    fn a_declined_card_in_an_open_session_is_not_a_failure_yet() {
        let declined = seen(
            SessionStatus::Open,
            intent(IntentStatus::RequiresPaymentMethod),
        );
        assert_eq!(
            moves(PaymentState::Requested, Tender::Card, &declined),
            vec![]
        );
    }

    #[test]
    fn a_saved_card_that_is_refused_is_a_failure_at_once() {
        let mut refused = intent(IntentStatus::RequiresPaymentMethod);
        refused.failure = Some("lost_card".to_owned());
        let without_page = Seen {
            session: None,
            intent: Some(refused),
        };
        assert_eq!(
            moves(PaymentState::Requested, Tender::Card, &without_page),
            vec![Move::Fail {
                reason: "lost_card".to_owned()
            }]
        );
    }

    #[test]
    fn a_bank_payment_that_fails_after_days_is_failed() {
        let mut refused = intent(IntentStatus::RequiresPaymentMethod);
        refused.failure = Some("insufficient_funds".to_owned());
        assert_eq!(
            moves(
                PaymentState::Processing,
                Tender::BankAccount,
                &seen(SessionStatus::Complete, refused)
            ),
            vec![Move::Fail {
                reason: "insufficient_funds".to_owned()
            }]
        );
    }

    #[test]
    fn a_return_first_heard_of_at_its_end_is_posted_and_then_returned() {
        let mut taken_back = intent(IntentStatus::Succeeded);
        taken_back.disputes.push(dispute(DisputeStatus::Lost));
        let steps = moves(
            PaymentState::Requested,
            Tender::BankAccount,
            &seen(SessionStatus::Complete, taken_back),
        );
        assert!(matches!(
            steps.as_slice(),
            [Move::Post, Move::Return { .. }]
        ));
    }

    #[test]
    fn a_lost_dispute_first_heard_of_at_its_end_withholds_and_then_takes() {
        let mut lost = dispute(DisputeStatus::Lost);
        lost.lines.push(LineSeen {
            reference: "txn_1".to_owned(),
            kind: LineKind::Dispute,
            amount: Money::from_cents(-8_410),
            fee: Money::from_cents(1_500),
            created_at: NaiveDateTime::default(),
            source: Some("dp_1".to_owned()),
            intent: None,
        });
        let mut disputed = intent(IntentStatus::Succeeded);
        disputed.disputes.push(lost);
        let steps = moves(
            PaymentState::Requested,
            Tender::Card,
            &seen(SessionStatus::Complete, disputed),
        );
        assert!(matches!(
            steps.as_slice(),
            [
                Move::Post,
                Move::Account(_, LineOf::Dispute),
                Move::ChargeBack { .. },
                Move::Settle { .. }
            ]
        ));
    }

    #[test]
    fn an_inquiry_moves_no_money() {
        let mut asked = intent(IntentStatus::Succeeded);
        asked
            .disputes
            .push(dispute(DisputeStatus::WarningNeedsResponse));
        let steps = moves(
            PaymentState::Succeeded,
            Tender::Card,
            &seen(SessionStatus::Complete, asked),
        );
        assert_eq!(steps, vec![]);
    }

    #[test]
    fn an_old_reading_undoes_nothing() {
        let old = seen(SessionStatus::Complete, intent(IntentStatus::Processing));
        assert_eq!(
            moves(PaymentState::Succeeded, Tender::BankAccount, &old),
            vec![]
        );
    }
}
