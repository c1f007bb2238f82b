//! Saved ways to pay: one is asked for, given on the processor's page, and brought to where the processor says it stands; the customer
//! changes which comes first, or takes it away. Every function may be called again with the same facts, and does nothing the second time.

use serde_json::json;

use crate::domain::autopay::End;
use crate::domain::ids::{AccountId, LoginId, PaymentMethodId};
use crate::domain::payments::Tender;
use crate::domain::payments::saved::{MethodState, SetupSeen};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::usecases::autopay;

/// Why a way to pay is not asked for, or not changed.
#[derive(Debug, thiserror::Error)]
pub enum MethodError {
    /// The form was used for another one already.
    #[error("this form was used for another way to pay")]
    FormUsed,
    /// It is not saved, or no more.
    #[error("a way to pay that is {0} can't be used")]
    NotAttached(MethodState),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Asks for a way to pay to be saved. The same form sent twice asks once.
///
/// # Errors
/// `FormUsed` when the form asked for something else before.
pub fn ask(
    tx: &mut Tx<'_>,
    account: AccountId,
    (tender, processor): (Tender, &str),
    request_key: &str,
) -> Result<MethodRow, MethodError> {
    if let Some(earlier) = store::payment_methods::find(tx, &[account], request_key)? {
        return Ok(earlier);
    }
    let inserted = store::payment_methods::insert(tx, account, (tender, processor), request_key);
    let id = match inserted {
        // Somebody else's form has this name.
        Err(StoreError::Conflict(_)) => return Err(MethodError::FormUsed),
        inserted => inserted?,
    };
    let row = store::payment_methods::get(tx, id)?;
    audit(tx, &row, "payment_method.asked", None)?;
    Ok(row)
}

/// Remembers the page on which it is given, and the account's name as a customer there. Messages that came before it are looked at again.
///
/// # Errors
/// A fault of the database.
pub fn record_page(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    customer: &str,
    page: (&str, &str),
) -> Result<(), StoreError> {
    let row = store::payment_methods::lock(tx, id)?;
    if row.session_reference.is_none() {
        store::payment_methods::mark_page(tx, id, customer, page)?;
        store::provider_events::unpark(tx, Some(page.0), None)?;
    }
    Ok(())
}

/// Brings a way to pay to where the processor says it stands. Whoever calls has just read it again.
///
/// # Errors
/// A fault of the database.
pub fn bring_up_to_date(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    seen: &SetupSeen,
) -> Result<MethodState, StoreError> {
    let row = store::payment_methods::lock(tx, id)?;
    if row.state != MethodState::Asked {
        return Ok(row.state);
    }
    match (seen.outcome(), &seen.method) {
        (Some(MethodState::Attached), Some(method)) => {
            let is_first = store::payment_methods::list(tx, row.account_id)?.is_empty();
            store::payment_methods::mark_attached(tx, id, method, is_first)?;
            let attached = store::payment_methods::get(tx, id)?;
            audit(tx, &attached, "payment_method.attached", None)?;
            Ok(attached.state)
        }
        (Some(state), _) => {
            store::payment_methods::mark_ended(tx, id, state, None)?;
            audit(tx, &row, &format!("payment_method.{state}"), None)?;
            Ok(state)
        }
        (None, _) => Ok(row.state),
    }
}

/// Offers one before the account's others.
///
/// # Errors
/// `NotAttached`, or a fault.
pub fn make_default(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<(), MethodError> {
    let row = usable(tx, id)?;
    if !row.is_default {
        store::payment_methods::mark_default(tx, row.account_id, id)?;
        audit(tx, &row, "payment_method.default", None)?;
    }
    Ok(())
}

/// Takes a way to pay away: autopay by it ends. The processor was told before.
///
/// # Errors
/// A fault of the database.
pub fn remove(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<(), StoreError> {
    end(tx, id, (MethodState::Removed, End::Removed), None)
}

/// Takes away what a sign-in saved on an account that is not open to it so far any more, and what it is about to save. Gives what a person
/// recognizes each by that could be charged.
///
/// # Errors
/// A fault of the database.
pub(super) fn end_of_login(
    tx: &mut Tx<'_>,
    account: AccountId,
    login: LoginId,
) -> Result<Vec<String>, StoreError> {
    let found = store::payment_methods::list_of_login(tx, account, login)?;
    if !found.is_empty() {
        store::ledger::lock(tx, &[account])?;
    }
    let mut labels = Vec::new();
    for row in found {
        if store::payment_methods::lock(tx, row.id)?.state == MethodState::Asked {
            store::payment_methods::mark_ended(tx, row.id, MethodState::Left, None)?;
            audit(tx, &row, "payment_method.left", None)?;
        } else {
            end(tx, row.id, (MethodState::Removed, End::Removed), None)?;
            labels.push(row.label());
        }
    }
    Ok(labels)
}

/// Nobody charges by it again, because a bank or the card's issuer will not have it: autopay by it ends.
///
/// # Errors
/// A fault of the database.
pub fn block(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    why: End,
    because: &str,
) -> Result<(), StoreError> {
    end(tx, id, (MethodState::Blocked, why), Some(because))
}

fn end(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    (state, why): (MethodState, End),
    because: Option<&str>,
) -> Result<(), StoreError> {
    let row = store::payment_methods::lock(tx, id)?;
    if row.state != MethodState::Attached {
        return Ok(());
    }
    store::payment_methods::mark_ended(tx, id, state, because)?;
    audit(tx, &row, &format!("payment_method.{state}"), because)?;
    autopay::end_of_method(tx, id, why)?;
    if row.is_default
        && let Some(next) = store::payment_methods::list(tx, row.account_id)?.first()
    {
        store::payment_methods::mark_default(tx, row.account_id, next.id)?;
    }
    Ok(())
}

/// A way to pay that can be charged, kept from others until the end of the transaction.
///
/// # Errors
/// `NotAttached`, or a fault.
pub fn usable(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<MethodRow, MethodError> {
    let row = store::payment_methods::lock(tx, id)?;
    match row.state {
        MethodState::Attached => Ok(row),
        state @ (MethodState::Asked
        | MethodState::Removed
        | MethodState::Blocked
        | MethodState::Left) => Err(MethodError::NotAttached(state)),
    }
}

fn audit(
    tx: &mut Tx<'_>,
    row: &MethodRow,
    action: &str,
    because: Option<&str>,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "payment_method",
        subject_id: row.id.to_string(),
        account_id: Some(row.account_id),
        facts: json!({"tender": row.tender, "last4": row.last4, "because": because}),
    };
    store::audit::insert(tx, &deed)
}
