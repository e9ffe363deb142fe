package dev.waymark.api;

import dev.waymark.api.net.Asn;
import java.util.Optional;

/**
 * What leaves the server, and how (SEMANTICS F). Immutable.
 *
 * @param prependLocalAs whether the own AS number is prepended towards external peers, against RFC 7947 2.2.2 (ARS-50)
 * @param nextHopSelf whether the instance's address replaces the next hop towards external peers (ARS-56)
 * @param honourNoExport whether NO_EXPORT keeps a route from external peers (RFC 1997); Azure passes it on (ARS-51)
 * @param branchToBranch whether NVAs and gateways exchange routes (ARS-52)
 * @param onPremisesAsn the AS number that on-premises networks see in place of private ones behind an ExpressRoute gateway; it
 *     shapes {@link RouteView#ON_PREMISES} alone (ARS-54); empty: they see the path as it is
 */
public record ExportSettings(
        boolean prependLocalAs,
        boolean nextHopSelf,
        boolean honourNoExport,
        boolean branchToBranch,
        Optional<Asn> onPremisesAsn) {

    /** Returns Azure's: attributes intact, NO_EXPORT passed on, branch-to-branch off, 12076 towards on-premises. */
    public static ExportSettings azure() {
        return new ExportSettings(false, false, false, false, Optional.of(Asn.of(12076)));
    }

    /** Returns a transparent route server's (RFC 7947) that honours NO_EXPORT. */
    public static ExportSettings standard() {
        return new ExportSettings(false, false, true, false, Optional.empty());
    }

    /** Returns these settings with another {@code prependLocalAs}. */
    public ExportSettings withPrependLocalAs(boolean value) {
        return new ExportSettings(value, nextHopSelf, honourNoExport, branchToBranch, onPremisesAsn);
    }

    /** Returns these settings with another {@code nextHopSelf}. */
    public ExportSettings withNextHopSelf(boolean value) {
        return new ExportSettings(prependLocalAs, value, honourNoExport, branchToBranch, onPremisesAsn);
    }

    /** Returns these settings with another {@code honourNoExport}. */
    public ExportSettings withHonourNoExport(boolean value) {
        return new ExportSettings(prependLocalAs, nextHopSelf, value, branchToBranch, onPremisesAsn);
    }

    /** Returns these settings with another {@code branchToBranch}. */
    public ExportSettings withBranchToBranch(boolean value) {
        return new ExportSettings(prependLocalAs, nextHopSelf, honourNoExport, value, onPremisesAsn);
    }

    /** Returns these settings with another {@code onPremisesAsn}. */
    public ExportSettings withOnPremisesAsn(Optional<Asn> value) {
        return new ExportSettings(prependLocalAs, nextHopSelf, honourNoExport, branchToBranch, value);
    }
}
