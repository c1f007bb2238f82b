//! Reads `locales/<language>/*.ftl` into a small tree: texts, values and choices. What the tree cannot hold is refused with its file.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

/// The terms that are settings: the utility's name, what of it stands below the name that people use, and that one.
const HOUSE: [&str; 3] = ["utility", "utility-kind", "utility-short"];

/// How a value is taken and printed, from the comment above its message: `# $amount (money)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Decimal,
    Money,
    Date,
    Day,
    LongDay,
    Month,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// A name of the house itself, which is known when the program starts.
    House(&'static str),
    Value(String),
    Choice {
        on: String,
        arms: Vec<(Key, Vec<Piece>)>,
        otherwise: Vec<Piece>,
    },
}

/// What an arm of a choice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Word(String),
    Number(i64),
}

/// One message: what it says, and how its values are taken.
#[derive(Debug, Clone)]
pub struct Message {
    pub pieces: Vec<Piece>,
    pub kinds: BTreeMap<String, Kind>,
}

/// The messages of one language by key.
pub type Messages = BTreeMap<String, Message>;

/// Reads every file of one language.
pub fn read(folder: &Path) -> Result<Messages, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ftl"));
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        texts.push((path.display().to_string(), fs::read_to_string(&path)?));
    }
    let mut terms = BTreeMap::new();
    for (path, text) in &texts {
        for entry in parse(path, text)?.body {
            if let Entry::Term(term) = entry {
                let pieces = pieces(&term.value, &terms)
                    .map_err(|why| format!("{path}: {}: {why}", term.id.name))?;
                terms.insert(term.id.name.to_owned(), pieces);
            }
        }
    }
    let mut messages = Messages::new();
    for (path, text) in &texts {
        for entry in parse(path, text)?.body {
            if let Entry::Message(message) = entry {
                let key = message.id.name.to_owned();
                let refused = |why: &str| format!("{path}: {key}: {why}");
                let value = message
                    .value
                    .as_ref()
                    .ok_or_else(|| refused("has no value"))?;
                let comment = message
                    .comment
                    .as_ref()
                    .map(|comment| comment.content.join("\n"));
                let read = Message {
                    pieces: pieces(value, &terms).map_err(|why| refused(&why))?,
                    kinds: kinds(comment.as_deref().unwrap_or_default())
                        .map_err(|why| refused(&why))?,
                };
                if messages.insert(key.clone(), read).is_some() {
                    return Err(refused("is written twice").into());
                }
            }
        }
    }
    Ok(messages)
}

fn parse<'t>(path: &str, text: &'t str) -> Result<fluent_syntax::ast::Resource<&'t str>, String> {
    let resource =
        fluent_syntax::parser::parse(text).map_err(|(_, errors)| format!("{path}: {errors:?}"))?;
    Ok(resource)
}

fn pieces(
    pattern: &Pattern<&str>,
    terms: &BTreeMap<String, Vec<Piece>>,
) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => pieces.push(Piece::Text((*value).to_owned())),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => pieces.extend(inline_pieces(inline, terms)?),
                Expression::Select { selector, variants } => {
                    let InlineExpression::VariableReference { id } = selector else {
                        return Err("only a value can be chosen on".to_owned());
                    };
                    let mut arms = Vec::new();
                    let mut otherwise = Vec::new();
                    for variant in variants {
                        let inside = self::pieces(&variant.value, terms)?;
                        if variant.default {
                            otherwise = inside;
                            continue;
                        }
                        let key = match &variant.key {
                            VariantKey::Identifier { name } => Key::Word((*name).to_owned()),
                            VariantKey::NumberLiteral { value } => {
                                Key::Number(value.parse().map_err(|error| {
                                    format!("[{value}] is not a whole number: {error}")
                                })?)
                            }
                        };
                        arms.push((key, inside));
                    }
                    pieces.push(Piece::Choice {
                        on: id.name.to_owned(),
                        arms,
                        otherwise,
                    });
                }
            },
        }
    }
    Ok(pieces)
}

fn inline_pieces(
    inline: &InlineExpression<&str>,
    terms: &BTreeMap<String, Vec<Piece>>,
) -> Result<Vec<Piece>, String> {
    match inline {
        InlineExpression::StringLiteral { value } => Ok(vec![Piece::Text((*value).to_owned())]),
        InlineExpression::NumberLiteral { value } => Ok(vec![Piece::Text((*value).to_owned())]),
        InlineExpression::VariableReference { id } => Ok(vec![Piece::Value(id.name.to_owned())]),
        InlineExpression::TermReference {
            id,
            attribute: None,
            arguments: None,
        } => match HOUSE.iter().find(|name| **name == id.name) {
            Some(name) => Ok(vec![Piece::House(name)]),
            None => terms
                .get(id.name)
                .cloned()
                .ok_or_else(|| format!("there is no term -{} above it", id.name)),
        },
        _ => Err("functions, attributes and other messages are not understood here".to_owned()),
    }
}

fn kinds(comment: &str) -> Result<BTreeMap<String, Kind>, String> {
    let mut kinds = BTreeMap::new();
    for line in comment.lines() {
        let Some((name, rest)) = line
            .trim()
            .strip_prefix('$')
            .and_then(|line| line.split_once(' '))
        else {
            continue;
        };
        let word = rest
            .trim_start()
            .trim_start_matches('(')
            .split(')')
            .next()
            .unwrap_or_default();
        let kind = match word {
            "text" => Kind::Text,
            "number" => Kind::Number,
            "decimal" => Kind::Decimal,
            "money" => Kind::Money,
            "date" => Kind::Date,
            "day" => Kind::Day,
            "long day" => Kind::LongDay,
            "month" => Kind::Month,
            other => return Err(format!("${name} is of no known kind: {other}")),
        };
        kinds.insert(name.to_owned(), kind);
    }
    Ok(kinds)
}
