package dev.waymark.examples.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Keeps tasks until a test runs them, in the test's thread and in the order they came. Thread-safe. */
public final class StepExecutor implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Creates an executor without tasks. */
    public StepExecutor() {}

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
        }
    }

    /** Runs one task; returns whether there was one. */
    public boolean step() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.poll();
        }
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs tasks until none is left, those that they add included; returns how many. */
    public int runAll() {
        int count = 0;
        while (step()) {
            count++;
        }
        return count;
    }
}
