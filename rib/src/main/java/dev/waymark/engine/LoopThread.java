package dev.waymark.engine;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of one or many engine loops. Loops that have something to do get a turn each, in the order they came; between
 * turns it looks who is due; when there is nothing it sleeps, without ever looking at the idle ones.
 */
final class LoopThread implements Runnable {
    private static final int PAGE_OCTETS = 8_192;
    private static final int CHUNK_ORDER = 6;

    private final Queue<EngineLoop> ready = new ConcurrentLinkedQueue<>();
    private final TreeSet<Alarm> alarms = new TreeSet<>();
    private final Arrays64 arrays = new Arrays64();
    private final ByteBufAllocator allocator = newAllocator();
    private final Thread thread;
    private final Object lock = new Object();
    private volatile boolean isParked;
    private boolean isStarted;
    private boolean isClosed;
    private int loops;
    private long nextAlarm;

    /**
     * When a loop wants a turn though nothing happens to it, by {@link System#nanoTime()}. A loop has one at most.
     *
     * @param number tells those of one time apart
     */
    record Alarm(long atNanos, long number, EngineLoop loop) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            long difference = atNanos - other.atNanos;
            return difference != 0 ? Long.signum(difference) : Long.compare(number, other.number);
        }
    }

    LoopThread(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    /** Makes an allocator for the buffers of one thread. */
    static ByteBufAllocator newAllocator() {
        return new PooledByteBufAllocator(true, 0, 1, PAGE_OCTETS, CHUNK_ORDER, 0, 0, false);
    }

    /** Takes a loop in; the thread starts with the first. Returns false, and does nothing, once it has been closed. */
    boolean add(EngineLoop loop) {
        synchronized (lock) {
            if (isClosed) {
                return false;
            }
            loops++;
            if (!isStarted) {
                isStarted = true;
                thread.start();
            }
        }
        ready(loop);
        return true;
    }

    /** A loop has ended, which says so itself, in its last turn. */
    void ended() {
        synchronized (lock) {
            loops--;
        }
        LockSupport.unpark(thread); // it may have been the last, and its last turn on another thread
    }

    /** Takes no more loops; the thread ends with the last that it has. */
    void close() {
        synchronized (lock) {
            isClosed = true;
        }
        LockSupport.unpark(thread);
    }

    /** Returns where copies of what arrives go. Thread-safe. */
    Arrays64 arrays() {
        return arrays;
    }

    /** Returns where its cores get their chunks from: few, small arenas, as chunks come from one thread and go back to it. */
    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Returns how many loops it runs. */
    int loops() {
        synchronized (lock) {
            return loops;
        }
    }

    /** A loop has something to do. From any thread; a loop is there once at most. */
    void ready(EngineLoop loop) {
        ready.add(loop);
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        while (!isThrough()) {
            ring();
            EngineLoop loop = ready.poll();
            if (loop == null) {
                park();
            } else {
                turn(loop);
            }
        }
    }

    private boolean isThrough() {
        synchronized (lock) {
            return isClosed && loops == 0;
        }
    }

    private void turn(EngineLoop loop) {
        switch (loop.turn()) {
            case MORE -> ready.add(loop);
            case IDLE -> {
                setAlarm(loop);
                loop.rest();
            }
            case ENDED -> clearAlarm(loop);
        }
    }

    /** An alarm that comes too early costs a turn; one that is there already costs nothing. */
    private void setAlarm(EngineLoop loop) {
        Alarm alarm = new Alarm(System.nanoTime() + loop.waitNanos(), nextAlarm++, loop);
        Alarm before = loop.alarm();
        if (before == null || alarm.compareTo(before) < 0) {
            clearAlarm(loop);
            loop.setAlarm(alarm);
            alarms.add(alarm);
        }
    }

    private void clearAlarm(EngineLoop loop) {
        Alarm alarm = loop.alarm();
        if (alarm != null) {
            alarms.remove(alarm);
            loop.setAlarm(null);
        }
    }

    /** Wakes the loops that are due. */
    private void ring() {
        while (!alarms.isEmpty() && alarms.first().atNanos - System.nanoTime() <= 0) {
            EngineLoop loop = alarms.first().loop;
            clearAlarm(loop);
            loop.schedule();
        }
    }

    private void park() {
        isParked = true;
        if (ready.isEmpty() && !isThrough()) {
            if (alarms.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, alarms.first().atNanos - System.nanoTime());
            }
        }
        isParked = false;
    }
}
