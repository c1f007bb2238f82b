//! The bill on paper, as its customer has it.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::BillNumber;
use crate::store::bill_screen;
use crate::store::error::StoreError;
use crate::web::papers;
use crate::web::{PageError, PageResult};

/// GET /office/bills/{number}/pdf
pub async fn show(app: Data<App>, path: Path<String>) -> PageResult {
    let number: BillNumber = path.parse().map_err(|_not_ours| PageError::NotFound)?;
    let sender = papers::sender(&app);
    let wanted = number.clone();
    let file = app
        .db
        .read(move |conn| {
            let id = bill_screen::find_issued(conn, &wanted)?;
            let id = id.ok_or(StoreError::Missing("bill"))?;
            papers::file(conn, id, &sender)
        })
        .await?;
    Ok(papers::answer(&number, file))
}
