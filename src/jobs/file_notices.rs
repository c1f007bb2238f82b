//! Where no mail server is set and a folder is: each mail that waits is laid there once, as a file named by its notice. It waits in the outbox all
//! the same, and leaves when a mail server is set: nothing is said to be sent that only lies in a folder.

use std::path::Path;

use crate::adapters::email::{MailError, Writer};
use crate::adapters::mail_folder::MailFolder;
use crate::app::App;
use crate::domain::ids::NoticeId;
use crate::i18n::Own;
use crate::jobs::written_mails::{Written, by_clock, write_out, writer};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::wishes::sign_mails;
use crate::usecases::notice_texts;
use crate::usecases::notices::{NotTaken, list_unfiled, record_failed, record_filed};

/// How many mails a round lays out.
const ROUND: i64 = 128;

/// A mail as a file: its name and its bytes.
type Paper = (String, Vec<u8>);

/// Rounds until all that waits lies in the folder.
///
/// # Errors
/// When the database or the folder fails.
pub async fn run(app: &App, dir: &Path) -> anyhow::Result<()> {
    let (folder, writer) = (MailFolder::open(dir)?, writer(app)?);
    while round(app, &folder, &writer).await? {}
    Ok(())
}

/// One round; whether there may be more.
async fn round(app: &App, folder: &MailFolder, writer: &Writer) -> anyhow::Result<bool> {
    let fresh = app.fresh_token()?;
    let list = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
        let rows = list_unfiled(tx, ROUND)?;
        let signatures = sign_mails(tx, &rows, &fresh)?;
        Ok((rows, signatures, notice_texts::current(tx)?))
    };
    let (rows, signatures, own) = app.db.write(by_clock(app), list).await?;
    let own = Own::keep(own);
    if rows.is_empty() {
        return Ok(false);
    }
    let mut papers: Vec<Paper> = Vec::with_capacity(rows.len());
    let mut filed: Vec<NoticeId> = Vec::with_capacity(rows.len());
    let mut refused: Vec<(NoticeRow, String)> = Vec::new();
    for (row, signed) in rows.into_iter().zip(signatures) {
        let Written { row, mail } = write_out((app, own), row, signed)?;
        match writer.write(&mail) {
            Ok((_, bytes)) => {
                papers.push((format!("notice-{}.eml", row.id), bytes));
                filed.push(row.id);
            }
            Err(error @ MailError::Refused(_)) => refused.push((row, error.to_string())),
            Err(error @ MailError::Later(_)) => return Err(error.into()),
        }
    }
    lay(folder, papers).await?;
    let record = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        record_filed(tx, &filed)?;
        let failed: Vec<NotTaken<'_>> = refused
            .iter()
            .map(|(row, why)| (row, why.as_str(), None))
            .collect();
        record_failed(tx, &failed)
    };
    app.db.write(by_clock(app), record).await?;
    Ok(true)
}

/// Lays the files in the folder, on a thread that may wait for the disk.
async fn lay(folder: &MailFolder, papers: Vec<Paper>) -> anyhow::Result<()> {
    let folder = folder.clone();
    let put = move || {
        papers
            .iter()
            .try_for_each(|(name, bytes)| folder.put(name, bytes))
    };
    Ok(tokio::task::spawn_blocking(put).await??)
}
