package dev.waymark.examples.decode;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.bgp.session.ActionKind;
import dev.waymark.bgp.session.EventKind;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.Negotiation;
import dev.waymark.bgp.session.OpenError;
import dev.waymark.bgp.session.OpenVerdict;
import dev.waymark.bgp.session.RoleRules;
import dev.waymark.bgp.session.SessionAction;
import dev.waymark.bgp.session.SessionEvent;
import dev.waymark.bgp.session.SessionMachine;
import dev.waymark.bgp.session.SessionParameters;
import dev.waymark.bgp.session.Transition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session that takes one message at a time, each in the same state: framing, decoding, negotiation and state machine are
 * the server's. Nothing is remembered from message to message. Confined to one thread.
 */
final class JudgedSession {
    private static final Pattern RULE =
            Pattern.compile("(RFC \\d+(?: §[0-9.()a-z]+)?|ARS-\\d+[a-z]?): (.*)", Pattern.DOTALL);
    private static final int OTC = 35;

    private final DecodeContext context;
    private final SessionParameters parameters;
    private final SessionMachine machine;
    private final Negotiated negotiated;
    private final CodecOptions options;
    private final AttributeTable table;
    private final UpdateDecoder decoder;
    private final DecodedUpdate decoded = new DecodedUpdate();

    /** @throws IllegalArgumentException when the context contradicts itself */
    JudgedSession(DecodeContext context) {
        this.context = context;
        parameters = ContextSession.parameters(context);
        machine = new SessionMachine(parameters);
        negotiated = ContextSession.negotiated(context, parameters);
        options = ContextSession.options(context, negotiated);
        table = new AttributeTable(context.localAs().bits(), 1);
        decoder = new UpdateDecoder(table);
    }

    /** @throws IllegalArgumentException when the message isn't there as a whole */
    Judgement judge(byte[] octets, int length) {
        table.sweep();
        Judgement judgement = new Judgement(length < 19 ? "unknown" : typeOf(octets));
        DecodeProblem problem = new DecodeProblem();
        int framed = Framer.frame(octets, 0, length, options, problem);
        if (framed == Framer.INCOMPLETE) {
            throw new IllegalArgumentException("the message is incomplete: " + length + " octets"
                    + (length < 19
                            ? ", a header has 19"
                            : " of the " + ContextSession.claimed(octets) + " that its header says"));
        }
        if (framed == Framer.BROKEN) {
            fail(EventKind.BGP_HEADER_ERR, problem, judgement);
        } else {
            judgement.trailingOctets = length - framed;
            handle(octets, framed, judgement);
        }
        return judgement;
    }

    private void handle(byte[] octets, int length, Judgement judgement) {
        switch (Framer.type(octets, 0)) {
            case OPEN -> open(octets, length, judgement);
            case UPDATE -> update(octets, length, judgement);
            case NOTIFICATION -> {
                judgement.notification =
                        MessageDecoder.notification(octets, 0, length).message();
                step(new SessionEvent.NotificationReceived(judgement.notification), judgement);
                judgement.rfc = judgement.outcome == Outcome.CLOSE ? "RFC 4271 §6.4" : "";
            }
            case KEEPALIVE -> step(SessionEvent.KEEPALIVE, judgement);
            case ROUTE_REFRESH -> refresh(octets, length, judgement);
            case UNKNOWN -> throw new AssertionError("the framer lets no unknown type through");
        }
    }

    private void open(byte[] octets, int length, Judgement judgement) {
        DecodeResult<OpenMessage> result = MessageDecoder.open(octets, 0, length);
        if (!result.isMessage()) {
            fail(EventKind.BGP_OPEN_MSG_ERR, result.problem(), judgement);
            return;
        }
        OpenMessage open = result.message();
        judgement.open = open;
        SessionParameters ours = ContextSession.parametersFor(context, parameters, open);
        OpenVerdict verdict = Negotiation.judge(ours, open);
        if (verdict instanceof OpenError error) {
            step(error.toEvent(), judgement);
        } else {
            step(new SessionEvent.Open((Negotiated) verdict), judgement);
        }
    }

    private void update(byte[] octets, int length, Judgement judgement) {
        if (!step(SessionEvent.UPDATE, judgement)) {
            return;
        }
        decoder.decode(octets, 0, length, options, decoded);
        judgement.update = decoded;
        judgement.table = table;
        DecodeProblem problem = decoded.problem();
        if (decoded.action() == ErrorAction.SESSION_RESET) {
            fail(EventKind.UPDATE_MSG_ERR, problem, judgement);
        } else if (decoded.action() != ErrorAction.NONE) {
            judgement.outcome = Outcome.of(decoded.action());
            judgement.explain(textOf(problem), problem.condition().rfc());
        } else if (decoded.ignoredPrefixes() > 0) {
            judgement.outcome = Outcome.IGNORE;
            judgement.explain(decoded.ignoredPrefixes() + " prefixes are not unicast", "RFC 4271 §6.3");
        } else {
            findIneligible(judgement);
        }
    }

    /** What is accepted and counted, but never chosen or passed on. */
    private void findIneligible(Judgement judgement) {
        for (AddressFamily family : AddressFamily.values()) {
            int id = decoded.attributes(family);
            if (id == 0) {
                continue;
            }
            if ((table.flags(id) & AttributeFlags.OWN_AS_IN_PATH) != 0) {
                judgement.ineligible = "OWN_AS_IN_PATH";
                judgement.explain("our own AS is in AS_PATH: the routes are not eligible", "RFC 4271 §9.1.2");
            } else if ((table.flags(id) & AttributeFlags.HAS_OTC) != 0 && isLeak(id)) {
                judgement.ineligible = "OTC_LEAK";
                judgement.explain("ONLY_TO_CUSTOMER says that the routes are leaked: not eligible", "RFC 9234 §5");
            }
        }
    }

    private boolean isLeak(int id) {
        Optional<BgpRole> role = context.role();
        if (role.isEmpty()) {
            return false;
        }
        int otc = table.view(id).attribute(OTC).orElseThrow().viewOctets().getInt();
        return RoleRules.isLeak(role.get(), otc, negotiated.peerAsn().bits());
    }

    private void refresh(byte[] octets, int length, Judgement judgement) {
        if (!step(SessionEvent.ROUTE_REFRESH, judgement)) {
            return;
        }
        DecodeResult<RouteRefreshMessage> result = MessageDecoder.routeRefresh(octets, 0, length, options);
        if (result.isMessage()) {
            judgement.refresh = result.message();
            if (!negotiated.answers(result.message())) {
                judgement.outcome = Outcome.IGNORE;
                judgement.explain("the family, or route refresh itself, was not negotiated", "RFC 2918 §4");
            }
        } else if (result.problem().action() == ErrorAction.SESSION_RESET) {
            fail(EventKind.ROUTE_REFRESH_MSG_ERR, result.problem(), judgement);
        } else {
            judgement.outcome = Outcome.of(result.problem().action());
            judgement.explain(
                    textOf(result.problem()), result.problem().condition().rfc());
        }
    }

    private void fail(EventKind kind, DecodeProblem problem, Judgement judgement) {
        step(SessionEvent.ofProblem(kind, problem), judgement);
        boolean isAnswer = judgement.answer == null
                || (problem.action() == ErrorAction.SESSION_RESET
                        && problem.notification().equals(judgement.answer));
        if (judgement.outcome.compareTo(Outcome.SESSION_RESET) >= 0 && isAnswer) {
            judgement.explain(textOf(problem), problem.condition().rfc());
        }
    }

    /** Lets the state machine decide; returns whether what the message says is to be processed. */
    private boolean step(SessionEvent event, Judgement judgement) {
        Transition transition = machine.step(context.state(), event);
        boolean processes = false;
        for (SessionAction action : transition.actions()) {
            if (action instanceof SessionAction.CloseTransport close) {
                judgement.answer = close.last().orElse(null);
                judgement.outcome = close.last().isPresent() ? Outcome.SESSION_RESET : Outcome.CLOSE;
            } else if (action instanceof SessionAction.Ended ended) {
                Matcher rule = RULE.matcher(ended.end().text());
                boolean isRule = rule.matches();
                judgement.explain(isRule ? rule.group(2) : ended.end().text(), isRule ? rule.group(1) : "");
            }
            processes |=
                    action.kind() == ActionKind.PROCESS_UPDATE || action.kind() == ActionKind.PROCESS_ROUTE_REFRESH;
        }
        if (transition.actions().isEmpty()) {
            judgement.outcome = Outcome.IGNORE;
            judgement.explain("nothing is awaited in state " + context.state(), "RFC 4271 §8.2.2");
        }
        return processes;
    }

    private static String textOf(DecodeProblem problem) {
        String text = problem.condition().toString();
        return problem.attributeType() < 0 ? text : "attribute " + problem.attributeType() + ": " + text;
    }

    private static String typeOf(byte[] octets) {
        return MessageType.fromCode(octets[18] & 0xff) == MessageType.UNKNOWN
                ? "unknown"
                : MessageType.fromCode(octets[18] & 0xff)
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }
}
