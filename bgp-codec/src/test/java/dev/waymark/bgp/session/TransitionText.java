package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.NotificationMessage;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes transitions as {@code state-machine.txt} does. */
final class TransitionText {

    private TransitionText() {}

    static String of(SessionState from, Transition transition) {
        if (transition.next() == from && transition.actions().isEmpty()) {
            return "=";
        }
        return transition.next()
                + transition.actions().stream().map(action -> " " + of(action)).collect(Collectors.joining());
    }

    static String of(SessionAction action) {
        return switch (action.kind()) {
            case SEND_OPEN -> "open";
            case SEND_KEEPALIVE -> "keepalive";
            case CONNECT -> "dial";
            case READ_TRANSPORT -> "read";
            case CLOSE_TRANSPORT -> close((SessionAction.CloseTransport) action);
            case OPEN_ACCEPTED -> "accepted";
            case SESSION_UP -> "up";
            case SESSION_DOWN -> "down(" + ((SessionAction.Ended) action).end().cause() + ")";
            case ATTEMPT_FAILED ->
                "failed(" + ((SessionAction.Ended) action).end().cause() + ")";
            case PROCESS_UPDATE -> "update";
            case PROCESS_ROUTE_REFRESH -> "refresh";
            case START_TIMER -> {
                SessionAction.StartTimer start = (SessionAction.StartTimer) action;
                yield start.timer() + "=" + start.nanos() / 1_000_000_000L;
            }
            case RESTART_TIMER -> ((SessionAction.RestartTimer) action).timer() + "~";
            case STOP_TIMER -> ((SessionAction.StopTimer) action).timer() + "-";
            case STOP_ALL_TIMERS -> "stop";
            case START_IDLE_HOLD -> "rest(" + ((SessionAction.StartIdleHold) action).reason() + ")";
        };
    }

    private static String close(SessionAction.CloseTransport close) {
        String last = close.last().map(TransitionText::of).orElse("");
        return (close.abort() ? "abort" : "close") + (last.isEmpty() ? "" : "(" + last + ")");
    }

    static String of(NotificationMessage message) {
        String data = message.data().size() == 0 ? "" : ":" + message.data();
        return message.code() + "/" + message.subcode() + data;
    }

    /** Spells a cell out: the two short forms of endings become what they stand for. */
    static String spelledOut(SessionState from, String cell) {
        if (!cell.startsWith("!")) {
            return cell;
        }
        String[] parts = cell.substring(1).split(" ", 2);
        Optional<String> last = parts[0].equals("-") ? Optional.empty() : Optional.of(parts[0]);
        return "IDLE stop close" + last.map(text -> "(" + text + ")").orElse("")
                + (from == SessionState.ESTABLISHED ? " down(" : " failed(") + parts[1] + ") rest(ERROR)";
    }
}
