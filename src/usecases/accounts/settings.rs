//! How an account is billed and told: the language of its bills, and the way they go out.

use serde_json::json;

use crate::domain::accounts::Delivery;
use crate::domain::customers::Language;
use crate::domain::ids::AccountId;
use crate::domain::notice::{Notice, Urgency};
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::notices;

/// Why the settings stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Neither paper nor e-mail, and nobody follows the account on the portal: its bills would reach nobody.
    #[error("the bills would reach nobody")]
    ReachesNobody,
    /// Bills by e-mail need an address: the customer's, or a proved sign-in's.
    #[error("no e-mail address is known")]
    NoEmail,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How an account is billed and told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Language of its bills.
    pub language: Language,
    /// How its bills come.
    pub delivery: Delivery,
}

/// How an account is billed and told as it stands.
#[must_use]
pub fn settings_of(row: &AccountRow) -> Settings {
    Settings {
        language: row.language,
        delivery: Delivery::of(row.paper, row.email),
    }
}

/// Changes how an account is billed and told, and confirms it to whoever is told of the account. Choosing the same again changes nothing.
/// `agreed` is the words that a customer said yes to; the office changes it by word of mouth.
///
/// # Errors
/// `ReachesNobody`, `NoEmail`, or a fault.
pub fn change_settings(
    tx: &mut Tx<'_>,
    account: AccountId,
    new: Settings,
    agreed: Option<&str>,
) -> Result<(), SettingsError> {
    let on = tx.stamp.on;
    let row = store::accounts::get(tx, account)?;
    let old = settings_of(&row);
    if old == new {
        return Ok(());
    }
    let reach = store::notices::reach(tx, account, on)?;
    let (paper, email) = (new.delivery.has_paper(), new.delivery.has_email());
    if email && !reach.has_email {
        return Err(SettingsError::NoEmail);
    }
    if !paper && !email && !reach.has_login {
        return Err(SettingsError::ReachesNobody);
    }
    Ok(change(tx, &row, (old, new), agreed)?)
}

/// Lets an account's bills come in the language that its new owner reads; told like every change. Gives the language, where it is another
/// than before.
///
/// # Errors
/// A fault.
pub fn follow_reader(
    tx: &mut Tx<'_>,
    account: AccountId,
    language: Language,
) -> Result<Option<Language>, StoreError> {
    let row = store::accounts::get(tx, account)?;
    let old = settings_of(&row);
    if old.language == language {
        return Ok(None);
    }
    change(tx, &row, (old, Settings { language, ..old }), None)?;
    Ok(Some(language))
}

/// Sends an account's bills on paper again, because nothing else reaches anybody; told like every change.
///
/// # Errors
/// A fault.
pub fn go_back_to_paper(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let row = store::accounts::get(tx, account)?;
    let old = settings_of(&row);
    let new = Settings {
        delivery: Delivery::Paper,
        ..old
    };
    change(tx, &row, (old, new), None)
}

/// Sends an account's bills on paper again where they would reach nobody otherwise: neither its customer's own address nor a sign-in that
/// looks after it.
///
/// # Errors
/// A fault.
pub fn keep_reaching(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let row = store::accounts::get(tx, account)?;
    let reach = store::notices::reach(tx, account, on)?;
    if row.paper || reach.has_login || (row.email && reach.has_own) {
        return Ok(());
    }
    go_back_to_paper(tx, account)
}

fn change(
    tx: &mut Tx<'_>,
    row: &AccountRow,
    (old, new): (Settings, Settings),
    agreed: Option<&str>,
) -> Result<(), StoreError> {
    let (account, on) = (row.id, tx.stamp.on);
    let (paper, email) = (new.delivery.has_paper(), new.delivery.has_email());
    store::accounts::mark_settings(tx, account, (new.language, paper, email))?;
    tx.touch(account);
    let deed = Deed {
        action: "account.settings_changed",
        subject_kind: "account",
        subject_id: row.number.to_string(),
        account_id: Some(account),
        facts: json!({
            "language": [old.language, new.language],
            "delivery": [old.delivery, new.delivery],
            "agreed": agreed,
        }),
    };
    store::audit::insert(tx, &deed)?;
    notices::tell(tx, account, Urgency::MustReach, |reader| {
        Notice::DeliveryChanged {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            delivery: new.delivery,
            bills_in: new.language,
            on,
        }
    })
}
