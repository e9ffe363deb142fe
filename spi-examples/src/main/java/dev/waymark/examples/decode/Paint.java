package dev.waymark.examples.decode;

/** Colours of a terminal, or none. Immutable. */
public enum Paint {
    /** With colours. */
    COLOURED,
    /** Text and nothing else. */
    PLAIN;

    private static final String ESCAPE = "\u001b[";

    String offset(String text) {
        return paint("2", text);
    }

    String octets(String text) {
        return paint("36", text);
    }

    String title(String text) {
        return paint("1", text);
    }

    String fault(String text) {
        return paint("31", text);
    }

    String outcome(Outcome outcome, String text) {
        return switch (outcome) {
            case ACCEPT -> paint("32", text);
            case IGNORE, ATTRIBUTE_DISCARD -> paint("33", text);
            case TREAT_AS_WITHDRAW, SESSION_RESET, CLOSE -> paint("31", text);
        };
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
