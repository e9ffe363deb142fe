package dev.waymark.examples.app;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Whether output goes to a terminal. Stateless. */
final class Terminal {
    private Terminal() {}

    /** Since JDK 22 there may be a console that is no terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal is asked where there is one
    static boolean isThere() {
        @Nullable Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Tells whether text may be coloured: on a terminal, and not against NO_COLOR. */
    static boolean takesColours() {
        String noColor = System.getenv("NO_COLOR");
        return isThere() && (noColor == null || noColor.isEmpty());
    }
}
