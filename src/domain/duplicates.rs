//! Who or what may be in the books twice: names, numbers and addresses written in one way, so that what is the same looks the same.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::domain::customers::{ContactKind, CustomerKind};
use crate::domain::ids::CustomerId;
use crate::domain::search::{fold, words};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What two customers of one name have in common besides it.
    Likeness {
        /// A telephone number.
        Phone => "phone",
        /// An e-mail address.
        Email => "email",
        /// Where their mail goes.
        Address => "address",
        /// A place where both are or were served.
        Place => "place",
    }
}

text_enum! {
    /// What becomes another customer's when two become one.
    Moved {
        /// A part on an account.
        Part => "part",
        /// A way to reach them.
        Contact => "contact",
        /// An address that waits for its day.
        ComingAddress => "coming_address",
        /// A number by which the utility's earlier books knew them.
        Number => "number",
    }
}

/// Words of an organization's name that say nothing about which it is.
const LEGAL_FORMS: [&str; 9] = [
    "the",
    "inc",
    "llc",
    "llp",
    "ltd",
    "co",
    "corp",
    "company",
    "incorporated",
];

/// The words of an address that people write short or long, and as the mail abbreviates them (USPS Publication 28, appendices B and C).
const SHORT: [(&str, &str); 29] = [
    ("street", "st"),
    ("str", "st"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("boulevard", "blvd"),
    ("circle", "cir"),
    ("court", "ct"),
    ("drive", "dr"),
    ("highway", "hwy"),
    ("lane", "ln"),
    ("parkway", "pkwy"),
    ("place", "pl"),
    ("plaza", "plz"),
    ("road", "rd"),
    ("square", "sq"),
    ("terrace", "ter"),
    ("trail", "trl"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("apartment", "apt"),
    ("suite", "ste"),
    ("saint", "st"),
    ("mount", "mt"),
];

/// Words before the number of a unit: `Apt 4`, `Unit 4` and `#4` are one unit.
const UNIT_WORDS: [&str; 5] = ["apt", "unit", "ste", "no", "number"];

/// A customer as duplicates are looked for.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub id: CustomerId,
    /// Person or organization.
    pub kind: CustomerKind,
    /// The full name.
    pub name: String,
    /// Where mail goes.
    pub mailing_address: Option<String>,
}

/// Two customers who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one that was written down first.
    pub one: CustomerId,
    /// The other.
    pub other: CustomerId,
    /// What they have in common besides the name.
    pub alike: BTreeSet<Likeness>,
}

/// A name as it is compared: its words folded and in order, without initials, and of an organization without its legal form.
#[must_use]
pub fn name_key(kind: CustomerKind, name: &str) -> String {
    let mut parts = words(name);
    parts.retain(|word| word.len() > 1);
    if kind == CustomerKind::Organization {
        parts.retain(|word| !LEGAL_FORMS.contains(&word.as_str()));
    }
    parts.sort_unstable();
    parts.dedup();
    parts.join(" ")
}

/// A contact as it is compared: a telephone number without the country's 1.
#[must_use]
pub fn contact_key(kind: ContactKind, search_value: &str) -> String {
    match (kind, search_value.strip_prefix('1')) {
        (ContactKind::Phone, Some(rest)) if rest.len() == 10 => rest.to_owned(),
        (ContactKind::Phone | ContactKind::Email, _) => search_value.to_owned(),
    }
}

/// An address as it is compared: folded, abbreviated as the mail does, without the word before a unit, of a ZIP code five digits.
#[must_use]
pub fn address_key(text: &str) -> String {
    let plain = text.replace('.', "").replace(['#', ',', ';'], " ");
    let mut parts = Vec::new();
    for word in plain.split_whitespace() {
        // A ZIP code of nine digits is the one of five.
        let five = word.split_once('-').filter(|(five, four)| {
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            five.len() == 5 && four.len() == 4 && digits(five) && digits(four)
        });
        let word = fold(five.map_or(word, |(five, _)| five));
        let short = SHORT.iter().find(|(long, _)| *long == word);
        let word = short.map_or(word, |(_, short)| (*short).to_owned());
        if !word.is_empty() && !UNIT_WORDS.contains(&word.as_str()) {
            parts.push(word);
        }
    }
    parts.join(" ")
}

/// A kind and name, and what is in common.
type Mark<'a> = (&'a (CustomerKind, String), Likeness, String);

/// Two customers, the one written down first before the other.
type Two = (CustomerId, CustomerId);

/// Pairs of customers of one kind and name who have more in common, in the order in which they were written down. Of several who are alike
/// each is beside the first of whom nobody said that they are two: when these two are one, the next is found. Pairs that somebody said are two
/// (`apart`) are found as well. `marks` says what each is reached by and where they are served, as [`contact_key`] and the like make it.
#[must_use]
pub fn pairs(
    all: &[Candidate],
    marks: &[(CustomerId, Likeness, String)],
    apart: &HashSet<Two>,
) -> Vec<Pair> {
    let known: HashMap<CustomerId, (CustomerKind, String)> = all
        .iter()
        .map(|one| (one.id, (one.kind, name_key(one.kind, &one.name))))
        .filter(|(_, (_, key))| !key.is_empty())
        .collect();
    let addresses = all.iter().filter_map(|one| {
        let lines = one.mailing_address.as_deref().map(address_key)?;
        Some((one.id, Likeness::Address, lines))
    });
    let mut groups: HashMap<Mark<'_>, BTreeSet<CustomerId>> = HashMap::new();
    for (id, likeness, mark) in marks.iter().cloned().chain(addresses) {
        let Some(name) = known.get(&id).filter(|_| !mark.is_empty()) else {
            continue;
        };
        groups.entry((name, likeness, mark)).or_default().insert(id);
    }
    let mut found: BTreeMap<(CustomerId, CustomerId), BTreeSet<Likeness>> = BTreeMap::new();
    for ((_, likeness, _), ids) in groups {
        let ids: Vec<CustomerId> = ids.into_iter().collect();
        for (place, other) in ids.iter().enumerate() {
            for one in ids.iter().take(place) {
                found.entry((*one, *other)).or_default().insert(likeness);
                if !apart.contains(&(*one, *other)) {
                    break;
                }
            }
        }
    }
    let pair = |((one, other), alike)| Pair { one, other, alike };
    found.into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_any_order_and_with_an_initial() {
        let person = |name| name_key(CustomerKind::Person, name);
        assert_eq!(person("Rosa M. López"), person("LOPEZ, Rosa"));
        assert_ne!(person("Rosa Lopez Jr"), person("Rosa Lopez"));
        let firm = |name| name_key(CustomerKind::Organization, name);
        assert_eq!(firm("The Prairie Cafe, LLC"), firm("Prairie Cafe"));
    }

    #[test]
    fn an_address_is_the_same_however_it_is_abbreviated() {
        assert_eq!(
            address_key("12 North Main Street, Apt. 4, Dubuque, IA 52001-1234"),
            address_key("12 N MAIN ST #4 dubuque ia 52001")
        );
        assert_ne!(
            address_key("12 Main St Apt 4"),
            address_key("12 Main St Apt 5")
        );
    }

    #[test]
    fn only_who_has_more_than_a_name_in_common_may_be_one() {
        let candidate = |id, name: &str, address: Option<&str>| Candidate {
            id: CustomerId(id),
            kind: CustomerKind::Person,
            name: name.to_owned(),
            mailing_address: address.map(str::to_owned),
        };
        let all = [
            candidate(1, "Rosa Lopez", Some("PO Box 12")),
            candidate(2, "Lopez Rosa", None),
            candidate(3, "Rosa Lopez", Some("P.O. Box 12")),
            candidate(4, "Omar Haddad", None),
        ];
        let marks = [
            (CustomerId(1), Likeness::Phone, "5550100142".to_owned()),
            (CustomerId(2), Likeness::Phone, "5550100142".to_owned()),
            (CustomerId(4), Likeness::Phone, "5550100142".to_owned()),
        ];
        let found = pairs(&all, &marks, &HashSet::new());
        let pair = |other, likeness| Pair {
            one: CustomerId(1),
            other: CustomerId(other),
            alike: BTreeSet::from([likeness]),
        };
        let expected = [pair(2, Likeness::Phone), pair(3, Likeness::Address)];
        assert_eq!(found, expected);
        // A father, and his son twice.
        let same = |id| candidate(id, "Rosa Lopez", Some("PO Box 12"));
        let two = |one, other| (CustomerId(one), CustomerId(other));
        let apart = HashSet::from([two(1, 2), two(1, 3)]);
        let found = pairs(&[same(1), same(2), same(3)], &[], &apart);
        let found: Vec<Two> = found.iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(found, [two(1, 2), two(1, 3), two(2, 3)]);
    }
}
