package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.CapabilityCode;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a peer's OPEN against our parameters (RFC 4271 §6.2, ERROR-HANDLING 3). Pure: the same two always give the same
 * verdict. What can be told from the octets alone (a cut parameter, an unknown optional parameter) the codec has refused
 * before. The checks, in order; the first that fails decides:
 *
 * <ol>
 *   <li>version (2/1)
 *   <li>a capability that we use has an impossible length (2/0)
 *   <li>AS number (2/2)
 *   <li>BGP identifier (2/3)
 *   <li>hold time (2/6)
 *   <li>role, where we have one (2/11)
 *   <li>capabilities that we require, and one family in common (2/7)
 * </ol>
 */
public final class Negotiation {

    private Negotiation() {}

    /**
     * Judges an OPEN.
     *
     * @param local our side
     * @param open the peer's OPEN
     * @return what was negotiated, or why the peer is refused
     */
    public static OpenVerdict judge(SessionParameters local, OpenMessage open) {
        OpenError error = checkVersion(open);
        error = error != null ? error : checkCapabilityLengths(local, open);
        error = error != null ? error : checkAsn(local, open);
        error = error != null ? error : checkIdentifier(local, open);
        error = error != null ? error : checkHoldTime(local.times(), open);
        error = error != null ? error : checkRole(local.extensions(), open);
        error = error != null ? error : checkRequired(local, open);
        return error != null ? error : negotiate(local, open);
    }

    private static OpenVerdict negotiate(SessionParameters local, OpenMessage open) {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        for (AddressFamily family : local.families()) {
            if (open.offers(family)) {
                families.add(family);
            }
        }
        if (families.isEmpty()) {
            return noCommonFamily(local);
        }
        SessionTimes times = local.times();
        int hold = Math.min(times.holdTimeSeconds(), open.holdTimeSeconds());
        return new Negotiated(
                open,
                local.peerAsn(),
                open.routerId(),
                local.isExternal(),
                hold,
                Math.min(times.keepaliveAtMostSeconds(), hold / 3),
                SendHold.seconds(hold, times.sendHoldAtLeastSeconds()),
                families,
                local.fourOctetAsn() && open.has(Capability.Kind.FOUR_OCTET_AS),
                local.fourOctetAsn(),
                open.has(Capability.Kind.ROUTE_REFRESH),
                local.routeRefresh(),
                local.enhancedRouteRefresh() && open.has(Capability.Kind.ENHANCED_ROUTE_REFRESH),
                NegotiatedExtensions.of(local.extensions(), open, families),
                RestartTerms.of(local.extensions(), open, families));
    }

    private static @Nullable OpenError checkVersion(OpenMessage open) {
        if (open.version() == OpenMessage.VERSION) {
            return null;
        }
        return error(
                NotificationSubcode.UNSUPPORTED_VERSION_NUMBER,
                Octets.ofShort(OpenMessage.VERSION),
                "RFC 4271 §6.2: the peer speaks BGP version " + open.version() + ", we speak 4");
    }

    private static @Nullable OpenError checkCapabilityLengths(SessionParameters local, OpenMessage open) {
        EnumSet<CapabilityCode> used = EnumSet.of(CapabilityCode.MULTIPROTOCOL, CapabilityCode.ROUTE_REFRESH);
        if (local.fourOctetAsn()) {
            used.add(CapabilityCode.FOUR_OCTET_AS);
        }
        if (local.enhancedRouteRefresh()) {
            used.add(CapabilityCode.ENHANCED_ROUTE_REFRESH);
        }
        SessionExtensions extensions = local.extensions();
        if (extensions.extendedMessages()) {
            used.add(CapabilityCode.EXTENDED_MESSAGE);
        }
        if (extensions.extendedNextHop()) {
            used.add(CapabilityCode.EXTENDED_NEXT_HOP);
        }
        if (!extensions.addPathReceive().isEmpty() || !extensions.addPathSend().isEmpty()) {
            used.add(CapabilityCode.ADD_PATH);
        }
        if (extensions.role().isPresent()) {
            used.add(CapabilityCode.ROLE);
        }
        extensions.restart().ifPresent(ours -> {
            used.add(CapabilityCode.GRACEFUL_RESTART);
            if (ours.longLived()) {
                used.add(CapabilityCode.LONG_LIVED_GRACEFUL_RESTART);
            }
        });
        Optional<Capability> malformed = open.firstMalformed(used);
        if (malformed.isEmpty()) {
            return null;
        }
        CapabilityCode code = CapabilityCode.fromCode(malformed.get().code());
        return error(
                NotificationSubcode.OPEN_UNSPECIFIC,
                Octets.empty(),
                code.rfc() + ": the value of capability " + code.code() + " (" + code + ") can't have "
                        + malformed.get().value().size() + " octets");
    }

    /**
     * The number that counts is the capability's where both advertise it, else the two-octet field (RFC 6793 §4.1). A
     * peer that says zero anywhere, or contradicts itself, is refused.
     */
    private static @Nullable OpenError checkAsn(SessionParameters local, OpenMessage open) {
        if (open.myAs() == 0) {
            return badAsn("RFC 7607 §2: the peer says that its AS is 0");
        }
        boolean countsCapability = false;
        for (Capability capability : open.capabilities()) {
            if (capability instanceof Capability.FourOctetAs fourOctetAs) {
                if (fourOctetAs.asn().bits() == 0) {
                    return badAsn("RFC 7607 §2: the peer says in capability 65 that its AS is 0");
                }
                countsCapability = local.fourOctetAsn();
                if (countsCapability && !fourOctetAs.asn().equals(local.peerAsn())) {
                    return wrongAsn(local, fourOctetAs.asn());
                }
            }
        }
        Asn field = Asn.ofBits(open.myAs());
        if (countsCapability) {
            return null;
        }
        if (field.equals(Asn.AS_TRANS)) {
            return badAsn(
                    local.fourOctetAsn()
                            ? "RFC 6793 §4.2.1: the peer says AS 23456 (AS_TRANS) without capability 65"
                            : "ARS-13: the peer's AS number needs four octets (it says 23456, AS_TRANS); "
                                    + "this server speaks two-octet AS numbers only");
        }
        return field.equals(local.peerAsn()) ? null : wrongAsn(local, field);
    }

    private static OpenError wrongAsn(SessionParameters local, Asn found) {
        String rule = found.equals(local.localAsn())
                ? "ARS-11: the peer says our own AS "
                : "RFC 4271 §6.2: the peer says AS ";
        return badAsn(rule + found + ", configured is " + local.peerAsn());
    }

    private static OpenError badAsn(String text) {
        return error(NotificationSubcode.BAD_PEER_AS, Octets.empty(), text);
    }

    private static @Nullable OpenError checkIdentifier(SessionParameters local, OpenMessage open) {
        if (open.routerId().bits() == 0) {
            return badIdentifier("RFC 6286 §2.2: the peer's BGP identifier is 0");
        }
        if (!local.isExternal() && open.routerId().equals(local.localId())) {
            return badIdentifier("RFC 6286 §2.2: the internal peer has our BGP identifier " + local.localId());
        }
        return null;
    }

    private static OpenError badIdentifier(String text) {
        return error(NotificationSubcode.BAD_BGP_IDENTIFIER, Octets.empty(), text);
    }

    private static @Nullable OpenError checkHoldTime(SessionTimes times, OpenMessage open) {
        int seconds = open.holdTimeSeconds();
        @Nullable String text;
        if (seconds == 0) {
            text = times.zeroHoldTimeAllowed() ? null : "ARS-14: a hold time of 0 is not allowed here";
        } else if (seconds < SessionTimes.MIN_HOLD_TIME_SECONDS) {
            text = "RFC 4271 §4.2: the peer's hold time is " + seconds + " s, it must be 0 or at least 3 s";
        } else if (seconds < times.minimumHoldTimeSeconds()) {
            text = "RFC 4271 §6.2: the peer's hold time is " + seconds + " s, at least "
                    + times.minimumHoldTimeSeconds() + " s is configured";
        } else {
            text = null;
        }
        return text == null ? null : error(NotificationSubcode.UNACCEPTABLE_HOLD_TIME, Octets.ofShort(seconds), text);
    }

    /** RFC 9234 §4.2: roles have to match; several with one value are one, with several values they never match. */
    private static @Nullable OpenError checkRole(SessionExtensions local, OpenMessage open) {
        if (local.role().isEmpty()) {
            return null;
        }
        BgpRole ours = local.role().get();
        List<Capability.Role> roles = open.capabilities().stream()
                .filter(capability -> capability.kind() == Capability.Kind.ROLE)
                .map(Capability.Role.class::cast)
                .distinct()
                .toList();
        if (roles.isEmpty()) {
            return local.isRoleRequired() ? badRole("the peer says no role, one is required") : null;
        }
        if (roles.size() > 1) {
            return badRole("the peer says several roles");
        }
        boolean isMatch = roles.get(0).role() == ours.counterpart().code();
        String theirs = roles.get(0)
                .named()
                .map(BgpRole::toString)
                .orElse("" + roles.get(0).role());
        return isMatch ? null : badRole("the peer says role " + theirs + ", ours is " + ours);
    }

    private static OpenError badRole(String text) {
        return error(NotificationSubcode.ROLE_MISMATCH, Octets.empty(), "RFC 9234 §4.2: " + text);
    }

    private static @Nullable OpenError checkRequired(SessionParameters local, OpenMessage open) {
        List<Capability> missing = local.requiredCapabilities().stream()
                .filter(required -> !open.capabilities().contains(required))
                .toList();
        if (missing.isEmpty()) {
            return null;
        }
        String codes = missing.stream()
                .map(capability -> Integer.toString(capability.code()))
                .reduce((left, right) -> left + ", " + right)
                .orElseThrow();
        return error(
                NotificationSubcode.UNSUPPORTED_CAPABILITY,
                encode(missing),
                "RFC 5492 §5: the peer lacks what is required, capability " + codes);
    }

    private static OpenError noCommonFamily(SessionParameters local) {
        List<Capability> ours = local.localOpen().capabilities().stream()
                .filter(capability -> capability.kind() == Capability.Kind.MULTIPROTOCOL)
                .toList();
        return error(
                NotificationSubcode.UNSUPPORTED_CAPABILITY,
                encode(ours),
                "RFC 4760 §8: the peer offers no address family that we offer");
    }

    /** Encodes capabilities as an OPEN does: code, length, value (RFC 5492 §5). */
    private static Octets encode(List<Capability> capabilities) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Capability capability : capabilities) {
            data.write(capability.code());
            data.write(capability.value().size());
            data.writeBytes(capability.value().toByteArray());
        }
        return Octets.copyOf(data.toByteArray());
    }

    private static OpenError error(NotificationSubcode reason, Octets data, String text) {
        return new OpenError(NotificationMessage.of(reason, data), text);
    }
}
