package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final LineBudget<String> budget = new LineBudget<>();

    @Test
    @DisplayName("ERROR-HANDLING 9: ten log lines of a kind and peer a minute, then their number")
    void tenLinesThenTheirNumber() {
        for (int i = 0; i < 10; i++) {
            assertEquals(0, budget.admit("a", i * SECOND));
        }
        for (int i = 10; i < 60; i++) {
            assertEquals(LineBudget.LEFT_OUT, budget.admit("a", i * SECOND));
        }
        assertEquals(0, budget.admit("b", 59 * SECOND), "another peer has its own");
        assertEquals(50, budget.admit("a", 60 * SECOND));
        assertEquals(0, budget.admit("a", 61 * SECOND));
    }

    @Test
    @DisplayName("times may be negative, as System.nanoTime() may")
    void anyOriginOfTime() {
        for (int i = 0; i < 10; i++) {
            assertEquals(0, budget.admit("a", Long.MIN_VALUE + i));
        }
        assertEquals(LineBudget.LEFT_OUT, budget.admit("a", Long.MIN_VALUE + 10));
    }
}
