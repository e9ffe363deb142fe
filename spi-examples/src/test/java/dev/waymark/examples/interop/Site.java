package dev.waymark.examples.interop;

import dev.waymark.api.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a daemon lives, and what it needs to know of the route server.
 *
 * @param number the last number of its loopback address and of its next hop, which is outside of 127/8
 * @param asn its AS number
 * @param folder its files
 * @param listens whether the route server opens the connection, not the daemon
 * @param enforcesFirstAs whether it insists that the neighbour's AS comes first in a path, where it can be told
 * @param behind the router behind it
 * @param offer what it offers the route server; empty: its own defaults, and IPv4
 */
record Site(
        int number,
        long asn,
        Path folder,
        boolean listens,
        boolean enforcesFirstAs,
        Optional<Behind> behind,
        Optional<Offer> offer) {
    /** The route server's last number. */
    static final int SERVER = 1;

    /** Everybody's port; each has an address of its own. */
    static final int PORT = 1790;

    /** The route server's AS number, in both profiles. */
    static final long SERVER_ASN = 65515;

    /** A router that a daemon has besides the route server; it opens the connection. */
    record Behind(int number, long asn) {
        String address() {
            return Loopback.address(number).toString();
        }
    }

    static Site of(int number, long asn, Path folder) {
        return new Site(number, asn, folder, false, false, Optional.empty(), Optional.empty());
    }

    Site withListens(boolean value) {
        return new Site(number, asn, folder, value, enforcesFirstAs, behind, offer);
    }

    Site withEnforcesFirstAs(boolean value) {
        return new Site(number, asn, folder, listens, value, behind, offer);
    }

    Site withBehind(Behind value) {
        return new Site(number, asn, folder, listens, enforcesFirstAs, Optional.of(value), offer);
    }

    Site withOffer(Offer value) {
        return new Site(number, asn, folder, listens, enforcesFirstAs, behind, Optional.of(value));
    }

    /** Returns whether it offers the family. */
    boolean offers(Feature family) {
        return offer.map(what -> what.has(family)).orElse(family == Feature.IPV4);
    }

    IpAddress ip() {
        return Loopback.address(number);
    }

    String address() {
        return ip().toString();
    }

    String server() {
        return Loopback.address(SERVER).toString();
    }

    /** Returns the next hop of a route that it sends. */
    String nextHop(SentRoute route) {
        return route.hasIpv6NextHop() ? "2001:db8::" + number : nextHop();
    }

    /** Returns the next hop of all IPv4 routes that it sends, where the route itself says nothing else. */
    String nextHop() {
        return "198.51.100." + number;
    }

    /** Writes one of its files and returns where it is. */
    String write(String name, String text) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }
}
