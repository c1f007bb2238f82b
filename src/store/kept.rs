//! Statements that are kept with the connection and written once: changes, and statements written by hand. Diesel plans each of them anew every
//! time, because it cannot know how many different texts a program makes of one of them.

use std::cell::OnceCell;

use diesel::backend::Backend;
// Diesel tells apart what a walk is for only where its derived connections do, as ours.
use diesel::internal::derives::multiconnection::AstPassHelper;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sqlite::Sqlite;

use crate::store::any::MultiBackend;

/// A query whose statement is kept.
#[derive(Debug, Clone)]
pub struct Kept<Q> {
    query: Q,
    text: OnceCell<String>,
}

/// What has few texts over the life of a connection: no list of any length, no value or name of a person in the text. What does is planned
/// anew each time, or a list is given as [`among`](crate::store::ext::AmongMethods::among).
pub trait KeptDsl: Sized {
    /// This query by a statement that is kept with the connection.
    fn kept(self) -> Kept<Self> {
        Kept {
            query: self,
            text: OnceCell::new(),
        }
    }
}

impl<Q> KeptDsl for Q {}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, Conn> diesel::RunQueryDsl<Conn> for Kept<Q> {}

// It says no more than its query does: one that is known by its type stays so, the others are known by their text.
impl<Q: QueryId> QueryId for Kept<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q, DB> QueryFragment<DB> for Kept<Q>
where
    DB: Backend + Writes,
    Q: QueryFragment<DB>,
{
    // Only what binds values walks through the query; the others get its text, and never hear that it should not be kept. A connection for both
    // databases asks for the text up to three times for one execution.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if out.bind_collector().is_some() || out.debug_binds().is_some() {
            return self.query.walk_ast(out);
        }
        let text = match self.text.get() {
            Some(text) => text,
            None => {
                let mut builder = out.backend().builder();
                self.query.to_sql(&mut builder, out.backend())?;
                self.text.get_or_init(|| builder.finish())
            }
        };
        out.push_sql(text);
        Ok(())
    }
}

/// A database's language whose statements can be written apart.
pub trait Writes: Backend {
    /// What writes one, empty.
    fn builder(&self) -> Self::QueryBuilder;
}

impl Writes for Pg {
    fn builder(&self) -> Self::QueryBuilder {
        Self::QueryBuilder::default()
    }
}

impl Writes for Sqlite {
    fn builder(&self) -> Self::QueryBuilder {
        Self::QueryBuilder::default()
    }
}

impl Writes for MultiBackend {
    fn builder(&self) -> Self::QueryBuilder {
        match self {
            Self::Pg(backend) => Self::QueryBuilder::Pg(backend.builder()),
            Self::Sqlite(backend) => Self::QueryBuilder::Sqlite(backend.builder()),
        }
    }
}
