package dev.waymark.examples.app;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.examples.nva.NvaConfig;
import dev.waymark.examples.nva.NvaSpeaker;
import dev.waymark.spi.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** One appliance of the demo: a session with every instance, all told the same (ARS-2). Used by one thread. */
final class DemoNva {
    private final String name;
    private final IpAddress address;
    private final IpAddress nextHop;
    private final Asn asn;
    private final List<NvaSpeaker> speakers = new ArrayList<>();

    /**
     * Creates an appliance that is not connected.
     *
     * @param address where its sessions come from
     * @param nextHop where it wants its traffic
     */
    DemoNva(String name, IpAddress address, IpAddress nextHop, Asn asn) {
        this.name = name;
        this.address = address;
        this.nextHop = nextHop;
        this.asn = asn;
    }

    String name() {
        return name;
    }

    IpAddress address() {
        return address;
    }

    IpAddress nextHop() {
        return nextHop;
    }

    Asn asn() {
        return asn;
    }

    void connect(List<DemoInstance> instances, Transport transport) {
        for (DemoInstance instance : instances) {
            NvaConfig config = NvaConfig.of(
                    name,
                    address,
                    asn,
                    instance.address(),
                    instance.server().config().localAsn());
            speakers.add(NvaSpeaker.connect(config, transport));
        }
    }

    boolean isEstablished() {
        return all(speaker -> speaker.state() == SessionState.ESTABLISHED);
    }

    /** Returns whether something is true of every session. */
    boolean all(Predicate<NvaSpeaker> condition) {
        return speakers.stream().allMatch(condition);
    }

    List<NvaSpeaker> speakers() {
        return speakers;
    }

    /** Returns attributes of a route that begins here. */
    PathAttributes attributes() {
        return WireAttributes.of(Origin.IGP, AsPath.ofSequence(asn), nextHop);
    }

    void announce(PathAttributes attributes, Collection<IpPrefix> prefixes) {
        speakers.forEach(speaker -> speaker.announce(attributes, prefixes));
    }

    void announce(IpPrefix... prefixes) {
        announce(attributes(), List.of(prefixes));
    }

    void withdraw(IpPrefix... prefixes) {
        speakers.forEach(speaker -> speaker.withdraw(List.of(prefixes)));
    }

    void endOfRib() {
        speakers.forEach(speaker -> speaker.endOfRib(AddressFamily.IPV4_UNICAST));
    }

    void kill() {
        speakers.forEach(NvaSpeaker::kill);
    }
}
