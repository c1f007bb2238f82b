//! Checks and orders the quantities of a schedule document: each after those it needs.

use crate::domain::quantity::Unit;
use crate::domain::rates::compile::Compiler;
use crate::domain::rates::compiled::{CompiledStep, CompiledWinter, PastName, QuantityId, Rule};
use crate::domain::rates::problems::What;
use crate::domain::rates::quantities::{QuantityRule, Step, TrueUpSurplus, WinterAverage};

/// The quantities, each after those it needs.
pub(super) fn rules(compiler: &mut Compiler<'_>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for name in compiler.document.quantities.keys() {
        add(compiler, &mut rules, name, &mut Vec::new());
    }
    rules
}

/// Adds a quantity, first those it needs. `path` holds the names on the way to it.
fn add(compiler: &mut Compiler<'_>, rules: &mut Vec<Rule>, name: &str, path: &mut Vec<String>) {
    let Some(rule) = compiler.document.quantities.get(name) else {
        return;
    };
    if compiler.rule_places.contains_key(name) {
        return;
    }
    if path.iter().any(|earlier| earlier == name) {
        path.push(name.to_owned());
        compiler.problem(
            format!("quantities.{name}"),
            What::NeedsItself(path.clone()),
        );
        return;
    }
    // Its own name means the measure of that name.
    let measures = &compiler.document.measures;
    if needs(rule).any(|needed| needed == name) && !measures.contains_key(name) {
        let itself = What::NeedsItself(vec![name.to_owned(), name.to_owned()]);
        compiler.problem(format!("quantities.{name}"), itself);
        return;
    }
    path.push(name.to_owned());
    for needed in needs(rule).filter(|needed| *needed != name) {
        add(compiler, rules, needed, path);
        if compiler
            .problems
            .iter()
            .any(|problem| matches!(problem.what, What::NeedsItself(_)))
        {
            return;
        }
    }
    path.pop();
    let compiled = compile(compiler, rules, name, rule);
    if let Some(compiled) = compiled {
        compiler.rule_places.insert(name.to_owned(), rules.len());
        rules.push(compiled);
    }
}

/// The names a quantity refers to.
fn needs(rule: &QuantityRule) -> impl Iterator<Item = &str> {
    let of_steps = rule.steps.iter().filter_map(|step| match step {
        Step::TimesQuantity(name)
        | Step::Plus(name)
        | Step::Minus(name)
        | Step::DivideByQuantity(name)
        | Step::GreaterOf(name)
        | Step::LesserOf(name) => Some(name.as_str()),
        Step::NetMetering(net) => Some(net.received.as_str()),
        Step::TrueUpSurplus(surplus) => Some(surplus.received.as_str()),
        Step::Times(_)
        | Step::DivideBy(_)
        | Step::TimesFactor(_)
        | Step::Add(_)
        | Step::ConvertTo(_)
        | Step::AtLeast(_)
        | Step::AtMost(_)
        | Step::Round(_)
        | Step::WinterAverage(_) => None,
    });
    std::iter::once(rule.of.as_str()).chain(of_steps)
}

fn compile(
    compiler: &mut Compiler<'_>,
    rules: &[Rule],
    name: &str,
    rule: &QuantityRule,
) -> Option<Rule> {
    let at = format!("quantities.{name}");
    let of = compiler.quantity(&format!("{at}.of"), &rule.of)?;
    let start = match of {
        QuantityId::Measure(place) => compiler.unit_of_measure(place),
        QuantityId::Rule(place) => rules.get(place).map_or(Unit::Each, |rule| rule.unit),
    };
    let mut unit = start;
    let mut steps = Vec::with_capacity(rule.steps.len());
    for (place, step) in rule.steps.iter().enumerate() {
        let at = format!("{at}.steps[{place}]");
        let compiled = if let Step::WinterAverage(winter) = step {
            let history = past_names(compiler, rules, (&at, &rule.of, of), &steps);
            let winter = compile_winter(compiler, &at, winter, history);
            Some(CompiledStep::WinterAverage(Box::new(winter)))
        } else {
            compile_step(compiler, &at, step, &mut unit)
        };
        steps.extend(compiled);
    }
    if !rule.label.is_empty() {
        compiler.words(&format!("{at}.label"), &rule.label);
    }
    Some(Rule {
        name: name.to_owned(),
        of,
        unit: rule.unit.unwrap_or(unit),
        steps,
    })
}

fn compile_step(
    compiler: &mut Compiler<'_>,
    at: &str,
    step: &Step,
    unit: &mut Unit,
) -> Option<CompiledStep> {
    Some(match step {
        Step::Times(number) => CompiledStep::Times(number.0),
        Step::DivideBy(number) => {
            compiler.positive(at, *number);
            CompiledStep::DivideBy(number.0)
        }
        Step::TimesFactor(name) => CompiledStep::TimesFactor(compiler.factor(at, name)?),
        Step::TimesQuantity(name) => CompiledStep::TimesQuantity(compiler.quantity(at, name)?),
        Step::ConvertTo(to) => {
            let from = *unit;
            *unit = *to;
            let Some((times, over)) = from.factor_to(*to) else {
                let (from, to) = (from.to_string(), to.to_string());
                compiler.problem(at, What::NoConversion { from, to });
                return None;
            };
            CompiledStep::Convert { times, over }
        }
        Step::DivideByQuantity(name) => {
            CompiledStep::DivideByQuantity(compiler.quantity(at, name)?)
        }
        Step::Add(number) => CompiledStep::Add(number.0),
        Step::Plus(name) => CompiledStep::Plus(compiler.quantity(at, name)?),
        Step::Minus(name) => CompiledStep::Minus(compiler.quantity(at, name)?),
        Step::AtLeast(number) => CompiledStep::AtLeast(number.0),
        Step::AtMost(number) => CompiledStep::AtMost(number.0),
        Step::GreaterOf(name) => CompiledStep::GreaterOf(compiler.quantity(at, name)?),
        Step::LesserOf(name) => CompiledStep::LesserOf(compiler.quantity(at, name)?),
        Step::Round(round) => {
            compiler.positive(at, round.to);
            CompiledStep::Round {
                to: round.to.0,
                mode: round.mode,
            }
        }
        Step::WinterAverage(_) => return None,
        Step::NetMetering(net) => {
            compiler.months(at, net.true_up.as_slice());
            CompiledStep::NetMetering {
                received: compiler.quantity(at, &net.received)?,
                true_up: net.true_up,
            }
        }
        Step::TrueUpSurplus(surplus) => return compile_surplus(compiler, at, surplus),
    })
}

fn compile_surplus(
    compiler: &mut Compiler<'_>,
    at: &str,
    surplus: &TrueUpSurplus,
) -> Option<CompiledStep> {
    compiler.months(at, &[surplus.true_up]);
    let quantities = &compiler.document.quantities;
    if !quantities.contains_key(&surplus.bank) {
        let unknown = What::Unknown {
            kind: "quantity",
            name: surplus.bank.clone(),
            known: quantities.keys().cloned().collect(),
        };
        compiler.problem(at, unknown);
    }
    Some(CompiledStep::TrueUpSurplus {
        received: compiler.quantity(at, &surplus.received)?,
        true_up: surplus.true_up,
        bank: surplus.bank.clone(),
    })
}

fn compile_winter(
    compiler: &mut Compiler<'_>,
    at: &str,
    winter: &WinterAverage,
    history: Vec<PastName>,
) -> CompiledWinter {
    compiler.months(at, &winter.months);
    compiler.months(at, &[winter.new_from]);
    if winter.months.is_empty() {
        compiler.problem(at, What::Empty);
    }
    CompiledWinter {
        is_winter: marked(&winter.months),
        new_from: winter.new_from,
        normal_days: winter.normal_days,
        least_periods: winter
            .least_periods
            .and_then(|least| usize::try_from(least).ok())
            .unwrap_or(1)
            .max(1),
        newcomer: winter.newcomer,
        history,
    }
}

/// The names under which a winter average's past use may be given, each with the steps from there to the average.
fn past_names(
    compiler: &mut Compiler<'_>,
    rules: &[Rule],
    (at, name, id): (&str, &str, QuantityId),
    before: &[CompiledStep],
) -> Vec<PastName> {
    if !before.iter().all(CompiledStep::is_by_number) {
        compiler.problem(at, What::NotCarriedOver);
    }
    let (mut name, mut id, mut steps) = (name, id, before.to_vec());
    let mut names: Vec<PastName> = Vec::new();
    loop {
        let (unit, rule) = match id {
            QuantityId::Measure(place) => (compiler.unit_of_measure(place), None),
            QuantityId::Rule(place) => {
                let rule = rules.get(place);
                (rule.map_or(Unit::Each, |rule| rule.unit), rule)
            }
        };
        // A quantity may have the name of the measure it is made of: facts mean the measure.
        names.retain(|known| known.name != name);
        names.push(PastName {
            name: name.to_owned(),
            unit,
            steps: steps.clone(),
        });
        let through = rule.filter(|rule| rule.steps.iter().all(CompiledStep::is_by_number));
        let (Some(rule), Some(written)) = (through, compiler.document.quantities.get(name)) else {
            return names;
        };
        steps.splice(0..0, rule.steps.iter().cloned());
        (name, id) = (&written.of, rule.of);
    }
}

/// Which of the twelve months are listed.
pub(super) fn marked(months: &[u32]) -> [bool; 12] {
    let mut marks = [false; 12];
    for (month, mark) in (1_u32..).zip(&mut marks) {
        *mark = months.contains(&month);
    }
    marks
}
