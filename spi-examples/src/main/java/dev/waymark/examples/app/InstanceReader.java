package dev.waymark.examples.app;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.InstanceConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the two instances of a pair. Confined to the reader. */
final class InstanceReader {
    private static final List<String> NOT_SHARED = List.of("routerId", "listen", "localAddress");

    private final Problems problems;
    private final List<InstanceConfig> instances = new ArrayList<>();
    private int count;

    InstanceReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns two instances, or none if the file has none or they are wrong. */
    List<InstanceConfig> read(Section top) {
        Node where = top.take("instances");
        if (where == null) {
            return List.of();
        }
        top.eachNode("instances", this::instance);
        if (count != 2) {
            problems.add(where, "instances: a pair has two, not " + count + "; without instances the server is one");
        }
        for (String key : NOT_SHARED) {
            Node shared = top.take(key);
            if (shared != null) {
                problems.add(shared, key + " is given to each of the instances, not to the whole");
            }
        }
        return instances.size() == 2 ? instances : List.of();
    }

    private void instance(Node node) {
        count++;
        String name = PeerReader.name(node);
        String path = "instance." + name;
        Section section = new Section(path, node, problems);
        problems.placeElement(path, node);
        Optional<String> given = section.required("name", text -> text);
        Optional<String> zone = section.value("zone", text -> text);
        Optional<RouterId> routerId = section.value("routerId", RouterId::parse);
        Optional<List<IpAddress>> addresses = section.list("address", IpAddress::parse);
        Optional<List<InetSocketAddress>> listen = section.list("listen", Values::addressAndPort);
        section.end();
        problems.alias(path + ".addresses", path + ".address");
        if (given.isEmpty()) {
            return;
        }
        if (addresses.isEmpty()) {
            problems.add(node, path + ".address is missing");
            return;
        }
        try {
            instances.add(new InstanceConfig(name, zone, addresses.get(), routerId, listen.orElse(List.of())));
        } catch (ConfigurationException e) {
            problems.addAtParameter(
                    e.parameter().equals("instance.name") ? path + ".name" : e.parameter(),
                    String.valueOf(e.getMessage()));
        }
    }
}
