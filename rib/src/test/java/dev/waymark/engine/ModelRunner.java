package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.ResetKind;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.engine.model.Attrs;
import dev.waymark.engine.model.HistoryMaker.History;
import dev.waymark.engine.model.Model;
import dev.waymark.engine.model.PeerSpec;
import dev.waymark.engine.model.Setup;
import dev.waymark.engine.model.Step;
import dev.waymark.engine.model.WireTable;
import dev.waymark.engine.model.WireWriter;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lives a history with the server and with {@link Model}, and compares: what peers hold by the octets that they were sent, what
 * sinks hold, which sessions are up, what the accounts say, which limits were passed.
 */
final class ModelRunner {
    private final Setup setup;
    private final Model model;
    private final CoreHarness net;
    private final Map<Integer, Speaker> speakers = new TreeMap<>();
    private final Map<Integer, WireTable> tables = new TreeMap<>();
    private final IdentityHashMap<Speaker, WireTable> hearing = new IdentityHashMap<>();
    private final ModelSightings seen;

    private ModelRunner(History history, ModelSightings seen) {
        this.seen = seen;
        setup = history.setup();
        model = new Model(setup);
        net = new CoreHarness(ModelConfigs.server(setup));
        net.units = history.turnUnits();
        net.observer = this::stepped;
    }

    /** Lives a history; throws an {@link AssertionError} where server and model differ. */
    static void run(History history) {
        run(history, new ModelSightings());
    }

    /** Lives a history, and notes what happened in it. */
    static void run(History history, ModelSightings seen) {
        ModelRunner runner = new ModelRunner(history, seen);
        for (int i = 0; i < history.steps().size(); i++) {
            Step step = history.steps().get(i);
            try {
                runner.take(step);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("at step " + i + ", " + step + ": " + failed.getMessage(), failed);
            }
        }
        runner.model.limitEvents().forEach(seen::limitEvent);
    }

    private void stepped(long nowNanos, Input input, Outbox outputs) {
        for (Output output : outputs.outputs()) {
            if (output instanceof Output.Send send) {
                ByteBuf sent = send.octets();
                byte[] octets = new byte[sent.readableBytes()];
                sent.getBytes(sent.readerIndex(), octets);
                hear(send.connection(), octets);
            } else if (output instanceof Output.Close close) {
                hear(close.connection(), close.last());
            }
        }
    }

    private void hear(long connection, byte[] octets) {
        WireTable table = hearing.get(net.connected.get(connection));
        if (table != null) {
            table.hear(octets);
        }
    }

    private void take(Step step) {
        if (step instanceof Step.Rest) {
            net.settle();
            compare();
        } else if (step instanceof Step.Say || step instanceof Step.Repeat) {
            says(step).forEach(this::say);
        } else if (step instanceof Step.Connect connect) {
            connect(connect.peer());
        } else {
            act(step);
            model.apply(step);
        }
    }

    private List<Step.Say> says(Step step) {
        return step instanceof Step.Repeat repeat && model.isUp(repeat.peer())
                ? repeat.all(model)
                : step instanceof Step.Say say ? List.of(say) : List.of();
    }

    private void say(Step.Say say) {
        boolean wasUp = isUp(say.peer(), say.family());
        if (wasUp) {
            net.say(speaker(say.peer()), WireWriter.update(say, setup.isFourOctet(say.peer())));
        }
        model.apply(say);
        if (wasUp && !model.isUp(say.peer())) { // ARS-24, RFC 4486 §4: family and limit
            int limit = model.limit(say.peer()).orElseThrow().routes();
            String family = say.family() == AddressFamily.IPV4_UNICAST ? "000101" : "000201";
            String cease = "0601" + family + String.format("%08x", limit);
            assertEquals(List.of(cease), table(say.peer()).notifications(), "what a torn-down peer is told");
        }
    }

    private void connect(int number) {
        if (!model.has(number) || model.isUp(number)) {
            return;
        }
        if (model.comesUp(number).isEmpty()) { // when a rest after an error ends is not said: a host ends it
            model.apply(new Step.Enable(number, true));
            net.call(new Command.EnablePeer("p" + number, true));
        }
        model.comesUp(number).filter(comes -> !comes).ifPresent(refused -> seen.count("connections refused"));
        PeerSpec spec = model.spec(number);
        Setup.Voice voice = setup.voice(number);
        Speaker speaker = new Speaker(
                spec.name(), (int) spec.asn(), spec.address().toString(), voice.isFourOctet(), voice.families());
        speaker.isInternal = spec.asn() == Setup.OWN_AS;
        speaker.isEnhanced = voice.isEnhanced();
        speaker.routerId = RouterId.ofBits((int) voice.identifier());
        speaker.ignoresUpdates = true;
        speakers.put(number, speaker);
        WireTable table = new WireTable(spec.name(), setup.isFourOctet(number));
        tables.put(number, table);
        model.apply(new Step.Connect(number));
        net.settle();
        hearing.put(speaker, table);
        net.accept(speaker);
        net.settle();
    }

    private void act(Step step) {
        if (step instanceof Step.Add add) {
            if (!model.has(add.peer().number())) {
                net.call(new Command.AddPeer(ModelConfigs.peer(add.peer(), true)));
            }
        } else if (step instanceof Step.Remove remove) {
            if (model.has(remove.peer())) {
                net.call(new Command.RemovePeer("p" + remove.peer()));
            }
        } else if (step instanceof Step.Update update) {
            int number = update.peer().number();
            if (model.has(number)) {
                repeats(number);
                net.call(new Command.UpdatePeer(ModelConfigs.peer(update.peer(), model.isEnabled(number))));
            }
        } else if (step instanceof Step.Enable enable) {
            if (model.has(enable.peer())) {
                net.call(new Command.EnablePeer("p" + enable.peer(), enable.on()));
            }
        } else if (step instanceof Step.Pass pass) {
            pass(pass.millis(), null);
        } else if (step instanceof Step.Sink sink) {
            toggle(sink.sink());
        } else {
            actOnServer(step);
        }
    }

    private void actOnServer(Step step) {
        if (step instanceof Step.AddNetwork add) {
            if (!model.hasNetwork(add.prefix())) {
                net.call(new Command.AddNetwork(new NetworkSpace(add.prefix(), add.nextHop())));
            }
        } else if (step instanceof Step.RemoveNetwork remove) {
            net.call(new Command.RemoveNetwork(remove.prefix()));
        } else if (step instanceof Step.Prefer prefer) {
            net.call(new Command.SetPreference(prefer.preference()));
        } else if (step instanceof Step.Branches branches) {
            net.call(new Command.SetBranchToBranch(branches.on()));
        } else if (step instanceof Step.Policy policy) {
            net.call(new Command.SetPolicy(policy.isImport(), policy.map().map(ModelConfigs::map)));
        } else {
            actOnSession(step);
        }
    }

    private void actOnSession(Step step) {
        if (step instanceof Step.Cut cut && model.isUp(cut.peer())) {
            cut(cut);
        } else if (step instanceof Step.EndOfRib end && isUp(end.peer(), end.family())) {
            net.say(speaker(end.peer()), Speaker.endOfRib(end.family()));
        } else if (step instanceof Step.Ask ask && isUp(ask.peer(), ask.family())) {
            repeats(ask.peer());
            net.say(speaker(ask.peer()), Speaker.refresh(ask.family()));
        } else if (step instanceof Step.Mark mark && isUp(mark.peer(), mark.family())) {
            boolean isMarked = !setup.isAzure() && setup.voice(mark.peer()).isEnhanced();
            int subtype = mark.begins() ? RouteRefreshMessage.BEGIN : RouteRefreshMessage.END;
            if (isMarked) {
                net.say(speaker(mark.peer()), Speaker.refresh(mark.family(), subtype));
            }
        } else if (step instanceof Step.Soft soft && model.isUp(soft.peer())) {
            repeats(soft.peer());
            int before = table(soft.peer()).refreshRequests();
            net.call(new Command.ResetPeer(
                    "p" + soft.peer(), soft.in() ? ResetKind.SOFT_IN : ResetKind.SOFT_OUT, "a soft reset"));
            int wanted = soft.in() ? model.families(soft.peer()).size() : 0;
            assertEquals(before + wanted, table(soft.peer()).refreshRequests(), "requests for a refresh");
        }
    }

    private void cut(Step.Cut cut) {
        Speaker speaker = speaker(cut.peer());
        String name = "p" + cut.peer();
        switch (cut.how()) {
            case CONNECTION_LOST -> net.kill(speaker);
            case NOTIFICATION ->
                net.say(
                        speaker,
                        Speaker.notification(NotificationMessage.of(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN)));
            case HARD_RESET -> net.call(new Command.ResetPeer(name, ResetKind.HARD, "a hard reset"));
            case PEER_DOWN -> net.call(new Command.PeerDown(name, "BFD says so"));
            case BAD_PREFIX_LENGTH -> net.say(speaker, WireWriter.badPrefixLength());
            case SILENCE -> pass(Model.HOLD_MILLIS, speaker);
        }
        String told = table(cut.peer()).notifications().stream().findFirst().orElse("");
        String wanted = switch (cut.how()) {
            case CONNECTION_LOST, NOTIFICATION -> "";
            case HARD_RESET -> "0604";
            case PEER_DOWN -> "060a";
            case BAD_PREFIX_LENGTH -> "030a";
            case SILENCE -> "0400";
        };
        assertTrue(wanted.isEmpty() ? told.isEmpty() : told.startsWith(wanted), () -> "NOTIFICATION " + told);
    }

    private void toggle(int sink) {
        if (model.sinks().contains(sink)) {
            net.call(new Command.DetachSink(sink));
            net.sinks.remove(sink);
        } else {
            net.call(new Command.AttachSink(sink, "sink" + sink));
        }
    }

    /** Lets time pass while everybody keeps alive, but one who may be silent. */
    private void pass(long millis, @Nullable Speaker silent) {
        for (long left = millis; left > 0; left -= 40_000) {
            net.advance(Duration.ofMillis(Math.min(left, 40_000)));
            for (Speaker speaker : speakers.values()) {
                if (speaker.isConnected && !speaker.equals(silent)) {
                    net.say(speaker, Speaker.keepalive());
                }
            }
        }
    }

    private boolean isUp(int peer, AddressFamily family) {
        return model.families(peer).contains(family);
    }

    private Speaker speaker(int peer) {
        return Objects.requireNonNull(speakers.get(peer));
    }

    private WireTable table(int peer) {
        return Objects.requireNonNull(tables.get(peer));
    }

    private void repeats(int peer) {
        Optional.ofNullable(tables.get(peer)).ifPresent(WireTable::mayRepeat);
    }

    private void compare() {
        seen.count("comparisons");
        Map<String, PeerSnapshot> snapshots = snapshots();
        for (int number = 1; number <= setup.voices().size(); number++) {
            String name = "p" + number;
            PeerSnapshot snapshot = snapshots.get(name);
            assertEquals(model.has(number), snapshot != null, name + " is configured");
            if (snapshot != null) {
                compare(number, snapshot);
            }
        }
        Map<IpPrefix, List<IpAddress>> programmed = model.programmed();
        seen.programmed(programmed.values());
        for (int sink : model.sinks()) {
            assertSame(programmed, net.sinks.getOrDefault(sink, Map.of()), "what sink " + sink + " holds");
        }
        assertEquals(model.limitEvents(), limitEvents(), "what is told of limits (ARS-23, ARS-24)");
    }

    private void compare(int number, PeerSnapshot snapshot) {
        String name = snapshot.config().name();
        boolean isUp = snapshot.state() == SessionState.ESTABLISHED;
        assertEquals(model.isUp(number), isUp, name + " is up, not " + snapshot.state());
        Speaker speaker = speakers.get(number);
        assertEquals(isUp, speaker != null && speaker.isConnected, name + " is connected");
        Map<IpPrefix, Attrs> sent = isUp ? model.sentTo(number) : Map.of();
        assertEquals(model.counts(number, sent), snapshot.routes(), "account of " + name + " (ARS-71)");
        snapshot.routes().values().forEach(seen::counts);
        if (isUp) {
            assertSame(sent, table(number).routes(), "what " + name + " holds");
            seen.sent(sent.values());
            for (AddressFamily family : snapshot.families()) {
                assertEquals(1, table(number).endOfRibs(family), "End-of-RIB of " + family + " to " + name);
            }
        }
    }

    private Map<String, PeerSnapshot> snapshots() {
        Object peers = net.call(new Command.Peers());
        return ((List<?>) peers)
                .stream()
                        .map(PeerSnapshot.class::cast)
                        .collect(Collectors.toMap(each -> each.config().name(), Function.identity()));
    }

    private List<String> limitEvents() {
        List<String> told = new ArrayList<>();
        for (ServerEvent each : net.events) {
            if (each instanceof ServerEvent.RouteLimitExceeded event) {
                String text = Model.passed(
                        event.snapshot(), event.incoming(), event.limit(), event.firstOver(), event.action());
                told.add(event.peer().name() + " " + event.family() + ": " + text);
            } else if (each instanceof ServerEvent.RouteLimitWarning event) {
                String text = Model.warned(event.counted(), event.limit());
                told.add(event.peer().name() + " " + event.family() + ": " + text);
            }
        }
        return told;
    }

    private static void assertSame(Map<?, ?> wanted, Map<?, ?> found, String what) {
        if (!wanted.equals(found)) {
            assertEquals(lines(wanted), lines(found), what);
        }
    }

    /** One line for each prefix, so that a difference can be read. */
    private static String lines(Map<?, ?> table) {
        return table.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n  ", "\n  ", "\n"));
    }
}
