//! What every answer tells the browser to refuse: foreign scripts, frames, guessing of types, and plain http once the site is secure.

use actix_web::middleware::DefaultHeaders;

/// No inline script or style anywhere. Forms may end at Stripe's page, because Chromium holds redirects to `form-action` too.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self' https://checkout.stripe.com; frame-ancestors 'none'; base-uri 'none'";

/// The headers of every answer; HSTS only where the public address is https.
#[must_use]
pub fn headers(is_https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "same-origin"))
        .add((
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"));
    if is_https {
        headers.add((
            "Strict-Transport-Security",
            "max-age=63072000; includeSubDomains",
        ))
    } else {
        headers
    }
}
