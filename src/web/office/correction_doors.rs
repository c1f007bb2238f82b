//! The routes of corrections by hand: ordering one on an account, the second person's word, the checks by which credits are paid out.

use crate::domain::staff::Permission;
use crate::web::doors::Doors;
use crate::web::office::{correction_queue as queue, correction_reversals as reversals};
use crate::web::office::{corrections, fee_reversals, refund_checks};

/// Corrections by hand.
pub fn doors() -> Doors {
    let (look, decide) = (Permission::ViewAccount, Permission::ApproveCorrection);
    let checks = Permission::WriteChecks;
    Doors::at("/office")
        .with(of_an_account())
        .with(of_a_day())
        .get("/corrections", look, queue::index)
        .get("/corrections/{id}", look, queue::show)
        .post("/corrections/{id}/approval", decide, queue::approve)
        .post("/corrections/{id}/refusal", decide, queue::refuse)
        // Only whoever ordered it, whatever their job is by now.
        .post("/corrections/{id}/withdrawal", look, queue::withdraw)
        // Whoever may order a correction of its kind: that is looked at once the correction is known.
        .get("/corrections/{id}/reversal", look, reversals::new)
        .post("/corrections/{id}/reversal", look, reversals::create)
        .get("/refund-checks", checks, refund_checks::index)
        .get("/refund-checks.csv", checks, refund_checks::list)
        .post("/refund-checks/{entry}", checks, refund_checks::create)
        .post("/refund-checks/{entry}/void", checks, refund_checks::void)
}

/// Fees of a whole day.
fn of_a_day() -> Doors {
    let (look, order) = (Permission::ViewReceivables, Permission::PostAdjustment);
    let decide = Permission::ApproveCorrection;
    Doors::at("/office/fee-reversals")
        .get("", look, fee_reversals::index)
        .post("", order, fee_reversals::create)
        .get("/{id}", look, fee_reversals::show)
        .post("/{id}/approval", decide, fee_reversals::approve)
        .post("/{id}/refusal", decide, fee_reversals::refuse)
        .post("/{id}/withdrawal", order, fee_reversals::withdraw)
}

fn of_an_account() -> Doors {
    let (adjust, refund) = (Permission::PostAdjustment, Permission::RefundCredit);
    let (waive, carry) = (Permission::WaiveFee, Permission::TransferBalance);
    let give_up = Permission::WriteOffDebt;
    Doors::at("/office/accounts/{number}")
        .get("/adjustments/new", adjust, corrections::new_adjustment)
        .post("/adjustments", adjust, corrections::adjust)
        .get("/refunds/new", refund, corrections::new_refund)
        .post("/refunds", refund, corrections::refund)
        .get("/waivers/new", waive, corrections::new_waiver)
        .post("/waivers", waive, corrections::waive)
        .get("/transfers/new", carry, corrections::new_transfer)
        .post("/transfers", carry, corrections::transfer)
        .get("/write-offs/new", give_up, corrections::new_write_off)
        .post("/write-offs", give_up, corrections::write_off)
}
