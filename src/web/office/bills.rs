//! One bill for the office: its lines, what each is made of, and what happened to it.

use std::borrow::Borrow;

use crate::domain::bills::BillStage;

/// The badge's tone of a bill's stage.
#[must_use]
pub fn stage_tone(stage: impl Borrow<BillStage>) -> &'static str {
    match stage.borrow() {
        BillStage::Paid => "good",
        BillStage::Overdue | BillStage::Undelivered => "bad",
        BillStage::Draft => "warn",
        BillStage::Issued | BillStage::Delivered => "info",
        BillStage::Canceled | BillStage::Void => "",
    }
}
