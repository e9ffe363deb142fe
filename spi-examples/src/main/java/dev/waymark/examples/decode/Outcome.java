package dev.waymark.examples.decode;

import dev.waymark.bgp.codec.ErrorAction;

/** What a message leads to. */
enum Outcome {
    ACCEPT("accept"),
    IGNORE("ignore"),
    ATTRIBUTE_DISCARD("attribute-discard"),
    TREAT_AS_WITHDRAW("treat-as-withdraw"),
    SESSION_RESET("session-reset"),
    CLOSE("close");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    static Outcome of(ErrorAction action) {
        return switch (action) {
            case NONE -> ACCEPT;
            case IGNORE -> IGNORE;
            case ATTRIBUTE_DISCARD -> ATTRIBUTE_DISCARD;
            case TREAT_AS_WITHDRAW -> TREAT_AS_WITHDRAW;
            case SESSION_RESET -> SESSION_RESET;
            case CLOSE -> CLOSE;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
