//! How an account is billed and told: the language of its bills, and the way they go out.

use serde_json::json;

use crate::domain::customers::Language;
use crate::domain::ids::AccountId;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;

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
    /// Whether bills go out on paper.
    pub paper: bool,
    /// Whether bills go out by e-mail.
    pub email: bool,
}

/// Changes how an account is billed and told. Choosing the same again changes nothing.
///
/// # Errors
/// `ReachesNobody`, `NoEmail`, or a fault.
pub fn change_settings(
    tx: &mut Tx<'_>,
    account: AccountId,
    new: Settings,
) -> Result<(), SettingsError> {
    let on = tx.stamp.on;
    let row = store::accounts::get(tx, account)?;
    let old = Settings {
        language: row.language,
        paper: row.paper,
        email: row.email,
    };
    if old == new {
        return Ok(());
    }
    let reach = store::notices::reach(tx, account, on)?;
    if new.email && !reach.has_email {
        return Err(SettingsError::NoEmail);
    }
    if !new.paper && !new.email && !reach.has_login {
        return Err(SettingsError::ReachesNobody);
    }
    store::accounts::mark_settings(tx, account, (new.language, new.paper, new.email))?;
    tx.touch(account);
    let deed = Deed {
        action: "account.settings_changed",
        subject_kind: "account",
        subject_id: row.number.to_string(),
        account_id: Some(account),
        facts: json!({
            "language": [old.language, new.language],
            "paper": [old.paper, new.paper],
            "email": [old.email, new.email],
        }),
    };
    Ok(store::audit::insert(tx, &deed)?)
}
