package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which instances a request is about. Stateless. */
final class InstanceChoice {
    private InstanceChoice() {}

    /** Returns the instance that a request names, or the only one. */
    static String one(Served served, ControlRequest request) {
        List<InstanceConfig> all = served.instances();
        Optional<String> name = request.value("instance", text -> text);
        if (name.isEmpty() && all.size() > 1) {
            throw new ControlRefusal(request.verb() + " wants an instance: " + names(all));
        }
        return name.map(given -> known(all, given)).orElseGet(() -> all.get(0).name());
    }

    /** Returns the instance that a request names; empty for all. */
    static Optional<String> optional(Served served, ControlRequest request) {
        return request.value("instance", text -> text).map(given -> known(served.instances(), given));
    }

    /** Returns the instances that a request is about and that run; a note tells of those that don't. */
    static List<String> running(Served served, Optional<String> chosen, ControlReply reply) throws IOException {
        if (chosen.isPresent()) {
            if (!isRunning(served.instance(chosen.get()))) {
                throw new ControlRefusal(chosen.get() + " is stopped");
            }
            return List.of(chosen.get());
        }
        List<String> running = new ArrayList<>();
        for (InstanceConfig instance : served.instances()) {
            if (isRunning(served.instance(instance.name()))) {
                running.add(instance.name());
            } else {
                reply.line(JsonLine.of("note").put("message", instance.name() + " is stopped"));
            }
        }
        return running;
    }

    /** Returns whether an instance answers. */
    static boolean isRunning(RouteServer server) {
        try {
            server.networks();
            return true;
        } catch (IllegalStateException stopped) {
            return false;
        }
    }

    private static String known(List<InstanceConfig> all, String name) {
        if (all.stream().noneMatch(instance -> instance.name().equals(name))) {
            throw new ControlRefusal("there is no instance '" + Values.printable(name) + "'; there are " + names(all));
        }
        return name;
    }

    private static String names(List<InstanceConfig> all) {
        return all.stream().map(InstanceConfig::name).collect(Collectors.joining(", "));
    }
}
