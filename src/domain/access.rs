//! What a sign-in may see and do on an account: whoever proved it all of it, others what was shared with them.

use chrono::TimeDelta;

use crate::domain::text_enum::text_enum;

text_enum! {
    /// How much of an account is open to a sign-in.
    Access {
        /// The balance, bills, usage and payments are seen.
        View => "view",
        /// They are seen, and payments are made.
        Pay => "pay",
        /// All but who else may.
        Manage => "manage",
        /// All: who proved that the account is theirs.
        Owner => "owner",
    }
}

text_enum! {
    /// What somebody is invited to.
    Offer {
        /// To see.
        View => "view",
        /// To see and pay.
        Pay => "pay",
        /// To see, pay, change and ask.
        Manage => "manage",
        /// To get a copy of what is told when money is overdue, and to see nothing else.
        Copies => "copies",
    }
}

text_enum! {
    /// What became of an invitation.
    Answer {
        /// It was taken.
        Accepted => "accepted",
        /// Whoever was invited does not want it.
        Declined => "declined",
        /// Whoever invited took it back.
        Withdrawn => "withdrawn",
    }
}

/// What a page or a change asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Right {
    /// To see.
    #[default]
    See,
    /// To pay.
    Pay,
    /// To change how the account is billed, told and charged, and to ask and agree in its name.
    Change,
    /// To say who else may.
    Share,
}

/// How long an invitation opens, by the world's clock.
pub const INVITED_FOR: TimeDelta = TimeDelta::days(14);

/// So many people at the most are asked to an account and not gone again, copies counted.
pub const MOST_PEOPLE: usize = 12;

/// So many invitations an account sends in a day, whatever becomes of them.
pub const MOST_INVITED_A_DAY: i64 = 10;

impl Access {
    /// Whether it gives a right.
    #[must_use]
    pub const fn gives(self, right: Right) -> bool {
        match right {
            Right::See => true,
            Right::Pay => matches!(self, Self::Pay | Self::Manage | Self::Owner),
            Right::Change => matches!(self, Self::Manage | Self::Owner),
            Right::Share => matches!(self, Self::Owner),
        }
    }
}

impl Offer {
    /// What of the account it opens; nothing for copies.
    #[must_use]
    pub const fn access(self) -> Option<Access> {
        match self {
            Self::View => Some(Access::View),
            Self::Pay => Some(Access::Pay),
            Self::Manage => Some(Access::Manage),
            Self::Copies => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_access_gives_what_the_one_below_gives_and_more() {
        let rights = [Right::See, Right::Pay, Right::Change, Right::Share];
        let given = |access: Access| rights.iter().filter(|right| access.gives(**right)).count();
        let counts: Vec<usize> = Access::ALL.iter().map(|access| given(*access)).collect();
        assert_eq!(counts, [1, 2, 3, 4]);
    }

    #[test]
    fn nobody_is_invited_to_share() {
        for offer in Offer::ALL {
            assert!(
                offer
                    .access()
                    .is_none_or(|access| !access.gives(Right::Share))
            );
        }
    }
}
