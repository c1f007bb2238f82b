//! A JSON object that has a name twice says two things, and a reader would believe the last one. Documents that money follows from are
//! looked through for that before they are read. Their fractions are text, never numbers of JSON, which readers take for binary ones.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Makes sure that no object in a JSON text has a name twice.
///
/// # Errors
/// The name that is there twice, with its line and column; or what is wrong with the text as JSON.
pub fn check(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<Distinct>(text).map(|_| ())
}

/// Any value whose objects have each name once.
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DistinctVisitor)
    }
}

struct DistinctVisitor;

impl<'de> Visitor<'de> for DistinctVisitor {
    type Value = Distinct;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, or a number in quotation marks")
    }

    fn visit_bool<E: Error>(self, _value: bool) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_i64<E: Error>(self, _value: i64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_u64<E: Error>(self, _value: u64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_str<E: Error>(self, _value: &str) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_unit<E: Error>(self) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Distinct, A::Error> {
        while items.next_element::<Distinct>()?.is_some() {}
        Ok(Distinct)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Distinct, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = entries.next_key::<String>()? {
            if names.contains(&name) {
                return Err(Error::custom(format!(
                    "{name:?} is there twice; give each its own"
                )));
            }
            names.insert(name);
            entries.next_value::<Distinct>()?;
        }
        Ok(Distinct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_come_again_in_another_object_and_not_in_the_same() {
        assert!(check(r#"{"a": [{"b": 1}, {"b": null}], "b": "x", "c": {"a": -1}}"#).is_ok());
        let fraction = check(r#"{"price": 3.65}"#).unwrap_err();
        assert!(fraction.to_string().contains("a number in quotation marks"));
        let error = check("{\"a\": {\n\"x\": 1, \"y\": true,\n\"x\": 2}}").unwrap_err();
        assert_eq!(error.line(), 3);
        assert!(
            error.to_string().starts_with("\"x\" is there twice"),
            "{error}"
        );
    }
}
