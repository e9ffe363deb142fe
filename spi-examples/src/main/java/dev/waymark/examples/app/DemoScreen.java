package dev.waymark.examples.app;

import java.util.List;

/** Where the demo is shown. Used by one thread. */
interface DemoScreen {
    /** What fits a terminal of 80 columns. */
    int TEXT_WIDTH = 68;

    /** A step begins. */
    void begin(int number, int count, String title);

    /** A claim came true, or did not. */
    void claim(String text, boolean isTrue, List<String> evidence);

    /** The state may have changed. */
    void refresh();

    /** The claims of a step were all looked at. */
    void end();

    /** The demo is over. */
    void over(List<String> lines);
}
