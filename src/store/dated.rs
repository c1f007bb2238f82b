//! What holds on a day: dated rows begin with a day and end before another, or have no end.

use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use crate::store::schema::{account_roles, contact_points, login_accounts};

/// That a part on an account is held on a day.
#[auto_type(no_type_alias)]
pub(super) fn role_on(on: NaiveDate) -> _ {
    account_roles::from_on.le(on).and(
        account_roles::until_on
            .is_null()
            .or(account_roles::until_on.gt(on)),
    )
}

/// That a customer is reached this way on a day.
#[auto_type(no_type_alias)]
pub(super) fn contact_on(on: NaiveDate) -> _ {
    contact_points::from_on.le(on).and(
        contact_points::until_on
            .is_null()
            .or(contact_points::until_on.gt(on)),
    )
}

/// That an account is open to a sign-in on a day.
#[auto_type(no_type_alias)]
pub(super) fn access_on(on: NaiveDate) -> _ {
    login_accounts::from_on.le(on).and(
        login_accounts::until_on
            .is_null()
            .or(login_accounts::until_on.gt(on)),
    )
}
