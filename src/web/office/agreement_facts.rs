//! The facts that a rate document asks an agreement for, as fields of a form: square feet, carts, dwelling units, marks such as an exemption.
//! Read back, they are the JSON that the agreement keeps.

use serde_json::{Value, json};

use crate::domain::quantity::Unit;
use crate::domain::rates::asked::{Asked, asked_of};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::RateSchedule;
use crate::i18n::Words;
use crate::store::premises::PremiseRow;
use crate::web::form::Form;

/// One fact that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactField {
    /// How many there are, or how large it is.
    Count {
        /// The field of the form.
        field: String,
        /// What the document calls it.
        name: String,
        /// In which unit.
        unit: Unit,
    },
    /// Whether it is so.
    Mark {
        /// The field of the form.
        field: String,
        /// What the document calls it.
        name: String,
    },
}

impl FactField {
    /// The field of the form.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Count { field, .. } | Self::Mark { field, .. } => field,
        }
    }

    /// Whether it is a box to tick.
    #[must_use]
    pub const fn is_mark(&self) -> bool {
        matches!(self, Self::Mark { .. })
    }

    /// What a person reads beside it.
    #[must_use]
    pub fn label(&self, t: &Words) -> String {
        match self {
            Self::Count { name, unit, .. } => t.fact_count(spoken(*t, name), unit.as_str()),
            Self::Mark { name, .. } => spoken(*t, name),
        }
    }

    /// What a page says of a fact that a form gave; nothing where a box was left.
    #[must_use]
    pub fn given(&self, t: &Words, form: &Form) -> Option<String> {
        let value = form.value(self.field());
        match self {
            Self::Count { name, unit, .. } => {
                Some(t.fact_given(spoken(*t, name), value, unit.as_str()))
            }
            Self::Mark { name, .. } => (!value.is_empty()).then(|| spoken(*t, name)),
        }
    }
}

/// A name of a document as people say it.
fn spoken(t: Words, name: &str) -> String {
    let known = t.fact_name(name);
    if known == name {
        name.replace(['_', '-'], " ")
    } else {
        known
    }
}

/// The facts that a document asks for; `prefix` keeps the fields of several agreements on one form apart.
#[must_use]
pub fn fields_of(document: &RateSchedule, prefix: &str) -> Vec<FactField> {
    let Asked { counts, marks } = asked_of(document);
    let counted = counts.into_iter().map(|(name, unit)| FactField::Count {
        field: format!("fact-{prefix}-{name}"),
        name,
        unit,
    });
    let marked = marks.into_iter().map(|name| FactField::Mark {
        field: format!("mark-{prefix}-{name}"),
        name,
    });
    counted.chain(marked).collect()
}

/// Fills in what the place says already: its area, its homes.
#[must_use]
pub fn known_of_place(mut form: Form, fields: &[FactField], place: &PremiseRow) -> Form {
    for fact in fields {
        let FactField::Count { field, name, unit } = fact else {
            continue;
        };
        let known = match unit {
            Unit::SquareFoot => place.impervious_sqft.map(|area| area.to_string()),
            Unit::Each if name.contains("unit") || name.contains("home") => {
                Some(place.dwelling_units.to_string())
            }
            _ => None,
        };
        if let Some(known) = known.filter(|_| !form.has(field)) {
            form = form.with(field, known);
        }
    }
    form
}

/// Reads the facts back, as an agreement keeps them; what is missing or no number is said beside its field.
pub fn read(t: Words, form: &mut Form, fields: &[FactField]) -> Option<Value> {
    let (mut counts, mut marks, mut is_whole) = (Vec::new(), Vec::new(), true);
    for fact in fields {
        match fact {
            FactField::Count { field, name, unit } => {
                let number = form.value(field).parse::<Number>().ok();
                match number.filter(|number| !number.0.is_sign_negative()) {
                    Some(number) => counts.push(json!([name, number.0.to_string(), unit])),
                    None => {
                        form.refuse(field.clone(), t.fact_bad_count());
                        is_whole = false;
                    }
                }
            }
            FactField::Mark { field, name } if form.has(field) => marks.push(name),
            FactField::Mark { .. } => {}
        }
    }
    let mut facts = serde_json::Map::new();
    if !counts.is_empty() {
        facts.insert("counts".to_owned(), Value::Array(counts));
    }
    if !marks.is_empty() {
        facts.insert("marks".to_owned(), json!(marks));
    }
    is_whole.then_some(Value::Object(facts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::bill_case::AgreementFacts;
    use crate::domain::customers::Language;
    use crate::i18n::words;

    fn document() -> RateSchedule {
        serde_json::from_value(json!({
            "format": "mainstay-rate-schedule/1", "code": "R-1", "version": 1, "effective_from": "2026-01-01",
            "name": {"en": "R"}, "service": "refuse", "measures": {"carts": "each"},
            "charges": [{"code": "a", "label": {"en": "A"}, "how": {"fixed": {"amount": "1"}}, "only": {"without": ["senior"]}}],
        }))
        .unwrap()
    }

    #[test]
    fn what_is_typed_is_what_an_agreement_keeps() {
        let t = words(Language::English);
        let fields = fields_of(&document(), "7");
        let names: Vec<&str> = fields.iter().map(FactField::field).collect();
        assert_eq!(names, ["fact-7-carts", "mark-7-senior"]);
        let mut form = Form::default()
            .with("fact-7-carts", "2")
            .with("mark-7-senior", "yes");
        let facts = read(t, &mut form, &fields).unwrap();
        let kept: AgreementFacts = serde_json::from_value(facts).unwrap();
        assert_eq!(kept.counts, [("carts".to_owned(), 2.into(), Unit::Each)]);
        assert_eq!(kept.marks, ["senior"]);
    }

    #[test]
    fn what_is_missing_is_said_beside_its_field() {
        let t = words(Language::English);
        let fields = fields_of(&document(), "7");
        for typed in ["", "two", "-1"] {
            let mut form = Form::default().with("fact-7-carts", typed);
            assert_eq!(read(t, &mut form, &fields), None, "{typed}");
            assert!(form.problem("fact-7-carts").is_some());
        }
    }
}
