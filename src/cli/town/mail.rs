//! The mail of the past: what the town's history put in the outbox was sent on its day, in the words that would have gone out. What was put
//! there of late still waits, as it does where no mail server is set.

use chrono::{Days, NaiveDate};

use crate::cli::town::office::Office;
use crate::documents::letters::{Letterhead, letter};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::notices::{SentNotice, record_sent, take_due};

/// How many mails are sent at once.
const AT_ONCE: i64 = 500;

/// Mail of so many days still waits.
const WAITS: u64 = 10;

/// Sends what is due on a day of the past.
///
/// # Errors
/// A letter that cannot be written, or a fault.
pub fn send(office: &Office<'_>, head: &Letterhead, on: NaiveDate) -> anyhow::Result<()> {
    if on + Days::new(WAITS) > office.today {
        return Ok(());
    }
    loop {
        let stamp = office.clock(on, 23);
        let take = |tx: &mut Tx<'_>| take_due(tx, AT_ONCE);
        let due = office.write(stamp.clone(), take)?;
        if due.is_empty() {
            return Ok(());
        }
        let sent = due
            .into_iter()
            .map(|row| {
                let words = letter(&row.notice, row.language, head);
                let text = words.text(head, None)?;
                Ok((row, words.subject, text))
            })
            .collect::<anyhow::Result<Vec<(NoticeRow, &'static str, String)>>>()?;
        let record = move |tx: &mut Tx<'_>| {
            let left: Vec<SentNotice<'_>> = sent
                .iter()
                .map(|(row, subject, text)| (row, *subject, text.as_str()))
                .collect();
            record_sent(tx, &left)
        };
        office.write::<_, StoreError>(stamp, record)?;
    }
}
