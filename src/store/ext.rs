//! What the shared query language lacks on both databases: an exact sum of whole cents, words that are part of a statement, and short lists
//! whose statements are kept.

use diesel::ExpressionMethods;
use diesel::backend::Backend;
use diesel::dsl;
use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
// Diesel names what `eq_any` takes only where its derived connections do, as ours.
use diesel::internal::derives::multiconnection::array_comparison::AsInExpression;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Nullable, SingleValue, SqlType, Text};

use crate::store::any::MultiBackend;

/// `SUM` that stays a whole number: the databases' own sums go through NUMERIC or a binary fraction.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct SumI64<E>(E);

/// The exact sum of a whole-number column; `NULL` over no rows.
pub fn sum_i64<E: AsExpression<BigInt>>(expression: E) -> SumI64<E::Expression> {
    SumI64(expression.as_expression())
}

impl<E: Expression> Expression for SumI64<E> {
    type SqlType = Nullable<BigInt>;
}

impl<E, GB> ValidGrouping<GB> for SumI64<E> {
    type IsAggregate = is_aggregate::Yes;
}

impl<E, QS> AppearsOnTable<QS> for SumI64<E> where E: AppearsOnTable<QS> {}

impl<E, QS> SelectableExpression<QS> for SumI64<E> where E: SelectableExpression<QS> {}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for SumI64<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("CAST(SUM(");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS BIGINT)");
        Ok(())
    }
}

/// A word of ours, such as a state, written into the statement and not sent beside it: so each database sees that an index over the rows in that
/// state alone serves it. SQLite is told not to look at values when it plans, because it would plan anew for each.
#[derive(Debug, Clone, Copy)]
pub struct Literal(&'static str);

/// This word, as an enum of ours is kept: small letters and underscores.
#[must_use]
pub const fn literal(word: &'static str) -> Literal {
    Literal(word)
}

impl Expression for Literal {
    type SqlType = Text;
}

impl<GB> ValidGrouping<GB> for Literal {
    type IsAggregate = is_aggregate::Never;
}

impl<QS> AppearsOnTable<QS> for Literal {}

impl<QS> SelectableExpression<QS> for Literal {}

// Its word is not in its type: the statement is known by its text.
impl QueryId for Literal {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> QueryFragment<DB> for Literal {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("'");
        out.push_sql(&self.0.replace('\'', "''"));
        out.push_sql("'");
        Ok(())
    }
}

/// The longest list whose statement is kept on SQLite.
const LONGEST_KEPT: usize = 64;

/// `expression IN (…)` whose statement is kept with the connection, so that a short list is not written and planned anew each time. On SQLite
/// lists are filled up with their last value to 1, 2, 4 … 64 places, and each length has a statement of its own; longer ones are not kept.
/// PostgreSQL takes a list of any length as one value, by one statement.
#[derive(Debug, Clone)]
pub struct Among<E, V, A> {
    expression: E,
    values: Vec<V>,
    any: A,
}

/// What can be looked for among some values.
pub trait AmongMethods: ExpressionMethods + Clone + Sized
where
    Self::SqlType: SqlType,
{
    /// Whether it is one of these values; never where there are none.
    fn among<V>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> Among<Self, V, dsl::EqAny<Self, Vec<V>>>
    where
        V: Clone,
        Vec<V>: AsInExpression<Self::SqlType>,
    {
        let values: Vec<V> = values.into_iter().collect();
        Among {
            expression: self.clone(),
            any: self.eq_any(values.clone()),
            values,
        }
    }
}

impl<E: ExpressionMethods + Clone> AmongMethods for E where E::SqlType: SqlType {}

impl<E: Expression, V, A> Expression for Among<E, V, A> {
    type SqlType = Bool;
}

impl<E: ValidGrouping<GB>, V, A, GB> ValidGrouping<GB> for Among<E, V, A> {
    type IsAggregate = E::IsAggregate;
}

impl<E, V, A, QS> AppearsOnTable<QS> for Among<E, V, A> where E: AppearsOnTable<QS> {}

impl<E, V, A, QS> SelectableExpression<QS> for Among<E, V, A> where E: SelectableExpression<QS> {}

// Its length is not in its type: the statement is known by its text.
impl<E, V, A> QueryId for Among<E, V, A> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E, V, A> QueryFragment<MultiBackend> for Among<E, V, A>
where
    MultiBackend: HasSqlType<E::SqlType>,
    E: Expression + QueryFragment<MultiBackend>,
    E::SqlType: SingleValue,
    V: ToSql<E::SqlType, MultiBackend>,
    A: QueryFragment<MultiBackend>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        if let MultiBackend::Pg(_) = out.backend() {
            return self.any.walk_ast(out);
        }
        let count = self.values.len();
        let Some(last) = self.values.last() else {
            out.push_sql("1=0");
            return Ok(());
        };
        let places = if count > LONGEST_KEPT {
            out.unsafe_to_cache_prepared();
            count
        } else {
            count.next_power_of_two()
        };
        self.expression.walk_ast(out.reborrow())?;
        let filled = std::iter::repeat_n(last, places - count);
        for (place, value) in self.values.iter().chain(filled).enumerate() {
            out.push_sql(if place == 0 { " IN (" } else { ", " });
            out.push_bind_param::<E::SqlType, V>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
