//! The facts that an agreement adds to its bills, asked for in a form: exactly those that a rate's document uses and no meter tells, each with a
//! label, and those that are known already filled in.

use rust_decimal::Decimal;

use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::quantity::Unit;
use crate::domain::rates::asked::AskedFact;
use crate::domain::rates::numbers::Number;
use crate::i18n::Words;
use crate::web::form::Form;

impl AskedFact {
    /// The name of its field in a form.
    #[must_use]
    pub fn field(&self) -> String {
        let plain = |letter: char| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => letter.to_string(),
            other => format!("u{:x}", u32::from(other)),
        };
        let name: String = self.name.chars().map(plain).collect();
        let of = &self.of;
        let apart = if of.is_empty() { "" } else { "-" };
        match self.unit {
            Some(_) => format!("count-{of}{apart}{name}"),
            None => format!("mark-{of}{apart}{name}"),
        }
    }

    /// What people call it: by the word list, else by the charge that asks for it.
    #[must_use]
    pub fn label(&self, t: Words) -> String {
        let known = t.fact_name(self.name.as_str());
        if known != self.name {
            return known;
        }
        let (english, spanish) = &self.charge;
        let charge = if t.tag().starts_with("es") {
            spanish
        } else {
            english
        };
        t.fact_of_charge(self.name.as_str(), charge.as_str())
    }

    fn hint(&self, t: Words) -> String {
        match self.unit {
            Some(Unit::Each) | None => String::new(),
            Some(unit) => t.fact_in_unit(t.unit_name(unit.as_str())),
        }
    }
}

/// A field of a form for one fact.
#[derive(Debug, Clone)]
pub struct FactField {
    /// Its name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What stands beneath the label.
    pub hint: String,
    /// Whether it is a box to tick.
    pub is_mark: bool,
}

/// The fields for these facts, counts before marks.
pub fn fields(asked: &[AskedFact], t: Words) -> Vec<FactField> {
    let field = |fact: &AskedFact| FactField {
        name: fact.field(),
        label: fact.label(t),
        hint: fact.hint(t),
        is_mark: fact.unit.is_none(),
    };
    asked.iter().map(field).collect()
}

/// The facts that a form says, as they are stored; nothing where something is missing or wrong, with the problems on their fields.
pub fn read(form: &mut Form, asked: &[AskedFact], t: Words) -> Option<serde_json::Value> {
    let mut facts = AgreementFacts::default();
    let mut is_good = true;
    for fact in asked {
        let field = fact.field();
        let Some(unit) = fact.unit else {
            facts
                .marks
                .extend(form.has(&field).then(|| fact.name.clone()));
            continue;
        };
        match counted(form.value(&field), unit) {
            Ok(Some(amount)) => facts.counts.push((fact.name.clone(), amount, unit)),
            Ok(None) if !fact.is_required => {}
            Ok(None) => {
                is_good = false;
                form.refuse(field, t.form_required());
            }
            Err(NotCounted::NoNumber) => {
                is_good = false;
                form.refuse(field, t.rate_not_a_number());
            }
            Err(NotCounted::NotWhole) => {
                is_good = false;
                form.refuse(field, t.fact_not_whole());
            }
        }
    }
    is_good.then(|| serde_json::to_value(&facts).unwrap_or_default())
}

/// Why what was typed counts nothing.
enum NotCounted {
    NoNumber,
    NotWhole,
}

fn counted(typed: &str, unit: Unit) -> Result<Option<Decimal>, NotCounted> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.replace(',', "").parse::<Number>();
    let Number(amount) = number.map_err(|_not_one| NotCounted::NoNumber)?;
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(NotCounted::NoNumber);
    }
    if unit == Unit::Each && !amount.fract().is_zero() {
        return Err(NotCounted::NotWhole);
    }
    Ok(Some(amount.normalize()))
}

/// A form with what is known of these facts filled in.
pub fn filled(form: Form, asked: &[AskedFact], known: &AgreementFacts) -> Form {
    asked.iter().fold(form, |form, fact| match fact.unit {
        Some(_) => match known.count(&fact.name) {
            Some(amount) => form.with(&fact.field(), amount.normalize()),
            None => form,
        },
        None if known.is_marked(&fact.name) => form.with(&fact.field(), "yes"),
        None => form,
    })
}

/// Facts in a few words: `Carts 2, Senior discount`.
pub fn in_words(facts: &AgreementFacts, t: Words) -> String {
    let counts = facts.counts.iter().map(|(name, amount, unit)| {
        let number = t.number(*amount);
        match unit {
            Unit::Each => format!("{} {number}", t.fact_name(name.as_str())),
            _ => format!(
                "{} {number} {}",
                t.fact_name(name.as_str()),
                t.unit_short(unit.as_str())
            ),
        }
    });
    let marks = facts.marks.iter().map(|mark| t.fact_name(mark.as_str()));
    let words: Vec<String> = counts.chain(marks).collect();
    if words.is_empty() {
        t.fact_none().to_owned()
    } else {
        words.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rates::asked::asked;
    use crate::domain::rates::compile;
    use crate::domain::rates::known::{PlaceFacts, of_the_place};
    use crate::domain::rates::schedule::RateSchedule;
    use crate::i18n::{Language, words};

    fn document(charges: &str, measures: &str, quantities: &str) -> RateSchedule {
        let text = format!(
            r#"{{"format": "mainstay-rate-schedule/1", "code": "X", "version": 1, "effective_from": "2026-01-01",
            "name": {{"en": "X"}}, "service": "stormwater", "measures": {measures}, "quantities": {quantities}, "charges": {charges}}}"#
        );
        compile::read(&text).expect("a document")
    }

    fn storm() -> RateSchedule {
        document(
            r#"[
            {"code": "storm", "label": {"en": "Stormwater", "es": "Aguas pluviales"}, "how": {"fixed": {"amount": "4.00", "times": "erus"}},
             "only": {"without": ["exempt-by-deed"]}},
            {"code": "garden", "label": {"en": "Rain garden"}, "how": {"percent": {"percent": "-20", "as": "discount"}}, "only": {"with": ["rain-garden"]}},
            {"code": "barrel", "label": {"en": "Barrels"}, "how": {"fixed": {"amount": "-1.00", "times": "barrels"}}, "only": {"classes": ["residential"]}},
            {"code": "use", "label": {"en": "Use"}, "how": {"usage": {"of": "usage", "rate": {"price": "1"}}}}]"#,
            r#"{"impervious": "sq ft", "barrels": "each", "usage": "gal", "unasked": "each"}"#,
            r#"{"erus": {"of": "impervious", "unit": "ERU", "steps": [{"divide-by": "2500"}]}}"#,
        )
    }

    fn names(asked: &[AskedFact]) -> Vec<(&str, bool)> {
        asked
            .iter()
            .map(|fact| (fact.name.as_str(), fact.is_required))
            .collect()
    }

    #[test]
    fn a_form_asks_for_what_charges_need_and_no_meter_tells() {
        let asked = asked(&storm());
        assert_eq!(
            names(&asked),
            [
                ("impervious", true),
                ("barrels", false),
                ("exempt-by-deed", false),
                ("rain-garden", false)
            ]
        );
        let english = words(Language::English);
        assert_eq!(asked[0].label(english), "Impervious area");
        assert_eq!(asked[1].label(english), "barrels, for Barrels");
    }

    #[test]
    fn what_is_typed_is_read_and_what_is_missing_is_asked_for() {
        let (asked, t) = (asked(&storm()), words(Language::English));
        let mut empty = Form::default();
        assert!(read(&mut empty, &asked, t).is_none());
        assert!(empty.problem("count-impervious").is_some());
        assert!(empty.problem("count-barrels").is_none());
        let mut half = Form::default()
            .with("count-impervious", "2,500.5")
            .with("count-barrels", "1.5");
        assert!(read(&mut half, &asked, t).is_none());
        assert!(half.problem("count-barrels").is_some());
        let mut good = Form::default()
            .with("count-impervious", "2,500.5")
            .with("mark-rain-garden", "yes");
        let read = read(&mut good, &asked, t).expect("facts");
        assert_eq!(
            read.to_string(),
            r#"{"counts":[["impervious","2500.5","sq ft"]],"marks":["rain-garden"]}"#
        );
    }

    #[test]
    fn a_place_keeps_what_was_counted_there_and_no_marks() {
        let asked = asked(&storm());
        let place = PlaceFacts {
            of_point: AgreementFacts::default(),
            impervious_sqft: Some(Decimal::from(3_100)),
            dwelling_units: 1,
        };
        let before = AgreementFacts {
            counts: vec![("barrels".to_owned(), Decimal::TWO, Unit::Each)],
            marks: vec!["rain-garden".to_owned()],
        };
        let known = of_the_place(&asked, Some(&before), &place);
        assert_eq!(known.count("impervious"), Some(Decimal::from(3_100)));
        assert_eq!(known.count("barrels"), Some(Decimal::TWO));
        assert!(!known.is_marked("rain-garden"));
        let form = filled(Form::default(), &asked, &known);
        assert_eq!(form.value("count-impervious"), "3100");
        assert!(!form.has("mark-rain-garden"));
    }

    #[test]
    fn several_agreements_on_one_form_keep_their_fields_apart() {
        let t = words(Language::English);
        let of = |point: &str| -> Vec<AskedFact> {
            let asked = asked(&storm()).into_iter();
            let named = |fact| AskedFact {
                of: point.to_owned(),
                ..fact
            };
            asked.map(named).collect()
        };
        let mut form = Form::default()
            .with("count-7-impervious", "2100")
            .with("mark-7-rain-garden", "yes");
        let seven = read(&mut form, &of("7"), t).expect("facts");
        assert_eq!(
            seven.to_string(),
            r#"{"counts":[["impervious","2100","sq ft"]],"marks":["rain-garden"]}"#
        );
        assert!(read(&mut form, &of("8"), t).is_none());
        assert!(form.problem("count-8-impervious").is_some());
    }
}
