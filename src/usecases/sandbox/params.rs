//! The parameters of a sandbox call, as the API's clients write them: `line_items[0][price_data][currency]=usd`.

use std::collections::BTreeMap;

use crate::usecases::sandbox::SandboxError;
use crate::usecases::sandbox::refusal;

/// Parameters by their full path.
#[derive(Debug, Clone, Default)]
pub struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Parameters in the order they were written; `expand[]=a` counts up like `expand[0]=a`.
    #[must_use]
    pub fn new(raw: Vec<(String, String)>) -> Self {
        let mut counters: BTreeMap<String, u32> = BTreeMap::new();
        let pairs = raw
            .into_iter()
            .map(|(path, value)| match path.strip_suffix("[]") {
                Some(stem) => {
                    let next = counters.entry(stem.to_owned()).or_default();
                    let numbered = format!("{stem}[{next}]");
                    *next += 1;
                    (numbered, value)
                }
                None => (path, value),
            })
            .collect();
        Self { pairs }
    }

    /// The value at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(name, _)| name == path)
            .map(|(_, value)| value.as_str())
    }

    /// The value at a path that must be there.
    ///
    /// # Errors
    /// `parameter_missing`.
    pub fn need(&self, path: &str) -> Result<&str, SandboxError> {
        self.get(path).ok_or_else(|| {
            refusal(
                400,
                "parameter_missing",
                &format!("Missing required param: {path}."),
            )
            .param(path)
            .into()
        })
    }

    /// The whole number at a path.
    ///
    /// # Errors
    /// `parameter_invalid_integer`.
    pub fn int(&self, path: &str) -> Result<Option<i64>, SandboxError> {
        match self.get(path).map(str::parse) {
            None => Ok(None),
            Some(Ok(number)) => Ok(Some(number)),
            Some(Err(_)) => Err(refusal(
                400,
                "parameter_invalid_integer",
                &format!("Invalid integer: {path}"),
            )
            .param(path)
            .into()),
        }
    }

    /// Whether the value at a path is `true`; nothing where it is not given.
    #[must_use]
    pub fn flag(&self, path: &str) -> Option<bool> {
        self.get(path).map(|value| value == "true" || value == "1")
    }

    /// The list at a path.
    #[must_use]
    pub fn list(&self, path: &str) -> Vec<String> {
        (0..)
            .map_while(|i| self.get(&format!("{path}[{i}]")))
            .map(str::to_owned)
            .collect()
    }

    /// The names and values right under a path, such as metadata.
    #[must_use]
    pub fn map(&self, path: &str) -> BTreeMap<String, String> {
        self.pairs
            .iter()
            .filter_map(|(name, value)| {
                let key = name
                    .strip_prefix(path)?
                    .strip_prefix('[')?
                    .strip_suffix(']')?;
                (!key.contains('[')).then(|| (key.to_owned(), value.clone()))
            })
            .collect()
    }

    /// Refuses a parameter the call doesn't know, as the API does.
    ///
    /// # Errors
    /// `parameter_unknown`.
    pub fn only(&self, known: &[&str]) -> Result<(), SandboxError> {
        for (name, _) in &self.pairs {
            let first = name.split('[').next().unwrap_or(name);
            if first != "expand" && !known.contains(&first) {
                return Err(refusal(
                    400,
                    "parameter_unknown",
                    &format!("Received unknown parameter: {name}"),
                )
                .param(name)
                .into());
            }
        }
        Ok(())
    }

    /// The parameters in one line whose order doesn't depend on the client, to tell a repeated call from another.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut pairs: Vec<String> = self
            .pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.sort();
        pairs.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bracketed_names_are_read_as_clients_write_them() {
        let pairs = [
            ("metadata[payment]", "7"),
            ("metadata[account]", "41"),
            ("expand[]", "latest_charge"),
            ("expand[]", "customer"),
            ("line_items[0][price_data][currency]", "usd"),
        ];
        let params = Params::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        );
        assert_eq!(params.list("expand"), ["latest_charge", "customer"]);
        assert_eq!(
            params.map("metadata").get("payment").map(String::as_str),
            Some("7")
        );
        assert_eq!(
            params.get("line_items[0][price_data][currency]"),
            Some("usd")
        );
        assert!(params.only(&["metadata", "line_items"]).is_ok());
        assert!(params.only(&["metadata"]).is_err());
    }
}
