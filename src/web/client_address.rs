//! Where a request comes from. A header that names another address is believed only from the proxies that the operator configured.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;

/// The address of the client, for limits alone: it is never logged.
///
/// Each proxy appends the address it was called from to `X-Forwarded-For`: read from the right, the first that is no proxy of ours is the
/// client; what stands left of it is anybody's claim.
#[must_use]
pub fn client_address(request: &HttpRequest, trusted: &[IpAddr]) -> Option<IpAddr> {
    let peer = canonical(request.peer_addr()?.ip());
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let named: Vec<IpAddr> = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map_while(|text| text.trim().parse().ok())
        .map(canonical)
        .collect();
    let client = named
        .iter()
        .rev()
        .find(|address| !trusted.contains(address));
    Some(client.copied().unwrap_or(peer))
}

/// What a limit counts by: an IPv4 address, or the /64 network that one household or server has of IPv6.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => {
            let [a, b, c, d, ..] = long.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// What a limit counts by over a day: an IPv4 address, or the /48 that one customer of a provider may have of IPv6.
#[must_use]
pub fn wide_network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => {
            let [a, b, c, ..] = long.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// `::ffff:192.0.2.1` is 192.0.2.1.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, header: &str, trusted: &[&str]) -> String {
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let request = TestRequest::get()
            .peer_addr(format!("{peer}:4711").parse().unwrap())
            .insert_header(("x-forwarded-for", header))
            .to_http_request();
        client_address(&request, &trusted).unwrap().to_string()
    }

    #[test]
    fn a_header_counts_only_from_a_configured_proxy() {
        assert_eq!(seen("192.0.2.9", "203.0.113.1", &[]), "192.0.2.9");
        assert_eq!(
            seen("10.0.0.1", "203.0.113.1", &["10.0.0.1"]),
            "203.0.113.1"
        );
    }

    #[test]
    fn what_the_client_claims_itself_is_passed_over() {
        let proxies = ["10.0.0.1", "10.0.0.2"];
        let chain = "1.2.3.4, 203.0.113.1, 10.0.0.2";
        assert_eq!(seen("10.0.0.1", chain, &proxies), "203.0.113.1");
        assert_eq!(seen("10.0.0.1", "10.0.0.2", &proxies), "10.0.0.1");
    }

    #[test]
    fn a_household_of_ipv6_counts_as_one() {
        let one = network("2001:db8:1:2:3:4:5:6".parse().unwrap());
        assert_eq!(
            one,
            network("2001:db8:1:2:ffff::1".parse::<IpAddr>().unwrap())
        );
    }
}
