//! What the shared query language lacks on both databases: an exact sum of whole cents.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Nullable};

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
