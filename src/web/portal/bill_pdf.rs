//! The bill on paper, for its customer.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::BillNumber;
use crate::store::portal::bills;
use crate::web::papers;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult};

/// GET /bills/{number}/pdf — in the language in which the account wants its bills.
pub async fn show(app: Data<App>, customer: SignedIn, path: Path<String>) -> PageResult {
    let number: BillNumber = path.parse().map_err(|_not_ours| PageError::NotFound)?;
    let sender = papers::sender(&app);
    let wanted = number.clone();
    let file = app
        .db
        .read(move |conn| {
            let (_, bill) = bills::get(conn, &customer.scope, &wanted)?;
            papers::file(conn, bill.id, &sender)
        })
        .await?;
    Ok(papers::answer(&number, file))
}
