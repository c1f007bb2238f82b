//! Landlords: the places they rent out, and what they want of each when a tenant leaves. An instruction counts for service that ends on the day
//! it was given or later, until another is given.

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, PremiseId};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What happens when a tenant's service ends.
    Instruction {
        /// It goes on in the landlord's name.
        Continue => "continue",
        /// The place stays without it.
        Vacant => "vacant",
        /// Nothing is said: an instruction that was given is taken back.
        Unsaid => "unsaid",
    }
}

text_enum! {
    /// Who is served at a place, as far as its landlord is told: never by name.
    Occupancy {
        /// Somebody else.
        Occupied => "occupied",
        /// The landlord, and nobody else.
        Yours => "yours",
        /// Nobody.
        Vacant => "vacant",
    }
}

/// One service of an account at a place: whose, from its first day, until the first day without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// Whose.
    pub account: AccountId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

impl Tenure {
    /// Whether there is service on a day.
    #[must_use]
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| day < until)
    }
}

/// Who is served at a place on a day.
#[must_use]
pub fn occupancy(landlord: AccountId, tenures: &[Tenure], day: NaiveDate) -> Occupancy {
    let mut present = tenures.iter().filter(|tenure| tenure.is_on(day)).peekable();
    if present.peek().is_none() {
        Occupancy::Vacant
    } else if present.all(|tenure| tenure.account == landlord) {
        Occupancy::Yours
    } else {
        Occupancy::Occupied
    }
}

/// The tenant who came last to a place: whose landlord rents it out. Nobody where only the landlord was ever served there.
#[must_use]
pub fn last_tenant(landlord: AccountId, tenures: &[Tenure]) -> Option<AccountId> {
    let tenants = tenures.iter().filter(|tenure| tenure.account != landlord);
    tenants
        .max_by_key(|tenure| (tenure.from_on, tenure.account))
        .map(|tenure| tenure.account)
}

/// Which places of which tenants a landlord rents out: of what they are noted for, what the tenant was ever served at. A note that names no
/// place, as notes once did, counts only where the tenant has a single one: of several, the others may be anybody's.
#[must_use]
pub fn rented_out(
    noted: &[(AccountId, Option<PremiseId>)],
    served: &[(AccountId, PremiseId)],
) -> Vec<(AccountId, PremiseId)> {
    let places = |tenant: AccountId| served.iter().filter(move |(account, _)| *account == tenant);
    let is_noted = |(tenant, premise): &(AccountId, PremiseId)| {
        noted.iter().any(|(account, place)| {
            let is_it = match place {
                Some(place) => place == premise,
                None => places(*tenant).all(|(_, other)| other == premise),
            };
            account == tenant && is_it
        })
    };
    served.iter().copied().filter(is_noted).collect()
}

/// Which of several words, the newest first, counts: the newest of what each account said last, without what was taken back.
#[must_use]
pub fn counting(said: &[(AccountId, Instruction)]) -> Option<usize> {
    let is_last =
        |at: usize, account: AccountId| said.iter().take(at).all(|(by, _)| *by != account);
    let mut words = said.iter().enumerate();
    let found = words.find(|(at, (by, word))| is_last(*at, *by) && *word != Instruction::Unsaid);
    found.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn tenure(account: i64, from: u32, until: Option<u32>) -> Tenure {
        Tenure {
            account: AccountId(account),
            from_on: day(from),
            until_on: until.map(day),
        }
    }

    #[test]
    fn a_place_is_occupied_yours_or_vacant_by_the_day() {
        let all = [
            tenure(1, 1, Some(10)),
            tenure(9, 10, Some(20)),
            tenure(2, 25, None),
        ];
        let on = |at| occupancy(AccountId(9), &all, day(at));
        assert_eq!(on(9), Occupancy::Occupied);
        assert_eq!(on(10), Occupancy::Yours, "half open: no day between");
        assert_eq!(on(20), Occupancy::Vacant);
        assert_eq!(on(25), Occupancy::Occupied);
    }

    #[test]
    fn whoever_came_last_counts() {
        let all = [tenure(1, 1, Some(10)), tenure(9, 10, None)];
        assert_eq!(last_tenant(AccountId(9), &all), Some(AccountId(1)));
        assert_eq!(last_tenant(AccountId(9), &all[1..]), None);
    }

    #[test]
    fn a_landlord_rents_out_what_they_are_noted_for_and_nothing_else_of_a_tenant() {
        let (tomas, nina) = (AccountId(1), AccountId(2));
        let (flat, shop, house) = (PremiseId(1), PremiseId(2), PremiseId(3));
        let served = [(tomas, flat), (tomas, shop), (nina, house)];
        let rented = |noted: &[_]| rented_out(noted, &served);
        assert_eq!(rented(&[(tomas, Some(shop))]), [(tomas, shop)]);
        assert_eq!(rented(&[(tomas, Some(house))]), []);
        // Without a place it counts where there is no other.
        assert_eq!(rented(&[(tomas, None), (nina, None)]), [(nina, house)]);
    }

    #[test]
    fn what_one_takes_back_leaves_what_another_said() {
        let (lena, owen) = (AccountId(1), AccountId(2));
        let said = [
            (lena, Instruction::Unsaid),
            (owen, Instruction::Continue),
            (lena, Instruction::Vacant),
        ];
        assert_eq!(counting(&said), Some(1));
        assert_eq!(counting(&said[..1]), None);
        assert_eq!(counting(&said[1..]), Some(0));
    }
}
