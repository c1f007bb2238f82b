//! What holds on a day: dated rows begin with a day and end before another, or have no end.

use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use crate::store::schema::{account_roles, contact_points, login_accounts, service_agreements};

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

/// That a service is delivered by an agreement on a day.
#[auto_type(no_type_alias)]
pub(super) fn served_on(on: NaiveDate) -> _ {
    service_agreements::withdrawn_at
        .is_null()
        .and(service_agreements::from_on.le(on))
        .and(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
}

/// That an account that may be billed is with a cycle, and came to it before the day on which a period ends.
macro_rules! is_with {
    ($cycle:expr, $until:expr) => {
        $crate::store::schema::accounts::cycle_id
            .eq($cycle)
            .and($crate::store::schema::accounts::status.eq_any([
                $crate::domain::accounts::AccountStatus::Active,
                $crate::domain::accounts::AccountStatus::Closing,
            ]))
            .and(diesel::dsl::not(diesel::dsl::exists(
                $crate::store::schema::former_cycles::table
                    .filter(
                        $crate::store::schema::former_cycles::account_id
                            .eq($crate::store::schema::accounts::id),
                    )
                    .filter($crate::store::schema::former_cycles::until_on.ge($until)),
            )))
    };
}
pub(super) use is_with;

/// That an account that may be billed was with a cycle on the first day of a period or later, and is no more.
macro_rules! has_left {
    ($cycle:expr, $from:expr) => {
        $crate::store::schema::accounts::status
            .eq_any([
                $crate::domain::accounts::AccountStatus::Active,
                $crate::domain::accounts::AccountStatus::Closing,
            ])
            .and(
                $crate::store::schema::accounts::id.eq_any(
                    $crate::store::schema::former_cycles::table
                        .filter($crate::store::schema::former_cycles::cycle_id.eq($cycle))
                        .filter($crate::store::schema::former_cycles::until_on.gt($from))
                        .select($crate::store::schema::former_cycles::account_id),
                ),
            )
    };
}
pub(super) use has_left;
