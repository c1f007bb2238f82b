//! What issued bills rest on and lead to: the reads that they name, and the funds and accounts that their charges are posted to.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{BillId, RegisterId};
use crate::domain::meters::{Difference, RegisterFace, Rollover};
use crate::domain::money::Money;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::facts::Measured;
use crate::domain::rates::working::Working;
use crate::store;
use crate::store::bills_in_order::{self, IssuedBill, Posted};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::billing::issue::PostingMap;

/// The reads and postings of some bills on end.
pub(super) struct Evidence {
    reads: HashMap<i64, (RegisterId, Decimal)>,
    faces: HashMap<RegisterId, (RegisterFace, Unit)>,
    posted: Posted,
}

impl Evidence {
    /// Reads what these workings name, and what the bills from one to another posted.
    pub(super) fn of<'a>(
        conn: &mut Conn,
        bills: (BillId, BillId),
        workings: impl Iterator<Item = &'a Working>,
    ) -> Result<Self, StoreError> {
        let mut ids: Vec<i64> = workings.flat_map(Working::reads).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let reads = bills_in_order::list_reads(conn, &ids)?;
        let mut registers: Vec<RegisterId> =
            reads.values().map(|(register, _)| *register).collect();
        registers.sort_unstable();
        registers.dedup();
        let known = store::reads::list_registers(conn, &registers)?;
        Ok(Self {
            reads,
            faces: known
                .iter()
                .map(|row| (row.id, (row.face(), row.unit)))
                .collect(),
            posted: bills_in_order::list_posted(conn, bills)?,
        })
    }

    /// Whether the reads are there; and where a service rests on two reads of one register and on nothing else, whether they differ by what it
    /// bills, in all its parts together. Beside days of intervals a read register counts only a part, or against them.
    pub(super) fn reads_show(&self, workings: &[Result<Working, String>]) -> Result<(), String> {
        let read: Vec<&Working> = workings.iter().flatten().collect();
        for (place, working) in read.iter().enumerate() {
            let mut shown = Vec::with_capacity(working.reads().len());
            for id in working.reads() {
                let read = self.reads.get(id);
                shown.push(*read.ok_or_else(|| format!("read {id} is gone"))?);
            }
            let shares = |other: &&&Working| {
                working.is_part() && other.is_part() && other.reads() == working.reads()
            };
            let (before, rest) = read.split_at(place);
            if let [(register, opening), (same, closing)] = shown.as_slice()
                && register == same
                && working.days().is_empty()
                && !before.iter().any(|other| shares(&other))
            {
                let others = rest.iter().skip(1).filter(shares);
                let parts: Vec<&Working> =
                    std::iter::once(working).chain(others).copied().collect();
                self.differ_by_usage(&parts, *register, (*opening, *closing))?;
            }
        }
        Ok(())
    }

    fn differ_by_usage(
        &self,
        parts: &[&Working],
        register: RegisterId,
        (opening, closing): (Decimal, Decimal),
    ) -> Result<(), String> {
        let gone = || format!("register {register} is gone");
        let (face, unit) = self.faces.get(&register).ok_or_else(gone)?;
        let amount = match face.difference(opening, closing, Rollover::Believed) {
            Difference::Usage(usage) | Difference::RolledOver(usage) => usage,
            Difference::Falling { by } => return Err(format!("register {register} falls by {by}")),
        };
        let shown = Quantity {
            amount,
            unit: *unit,
        };
        let is_billed = |one: &Measured| {
            let all = parts.iter().flat_map(|part| part.measured());
            let same = all.filter(|other| other.name == one.name && other.unit == one.unit);
            let billed: Decimal = same.map(|other| other.amount).sum();
            shown
                .to(one.unit)
                .is_some_and(|shown| shown.amount == billed)
        };
        if parts.iter().flat_map(|part| part.measured()).any(is_billed) {
            return Ok(());
        }
        Err(format!(
            "register {register} shows {} {unit}, which is not what is billed",
            amount.normalize()
        ))
    }

    /// Whether the bill's entry credits each fund and income account with its charges.
    pub(super) fn posted_where(
        &self,
        bill: &IssuedBill,
        places: &PostingMap,
    ) -> Result<(), String> {
        let mut charged: BTreeMap<(FundCode, GlCode), Money> = BTreeMap::new();
        for segment in &bill.segments {
            for line in &segment.lines {
                let key = (segment.schedule, line.charge.clone());
                let unknown = || format!("charge {} has no account", line.charge);
                let place = places.get(&key).ok_or_else(unknown)?;
                *charged.entry(place.clone()).or_default() -= line.amount;
            }
        }
        charged.retain(|_, amount| !amount.is_zero());
        let is_income = |gl: &GlCode| places.values().any(|(_, known)| known == gl);
        let posted = self.posted.get(&bill.id).into_iter().flatten();
        let mut posted: BTreeMap<_, _> = posted
            .filter(|((_, gl), amount)| !amount.is_zero() && is_income(gl))
            .map(|(place, amount)| (place.clone(), *amount))
            .collect();
        for (place, amount) in charged {
            let there = posted.remove(&place).unwrap_or_default();
            if there != amount {
                let (fund, gl) = place;
                return Err(format!(
                    "{gl} of {fund} has {there}, and the lines say {amount}"
                ));
            }
        }
        match posted.first_key_value() {
            Some(((fund, gl), amount)) => Err(format!("{gl} of {fund} has {amount} of no line")),
            None => Ok(()),
        }
    }
}
