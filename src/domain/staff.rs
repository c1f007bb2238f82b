//! Who may do what in the office: one table of roles and permissions.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// A job in the office.
    Role {
        /// Runs the system: staff, settings, the demonstration's clock.
        Administrator => "administrator",
        /// Answers for bills, rates and receivables.
        BillingManager => "billing_manager",
        /// Works reads, bills and exceptions.
        BillingClerk => "billing_clerk",
        /// Answers customers.
        Csr => "csr",
        /// Sends crews, enters reads.
        FieldSupervisor => "field_supervisor",
        /// Is sent out with service orders, and sees these alone.
        Field => "field",
        /// Works overdue accounts.
        Collector => "collector",
        /// Audits.
        Compliance => "compliance",
        /// Reads only.
        Viewer => "viewer",
    }
}

text_enum! {
    /// What a door of the office asks for.
    Permission {
        /// See accounts, search, see bills and reads.
        ViewAccount => "view_account",
        /// Write a note on an account.
        WriteNote => "write_note",
        /// See the calls that others have open, and end those that were left open.
        EndCalls => "end_calls",
        /// Enter or accept a read.
        EnterRead => "enter_read",
        /// Import files of reads.
        ImportReads => "import_reads",
        /// Work the exceptions queue.
        WorkExceptions => "work_exceptions",
        /// Start a bill run, look at drafts, void and issue them.
        RunBills => "run_bills",
        /// Open bill cycles, and move the dates of their calendars.
        ManageCycles => "manage_cycles",
        /// Cancel and rebill an issued bill.
        CancelBill => "cancel_bill",
        /// Draft a rate schedule and try it on accounts.
        DraftRates => "draft_rates",
        /// Publish a rate schedule that somebody else submitted.
        PublishRates => "publish_rates",
        /// Change the people on an account, and how it is billed and told.
        EditPeople => "edit_people",
        /// Make two customers one who were written down twice, and take that back.
        MergeCustomers => "merge_customers",
        /// Make two places one that were written down twice, and take that back.
        MergePlaces => "merge_places",
        /// Start, stop, suspend and resume service, and move an account's standing.
        ManageService => "manage_service",
        /// Open premises and the points where service is delivered to them.
        ManagePlaces => "manage_places",
        /// Bring a whole utility in from its files.
        ImportSetup => "import_setup",
        /// Take meters into the inventory, install, exchange and remove them.
        ManageMeters => "manage_meters",
        /// Answer customers' requests and move them on.
        WorkRequests => "work_requests",
        /// Make service orders, plan who goes and when, and take them back.
        ManageOrders => "manage_orders",
        /// Be sent out with service orders, and bring their results back.
        WorkOrders => "work_orders",
        /// Declare outages and planned work, and end them.
        ManageOutages => "manage_outages",
        /// Take cash, checks and cards at the terminal.
        TakePayment => "take_payment",
        /// Take back a payment that did not come by the processor.
        ReversePayment => "reverse_payment",
        /// Correct an account by hand; how much alone, the policy says.
        PostAdjustment => "post_adjustment",
        /// Pay out a credit; how much alone, the policy says.
        RefundCredit => "refund_credit",
        /// Waive a late fee as a courtesy.
        WaiveFee => "waive_fee",
        /// Carry what is owed or held to another account.
        TransferBalance => "transfer_balance",
        /// Give up what an account that ended still owes.
        WriteOffDebt => "write_off_debt",
        /// Decide as the second person what others order.
        ApproveCorrection => "approve_correction",
        /// Write the checks by which credits are paid out.
        WriteChecks => "write_checks",
        /// Agree an extension or a payment arrangement, as the policy allows.
        MakeArrangement => "make_arrangement",
        /// End an arrangement that is in force.
        CancelArrangement => "cancel_arrangement",
        /// Place, renew and lift holds, as the policy gives each kind to each job, and answer those that end.
        PlaceHold => "place_hold",
        /// See the documents that holds rest on.
        ViewEvidence => "view_evidence",
        /// Declare and end a time in which nobody of a group is shut off.
        DeclareMoratorium => "declare_moratorium",
        /// Record what was served on a customer before a shut-off.
        RecordService => "record_service",
        /// See receivables and aging.
        ViewReceivables => "view_receivables",
        /// Set thresholds and policies.
        SetPolicy => "set_policy",
        /// Read the audit trail.
        ViewAudit => "view_audit",
        /// Invite, change and close staff.
        ManageStaff => "manage_staff",
        /// Move a demonstration's clock.
        MoveClock => "move_clock",
    }
}

use Permission as P;

impl Role {
    /// Whether this job carries the permission.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one list for each job")]
    pub fn may(self, permission: Permission) -> bool {
        match self {
            Self::Administrator => true,
            Self::BillingManager => !matches!(permission, P::ManageStaff | P::MoveClock),
            Self::BillingClerk => matches!(
                permission,
                P::ViewAccount
                    | P::WriteNote
                    | P::EnterRead
                    | P::ImportReads
                    | P::WorkExceptions
                    | P::RunBills
                    | P::DraftRates
                    | P::EditPeople
                    | P::MergeCustomers
                    | P::MergePlaces
                    | P::ManageService
                    | P::ManagePlaces
                    | P::ManageMeters
                    | P::WorkRequests
                    | P::ManageOrders
                    | P::TakePayment
                    | P::ReversePayment
                    | P::PostAdjustment
                    | P::RefundCredit
                    | P::WaiveFee
                    | P::TransferBalance
                    | P::WriteOffDebt
                    | P::ApproveCorrection
                    | P::WriteChecks
                    | P::MakeArrangement
                    | P::PlaceHold
                    | P::ViewEvidence
                    | P::RecordService
                    | P::ViewReceivables
            ),
            Self::Csr => matches!(
                permission,
                P::ViewAccount
                    | P::WriteNote
                    | P::WorkExceptions
                    | P::EditPeople
                    | P::ManageService
                    | P::WorkRequests
                    | P::ManageOrders
                    | P::TakePayment
                    | P::WaiveFee
                    | P::MakeArrangement
                    | P::PlaceHold
                    | P::ViewEvidence
            ),
            Self::FieldSupervisor => matches!(
                permission,
                P::ViewAccount
                    | P::WriteNote
                    | P::EnterRead
                    | P::WorkExceptions
                    | P::ManagePlaces
                    | P::ManageMeters
                    | P::WorkRequests
                    | P::ManageOrders
                    | P::WorkOrders
                    | P::ManageOutages
                    | P::RecordService
            ),
            Self::Field => matches!(permission, P::WorkOrders),
            Self::Collector => matches!(
                permission,
                P::ViewAccount
                    | P::WriteNote
                    | P::ManageOrders
                    | P::TakePayment
                    | P::WriteOffDebt
                    | P::MakeArrangement
                    | P::PlaceHold
                    | P::RecordService
                    | P::ViewReceivables
            ),
            Self::Compliance => matches!(
                permission,
                P::ViewAccount | P::ViewEvidence | P::ViewReceivables | P::ViewAudit
            ),
            Self::Viewer => matches!(permission, P::ViewAccount),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clerk_drafts_rates_and_a_manager_publishes_them() {
        assert!(Role::BillingClerk.may(Permission::DraftRates));
        assert!(!Role::BillingClerk.may(Permission::PublishRates));
        assert!(Role::BillingManager.may(Permission::PublishRates));
        assert!(!Role::Viewer.may(Permission::WriteNote));
    }

    #[test]
    fn a_crew_works_orders_and_nothing_else() {
        let may: Vec<&Permission> = Permission::ALL
            .iter()
            .filter(|permission| Role::Field.may(**permission))
            .collect();
        assert_eq!(may, [&Permission::WorkOrders]);
    }

    #[test]
    fn a_certificate_is_seen_by_few_and_a_moratorium_declared_by_fewer() {
        let who = |permission: Permission| {
            let may = |role: &&Role| role.may(permission);
            Role::ALL.iter().filter(may).count()
        };
        assert_eq!(who(Permission::ViewEvidence), 5);
        assert_eq!(who(Permission::DeclareMoratorium), 2);
        assert!(Role::Collector.may(Permission::PlaceHold));
        assert!(!Role::Collector.may(Permission::ViewEvidence));
    }
}
