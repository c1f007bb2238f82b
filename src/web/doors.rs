//! Route tables that say who may come in. Each route names its key; the check runs before the handler, so no handler can forget it, and
//! a test prints all tables to `tests/it/house/routes.txt`, where a reviewer reads the difference.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::guard;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpMessage, Responder};

use crate::domain::access::Right;
use crate::domain::ids::{LoginId, StaffId};
use crate::domain::staff::Permission;
use crate::web::PageError;
use crate::web::session::{HalfSignedIn, SignedIn, StaffMember, sign_in_first};

/// What opens a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Nothing: sign-in pages, links from mail, files.
    Anyone,
    /// A customer's session, for their own affairs or for what they hold, however far it is open.
    Customer,
    /// A customer's session; the handler sees only the accounts that give the right.
    Account(Right),
    /// A session of anybody of the office, for their own affairs.
    AnyStaff,
    /// A password given, the authenticator's code still to come.
    HalfSignedIn,
    /// A session of the office whose role carries the permission.
    May(Permission),
}

impl From<Permission> for Key {
    fn from(permission: Permission) -> Self {
        Self::May(permission)
    }
}

impl Key {
    /// As the route list prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Customer => "customer",
            Self::Account(Right::See) => "account_see",
            Self::Account(Right::Pay) => "account_pay",
            Self::Account(Right::Change) => "account_change",
            Self::Account(Right::Share) => "account_share",
            Self::AnyStaff => "any_staff",
            Self::HalfSignedIn => "half_signed_in",
            Self::May(permission) => permission.as_str(),
        }
    }

    /// Whether the request has what opens the route.
    fn opens(self, request: &ServiceRequest) -> Result<(), PageError> {
        if let Self::Account(right) = self {
            narrow(request, right)?;
        }
        let extensions = request.extensions();
        let is_open = match self {
            Self::Anyone => true,
            Self::Customer | Self::Account(_) => extensions.get::<SignedIn>().is_some(),
            Self::AnyStaff => extensions.get::<StaffMember>().is_some(),
            // A request is at one door, so that there is one of them at the most.
            Self::HalfSignedIn => {
                extensions.get::<HalfSignedIn<StaffId>>().is_some()
                    || extensions.get::<HalfSignedIn<LoginId>>().is_some()
            }
            Self::May(permission) => match extensions.get::<StaffMember>() {
                Some(member) if !member.may(permission) => {
                    return Err(PageError::Forbidden(permission.as_str()));
                }
                found => found.is_some(),
            },
        };
        if is_open {
            Ok(())
        } else {
            Err(sign_in_first(request.request()))
        }
    }
}

/// Leaves of a customer's scope only the accounts that give the right.
fn narrow(request: &ServiceRequest, right: Right) -> Result<(), PageError> {
    let mut extensions = request.extensions_mut();
    if let Some(customer) = extensions.get_mut::<SignedIn>() {
        customer.scope = customer.scope.with(right);
        if customer.scope.falls_short() {
            return Err(PageError::NotShared);
        }
    }
    Ok(())
}

/// One line of the route list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// GET, POST, DELETE.
    pub method: Method,
    /// The address, with its `{parts}`.
    pub path: String,
    /// What opens it.
    pub key: Key,
}

type Mount = Box<dyn FnOnce(&mut ServiceConfig)>;

/// A route table under construction, then mounted.
pub struct Doors {
    prefix: &'static str,
    routes: Vec<Route>,
    mounts: Vec<Mount>,
}

impl Doors {
    /// A table whose addresses begin with this; nothing for the portal.
    #[must_use]
    pub fn at(prefix: &'static str) -> Self {
        Self {
            prefix,
            routes: Vec::new(),
            mounts: Vec::new(),
        }
    }

    /// A page.
    #[must_use]
    pub fn get<F, Args>(self, path: &str, key: impl Into<Key>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.route(Method::GET, path, key.into(), handler)
    }

    /// A change.
    #[must_use]
    pub fn post<F, Args>(self, path: &str, key: impl Into<Key>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.route(Method::POST, path, key.into(), handler)
    }

    /// All routes of another table, with their keys.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self.mounts.extend(other.mounts);
        self
    }

    fn route<F, Args>(mut self, method: Method, path: &str, key: Key, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let path = format!("{}{path}", self.prefix);
        let address = path.clone();
        let wanted = method.clone();
        self.routes.push(Route { method, path, key });
        self.mounts.push(Box::new(move |config| {
            let is_page = wanted == Method::GET;
            let methods = guard::fn_guard(move |context| {
                let asked = &context.head().method;
                *asked == wanted || (is_page && *asked == Method::HEAD)
            });
            let open =
                move |request: ServiceRequest, next: Next<BoxBody>| unlock(key, request, next);
            config.service(
                web::resource(address)
                    .guard(methods)
                    .wrap(from_fn(open))
                    .route(web::to(handler)),
            );
        }));
        self
    }

    /// The table, in the order it was written.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Puts every route in place.
    pub fn mount(self, config: &mut ServiceConfig) {
        for mount in self.mounts {
            mount(config);
        }
    }
}

/// Lets the request through, or answers in its stead.
async fn unlock(
    key: Key,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let verdict = key.opens(&request);
    match verdict {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(refusal) => Ok(request.error_response(refusal).map_into_boxed_body()),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse};

    use super::*;

    async fn page() -> HttpResponse {
        HttpResponse::Ok().body("page")
    }

    async fn change() -> HttpResponse {
        HttpResponse::Ok().body("change")
    }

    fn table() -> Doors {
        Doors::at("/office")
            .get("", Key::AnyStaff, page)
            .get("/sign-in", Key::Anyone, page)
            .get("/staff", Permission::ManageStaff, page)
            .post("/staff", Permission::ManageStaff, change)
    }

    #[actix_web::test]
    async fn a_route_opens_to_its_key_alone() {
        let app = init_service(App::new().configure(|config| table().mount(config))).await;
        let status = async |request: TestRequest| {
            let response = call_service(&app, request.to_request()).await;
            response.status().as_u16()
        };
        assert_eq!(status(TestRequest::with_uri("/office/sign-in")).await, 200);
        assert_eq!(status(TestRequest::with_uri("/office")).await, 303);
        assert_eq!(status(TestRequest::with_uri("/office/staff")).await, 303);
        assert_eq!(status(TestRequest::post().uri("/office/staff")).await, 303);
        assert_eq!(
            status(TestRequest::post().uri("/office/sign-in")).await,
            404
        );
        assert_eq!(status(TestRequest::with_uri("/staff")).await, 404);
    }

    #[test]
    fn the_table_can_be_read() {
        let doors = Doors::at("").with(table());
        let lines: Vec<String> = doors
            .routes()
            .iter()
            .map(|route| format!("{} {} {}", route.method, route.path, route.key.as_str()))
            .collect();
        assert_eq!(lines[3], "POST /office/staff manage_staff");
    }
}
