//! How ids, money, decimals and words travel to and from SQL. Rules know none of this.

use std::fmt;
use std::str::FromStr;

use diesel::backend::Backend;
use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Nullable, Text};
use rust_decimal::Decimal;

use crate::domain::holds::Stops;
use crate::domain::ids;
use crate::domain::money::Money;
use crate::store::any::MultiBackend;

/// A decimal kept as text in plain notation, so that no database turns it into a binary fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Exact(pub Decimal);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Exact
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(Self(Decimal::from_str_exact(&String::from_sql(bytes)?)?))
    }
}

/// `ToSql` of values that travel as a whole number or a text made on the way.
macro_rules! to_sql {
    ($type:ty, $sql:ident, |$value:ident| $raw:expr) => {
        impl ToSql<$sql, diesel::pg::Pg> for $type {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::pg::Pg>) -> serialize::Result {
                let $value = self;
                to_sql!(@pg out, $sql, $raw)
            }
        }
        impl ToSql<$sql, diesel::sqlite::Sqlite> for $type {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::sqlite::Sqlite>) -> serialize::Result {
                let $value = self;
                out.set_value($raw);
                Ok(IsNull::No)
            }
        }
        impl ToSql<$sql, MultiBackend> for $type {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(IsNull::No)
            }
        }
    };
    (@pg $out:ident, BigInt, $raw:expr) => {
        <i64 as ToSql<BigInt, diesel::pg::Pg>>::to_sql(&$raw, &mut $out.reborrow())
    };
    (@pg $out:ident, Text, $raw:expr) => {{
        std::io::Write::write_all($out, AsRef::<[u8]>::as_ref(&$raw))?;
        Ok(IsNull::No)
    }};
}

/// `AsExpression` and `Queryable` of a type that the rules own.
macro_rules! expression {
    ($type:ty, $sql:ident) => {
        expression!(@as $type, $sql);
        expression!(@as $type, Nullable<$sql>);
        impl<DB: Backend> diesel::deserialize::Queryable<$sql, DB> for $type
        where
            Self: FromSql<$sql, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }
        impl<DB: Backend> ToSql<Nullable<$sql>, DB> for $type
        where
            Self: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<$sql, DB>::to_sql(self, out)
            }
        }
    };
    (@as $type:ty, $sql:ty) => {
        impl AsExpression<$sql> for $type {
            type Expression = diesel::internal::derives::as_expression::Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression {
                diesel::internal::derives::as_expression::Bound::new(self)
            }
        }
        impl<'e> AsExpression<$sql> for &'e $type {
            type Expression = diesel::internal::derives::as_expression::Bound<$sql, &'e $type>;
            fn as_expression(self) -> Self::Expression {
                diesel::internal::derives::as_expression::Bound::new(self)
            }
        }
    };
}

/// Row ids travel as BIGINT.
macro_rules! sql_ids {
    ($($name:ident),+ $(,)?) => {$(
        expression!(ids::$name, BigInt);
        to_sql!(ids::$name, BigInt, |id| id.0);
        impl<DB: Backend> FromSql<BigInt, DB> for ids::$name where i64: FromSql<BigInt, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(Self(i64::from_sql(bytes)?))
            }
        }
    )+};
}

/// Closed lists of words travel as TEXT.
macro_rules! sql_words {
    ($($name:ty),+ $(,)?) => {$(
        expression!($name, Text);
        to_sql!($name, Text, |word| word.as_str());
        impl<DB: Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(<$name>::from_str(&String::from_sql(bytes)?)?)
            }
        }
    )+};
}

to_sql!(Exact, Text, |exact| exact.0.to_string());

expression!(Money, BigInt);
to_sql!(Money, BigInt, |money| money.cents());
impl<DB: Backend> FromSql<BigInt, DB> for Money
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(Self::from_cents(i64::from_sql(bytes)?))
    }
}

expression!(Stops, Text);
to_sql!(Stops, Text, |stops| stops.to_string());
impl<DB: Backend> FromSql<Text, DB> for Stops
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(String::from_sql(bytes)?.parse()?)
    }
}

sql_ids! {
    CustomerId, ContactPointId, AccountRoleId, InvitationId, AccountId, PremiseId, ServicePointId, MeterId, RegisterId, ServiceAgreementId, CycleId, CyclePeriodId, ReadId, ImportId,
    RateScheduleId, RateFactorId, PolicyProposalId, BillId, BillRunId, EntryId, PaymentId, JointPaymentId, PayoutId, ProcessorLineId, PaymentMethodId, EnrolmentId, AutopayChargeId, ScheduledPaymentId, ExceptionId, NoticeId, StaffId, LoginId, NoteId, RequestId,
    OutageId, OutageAreaId, OutageUpdateId, ArrangementId, BudgetPlanId, PrintBatchId, PrintPieceId, PasskeyId,
    HoldId, SavedFilterId, IncomeCertificationId, HoldDocumentId, RequestDocumentId, HearingId, MoratoriumId, CallId, OrderId, OrderPhotoId, CorrectionId, FeeReversalId,
    DepositId, DepositMoveId, CustomerMergeId, PlaceMergeId, ReadRouteId,
}

sql_words! {
    crate::domain::access::Access,
    crate::domain::access::Answer,
    crate::domain::access::Offer,
    crate::domain::alerts::AlertKind,
    crate::domain::alerts::Consent,
    crate::domain::payments::Tender,
    crate::domain::payments::Channel,
    crate::domain::payments::PaymentState,
    crate::domain::payments::EventState,
    crate::domain::payments::Brand,
    crate::domain::payments::saved::MethodState,
    crate::domain::autopay::ChargeState,
    crate::domain::autopay::End,
    crate::domain::scheduled_payments::ScheduledState,
    crate::domain::payments::lines::LineKind,
    crate::domain::payments::lines::PayoutStatus,
    crate::domain::accounts::AccountClass,
    crate::domain::accounts::AccountRole,
    crate::domain::accounts::AccountStatus,
    crate::domain::calendars::FallsOn,
    crate::domain::setup::OwnKind,
    crate::domain::arrangements::ArrangementChannel,
    crate::domain::arrangements::ArrangementKind,
    crate::domain::arrangements::ArrangementState,
    crate::domain::budget_billing::BudgetPlanState,
    crate::domain::budget_billing::BudgetSettle,
    crate::domain::budget_billing::BudgetStep,
    crate::domain::budget_billing::BudgetVariant,
    crate::domain::bill_paper::DocumentKind,
    crate::domain::bills::BillKind,
    crate::domain::bills::BillStatus,
    crate::domain::bills::DeliveryChannel,
    crate::domain::bills::DeliveryState,
    crate::domain::bills::RunStatus,
    crate::domain::calls::CallTopic,
    crate::domain::corrections::CorrectionKind,
    crate::domain::corrections::CorrectionStatus,
    crate::domain::queues::MarkKind,
    crate::domain::refund_orders::RefundState,
    crate::domain::customers::ContactKind,
    crate::domain::customers::CustomerKind,
    crate::domain::customers::Language,
    crate::domain::responsibility::Consent,
    crate::domain::responsibility::NameChangeKind,
    crate::domain::responsibility::TakeoverReason,
    crate::domain::deposits::DepositReason,
    crate::domain::deposits::DepositStep,
    crate::domain::duplicates::Moved,
    crate::domain::place_merges::PlaceMoved,
    crate::domain::disputes::CameBy,
    crate::domain::disputes::DisputeReason,
    crate::domain::disputes::Outcome,
    crate::domain::remedies::Remedy,
    crate::domain::exceptions::ExceptionKind,
    crate::domain::exceptions::ExceptionReason,
    crate::domain::exceptions::ExceptionStatus,
    crate::domain::fee_reversals::FeeKind,
    crate::domain::fee_reversals::ReversalStatus,
    crate::domain::gl::FundCode,
    crate::domain::gl::GlCode,
    crate::domain::holds::After,
    crate::domain::holds::EvidenceKind,
    crate::domain::holds::HoldKind,
    crate::domain::income::IncomeProof,
    crate::domain::queues::Queue,
    crate::domain::landlords::Instruction,
    crate::domain::lead_lines::LineMaterial,
    crate::domain::lead_lines::LineSide,
    crate::domain::lead_lines::MaterialSource,
    crate::domain::lead_lines::ServedLine,
    crate::domain::ledger::EntryKind,
    crate::domain::ledger::SourceKind,
    crate::domain::notes::NoteKind,
    crate::domain::notice::Channel,
    crate::domain::notice::NoticeState,
    crate::domain::meters::Channel,
    crate::domain::meters::MeterKind,
    crate::domain::photos::PhotoKind,
    crate::domain::print::BatchState,
    crate::domain::print::Ending,
    crate::domain::print::PullReason,
    crate::domain::orders::Finding,
    crate::domain::orders::OrderKind,
    crate::domain::orders::OrderState,
    crate::domain::orders::Slot,
    crate::domain::orders::Urgency,
    crate::domain::orders::Why,
    crate::domain::outages::OutageKind,
    crate::domain::outages::OutageStatus,
    crate::domain::outages::OutageNews,
    crate::domain::outages::Cause,
    crate::domain::outages::AreaKind,
    crate::domain::outages::Side,
    crate::domain::premises::Commodity,
    crate::domain::requests::RequestKind,
    crate::domain::requests::RequestState,
    crate::domain::requests::Side,
    crate::domain::search::TermKind,
    crate::domain::sessions::Door,
    crate::domain::sessions::HoldEnd,
    crate::domain::sessions::Stage,
    crate::domain::sessions::TokenPurpose,
    crate::domain::reads::ReadQuality,
    crate::domain::reads::ReadSource,
    crate::domain::reads::ReadVerdict,
    crate::store::imports::ImportStatus,
    crate::domain::shutoff::ServedKind,
    crate::domain::shutoff::ServedWay,
    crate::domain::staff::Role,
    crate::domain::stamp::ActorKind,
    crate::domain::quantity::Unit,
    crate::domain::rate_status::ProposalStatus,
    crate::domain::rate_status::RateStatus,
    ids::AccountNumber,
    ids::BillNumber,
    ids::PaymentNumber,
    ids::RequestNumber,
    ids::ArrangementNumber,
    ids::OrderNumber,
}
