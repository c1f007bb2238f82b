//! The form of a correction by hand, and the same with the entries that it would post.

use std::collections::BTreeSet;

use askama::Template;

use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::{Carried, CorrectionKind, RefundWay};
use crate::domain::gl::{Chart, FundCode, GlCode};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::store::overdue::LateFee;
use crate::usecases::corrections::Preview;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::correction_words::gl_name;
use crate::web::office::subject::Subject;

/// Which correction a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Adjustment,
    Refund,
    Waiver,
    Transfer,
    WriteOff,
}

impl Kind {
    /// The word in the address, and in the words.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustments",
            Self::Refund => "refunds",
            Self::Waiver => "waivers",
            Self::Transfer => "transfers",
            Self::WriteOff => "write-offs",
        }
    }

    /// What it may order.
    pub(super) const fn kinds(self) -> &'static [CorrectionKind] {
        match self {
            Self::Adjustment => &[CorrectionKind::Credit, CorrectionKind::Charge],
            Self::Refund => &[CorrectionKind::Refund],
            Self::Waiver => &[CorrectionKind::Waiver],
            Self::Transfer => &[CorrectionKind::Transfer],
            Self::WriteOff => &[CorrectionKind::WriteOff],
        }
    }
}

/// The form, and what it would post once somebody looked at it.
#[derive(Template)]
#[template(path = "office/corrections/new.html")]
pub(super) struct New {
    pub(super) t: Words,
    pub(super) chrome: Chrome,
    pub(super) form: Form,
    pub(super) kind: Kind,
    pub(super) subject: Subject,
    pub(super) role: Role,
    pub(super) chart: Chart,
    pub(super) policy: CorrectionPolicy,
    /// What the person decided on the account already, kind by kind, in the days over which it counts together.
    pub(super) decided: Vec<(CorrectionKind, Money)>,
    pub(super) fees: Vec<LateFee>,
    pub(super) looked: Option<Preview>,
    /// The account that something is carried to.
    pub(super) other: Option<Subject>,
}

impl New {
    fn funds(&self) -> Vec<(FundCode, String)> {
        let funds = self.chart.earning_funds();
        funds
            .map(|fund| (fund.code.clone(), fund.name.clone()))
            .collect()
    }

    fn directions(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.t;
        vec![
            ("give", t.correction_give()),
            ("charge", t.correction_charge()),
        ]
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        let words = |way: &RefundWay| (way.as_str(), self.t.correction_way(way.as_str()));
        RefundWay::ALL.iter().map(words).collect()
    }

    fn all_carried(&self) -> Vec<(&'static str, String)> {
        let words = |what: &Carried| (what.as_str(), self.t.correction_carried(what.as_str()));
        Carried::ALL.iter().map(words).collect()
    }

    fn fee_words(&self) -> Vec<(EntryId, String)> {
        let words = |fee: &LateFee| {
            let day = self.t.date(fee.on);
            (fee.entry, format!("{day}, {}", fee.amount))
        };
        self.fees.iter().map(words).collect()
    }

    /// The reasons that the policy gives for what the page orders, each once; the first is none.
    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.form_choose().to_owned())];
        let rules = self.kind.kinds().iter();
        for reason in rules
            .filter_map(|kind| self.policy.rules(*kind))
            .flat_map(|rules| &rules.reasons)
        {
            if all.iter().all(|(code, _)| *code != reason.code) {
                let words = reason.words(self.t.language);
                all.push((reason.code.clone(), words.to_owned()));
            }
        }
        all
    }

    fn reason_words(&self) -> String {
        let code = self.form.value("reason");
        let all = self.reasons();
        let found = all.into_iter().find(|(known, _)| known == code);
        found.map_or_else(String::new, |(_, words)| words)
    }

    /// What the person still decides alone on this account, kind by kind: what they decided in these days counts. One line where it is the same.
    fn most(&self) -> Vec<(String, Money)> {
        let t = self.t;
        let left = |(kind, decided): &(CorrectionKind, Money)| {
            let rules = self.policy.rules(*kind)?;
            Some((*kind, rules.left_alone(self.role, *decided)))
        };
        let all: Vec<(CorrectionKind, Money)> = self.decided.iter().filter_map(left).collect();
        let is_one = all.windows(2).all(|two| match two {
            [(_, one), (_, other)] => one == other,
            _ => true,
        });
        let named = |(kind, most): &(CorrectionKind, Money)| {
            let name = if is_one {
                t.correction_most().to_owned()
            } else {
                t.correction_most_of(t.correction_kind(kind.as_str()))
            };
            (name, *most)
        };
        let mut lines: Vec<(String, Money)> = all.iter().map(named).collect();
        lines.dedup();
        lines
    }

    /// What the person decided on the account in these days, where they did.
    fn so_far(&self) -> Option<Money> {
        // What is charged and what is given counts together: it is the same sum for both.
        let mut counted = BTreeSet::new();
        let once = self
            .decided
            .iter()
            .filter(|(kind, _)| counted.insert(kind.verb()));
        let sum: Money = once.map(|(_, decided)| *decided).sum();
        sum.is_positive().then_some(sum)
    }

    fn number_of(&self, account: AccountId) -> &str {
        let other = self.other.as_ref();
        let is_other = |other: &&Subject| other.label.id == account;
        let found = other.filter(is_other).unwrap_or(&self.subject);
        found.label.number.as_str()
    }

    fn gl_name(&self, gl: &GlCode) -> &str {
        gl_name(&self.chart, gl)
    }
}
