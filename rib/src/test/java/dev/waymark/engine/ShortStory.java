package dev.waymark.engine;

import dev.waymark.engine.model.HistoryMaker.History;
import dev.waymark.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a history that fails short: leaves steps out as long as it still fails. */
final class ShortStory {
    private History history;
    private AssertionError failure;

    private ShortStory(History history, AssertionError failure) {
        this.history = history;
        this.failure = failure;
    }

    /** Returns the shortest story found of a history that fails, to be thrown. */
    static AssertionError of(History failing) {
        AssertionError first = failure(failing)
                .orElseThrow(() -> new IllegalStateException("a history that fails once and not twice: " + failing));
        ShortStory story = new ShortStory(failing, first);
        story.shorten();
        return new AssertionError(story.history + "\n" + story.failure.getMessage(), story.failure);
    }

    private void shorten() {
        for (int part = history.steps().size() / 2; part > 0; part /= 2) {
            int at = 0;
            while (at < history.steps().size()) {
                if (!leavesOut(at, part)) {
                    at += part;
                }
            }
        }
        simplify();
        for (int at = history.steps().size() - 1; at >= 0; at--) {
            leavesOut(at, 1);
        }
    }

    private boolean leavesOut(int at, int count) {
        List<Step> steps = new ArrayList<>(history.steps());
        steps.subList(at, Math.min(steps.size(), at + count)).clear();
        return stillFails(history.with(steps));
    }

    /** Leaves out settings, and prefixes of UPDATEs. */
    private void simplify() {
        boolean isSimpler = true;
        while (isSimpler) {
            isSimpler = history.setup().simpler().stream().map(history::with).anyMatch(this::stillFails);
        }
        for (int at = 0; at < history.steps().size(); at++) {
            while (history.steps().get(at) instanceof Step.Say say && shortens(at, say)) {
                // until no prefix can be left out
            }
        }
    }

    private boolean shortens(int at, Step.Say say) {
        for (int i = 0; i < say.announced().size(); i++) {
            if (replaces(
                    at,
                    new Step.Say(
                            say.peer(),
                            say.family(),
                            say.withdrawn(),
                            say.attrs(),
                            without(say.announced(), i),
                            say.flaw()))) {
                return true;
            }
        }
        for (int i = 0; i < say.withdrawn().size(); i++) {
            if (replaces(
                    at,
                    new Step.Say(
                            say.peer(),
                            say.family(),
                            without(say.withdrawn(), i),
                            say.attrs(),
                            say.announced(),
                            say.flaw()))) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> without(List<T> list, int at) {
        List<T> others = new ArrayList<>(list);
        others.remove(at);
        return others;
    }

    private boolean replaces(int at, Step step) {
        List<Step> steps = new ArrayList<>(history.steps());
        steps.set(at, step);
        return stillFails(history.with(steps));
    }

    private boolean stillFails(History shorter) {
        Optional<AssertionError> failed = failure(shorter);
        if (failed.isEmpty()) {
            return false;
        }
        history = shorter;
        failure = failed.get();
        return true;
    }

    private static Optional<AssertionError> failure(History history) {
        try {
            ModelRunner.run(history);
            return Optional.empty();
        } catch (AssertionError failed) {
            return Optional.of(failed);
        }
    }
}
