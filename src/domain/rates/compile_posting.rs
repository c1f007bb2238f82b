//! The fund and the account that a charge's lines are posted to.

use crate::domain::rates::compile::{Compiler, fund_of};
use crate::domain::rates::compiled::CompiledHow;
use crate::domain::rates::schedule::{Charge, How, PercentKind};

/// The fund and account of a charge: as written, else for a bound or discount those of all that it counts, else by its kind.
pub(super) fn posting(
    compiler: &Compiler<'_>,
    charge: &Charge,
    how: &CompiledHow,
) -> (String, String) {
    let (fund_of_all, gl_of_all) = counted_account(compiler, charge, how).unwrap_or_default();
    let own_fund = || fund(compiler, charge).to_owned();
    let fund = charge.fund.clone().or(fund_of_all);
    let gl = charge.gl.clone().or(gl_of_all);
    (
        fund.unwrap_or_else(own_fund),
        gl.unwrap_or_else(|| account_of(&charge.how).to_owned()),
    )
}

/// The fund and account that all charges have which a bound counts; or a discount, if it takes off nothing but what is collected for others.
fn counted_account(
    compiler: &Compiler<'_>,
    charge: &Charge,
    how: &CompiledHow,
) -> Option<(Option<String>, Option<String>)> {
    let places = match how {
        CompiledHow::Bound(bound) => &bound.of,
        CompiledHow::Percent { of, .. } if takes_off_taxes(compiler, charge, of) => of,
        CompiledHow::Percent { .. }
        | CompiledHow::Fixed { .. }
        | CompiledHow::Usage { .. }
        | CompiledHow::TimeOfUse { .. }
        | CompiledHow::Demand { .. }
        | CompiledHow::TimeOfUseDemand { .. } => return None,
    };
    let posted = |place: &u16| compiler.posted.get(usize::from(*place));
    let (fund, gl) = places.first().and_then(posted)?;
    let mut all = places.iter().filter_map(posted);
    let same_fund = all.clone().all(|other| other.0 == *fund);
    let same_gl = all.all(|other| other.1 == *gl);
    Some((same_fund.then(|| fund.clone()), same_gl.then(|| gl.clone())))
}

/// Whether a charge is a discount of taxes and franchise fees only.
fn takes_off_taxes(compiler: &Compiler<'_>, charge: &Charge, of: &[u16]) -> bool {
    let kind = |how: &How| {
        if let How::Percent(percent) = how {
            Some(percent.kind)
        } else {
            None
        }
    };
    let is_for_others = |place: &u16| {
        let counted = compiler.document.charges.get(usize::from(*place));
        let kind = counted.and_then(|counted| kind(&counted.how));
        matches!(kind, Some(PercentKind::Tax | PercentKind::FranchiseFee))
    };
    kind(&charge.how) == Some(PercentKind::Discount) && of.iter().all(is_for_others)
}

fn fund<'a>(compiler: &Compiler<'a>, charge: &'a Charge) -> &'a str {
    let named = charge.fund.as_deref().or(compiler.document.fund.as_deref());
    named.unwrap_or_else(|| fund_of(compiler.document.service))
}

/// The account of the default chart that a kind of charge is posted to.
const fn account_of(how: &How) -> &'static str {
    match how {
        How::Fixed(_) | How::Minimum(_) | How::Maximum(_) => "4010",
        How::Usage(usage) if usage.rate.factor.is_some() => "4040",
        How::Usage(_) | How::TimeOfUse(_) => "4020",
        How::Demand(_) | How::TimeOfUseDemand(_) => "4030",
        How::Percent(percent) => match percent.kind {
            PercentKind::Surcharge => "4040",
            PercentKind::Discount => "4050",
            PercentKind::Tax => "2300",
            PercentKind::FranchiseFee => "2310",
        },
    }
}
