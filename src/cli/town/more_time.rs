//! Who in the town got more time to pay: one who keeps the installments, and one who did not.

use chrono::{Days, NaiveDate};

use crate::cli::town::asking::whom;
use crate::cli::town::characters::{Character, IRENE, OWEN};
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::arrangements::{ArrangementChannel, Choice};
use crate::domain::customers::Language;
use crate::domain::ids::ArrangementId;
use crate::i18n::words;
use crate::store::accounts;
use crate::store::db::Tx;
use crate::usecases::arrangements::{NewArrangement, look, make, open_desk};
use crate::web::arrangement_view::agreement;

/// How many days ago each of them agreed: the first payment of one is due tomorrow or after the weekend, that of the other was missed.
const AGREED: [(&Character, u64); 2] = [(&IRENE, 2), (&OWEN, 13)];

/// How many installments each of them chose.
const INSTALLMENTS: u32 = 4;

/// What happened on a day of the past.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    let ago = |days: u64| day + Days::new(days) == office.today;
    for (character, days) in AGREED {
        if ago(days) {
            agree(office, homes, (character, day))?;
        }
    }
    let first = AGREED.iter().map(|(_, days)| *days).max();
    if first.is_some_and(|days| day + Days::new(days) >= office.today) {
        let round = |tx: &mut Tx<'_>| look(tx, ArrangementId(0));
        office.write(office.clock(day, 20), round)?;
    }
    Ok(())
}

fn agree(
    office: &Office<'_>,
    homes: &[Home],
    (character, day): (&Character, NaiveDate),
) -> anyhow::Result<()> {
    let Some((account, actor)) = whom(office, homes, character)? else {
        return Ok(());
    };
    let choice = Choice::Arrangement {
        installments: INSTALLMENTS,
        down: None,
        paydays: None,
    };
    let (desk, number) = office.db.read_blocking(|conn| {
        let desk = open_desk(conn, account, day)?;
        let number = accounts::get(conn, account)?.number;
        Ok::<_, crate::usecases::arrangements::ArrangementError>((desk, number))
    })?;
    // In a town that begins today there is nothing to pay yet.
    let Ok(plan) = desk.plan(choice) else {
        return Ok(());
    };
    let new = NewArrangement {
        request_key: format!("town-{number}"),
        account,
        choice,
        seen: plan.mark(),
        channel: ArrangementChannel::Portal,
        agreement: agreement(words(Language::English), &plan, &number),
        language: Language::English,
    };
    office.write(office.stamp(&actor, day, 19), move |tx: &mut Tx<'_>| {
        make(tx, &new)
    })?;
    Ok(())
}
