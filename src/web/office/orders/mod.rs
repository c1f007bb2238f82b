//! Service orders at the office and in the field: the list, one order with its plan and its steps, the form that makes one, the part of the account
//! screen, and the pages that a crew carries on a telephone.

pub mod card;
pub mod field;
pub mod form;
pub mod index;
pub mod jobs;
pub mod report;
pub mod show;
mod words;

use crate::domain::ids::OrderNumber;
use crate::domain::staff::Permission;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::orders::{self, OrderRow};
use crate::web::PageError;
use crate::web::doors::Doors;

/// Orders at the desk, and in the field.
pub fn doors() -> Doors {
    let (see, manage, work) = (
        Permission::ViewAccount,
        Permission::ManageOrders,
        Permission::WorkOrders,
    );
    Doors::at("/office")
        .get("/orders", see, index::index)
        .get("/orders/{number}", see, show::show)
        .get("/orders/{number}/photos/{id}", see, show::photo)
        .post("/orders/{number}/plan", manage, show::plan)
        .post("/orders/{number}/cancellation", manage, show::cancel)
        .get("/accounts/{number}/orders/new", manage, form::new)
        .post("/accounts/{number}/orders", manage, form::create)
        .get("/field", work, field::index)
        .get("/field/worker.js", work, field::worker)
        .get("/field/{number}", work, field::show)
        .post("/field/{number}/taking", work, field::take)
        .post("/field/{number}/start", work, field::start)
        .post("/field/{number}/result", work, field::result)
}

/// The address of an order's page.
pub fn address(number: &OrderNumber) -> String {
    format!("/office/orders/{number}")
}

fn number_of(text: &str) -> Result<OrderNumber, PageError> {
    text.parse().map_err(|_not_ours| PageError::NotFound)
}

fn find(conn: &mut Conn, number: &OrderNumber) -> Result<OrderRow, StoreError> {
    orders::find(conn, number)?.ok_or(StoreError::Missing("service order"))
}
